// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace embedscope {

/// first, first + step, ..., last have the upper-case letter `difference` code points further on.
struct UpperRange
{
    char32_t first;
    char32_t last;
    char32_t step;
    std::int32_t difference;
};

/// A code point whose upper case is two or three of them; 0 fills the rest.
struct LongUpper
{
    char32_t code;
    std::array<char32_t, 3> upper;
};

/// Both sorted, without overlap; what is in neither is its own upper case.
std::span<const UpperRange> upperRanges();
std::span<const LongUpper> longUppers();

} // namespace embedscope
