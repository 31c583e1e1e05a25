// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// A way to store vectors in a file. Each has its row in registry.cpp.
enum class Format {
    Glove,
    Word2VecText,
    Word2VecBinary,
    FastTextVec,
    FastTextBin,
    Npy,
    Npz,
    Safetensors,
    PyTorch,
    Projector,
    ProjectorBytes,
    Csv,
    Finalfusion,
};

/// "glove", "word2vec" and so on, as in `embedscope-cli convert --to`.
EMBEDSCOPE_EXPORT std::string_view formatName(Format format);
EMBEDSCOPE_EXPORT std::optional<Format> formatFromName(std::string_view name);
EMBEDSCOPE_EXPORT bool canWrite(Format format);
/// Names of the formats that can be written: "glove, word2vec, ...".
EMBEDSCOPE_EXPORT std::string writableFormatNames();
/// Names of all formats.
EMBEDSCOPE_EXPORT std::string formatNames();
/// What the ending of a file to be written stands for, such as .txt for glove.
EMBEDSCOPE_EXPORT std::optional<Format> formatFromEnding(const std::filesystem::path& path);

/// One kind of finding of a reader that does not stop it.
enum class WarningCode {
    DuplicateTokens,   // count, first token, its place
    InvalidUtf8,       // count, first place ("line 7" of text, "row 6" of other files)
    UndecodableTokens, // count, encoding
    NanRows,           // count, first place; infinite values count as well
    ZeroRows,          // count, first place
    FewerRows,         // rows found, rows announced
    MoreRows,          // rows announced; the rest was read too
    TokensWithBlanks,  // count, first place
    TokensMissing,     // path of the token list that would have been read
    EmptyLines,        // count, first place
    SkippedLines,      // count, first place, what was wrong with it
    BytesLeft,         // place from which on nothing was read, what stands there
    LabelsLeftOut,     // count, first label: classes of a classifier, which have no rows
    ColumnsTaken,      // columns taken for tokens, for the vector, and others that go along
    ColumnsLeftOut,    // names, most values that a column may have
    TokensUnfit,       // path of a list in the same folder that does not fit the rows
    TokensAmbiguous,   // names of the lists that fit and differ
    RowsUnnamed,       // count, first row: no token has its number
    IdsRepeated,       // count, first id
    RowsWithoutData,   // path of the metadata, rows without a record, records of no row
    Limited,           // rows read, rows in the file or "more" where no header counts them
};

struct Warning
{
    WarningCode code;
    std::vector<std::string> args;
};
/// English sentence with places %1...; the GUI translates it in the context "Warning".
EMBEDSCOPE_EXPORT const char* warningTemplate(WarningCode code);
EMBEDSCOPE_EXPORT std::string describe(const Warning& warning);

/// What a reader found. No row is ever lost without standing here.
struct LoadReport
{
    Format format = Format::Glove;
    std::vector<std::string> unpacked; // "gzip", or names of files inside archives, the outermost first
    std::string array;                 // which one was read, in files of several
    std::string tokensFrom;            // the file that names the rows, where it is another one
    Index rows = 0;
    Index dim = 0;
    std::string dtype;        // as stored: "text", "float32", "float16", ...
    std::uintmax_t bytes = 0; // size of the file
    Index duplicates = 0;     // tokens seen before; kept as rows, the first one wins a look-up
    Index nanRows = 0;
    Index zeroRows = 0;
    Index invalidUtf8 = 0;  // tokens that are not well-formed UTF-8; bytes are kept as they are
    Index skippedLines = 0; // damaged ones that were left out, as asked
    std::vector<Warning> warnings;
    double seconds = 0;
};

struct LoadedTable
{
    EmbeddingTable table;
    LoadReport report;
};

/// How a file is to be read, where what its content says is not what is wanted.
struct ReadOptions
{
    std::optional<Index> limit;   // read the first rows only
    std::optional<Format> format; // instead of the one found by content
    std::string entry;            // the file to read, of those in an archive
    std::string array;            // the array to read, of several in a file
    /// Text: whether the first line is a header, and the number of values a row.
    std::optional<bool> header;
    std::optional<Index> dim;
    /// What iconv calls the encoding of the tokens, such as "ISO-8859-1"; empty: bytes are kept as they are.
    std::string encoding;
    /// Leave lines out that are no rows and count them, instead of refusing the file.
    bool skip_damaged = false;
    /// A list of tokens or a metadata file, instead of one found beside the matrix or inside the file; see metadata.h.
    std::optional<std::filesystem::path> tokens;

    bool operator==(const ReadOptions&) const = default;
};

/// One array of a file that may hold several.
struct ArrayInfo
{
    std::string name;
    std::vector<Index> shape;
    std::string dtype;
    bool floating = false;
};

/// Reads a table from any supported file; the format is found by content, whatever the name. A file of numbers alone
/// (.npy, and safetensors without a vocabulary) has its tokens in a list beside it, see token_list.h. Gzipped files and
/// files inside zip archives are unpacked.
/// Errors: FileNotFound, FileUnreadable, FileEmpty, FormatUnknown, FormatRefused, FileDamaged, FileTruncated,
/// ArrayNeeded and EntryNeeded (a file of several and none was named), ShapeMismatch (a token list of another length),
/// ValueRefused (a limit below 1, an array that is not there), Cancelled.
EMBEDSCOPE_EXPORT Result<LoadedTable> readTable(const std::filesystem::path& path, const ReadOptions& options,
                                                std::stop_token stop, Progress& progress);

struct WriteReport
{
    Format format = Format::Glove;
    Index rows = 0;
    Index dim = 0;
    std::uintmax_t bytes = 0;
    std::vector<std::filesystem::path> files; // the table first, then e.g. the token list
    double seconds = 0;
};

/// Writes to a temporary file beside `path` and renames it, so that the old file stays whole until the new one is.
/// Errors: FileUnwritable, DiskFull, FormatRefused (a token that the format cannot express), Cancelled.
EMBEDSCOPE_EXPORT Result<WriteReport> writeTable(const EmbeddingTable& table, const std::filesystem::path& path,
                                                 Format format, std::stop_token stop, Progress& progress);

} // namespace embedscope
