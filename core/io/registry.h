// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"
#include "core/io/source.h"

#include <algorithm>
#include <functional>
#include <span>

namespace embedscope {

/// What a reader of one format is asked for.
struct ReadRequest
{
    const std::filesystem::path& path; // as it was asked for, whatever was unpacked
    const Source& file;
    const ReadOptions& options;
    const std::stop_token& stop;
    Progress& progress;

    [[nodiscard]] std::string_view bytes() const { return file.bytes(); }
    [[nodiscard]] const std::string& place() const { return file.place(); }
    /// How many of `rows` are wanted.
    [[nodiscard]] Index wanted(Index rows) const { return std::min(rows, options.limit.value_or(rows)); }
};

/// What a reader makes of a file. In the report, it fills in dtype, its own warnings, and what addFindings() adds.
struct TableDraft
{
    Weights weights;
    Vocabulary vocabulary;
    LoadReport report;
    std::vector<CategoryColumn> columns; // a value for each row
    std::vector<NumberColumn> numberColumns;
    std::shared_ptr<const UnknownTokens> unknownTokens;
};

/// What a writer of one format is asked for.
struct WriteRequest
{
    const EmbeddingTable& table;
    const std::filesystem::path& path;
    const std::stop_token& stop;
    Progress& progress;
};

/// One format: everything the rest of the program needs to know of it.
struct FormatEntry
{
    Format format;
    std::string_view name;
    std::string_view ending; // of files to be written; empty where another format has it
    /// Found by a magic number or by names inside an archive, before anything else is looked at.
    bool magic;
    bool (*recognises)(std::string_view bytes);
    Result<TableDraft> (*read)(const ReadRequest& request);
    /// Returns the files that were written, the table first. Null where the format is only read.
    Result<std::vector<std::filesystem::path>> (*write)(const WriteRequest& request);
    /// The arrays of a file that may hold several; null where it cannot.
    Result<std::vector<ArrayInfo>> (*arrays)(const ReadRequest& request) = nullptr;
};

/// In the order in which a file is held against them.
std::span<const FormatEntry> formatRegistry();

/// What a file is: the format asked for, or the one found by content. FormatUnknown, FormatRefused.
Result<const FormatEntry*> formatOf(const ReadRequest& request);
/// readTable() of a file that is open already; the report is without the seconds.
Result<LoadedTable> readSource(const ReadRequest& request);

/// "line 7" or "row 6" for a row of the table.
using PlaceOfRow = std::function<std::string(Index)>;
PlaceOfRow rowNumbers();

/// Looks at every token and value and writes into the report what a person should know. Leaves early when stopped.
void addFindings(TableDraft& draft, const PlaceOfRow& placeOf, const std::stop_token& stop);
/// The part of it that looks at tokens.
void addTokenFindings(TableDraft& draft, const PlaceOfRow& placeOf, const std::stop_token& stop);
/// Tokens with blanks are a finding only where a blank separates fields.
void addBlankFindings(TableDraft& draft, const PlaceOfRow& placeOf, const std::stop_token& stop);
/// Compares the rows that were read with what the file announces or holds.
void addRowCountFindings(LoadReport& report, Index found, Index announced);
/// `inFile`: how many rows there are, or nullopt where nobody counted.
void addLimitFinding(LoadReport& report, Index read, std::optional<Index> inFile);

// The formats, each in its own file.
bool recognisesCsv(std::string_view bytes);
bool recognisesGlove(std::string_view bytes);
bool recognisesWord2VecText(std::string_view bytes);
bool recognisesWord2VecBinary(std::string_view bytes);
bool recognisesFastTextVec(std::string_view bytes);
bool recognisesFastTextBin(std::string_view bytes);
bool recognisesFinalfusion(std::string_view bytes);
bool recognisesNpy(std::string_view bytes);
bool recognisesNpz(std::string_view bytes);
bool recognisesProjector(std::string_view bytes);
bool recognisesProjectorBytes(std::string_view bytes);
bool recognisesSafetensors(std::string_view bytes);
bool recognisesPyTorch(std::string_view bytes);
Result<TableDraft> readCsvTable(const ReadRequest& request);
Result<TableDraft> readTextTable(const ReadRequest& request);
Result<TableDraft> readWord2VecBinary(const ReadRequest& request);
Result<TableDraft> readFastTextBin(const ReadRequest& request);
Result<TableDraft> readFinalfusion(const ReadRequest& request);
Result<TableDraft> readNpyTable(const ReadRequest& request);
Result<TableDraft> readNpzTable(const ReadRequest& request);
Result<TableDraft> readProjectorTable(const ReadRequest& request);
Result<TableDraft> readProjectorBytes(const ReadRequest& request);
Result<TableDraft> readSafetensorsTable(const ReadRequest& request);
Result<std::vector<ArrayInfo>> arraysOfNpz(const ReadRequest& request);
Result<std::vector<ArrayInfo>> arraysOfProjector(const ReadRequest& request);
Result<std::vector<ArrayInfo>> arraysOfSafetensors(const ReadRequest& request);
Result<TableDraft> readPyTorchTable(const ReadRequest& request);
Result<std::vector<ArrayInfo>> arraysOfPyTorch(const ReadRequest& request);
using WrittenFiles = std::vector<std::filesystem::path>;
Result<WrittenFiles> writeCsvTable(const WriteRequest& request);
Result<WrittenFiles> writeGlove(const WriteRequest& request);
Result<WrittenFiles> writeWord2VecText(const WriteRequest& request);
Result<WrittenFiles> writeFastTextVec(const WriteRequest& request);
Result<WrittenFiles> writeWord2VecBinary(const WriteRequest& request);
Result<WrittenFiles> writeNpyTable(const WriteRequest& request);
Result<WrittenFiles> writeNpzTable(const WriteRequest& request);
Result<WrittenFiles> writeProjectorTable(const WriteRequest& request);
Result<WrittenFiles> writeSafetensorsTable(const WriteRequest& request);
Result<WrittenFiles> writePyTorchTable(const WriteRequest& request);

} // namespace embedscope
