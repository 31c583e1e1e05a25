// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// The shapes of labelled data.
enum class TextFormat {
    Tsv,        // with a header that names the columns, or two columns found by content
    Csv,        // quoted as in RFC 4180
    JsonLines,  // one object a line
    FastText,   // __label__x text
    LabelFirst, // `label text`, parted by the first blank (TREC)
};
/// "tsv", "csv", "jsonl", "fasttext", "label-first".
EMBEDSCOPE_EXPORT std::string_view textFormatName(TextFormat format);
EMBEDSCOPE_EXPORT std::optional<TextFormat> textFormatFromName(std::string_view name);

/// What the user sets; what is not set is guessed from the content, and the guess stands in the report.
struct LabelledTextOptions
{
    std::optional<TextFormat> format;
    std::optional<std::string> text_column;  // a name of the header, or a column number from 1
    std::optional<std::string> label_column; // likewise
    bool one_class_is_enough = false;        // for data to test on: TooFewClasses is then no error
};

struct LabelledTextReport
{
    TextFormat format = TextFormat::Tsv;
    bool header = false;
    std::string textColumn;  // name, or number from 1; empty where the format has no columns
    std::string labelColumn; // likewise
    std::int64_t lines = 0;  // of the file, with the header and empty ones
    std::int64_t emptyLines = 0;
    std::int64_t emptySentences = 0; // kept, with no words
    std::int64_t unlabelled = 0;     // lines left out since they have no label
    std::int64_t invalidUtf8 = 0;    // lines with ill-formed bytes, which were replaced by U+FFFD
};

/// Sentences with their classes, in the order of the file. Class names are sorted, so that the same data gives the same
/// class numbers whatever its order: as numbers where all are numbers, else by bytes.
struct LabelledText
{
    std::vector<std::string> texts;
    std::vector<std::int32_t> labels; // index into classes
    std::vector<std::string> classes;
    LabelledTextReport report;
};

/// Reads labelled sentences in UTF-8, with or without a byte order mark, CRLF or a final line end. Lines without a
/// label are left out and counted; a line without the column of its label or text is an error. Of several labels the
/// first counts. Class and text lose the blanks at both ends. Errors: FileNotFound, FileUnreadable, FileEmpty,
/// FileNotText, NoLabels, NoSentences, TooFewClasses, FileDamaged (with the line), ValueRefused (no such column),
/// OptionsConflict (columns for a format without), Cancelled.
EMBEDSCOPE_EXPORT Result<LabelledText> readLabelledText(const std::filesystem::path& path,
                                                        const LabelledTextOptions& options, std::stop_token stop,
                                                        Progress& progress);

/// Renumbers the labels of `data` by the given class names (those of the training data); TooFewClasses is not an issue
/// here. NoLabels where a label of `data` is not among them.
EMBEDSCOPE_EXPORT Result<LabelledText> withClasses(LabelledText data, const std::vector<std::string>& classes,
                                                   const std::filesystem::path& path);

} // namespace embedscope
