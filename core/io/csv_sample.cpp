// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_sample.h"

#include "core/base/strings.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace embedscope {

namespace {

constexpr std::size_t kSampleRows = 100;
constexpr std::size_t kSampleBytes = std::size_t{16} << 20U;
// What is known of a column takes some 250 bytes, and of a cell 32: both bound what a line of commas can make of
// itself.
constexpr std::size_t kSampleCells = std::size_t{1} << 18U;
constexpr std::size_t kMostColumns = std::size_t{1} << 14U;

/// Empty where there are too many.
CsvRow splitLine(std::string_view line, const CsvDialect& dialect)
{
    CsvRow row;
    CsvCells cells(line, dialect);
    for (CsvCell cell; cells.next(cell);) {
        if (row.size() == kMostColumns)
            return {};
        row.push_back(cell);
    }
    return row;
}

bool isNumber(const CsvCell& cell, const CsvDialect& dialect)
{
    float value = 0;
    return parseCell(cell, dialect, value);
}

/// Between semicolons, numbers may have a comma for a point. They do where a cell is a number only so, and none has a
/// point.
bool hasDecimalCommas(const std::vector<CsvRow>& rows)
{
    const CsvDialect points{';'};
    const CsvDialect commas{';', true, true};
    bool any = false;
    for (const CsvRow& row : rows) {
        for (const CsvCell& cell : row) {
            if (cell.text.find('.') != std::string_view::npos && isNumber(cell, points))
                return false;
            any = any || (!isNumber(cell, points) && isNumber(cell, commas));
        }
    }
    return any;
}

/// The number of cells that more than half of the rows have; 0 where there is none.
std::size_t commonColumns(const std::vector<CsvRow>& rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const CsvRow& row : rows)
        ++counts[row.size()];
    for (const auto& [columns, count] : counts)
        if (2 * count > rows.size())
            return columns;
    return 0;
}

} // namespace

std::vector<ColumnSample> CsvSample::describe(bool withFirst) const
{
    std::vector<ColumnSample> out(columns);
    std::vector<std::unordered_set<std::string_view>> seen(columns);
    const auto add = [&](const CsvRow& row) {
        for (std::size_t i = 0; i < columns; ++i) {
            const bool number = isNumber(row[i], dialect);
            out[i].numbers += number ? 1U : 0U;
            out[i].integers += number && parseInteger(row[i].text) ? 1U : 0U;
            out[i].empty += row[i].text.empty() ? 1U : 0U;
            out[i].different += seen[i].insert(row[i].text).second ? 1U : 0U;
        }
    };
    if (withFirst)
        add(first);
    std::for_each(rows.begin(), rows.end(), add);
    return out;
}

std::optional<CsvSample> sampleCsv(std::string_view text, const CsvDialect& dialect)
{
    CsvSample sample;
    sample.dialect = dialect;
    const LineKind lines = linesOf(sample.dialect);
    const std::string_view start = text.substr(0, kSampleBytes);
    std::size_t cells = 0;
    for (std::size_t position = 0;
         position < start.size() && sample.rows.size() < kSampleRows && cells < kSampleCells;) {
        const std::string_view line = nextLine(start, position, lines);
        // A line that the sample cuts off says nothing, unless it is the only one.
        if (line.empty() || (position == start.size() && start.size() < text.size() && cells > 0))
            continue;
        CsvRow row = splitLine(line, sample.dialect);
        if (row.empty())
            return std::nullopt;
        cells += row.size();
        if (!sample.first.empty()) {
            sample.rows.push_back(std::move(row));
            continue;
        }
        sample.first = std::move(row);
        sample.firstEnd = position;
        const std::string_view before = start.substr(0, position);
        sample.firstLines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    }
    sample.columns = sample.rows.empty() ? sample.first.size() : commonColumns(sample.rows);
    if (sample.columns < 2)
        return std::nullopt;
    std::erase_if(sample.rows, [&sample](const CsvRow& row) { return row.size() != sample.columns; });
    sample.dialect.decimalComma = dialect.delimiter == ';' && hasDecimalCommas(sample.rows);
    return sample;
}

} // namespace embedscope
