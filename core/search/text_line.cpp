// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/text_line.h"

#include "core/base/strings.h"

#include <algorithm>

namespace embedscope {

namespace {

bool isBlank(char32_t code)
{
    if (code <= 0x20)
        return code == 0x20 || (code >= 0x09 && code <= 0x0D) || (code >= 0x1C && code <= 0x1F);
    return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
           code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

/// Moves `position` behind all code points that are blanks, or that are not.
std::size_t skip(std::string_view text, std::size_t position, bool blanks)
{
    while (position < text.size()) {
        std::size_t next = position;
        if (isBlank(nextCodePoint(text, next)) != blanks)
            break;
        position = next;
    }
    return position;
}

} // namespace

std::string_view takeLine(std::string_view text, std::size_t& position)
{
    const std::size_t end = std::min(text.find('\n', position), text.size());
    const std::string_view line = text.substr(position, end - position);
    position = std::min(end + 1, text.size());
    return line;
}

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t begin = skip(line, 0, true); begin < line.size();) {
        const std::size_t end = skip(line, begin, false);
        words.push_back(line.substr(begin, end - begin));
        begin = skip(line, end, true);
    }
    return words;
}

std::string_view withoutBlanks(std::string_view text)
{
    const auto words = wordsOf(text);
    if (words.empty())
        return {};
    return {words.front().data(), static_cast<std::size_t>(words.back().end() - words.front().data())};
}

} // namespace embedscope
