// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/row_readers.h"

#include "core/base/strings.h"

#include <algorithm>
#include <map>

namespace embedscope {

namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view nextWord(std::string_view line, std::size_t& position)
{
    const std::size_t begin = std::min(line.find_first_not_of(kBlanks, position), line.size());
    position = std::min(line.find_first_of(kBlanks, begin), line.size());
    return line.substr(begin, position - begin);
}

std::size_t commonCellCount(const std::vector<SampleRow>& rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const SampleRow& row : rows)
        ++counts[row.size()];
    const auto byCount = [](const auto& a, const auto& b) { return a.second < b.second; };
    return counts.empty() ? 0 : std::ranges::max_element(counts, byCount)->first;
}

std::string columnsMissing(std::size_t found, std::size_t expected)
{
    return "has no label or no text: " + std::to_string(found) + (found == 1 ? " column" : " columns") + " where " +
           std::to_string(expected) + " are expected";
}

/// From the first byte of one cell to the last of another, with what lies between.
std::string_view spanOf(std::string_view first, std::string_view last)
{
    return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

} // namespace

LabelFirstParts splitLabelFirst(std::string_view line)
{
    std::size_t position = 0;
    const std::string_view label = nextWord(line, position);
    return {label, trimmed(line.substr(position))};
}

RowReader labelFirstReader()
{
    return [](std::string_view raw) -> tl::expected<LabelledRow, std::string> {
        const LabelFirstParts parts = splitLabelFirst(raw);
        return LabelledRow{std::string(parts.text), std::string(parts.label)};
    };
}

RowReader fastTextReader()
{
    return [](std::string_view raw) -> tl::expected<LabelledRow, std::string> {
        const std::string_view prefix = kFastTextPrefix;
        LabelledRow row;
        for (std::size_t position = 0; position < raw.size();) {
            const std::size_t begin = position;
            const std::string_view word = nextWord(raw, position);
            if (!word.starts_with(prefix))
                row.text += raw.substr(begin, position - begin);
            else if (row.label.empty())
                row.label = word.substr(prefix.size());
        }
        row.text = trimmed(row.text);
        return row;
    };
}

RowReader delimitedReader(const CellSyntax& syntax, const Columns& columns)
{
    return [syntax, columns](std::string_view raw) -> tl::expected<LabelledRow, std::string> {
        const auto cells = splitCells(raw, syntax);
        if (cells.size() <= std::max(columns.text, columns.label))
            return tl::unexpected(columnsMissing(cells.size(), columns.count));
        const std::size_t surplus = cells.size() > columns.count ? cells.size() - columns.count : 0;
        const std::size_t label = columns.label + (columns.label > columns.text ? surplus : 0);
        const std::string_view text = spanOf(cells[columns.text], cells[columns.text + surplus]);
        return LabelledRow{surplus == 0 ? cellText(text, syntax) : std::string(trimmed(text)),
                           cellText(cells[label], syntax)};
    };
}

ColumnSample sampleDelimited(const std::vector<Record>& records, const CellSyntax& syntax)
{
    ColumnSample sample;
    for (std::size_t i = 0; i < std::min(records.size(), kSampleLimits.records); ++i) {
        SampleRow row;
        for (const std::string_view cell : splitCells(records[i].raw, syntax))
            row.push_back(cellText(cell, syntax));
        sample.rows.push_back(std::move(row));
    }
    sample.columns = commonCellCount(sample.rows);
    // Odd rows would spoil the judgement of a column; the first may be a header all the same.
    const auto odd = [&](const SampleRow& row) { return row.size() != sample.columns; };
    if (!sample.rows.empty())
        sample.rows.erase(std::remove_if(sample.rows.begin() + 1, sample.rows.end(), odd), sample.rows.end());
    return sample;
}

} // namespace embedscope
