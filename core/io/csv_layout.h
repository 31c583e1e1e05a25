// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/csv_cells.h"
#include "core/io/format.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// What a column of a table is taken for.
enum class ColumnRole {
    Value,    // of the vector
    Token,    // names the row
    Number,   // goes along as a NumberColumn
    Category, // goes along as a CategoryColumn
    Empty,    // such as what a delimiter at the end of each line makes
};

struct CsvColumn
{
    std::string name; // "column 3" where there is no header
    ColumnRole role = ColumnRole::Value;
};

/// How a table of text is laid out.
struct CsvLayout
{
    CsvDialect dialect;
    bool header = false;
    std::size_t dataBegin = 0; // behind byte-order mark and header
    Index firstLine = 1;       // the number of the line that the data begin with
    std::vector<CsvColumn> columns;

    [[nodiscard]] Index count(ColumnRole role) const;
    [[nodiscard]] bool has(ColumnRole role) const { return count(role) > 0; }
};

/// What a table is expected to hold.
enum class CsvContent {
    Vectors,  // only what cannot be taken for ratings, counts or labelled text
    AnyTable, // at least one number a row, as a person said
};

/// Looks at the first 100 rows; nullopt where they are no such table. The rules:
///
/// - Delimiter: tab, comma or semicolon, whichever gives the most columns; most rows must have as many cells.
/// - A column is numeric where all its cells in these rows are numbers or empty, and at least one is a number.
/// - The first line is a header where at least half of the cells above numeric columns are not empty and no numbers, or
///   where these are 0, 1, 2, ... (as pandas writes). It may lack a name for the first column (as R writes).
/// - Token: the first text column called token, word, name, term or key; else the first text column of which more than
///   half of the cells differ; else a numeric first column without a name or called like an index.
/// - Vector: where at least half of the numeric columns are called by a number behind the same letters (d0, dim_0, V1,
///   0), these columns; else all that are not called like something else (id, count, label, class, rating, ...).
/// - The other numeric columns become NumberColumns, other text columns CategoryColumns.
/// - No vectors: less than two numbers a row (but for d0 beside a token column); up to three integers a row without a
///   header and tokens; three or four columns that begin with two of integers or text with repeated cells (ratings);
///   text below a header that calls it text, sentence or the like, unless numbered columns form the vector.
std::optional<CsvLayout> findCsvLayout(std::string_view bytes, const ReadOptions& options, CsvContent content);

/// The layout of a metadata file of the Embedding Projector that has several columns: a header, tabs, no quoting, no
/// vectors.
std::optional<CsvLayout> findMetadataLayout(std::string_view bytes);

} // namespace embedscope
