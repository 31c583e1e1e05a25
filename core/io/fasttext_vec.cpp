// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/registry.h"
#include "core/io/text_lines.h"
#include "core/io/vector_header.h"

#include <string_view>

namespace embedscope {

namespace {

constexpr Index kSampleRows = 100;
constexpr std::size_t kWord2VecDecimals = 6;

/// "%lf" of word2vec.c: exactly six decimals and no exponent.
bool hasSixDecimals(std::string_view value)
{
    const std::size_t point = value.find('.');
    return point != std::string_view::npos && value.size() - point - 1 == kWord2VecDecimals &&
           value.find_first_of("eE") == std::string_view::npos;
}

/// How the values of some rows are printed.
struct Print
{
    Index rows = 0;
    Index blankEnds = 0;
    Index values = 0;
    Index sixDecimals = 0;

    void add(std::string_view line, Index dim)
    {
        ++rows;
        blankEnds += line.ends_with(' ') ? 1 : 0;
        std::string_view text = withoutTrailingBlanks(line);
        for (Index i = 0; i < dim; ++i) {
            const std::size_t blank = text.rfind(' ');
            if (blank == std::string_view::npos)
                return;
            ++values;
            sixDecimals += hasSixDecimals(text.substr(blank + 1)) ? 1 : 0;
            text = text.substr(0, blank);
        }
    }
};

} // namespace

/// The layout is that of word2vec text. A blank at the end of every row gives fastText away, since of the others only
/// word2vec.c leaves one, which prints six decimals throughout. The five digits of fastText prove nothing: GloVe
/// vectors with a header have as many.
bool recognisesFastTextVec(std::string_view bytes)
{
    const std::string_view text = bytes.substr(textBegin(bytes));
    const auto header = parseVectorHeader(text);
    if (!header)
        return false;
    Print print;
    std::size_t position = header->end;
    while (position < text.size() && print.rows < kSampleRows && print.blankEnds == print.rows)
        if (const std::string_view line = nextLine(text, position); !withoutTrailingBlanks(line).empty())
            print.add(line, header->dim);
    return print.rows > 0 && print.blankEnds == print.rows && print.sixDecimals < print.values &&
           recognisesWord2VecText(bytes);
}

} // namespace embedscope
