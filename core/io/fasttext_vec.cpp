// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/registry.h"
#include "core/io/text_lines.h"
#include "core/io/vector_header.h"

#include <algorithm>
#include <string_view>

namespace embedscope {

namespace {

constexpr Index kSampleRows = 100;
constexpr std::ptrdiff_t kFastTextDigits = 5;
constexpr std::size_t kWord2VecDecimals = 6;

/// "%lf" of word2vec.c: exactly six decimals and no exponent.
bool hasSixDecimals(std::string_view value)
{
    const std::size_t point = value.find('.');
    return point != std::string_view::npos && value.size() - point - 1 == kWord2VecDecimals &&
           value.find_first_of("eE") == std::string_view::npos;
}

/// Those between the zeros in front and the exponent.
std::ptrdiff_t significantDigits(std::string_view value)
{
    const std::string_view mantissa = value.substr(0, value.find_first_of("eE"));
    const std::size_t first = mantissa.find_first_of("123456789");
    if (first == std::string_view::npos)
        return 0;
    return std::count_if(mantissa.begin() + static_cast<std::ptrdiff_t>(first), mantissa.end(),
                         [](char c) { return c >= '0' && c <= '9'; });
}

/// How the values of some rows are printed.
struct Print
{
    Index rows = 0;
    Index blankEnds = 0;
    Index values = 0;
    Index sixDecimals = 0;
    Index fiveDigits = 0;
    Index moreDigits = 0;

    void add(std::string_view line, Index dim)
    {
        ++rows;
        blankEnds += line.ends_with(' ') ? 1 : 0;
        std::string_view text = withoutTrailingBlanks(line);
        for (Index i = 0; i < dim; ++i) {
            const std::size_t blank = text.rfind(' ');
            if (blank == std::string_view::npos)
                return;
            addValue(text.substr(blank + 1));
            text = text.substr(0, blank);
        }
    }

    void addValue(std::string_view value)
    {
        const std::ptrdiff_t digits = significantDigits(value);
        ++values;
        sixDecimals += hasSixDecimals(value) ? 1 : 0;
        fiveDigits += digits == kFastTextDigits ? 1 : 0;
        moreDigits += digits > kFastTextDigits ? 1 : 0;
    }
};

} // namespace

/// The layout is that of word2vec text. Two things give fastText away: a blank ends its rows, as it does in
/// word2vec.c's own, which print six decimals throughout; and where an editor took the blanks, five digits are the most
/// and the most common.
bool recognisesFastTextVec(std::string_view bytes)
{
    if (!recognisesWord2VecText(bytes))
        return false;
    const std::string_view text = bytes.substr(textBegin(bytes));
    const auto header = parseVectorHeader(text);
    Print print;
    std::size_t position = header ? header->end : 0;
    while (header && position < text.size() && print.rows < kSampleRows)
        if (const std::string_view line = nextLine(text, position); !withoutTrailingBlanks(line).empty())
            print.add(line, header->dim);
    if (print.rows == 0)
        return false;
    if (print.blankEnds == print.rows)
        return print.sixDecimals < print.values;
    return print.moreDigits == 0 && 2 * print.fiveDigits > print.values;
}

} // namespace embedscope
