// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/format.h"

#include "core/io/content.h"
#include "core/io/registry.h"
#include "core/io/token_encoding.h"
#include "core/io/token_list.h"
#include "core/io/unpack.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <class Matches>
const FormatEntry* findEntry(const Matches& matches)
{
    const auto formats = formatRegistry();
    const auto found = std::find_if(formats.begin(), formats.end(), matches);
    return found == formats.end() ? nullptr : &*found;
}

const FormatEntry& entryOf(Format format)
{
    return *findEntry([format](const FormatEntry& entry) { return entry.format == format; });
}

Result<const FormatEntry*> detect(const ReadRequest& request)
{
    const std::string_view bytes = request.bytes();
    if (request.options.format)
        return &entryOf(*request.options.format);
    // First of all, because a safetensors file may begin with any byte, such as a pickle's.
    if (const auto* entry = findEntry([bytes](const FormatEntry& e) { return e.magic && e.recognises(bytes); }))
        return entry;
    if (const auto refusal = refusalOf(bytes))
        return fail(ErrorCode::FormatRefused, {request.place(), refusal->what, refusal->why, refusal->wayOut});
    if (const auto* entry = findEntry([bytes](const FormatEntry& e) { return !e.magic && e.recognises(bytes); }))
        return entry;
    return fail(ErrorCode::FormatUnknown, {request.place(), describeContent(bytes)});
}

Result<LoadedTable> finish(TableDraft draft)
{
    draft.report.rows = draft.weights.rows();
    draft.report.dim = draft.weights.cols();
    auto table = EmbeddingTable::create(std::move(draft.weights), std::move(draft.vocabulary));
    if (!table)
        return fail(table.error());
    for (CategoryColumn& column : draft.columns)
        table->addColumn(std::move(column));
    for (NumberColumn& column : draft.numberColumns)
        table->addColumn(std::move(column));
    table->setUnknownTokens(std::move(draft.unknownTokens));
    return LoadedTable{std::move(*table), std::move(draft.report)};
}

/// Tokens in the encoding that was asked for. What the reader said of their bytes no longer holds.
Result<void> decodeAsAsked(TableDraft& draft, const ReadRequest& request)
{
    if (request.options.encoding.empty())
        return {};
    auto decoded = decodeTokens(draft.vocabulary, request.options.encoding, request.stop);
    if (!decoded)
        return fail(decoded.error());
    draft.vocabulary = std::move(decoded->vocabulary);
    LoadReport& report = draft.report;
    std::erase_if(report.warnings, [](const Warning& warning) { return warning.code == WarningCode::InvalidUtf8; });
    report.invalidUtf8 = decoded->undecodable;
    report.duplicates = draft.vocabulary.duplicates();
    if (decoded->undecodable > 0)
        report.warnings.push_back(
            {WarningCode::UndecodableTokens, {std::to_string(decoded->undecodable), request.options.encoding}});
    return {};
}

Result<LoadedTable> readDetected(const ReadRequest& request)
{
    const auto entry = detect(request);
    if (!entry)
        return fail(entry.error());
    auto draft = (*entry)->read(request);
    if (!draft)
        return fail(draft.error());
    if (const auto named = applyChosenTokens(request, *draft); !named)
        return fail(named.error());
    if (request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (const auto decoded = decodeAsAsked(*draft, request); !decoded)
        return fail(decoded.error());
    draft->report.format = (*entry)->format;
    draft->report.unpacked = request.file.steps();
    draft->report.bytes = request.file.fileBytes();
    return finish(std::move(*draft));
}

} // namespace

Result<const FormatEntry*> formatOf(const ReadRequest& request)
{
    return detect(request);
}

Result<LoadedTable> readSource(const ReadRequest& request)
{
    return readDetected(request);
}

std::string_view formatName(Format format)
{
    return entryOf(format).name;
}

std::optional<Format> formatFromName(std::string_view name)
{
    const auto* entry = findEntry([name](const FormatEntry& e) { return e.name == name; });
    return entry == nullptr ? std::nullopt : std::optional(entry->format);
}

bool canWrite(Format format)
{
    return entryOf(format).write != nullptr;
}

std::string writableFormatNames()
{
    std::string names;
    for (const FormatEntry& entry : formatRegistry())
        if (entry.write != nullptr)
            names.append(names.empty() ? "" : ", ").append(entry.name);
    return names;
}

std::string formatNames()
{
    std::string names;
    for (const FormatEntry& entry : formatRegistry())
        names.append(names.empty() ? "" : ", ").append(entry.name);
    return names;
}

std::optional<Format> formatFromEnding(const std::filesystem::path& path)
{
    const std::string ending = path.extension().string();
    const auto* entry = findEntry([&ending](const FormatEntry& e) { return !ending.empty() && e.ending == ending; });
    return entry == nullptr ? std::nullopt : std::optional(entry->format);
}

Result<LoadedTable> readTable(const std::filesystem::path& path, const ReadOptions& options, std::stop_token stop,
                              Progress& progress)
{
    const Clock::time_point start = Clock::now();
    if (options.limit && *options.limit < 1)
        return fail(ErrorCode::ValueRefused,
                    {"limit", std::to_string(*options.limit), "at least one row must be read"});
    if (options.dim && *options.dim < 1)
        return fail(ErrorCode::ValueRefused, {"dim", std::to_string(*options.dim), "a row has at least one value"});
    const auto file = openSource(path, options, stop, progress);
    if (!file)
        return fail(file.error());
    auto loaded = readDetected({path, *file, options, stop, progress});
    if (loaded)
        loaded->report.seconds = secondsSince(start);
    return loaded;
}

Result<WriteReport> writeTable(const EmbeddingTable& table, const std::filesystem::path& path, Format format,
                               std::stop_token stop, Progress& progress)
{
    const Clock::time_point start = Clock::now();
    if (!canWrite(format))
        return fail(ErrorCode::ValueRefused, {"The format to write", std::string(formatName(format)),
                                              "it is only read; choose one of " + writableFormatNames()});
    const auto files = entryOf(format).write({table, path, stop, progress});
    if (!files)
        return fail(files.error());
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(files->front(), error);
    return WriteReport{format, table.rows(), table.dim(), error ? 0 : bytes, *files, secondsSince(start)};
}

} // namespace embedscope
