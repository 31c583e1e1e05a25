// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/upper_case.h"

#include "core/base/strings.h"
#include "core/search/upper_case_table.h"

#include <algorithm>

namespace embedscope {

namespace {

char32_t simpleUpper(char32_t code)
{
    const auto ranges = upperRanges();
    const auto range = std::ranges::lower_bound(ranges, code, {}, &UpperRange::last);
    if (range == ranges.end() || code < range->first || (code - range->first) % range->step != 0)
        return code;
    return static_cast<char32_t>(static_cast<std::int32_t>(code) + range->difference);
}

void appendUpper(std::string& out, char32_t code)
{
    const auto longer = longUppers();
    const auto entry = std::ranges::lower_bound(longer, code, {}, &LongUpper::code);
    if (entry == longer.end() || entry->code != code) {
        appendUtf8(out, simpleUpper(code));
        return;
    }
    for (const char32_t upper : entry->upper)
        if (upper != 0)
            appendUtf8(out, upper);
}

char asciiUpper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

} // namespace

std::string toUpperCase(std::string_view text)
{
    constexpr char32_t kReplacement = 0xFFFD;
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            out += asciiUpper(text[i++]);
            continue;
        }
        const std::size_t begin = i;
        const char32_t code = nextCodePoint(text, i);
        if (code == kReplacement)
            out.append(text.substr(begin, i - begin)); // also a byte that is not UTF-8
        else
            appendUpper(out, code);
    }
    return out;
}

} // namespace embedscope
