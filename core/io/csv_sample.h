// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/csv_cells.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace embedscope {

/// What the first rows say of one column.
struct ColumnSample
{
    std::size_t numbers = 0;
    std::size_t integers = 0;
    std::size_t empty = 0;
    std::size_t different = 0; // cells that no earlier row has

    [[nodiscard]] bool isNumeric(std::size_t rows) const { return numbers > 0 && numbers + empty == rows; }
    [[nodiscard]] bool isInteger(std::size_t rows) const { return isNumeric(rows) && integers == numbers; }
    [[nodiscard]] bool isEmpty(std::size_t rows) const { return empty == rows; }
    [[nodiscard]] bool isText(std::size_t rows) const { return !isNumeric(rows) && !isEmpty(rows); }
};

using CsvRow = std::vector<CsvCell>;

/// The first rows of a table of text.
struct CsvSample
{
    CsvDialect dialect;
    CsvRow first;             // may be a header
    std::size_t firstEnd = 0; // behind its line
    std::size_t firstLines = 0;
    std::vector<CsvRow> rows; // the following ones that have `columns` cells
    std::size_t columns = 0;  // of most rows

    /// Column by column, of `rows` alone or with the first one.
    [[nodiscard]] std::vector<ColumnSample> describe(bool withFirst) const;
};

/// nullopt where the lines have no common number of cells, at least two.
std::optional<CsvSample> sampleCsv(std::string_view text, const CsvDialect& dialect);

} // namespace embedscope
