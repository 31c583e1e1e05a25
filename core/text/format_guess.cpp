// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/format_guess.h"

#include "core/base/strings.h"
#include "core/text/columns.h"
#include "core/text/row_readers.h"

#include <algorithm>
#include <unordered_set>

namespace embedscope {

namespace {

constexpr CellSyntax kTsv{.delimiter = '\t', .quoted = false};
constexpr CellSyntax kCommas{.delimiter = ',', .quoted = true};
constexpr CellSyntax kSemicolons{.delimiter = ';', .quoted = true};

/// The first records, or none where they cannot be cut this way.
std::vector<Record> sampleOf(std::string_view content, const CellSyntax& syntax)
{
    auto records = splitRecords(content, syntax, {}, {}, kSampleLimits);
    return records ? std::move(records->records) : std::vector<Record>{};
}

template <class Predicate>
bool mostly(const std::vector<Record>& records, double share, Predicate&& holds)
{
    const auto count = std::ranges::count_if(records, [&](const Record& record) { return holds(record.raw); });
    return !records.empty() && static_cast<double>(count) >= share * static_cast<double>(records.size());
}

bool isJsonLine(std::string_view line)
{
    line = trimmed(line);
    return line.starts_with('{') && line.ends_with('}');
}

bool hasFastTextLabel(std::string_view line)
{
    return line.starts_with(kFastTextPrefix) || line.find(std::string(" ") + kFastTextPrefix) != std::string_view::npos;
}

/// Labels as TREC and the sentiment treebanks write them: a whole number, or capitals with a finer class behind a
/// colon.
bool looksLikeLabel(std::string_view word)
{
    if (parseInteger(word))
        return true;
    const std::string_view coarse = word.substr(0, word.find(':'));
    return coarse.size() >= 2 && std::ranges::all_of(coarse, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool hasDigit(std::string_view word)
{
    return word.find_first_of("0123456789") != std::string_view::npos;
}

bool isLabelFirst(const std::vector<Record>& records)
{
    std::unordered_set<std::string_view> labels;
    std::size_t withText = 0;
    bool labelLike = true;
    for (const Record& record : records) {
        const LabelFirstParts parts = splitLabelFirst(record.raw);
        if (parts.label.find_first_of(",;") != std::string_view::npos ||
            !(hasLetter(parts.label) || hasDigit(parts.label)))
            return false;
        withText += hasLetter(parts.text) ? 1U : 0U;
        labels.insert(parts.label);
        labelLike = labelLike && looksLikeLabel(parts.label);
    }
    const std::size_t lines = records.size();
    const bool fewLabelLike = labelLike && (lines < 4 || labels.size() * 2 <= lines);
    return lines > 0 && withText * 2 > lines && (labels.size() <= classLimit(lines) || fewLabelLike);
}

/// Whether the first record holds names of columns.
bool namesColumns(std::string_view content, const CellSyntax& syntax)
{
    const auto records = splitRecords(content, syntax, {}, {}, {.records = 1});
    return records && namesBothColumns(sampleDelimited(records->records, syntax).rows.front());
}

/// Whether nearly all records have as many cells as the first, at least two.
bool isEven(const std::vector<Record>& records, const CellSyntax& syntax)
{
    if (records.empty())
        return false;
    const std::size_t cells = splitCells(records.front().raw, syntax).size();
    return cells >= 2 &&
           mostly(records, 0.95, [&](std::string_view raw) { return splitCells(raw, syntax).size() == cells; });
}

std::optional<FormatGuess> guessLines(std::string_view content)
{
    const auto lines = sampleOf(content, {});
    if (mostly(lines, 0.9, isJsonLine))
        return FormatGuess{TextFormat::JsonLines, {}};
    if (mostly(lines, 0.5, hasFastTextLabel))
        return FormatGuess{TextFormat::FastText, {}};
    if (mostly(lines, 0.95, [](std::string_view line) { return line.find('\t') != std::string_view::npos; }))
        return FormatGuess{TextFormat::Tsv, kTsv};
    return std::nullopt;
}

/// The delimiter of a quoted file; commas where nothing speaks for semicolons.
CellSyntax csvSyntax(std::string_view content)
{
    if (namesColumns(content, kCommas))
        return kCommas;
    const bool semicolons = namesColumns(content, kSemicolons) || (!isEven(sampleOf(content, kCommas), kCommas) &&
                                                                   isEven(sampleOf(content, kSemicolons), kSemicolons));
    return semicolons ? kSemicolons : kCommas;
}

bool isCsvByContent(std::string_view content, const CellSyntax& syntax)
{
    const auto records = sampleOf(content, syntax);
    return isEven(records, syntax) && hasClassColumn(sampleDelimited(records, syntax));
}

FormatGuess completed(TextFormat format, std::string_view content)
{
    if (format == TextFormat::Tsv)
        return {format, kTsv};
    return {format, format == TextFormat::Csv ? csvSyntax(content) : CellSyntax{}};
}

} // namespace

std::optional<FormatGuess> guessFormat(std::string_view content, const LabelledTextOptions& options)
{
    if (options.format)
        return completed(*options.format, content);
    const bool columnsSet = options.text_column || options.label_column;
    if (auto guess = guessLines(content); guess && !(columnsSet && guess->format == TextFormat::FastText))
        return guess;
    const CellSyntax csv = csvSyntax(content);
    if (columnsSet || namesColumns(content, csv))
        return FormatGuess{TextFormat::Csv, csv};
    if (isLabelFirst(sampleOf(content, {})))
        return FormatGuess{TextFormat::LabelFirst, {}};
    if (isCsvByContent(content, csv))
        return FormatGuess{TextFormat::Csv, csv};
    return std::nullopt;
}

} // namespace embedscope
