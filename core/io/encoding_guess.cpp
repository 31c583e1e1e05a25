// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/encoding_guess.h"

#include "core/base/strings.h"

#include <algorithm>

namespace embedscope {

namespace {

/// Bytes of 0x80 to 0x9F are letters and signs in Windows-1252, apart from these; in ISO-8859-1 all are controls.
constexpr std::string_view kUndefinedInWindows1252 = "\x81\x8D\x8F\x90\x9D";

struct Counts
{
    std::size_t sequences = 0; // well-formed ones of several bytes
    std::size_t broken = 0;    // bytes outside any
    bool c1 = false;           // among the broken ones
    bool undefined = false;
};

Counts count(std::string_view sample)
{
    Counts counts;
    for (std::size_t position = 0; position < sample.size();) {
        const std::size_t begin = position;
        const char32_t code = nextCodePoint(sample, position);
        if (code < 0x80)
            continue;
        if (position - begin > 1) {
            ++counts.sequences;
            continue;
        }
        ++counts.broken;
        counts.c1 = counts.c1 || static_cast<unsigned char>(sample[begin]) < 0xA0;
        counts.undefined = counts.undefined || kUndefinedInWindows1252.find(sample[begin]) != std::string_view::npos;
    }
    return counts;
}

} // namespace

EncodingGuess guessEncoding(std::string_view sample)
{
    const Counts counts = count(sample);
    if (counts.broken == 0)
        return {};
    // Other encodings hardly ever form sequences by chance; tools that cut tokens at a byte break a few.
    if (counts.sequences > counts.broken)
        return {false, "UTF-8"};
    return {false, counts.c1 && !counts.undefined ? "WINDOWS-1252" : "ISO-8859-1"};
}

} // namespace embedscope
