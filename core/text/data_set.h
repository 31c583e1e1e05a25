// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/table/vocabulary.h"
#include "core/text/labelled_text.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope {

/// Sentences as token rows: sentence i is tokens[offsets[i] .. offsets[i + 1]).
struct DataSet
{
    std::vector<std::int64_t> tokens;  // rows of the vocabulary
    std::vector<std::int64_t> offsets; // size() + 1 of them, the first is 0
    std::vector<std::int32_t> labels;
    std::int64_t unknownTokens = 0;  // mapped to the row of unknown words
    std::int64_t emptySentences = 0; // no token at all: such a sentence has the zero state

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(labels.size()); }
    [[nodiscard]] std::span<const std::int64_t> sentence(std::int64_t i) const
    {
        const auto begin = static_cast<std::size_t>(offsets[static_cast<std::size_t>(i)]);
        const auto end = static_cast<std::size_t>(offsets[static_cast<std::size_t>(i) + 1]);
        return std::span(tokens).subspan(begin, end - begin);
    }
};

inline constexpr const char* kPaddingToken = "<pad>";
inline constexpr const char* kUnknownToken = "<unk>";

/// The rows of a table to be trained, with a row for padding and one that stands for every unknown word.
struct TrainingVocabulary
{
    Vocabulary vocabulary;
    std::int64_t paddingRow = 0;
    std::int64_t unknownRow = 1;
    Index vectorRows = 0;           // the first so many rows are those of the given vectors, in their order
    std::int64_t tokens = 0;        // words of the data, counted as often as they occur
    std::int64_t coveredTokens = 0; // of them, those that have a row of their own
    std::int64_t words = 0;         // distinct words of the data
    std::int64_t coveredWords = 0;

    /// Share of the tokens that have a row of their own, in [0, 1].
    [[nodiscard]] double coverage() const
    {
        return tokens > 0 ? static_cast<double>(coveredTokens) / static_cast<double>(tokens) : 0;
    }
};

/// <pad>, <unk>, then the words of the data by falling count, ties by first appearance; words that occur less often
/// than `min_count` are unknown.
EMBEDSCOPE_EXPORT TrainingVocabulary vocabularyFromData(const LabelledText& data, const TokenizerOptions& tokenizer,
                                                        std::int64_t min_count = 1);

/// The rows of the vectors in their order, so that row numbers stay what they are; then <unk> and <pad>, each only
/// where the vectors have no such token. A word of the data without a vector is unknown.
EMBEDSCOPE_EXPORT TrainingVocabulary vocabularyFromVectors(const LabelledText& data, const TokenizerOptions& tokenizer,
                                                           const Vocabulary& vectors);

/// Token rows of every sentence; words that are not in the vocabulary become `unknownRow`.
/// max_length cuts longer sentences at their end.
EMBEDSCOPE_EXPORT DataSet encode(const LabelledText& data, const TokenizerOptions& tokenizer,
                                 const Vocabulary& vocabulary, std::int64_t unknownRow,
                                 std::optional<std::int64_t> max_length = std::nullopt);

/// For each row, the class in whose sentences its word occurs relatively most often, -1 for words that do not occur.
EMBEDSCOPE_EXPORT std::vector<std::int32_t> dominantClass(const DataSet& data, Index rows, std::int32_t classes);

} // namespace embedscope
