// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace embedscope {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The line that begins at `position`, up to 0x0A and without one carriage return before it; moves behind it. No other
/// byte ends a line: tokens hold U+0085 and the like.
inline std::string_view nextLine(std::string_view text, std::size_t& position)
{
    const char* begin = text.data() + position;
    const std::size_t left = text.size() - position;
    const auto* newline = static_cast<const char*>(std::memchr(begin, '\n', left));
    const std::size_t length = newline == nullptr ? left : static_cast<std::size_t>(newline - begin);
    position += newline == nullptr ? length : length + 1;
    std::string_view line(begin, length);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

inline std::string_view withoutTrailingBlanks(std::string_view line)
{
    const std::size_t last = line.find_last_not_of(' ');
    return line.substr(0, last + 1);
}

/// Where a line ends.
enum class LineKind {
    Plain,   // at a line break
    Trimmed, // the same, and blanks before it are left out
    Quoted,  // at a line break that is not between double quotes
};

inline bool hasOddQuotes(std::string_view text)
{
    return std::count(text.begin(), text.end(), '"') % 2 != 0;
}

/// The line that begins at `position`, by the rule of `kind`.
inline std::string_view nextLine(std::string_view text, std::size_t& position, LineKind kind)
{
    const std::size_t begin = position;
    std::string_view line = nextLine(text, position);
    if (kind != LineKind::Quoted)
        return kind == LineKind::Trimmed ? withoutTrailingBlanks(line) : line;
    // A doubled quote, which stands for itself, does not change whether their number is odd.
    for (bool open = hasOddQuotes(line); open && position < text.size();) {
        line = nextLine(text, position);
        open = open != hasOddQuotes(line);
    }
    return text.substr(begin, static_cast<std::size_t>(line.data() + line.size() - text.data()) - begin);
}

/// A file may begin with a byte-order mark; anywhere else it belongs to a token.
inline std::size_t textBegin(std::string_view text)
{
    return text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

} // namespace embedscope
