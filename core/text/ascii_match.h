// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/code_points.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace embedscope {

inline bool isAsciiDigit(char32_t code)
{
    return code >= U'0' && code <= U'9';
}

inline bool isAsciiAlphanumeric(char32_t code)
{
    const char32_t low = code | 0x20U;
    return isAsciiDigit(code) || (low >= U'a' && low <= U'z');
}

/// Whether cells [begin, end) spell `word`, which is ASCII in lower case, in either case.
inline bool spells(Cells cells, std::size_t begin, std::size_t end, std::string_view word)
{
    return end - begin == word.size() &&
           std::equal(word.begin(), word.end(), cells.begin() + static_cast<std::ptrdiff_t>(begin),
                      [](char expected, const Cell& cell) {
                          return toLower(cell.code) == static_cast<char32_t>(static_cast<unsigned char>(expected));
                      });
}

inline bool spellsAny(Cells cells, std::size_t begin, std::size_t end, std::span<const std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return spells(cells, begin, end, word); });
}

inline bool startsWith(Cells cells, std::size_t begin, std::string_view word)
{
    return cells.size() - begin >= word.size() && spells(cells, begin, begin + word.size(), word);
}

} // namespace embedscope
