// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/format.h"
#include "core/table/embedding_table.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// A column that was attached.
struct AttachedColumn
{
    std::string name;
    bool number = false; // otherwise categories
    Index values = 0;    // rows that have one
};

/// How a metadata file was brought together with a table.
struct AttachReport
{
    enum class Match { Order, Token };
    Match match = Match::Order;
    Index rowsMatched = 0; // rows that have a record
    Index rowsWithout = 0;
    Index recordsUnused = 0; // whose token is in no row
    bool renamed = false;    // the rows have the names of the file now
    std::vector<AttachedColumn> columns;
    std::vector<Warning> warnings;
};

struct AttachedTable
{
    EmbeddingTable table;
    AttachReport report;
};

/// Joins what a vocabulary or metadata file (see row_metadata.h for the kinds) knows of the rows of a table; the table
/// given is left as it is.
///
/// - Where the file names tokens and at least half of the shorter side is found on the other, by token: the first
///   record of a token counts, a row without one has no value. The names of the rows stay.
/// - Otherwise by order, one record a row. Rows that are only numbered take the tokens of the file; rows with names
/// keep
///   them, and the tokens of the file become a column.
///
/// A column takes the place of one of the same name. Errors: those of opening, FormatRefused, FileDamaged,
/// ShapeMismatch (with the first line that breaks it), Cancelled.
EMBEDSCOPE_EXPORT Result<AttachedTable> attachMetadata(const EmbeddingTable& table, const std::filesystem::path& path,
                                                       std::stop_token stop, Progress& progress);

/// What a column holds, for reports: smallest and largest finite number (NaN where there is none), or how many
/// categories occur.
struct NumberRange
{
    double least;
    double most;
};
EMBEDSCOPE_EXPORT NumberRange rangeOf(const NumberColumn& column);
EMBEDSCOPE_EXPORT Index distinctIn(const CategoryColumn& column);

} // namespace embedscope
