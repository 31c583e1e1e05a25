// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/format.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// A vocabulary or metadata file, and the rows that it is to describe.
struct MetadataRequest
{
    const std::filesystem::path& file;
    const std::filesystem::path& table; // for messages
    Index rows;                         // of the table
    const std::stop_token& stop;
    /// The table may have been read in part only, so that the file may hold more records than `rows`.
    bool inPart = false;
};

/// What a file says of rows, one record a row.
struct RowMetadata
{
    Index records = 0; // a header does not count
    /// Absent where no column is one of names. A single list of another length than the table is counted, not kept.
    std::optional<Vocabulary> tokens;
    std::string tokenColumn; // its name, where the file has several
    std::vector<CategoryColumn> columns;
    std::vector<NumberColumn> numberColumns;
    /// Numbers that look like the rows which the records are meant for.
    std::optional<NumberColumn> ids;
    /// Where the first record stands, and whether each of them has a line of its own.
    Index firstLine = 1;
    bool lineEach = true;
    /// Why there is another number of records than rows, where the text shows it: "line 57 is blank".
    std::string hint;
    std::vector<Warning> warnings;
};

/// Reads any kind of vocabulary or metadata file; the kind is found by content:
///
/// - one token a line; "token count" and "token<TAB>id"; a dump of fastText
/// - a table parted by tabs or commas, with or without a header
/// - JSON: ["the", ...], {"the": 0, ...}, tokenizer.json
///
/// Tokens stay as they are: nothing is trimmed, lower-cased or normalised, an empty line is an empty token, a
/// byte-order mark is left out at the very start only. A column is one of numbers where all its cells are empty or
/// numbers, otherwise one of categories. A table has a header where it has two columns at least, and one record more
/// than the table has rows or a first line that looks like a header.
/// Errors: those of opening, FormatRefused, FileDamaged (with its line), ShapeMismatch (JSON of another table),
/// Cancelled.
Result<RowMetadata> readRowMetadata(const MetadataRequest& request);

/// The parts of the above. `bytes` begin behind a byte-order mark.
bool looksLikeJson(std::string_view bytes);
Result<RowMetadata> readJsonMetadata(std::string_view bytes, const MetadataRequest& request);
Result<RowMetadata> readTextMetadata(std::string_view bytes, const MetadataRequest& request);

/// Brings the records into the order of the rows: one for each, by their ids where they have some. ShapeMismatch with
/// the first line that breaks it, FileDamaged where two records are meant for the same row.
Result<void> fitToRows(RowMetadata& metadata, const MetadataRequest& request);
/// Leaves the first `rows` records.
void keepFirst(RowMetadata& metadata, Index rows);

/// "<row 812>": the name of a row that has none.
std::string nameOfUnnamedRow(Index row);

} // namespace embedscope
