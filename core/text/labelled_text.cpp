// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/labelled_text.h"

#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/text/class_names.h"
#include "core/text/row_readers.h"
#include "core/text/text_file.h"

#include <algorithm>
#include <array>
#include <span>

namespace embedscope {

namespace {

struct NamedFormat
{
    TextFormat format;
    std::string_view name;
};
constexpr std::array<NamedFormat, 5> kFormats = {{{TextFormat::Tsv, "tsv"},
                                                  {TextFormat::Csv, "csv"},
                                                  {TextFormat::JsonLines, "jsonl"},
                                                  {TextFormat::FastText, "fasttext"},
                                                  {TextFormat::LabelFirst, "label-first"}}};

constexpr Index kRecordsAChunk = 2048;

struct Parsed
{
    std::vector<LabelledRow> rows;
    std::vector<char> replaced; // rows with ill-formed bytes
};

bool hasColumns(TextFormat format)
{
    return format == TextFormat::Tsv || format == TextFormat::Csv || format == TextFormat::JsonLines;
}

Result<void> checkOptions(const LabelledTextOptions& options)
{
    if (!options.format || hasColumns(*options.format) || (!options.text_column && !options.label_column))
        return {};
    const std::string name(textFormatName(*options.format));
    return fail(ErrorCode::OptionsConflict,
                {"The format " + name, options.text_column ? "a text column" : "a label column",
                 "Leave the column out, or choose tsv, csv or jsonl."});
}

std::string adviceFor(std::string_view content)
{
    if (trimmed(content).starts_with('['))
        return "it looks like one JSON list; write one object a line instead";
    return "its lines do not look like a label with a sentence; write the label and a tab before each sentence, or "
           "choose "
           "the format and the columns";
}

/// Why a content is not labelled data: damage of its lines comes first.
Error notLabelled(std::string_view content, const std::string& path, std::stop_token stop)
{
    const auto lines = splitRecords(content, {}, path, stop);
    return lines ? Error{ErrorCode::NoLabels, {path, adviceFor(content)}} : lines.error();
}

/// Reads one record; ill-formed bytes are replaced first, so that no reader meets them.
Result<LabelledRow> readRow(const Record& record, const RowReader& read, char& replaced, const std::string& path)
{
    replaced = firstInvalidUtf8(record.raw) ? 1 : 0;
    auto row = replaced != 0 ? read(toValidUtf8(record.raw)) : read(record.raw);
    if (!row)
        return fail(ErrorCode::FileDamaged, {path, "line " + std::to_string(record.line), row.error()});
    return std::move(*row);
}

/// Reads all records, in parallel; of several errors the first in the file is given.
Result<Parsed> parse(std::span<const Record> records, const RowReader& read, const std::string& path,
                     std::stop_token stop, Progress& progress)
{
    const auto count = static_cast<Index>(records.size());
    Parsed out{std::vector<LabelledRow>(records.size()), std::vector<char>(records.size())};
    std::vector<std::optional<Error>> errors(static_cast<std::size_t>(chunkCount(count, kRecordsAChunk)));
    parallelChunks(count, kRecordsAChunk, [&](Index chunk, Index begin, Index end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            if (stop.stop_requested())
                return;
            auto row = readRow(records[i], read, out.replaced[i], path);
            if (!row) {
                errors[static_cast<std::size_t>(chunk)] = std::move(row.error());
                return;
            }
            out.rows[i] = std::move(*row);
            progress.add(static_cast<std::int64_t>(records[i].raw.size()) + 1);
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    for (auto& error : errors)
        if (error)
            return fail(std::move(*error));
    return out;
}

Result<Columns> columnsOf(const Records& records, const FormatGuess& guess, const LabelledTextOptions& options,
                          const std::string& path)
{
    if (!hasColumns(guess.format))
        return Columns{};
    const bool json = guess.format == TextFormat::JsonLines;
    return chooseColumns(json ? sampleJson(records.records) : sampleDelimited(records.records, guess.syntax), options,
                         path);
}

RowReader readerFor(const FormatGuess& guess, const Columns& columns)
{
    switch (guess.format) {
    case TextFormat::FastText:
        return fastTextReader();
    case TextFormat::LabelFirst:
        return labelFirstReader();
    case TextFormat::JsonLines:
        return jsonReader(columns);
    default:
        return delimitedReader(guess.syntax, columns);
    }
}

/// Keeps the rows that have a label, and counts what the report tells.
LabelledText collect(Parsed parsed, LabelledTextReport report)
{
    LabelledText data;
    std::vector<std::string> labels;
    data.texts.reserve(parsed.rows.size());
    labels.reserve(parsed.rows.size());
    for (std::size_t i = 0; i < parsed.rows.size(); ++i) {
        LabelledRow& row = parsed.rows[i];
        report.invalidUtf8 += parsed.replaced[i];
        if (row.label.empty()) {
            ++report.unlabelled;
            continue;
        }
        report.emptySentences += row.text.empty() ? 1 : 0;
        data.texts.push_back(std::move(row.text));
        labels.push_back(std::move(row.label));
    }
    data.report = std::move(report);
    numberClasses(data, labels);
    return data;
}

Result<LabelledText> checked(LabelledText data, const LabelledTextOptions& options, const std::string& path)
{
    if (data.texts.empty() && data.report.unlabelled > 0)
        return fail(ErrorCode::NoLabels,
                    {path, "every one of its lines lacks it; write the label and a tab before each sentence, "
                           "or choose another label column"});
    if (data.texts.empty())
        return fail(ErrorCode::NoSentences, {path});
    if (data.classes.size() < 2 && !options.one_class_is_enough)
        return fail(ErrorCode::TooFewClasses, {path, '"' + data.classes.front() + '"'});
    return data;
}

LabelledTextReport startReport(const Records& records, TextFormat format, const Columns& columns)
{
    LabelledTextReport report;
    report.format = format;
    report.header = columns.header;
    report.textColumn = columns.textName;
    report.labelColumn = columns.labelName;
    report.lines = records.lines;
    report.emptyLines = records.emptyLines;
    return report;
}

} // namespace

std::string_view textFormatName(TextFormat format)
{
    return std::ranges::find(kFormats, format, &NamedFormat::format)->name;
}

std::optional<TextFormat> textFormatFromName(std::string_view name)
{
    const auto* const found = std::ranges::find(kFormats, name, &NamedFormat::name);
    return found != kFormats.end() ? std::optional(found->format) : std::nullopt;
}

Result<LabelledText> readLabelledText(const std::filesystem::path& path, const LabelledTextOptions& options,
                                      std::stop_token stop, Progress& progress)
{
    if (auto fine = checkOptions(options); !fine)
        return fail(fine.error());
    const auto content = readTextFile(path, stop, progress);
    if (!content)
        return fail(content.error());
    if (trimmed(*content).empty())
        return fail(ErrorCode::NoSentences, {path.string()});
    const auto guess = guessFormat(*content, options);
    if (!guess)
        return fail(notLabelled(*content, path.string(), stop));
    const auto records = splitRecords(*content, guess->syntax, path.string(), stop);
    if (!records)
        return fail(records.error());
    const auto columns = columnsOf(*records, *guess, options, path.string());
    if (!columns)
        return fail(columns.error());
    const auto rows = std::span(records->records).subspan(columns->header ? 1 : 0);
    auto parsed = parse(rows, readerFor(*guess, *columns), path.string(), stop, progress);
    if (!parsed)
        return fail(parsed.error());
    progress.set(progress.total());
    return checked(collect(std::move(*parsed), startReport(*records, guess->format, *columns)), options, path.string());
}

} // namespace embedscope
