// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_layout.h"

#include "core/io/text_lines.h"
#include "core/io/text_row.h"
#include "core/io/vector_header.h"

#include <algorithm>
#include <vector>

namespace embedscope {

namespace {

constexpr std::size_t kSampleRows = 100;
// Enough for 100 rows of any dimension in use; binary files without line ends are not read to their end.
constexpr std::size_t kSampleBytes = std::size_t{64} << 20U;

/// The first lines that are not empty.
std::vector<std::string_view> firstLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    std::size_t position = 0;
    while (position < text.size() && position < kSampleBytes && lines.size() <= kSampleRows) {
        const auto line = withoutTrailingBlanks(nextLine(text, position));
        if (!line.empty())
            lines.push_back(line);
    }
    return lines;
}

/// The number of values that most lines end in; of two as frequent ones, the first seen.
Index commonDim(const std::vector<std::string_view>& lines)
{
    std::vector<Index> tails;
    for (const auto line : lines)
        tails.push_back(numericTail(line));
    Index best = 0;
    std::ptrdiff_t most = 0;
    for (const Index tail : tails) {
        const auto count = std::count(tails.begin(), tails.end(), tail);
        if (count > most) {
            most = count;
            best = tail;
        }
    }
    return best;
}

/// Whether exactly `rows` lines that are not empty follow.
bool holdsRows(std::string_view text, Index rows)
{
    Index found = 0;
    for (std::size_t position = 0; position < text.size() && found <= rows;)
        found += withoutTrailingBlanks(nextLine(text, position)).empty() ? 0 : 1;
    return found == rows;
}

bool isHeader(const VectorHeader& header, const std::vector<std::string_view>& lines, std::string_view rest)
{
    // Nothing but a header: what follows was cut off.
    if (lines.size() < 2)
        return true;
    if (header.dim == 1 && countFields(lines[1]) == 2)
        return holdsRows(rest, header.rows);
    return countFields(lines[1]) > header.dim;
}

std::string contradiction(Index announced, Index found)
{
    return "it announces " + std::to_string(announced) + " values a row, but the rows hold " + std::to_string(found);
}

} // namespace

std::optional<TextLayout> findTextLayout(std::string_view bytes)
{
    TextLayout layout;
    layout.dataBegin = textBegin(bytes);
    const std::string_view text = bytes.substr(layout.dataBegin);
    std::vector<std::string_view> lines = firstLines(text);
    if (lines.empty())
        return std::nullopt;
    const auto header = parseVectorHeader(text);
    if (!header) {
        layout.dim = commonDim(lines);
        return layout.dim > 0 ? std::optional(layout) : std::nullopt;
    }
    const bool found = isHeader(*header, lines, text.substr(header->end));
    const std::string_view first = lines.front();
    lines.erase(lines.begin());
    layout.dim = lines.empty() ? header->dim : commonDim(lines);
    if (layout.dim == 0)
        return std::nullopt;
    if (!found && layout.dim == numericTail(first))
        return layout;
    if (layout.dim > header->dim || !found)
        layout.problem = contradiction(header->dim, layout.dim);
    layout.header = true;
    layout.announcedRows = header->rows;
    layout.dim = header->dim;
    layout.dataBegin += header->end;
    return layout;
}

std::optional<TextLayout> findTextLayout(std::string_view bytes, std::optional<bool> header, std::optional<Index> dim)
{
    if (!header && !dim)
        return findTextLayout(bytes);
    TextLayout layout = findTextLayout(bytes).value_or(TextLayout());
    layout.header = header.value_or(layout.header);
    layout.problem.clear();
    layout.dataBegin = textBegin(bytes);
    const auto announced = layout.header ? parseVectorHeader(bytes.substr(layout.dataBegin)) : std::nullopt;
    layout.announcedRows = announced ? std::optional(announced->rows) : std::nullopt;
    if (layout.header)
        nextLine(bytes, layout.dataBegin);
    layout.dim = dim.value_or(commonDim(firstLines(bytes.substr(layout.dataBegin))));
    return layout.dim > 0 ? std::optional(layout) : std::nullopt;
}

} // namespace embedscope
