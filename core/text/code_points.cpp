// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/code_points.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace embedscope {

namespace {

// The scripts of most texts lie below; they are answered from a table, the others by binary search.
constexpr char32_t kTableSize = 0x3100;

template <class Range>
const Range* rangeOf(std::span<const Range> ranges, char32_t code)
{
    const auto behind = std::ranges::upper_bound(ranges, code, {}, &Range::first);
    if (behind == ranges.begin() || code > (behind - 1)->last)
        return nullptr;
    return &*(behind - 1);
}

CharClass searchClass(char32_t code)
{
    const ClassRange* range = rangeOf(classRanges(), code);
    return range != nullptr ? range->kind : CharClass::Symbol;
}

char32_t searchLower(char32_t code)
{
    const LowerRange* range = rangeOf(lowerRanges(), code);
    if (range == nullptr || (code - range->first) % range->step != 0)
        return code;
    return static_cast<char32_t>(static_cast<std::int32_t>(code) + range->difference);
}

struct Tables
{
    std::array<CharClass, kTableSize> classes{};
    std::array<char32_t, kTableSize> lower{};

    Tables()
    {
        for (char32_t code = 0; code < kTableSize; ++code) {
            classes[code] = searchClass(code);
            lower[code] = searchLower(code);
        }
    }
};

const Tables& tables()
{
    static const Tables instance;
    return instance;
}

} // namespace

CharClass classOf(char32_t code)
{
    return code < kTableSize ? tables().classes[code] : searchClass(code);
}

char32_t toLower(char32_t code)
{
    return code < kTableSize ? tables().lower[code] : searchLower(code);
}

} // namespace embedscope
