// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace embedscope {

/// What a code point is to the tokenizer. Symbol is whatever is nothing else: punctuation, signs, emoji.
enum class CharClass : std::uint8_t { Symbol, Space, Ignored, Letter, Digit, Mark, Han, Hiragana, Katakana };

struct ClassRange
{
    char32_t first;
    char32_t last;
    CharClass kind;
};

/// first, first + step, ..., last have the lower-case letter `difference` code points further on.
struct LowerRange
{
    char32_t first;
    char32_t last;
    char32_t step;
    std::int32_t difference;
};

/// Sorted, without overlap; what is in no range is a Symbol.
std::span<const ClassRange> classRanges();
/// Sorted, without overlap; what is in no range is its own lower case.
std::span<const LowerRange> lowerRanges();

} // namespace embedscope
