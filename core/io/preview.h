// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/export.h"
#include "core/io/format.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// How the number of rows is known.
enum class RowCount {
    Exact,     // counted, or checked against the size of the file
    Announced, // by a header, which may lie
    Estimated, // from the length of some lines
};

/// What a file would be opened as, and the first rows of it.
struct TablePreview
{
    std::uintmax_t bytes = 0;          // size of the file, packed as it is
    std::vector<std::string> unpacked; // as in LoadReport
    std::optional<Format> format;      // nullopt where it is none
    std::optional<bool> header;        // of text: whether the first line is one
    Index dim = 0;                     // 0 where it is not known
    std::string dtype;
    std::string array; // which one was read, in files of several
    std::optional<Index> rows;
    RowCount rowCount = RowCount::Exact;
    /// What the bytes of the tokens look like, as EncodingGuess has it; `utf8`: all that were looked at are
    /// well-formed.
    std::string encoding = "UTF-8";
    bool utf8 = true;
    std::vector<ArrayInfo> arrays;    // of a file that may hold several
    std::vector<std::string> entries; // files in an archive to choose from
    /// Four-byte floats without any header: the only thing that is missing is the dimension. These divide their number.
    std::vector<Index> rawDims;

    std::optional<EmbeddingTable> table; // at most kPreviewRows rows
    std::vector<Warning> warnings;       // about the rows that were looked at
    /// Why it cannot be opened as asked; then `table` is empty, and the rest says what could be chosen instead.
    std::optional<Error> problem;
};

inline constexpr Index kPreviewRows = 20;

/// Looks at the beginning of a file without loading it: its first 1,000 rows are read and the first 20 handed back; of
/// a packed file no more is unpacked than that takes, unless its format tells only as a whole whether it is one.
/// Errors: FileNotFound, FileUnreadable, FileEmpty, ValueRefused (a dim below 1), Cancelled. Every other error stands
/// in the preview.
EMBEDSCOPE_EXPORT Result<TablePreview> previewTable(const std::filesystem::path& path, const ReadOptions& options,
                                                    std::stop_token stop, Progress& progress);

/// readTable() with a limit, which is needed, that unpacks no more of a packed text than about that takes.
EMBEDSCOPE_EXPORT Result<LoadedTable> readFirstRows(const std::filesystem::path& path, const ReadOptions& options,
                                                    std::stop_token stop, Progress& progress);

/// Whether reading all of a file takes so long that its first rows should be seen before: text and packed text above
/// about 20 MB, others above 200 MB.
EMBEDSCOPE_EXPORT bool takesLong(const std::filesystem::path& path);

/// The formats that can be asked for, in the order in which a file is held against them.
EMBEDSCOPE_EXPORT std::vector<Format> readableFormats();

/// What a person could choose to open a file that was refused.
enum class ReadChoice {
    Array,
    Entry,
    SkipDamaged, // leave damaged lines out
    Dimension,   // of raw floats, or another one than was found
};

/// nullopt where no choice helps.
EMBEDSCOPE_EXPORT std::optional<ReadChoice> choiceThatHelps(const std::filesystem::path& path, const Error& error);

} // namespace embedscope
