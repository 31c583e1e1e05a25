// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/evaluation_words.h"
#include "core/table/embedding_table.h"

#include <array>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// "a is to b as c is to expected": numbers of words in AnalogyQuestions::words.
struct AnalogyQuestion
{
    std::int32_t a = 0, b = 0, c = 0, expected = 0;
};

struct AnalogySection
{
    std::string name;
    std::vector<AnalogyQuestion> questions;
};

/// A list of questions such as word2vec's questions-words.txt.
struct AnalogyQuestions
{
    Vocabulary words; // as the file spells them
    std::vector<AnalogySection> sections;
    Index skippedLines = 0;     // neither blank nor a header nor four words
    Index firstSkippedLine = 0; // from 1; 0 where there is none
    [[nodiscard]] EMBEDSCOPE_EXPORT Index size() const;
};

/// Reads lines of four words, in sections that begin with ": name". `path` is for errors; its stem names the section of
/// questions before the first header, which GloVe's lists have throughout and gensim refuses.
/// Errors: FileNotText with the line, FormatRefused where no line is a question, Cancelled.
EMBEDSCOPE_EXPORT Result<AnalogyQuestions> parseAnalogies(std::string_view text, const std::string& path,
                                                          std::stop_token stop);

struct AnalogyScore
{
    std::string name;
    Index correct = 0;
    Index total = 0; // questions that were asked
    /// correct / total, or 0 where no question was asked.
    [[nodiscard]] EMBEDSCOPE_EXPORT double accuracy() const;
};

struct AnalogyResult
{
    std::vector<AnalogyScore> sections; // in the order of the file
    AnalogyScore total;                 // named "Total accuracy", as in gensim
    Index questions = 0;                // in the file
    Index unknown = 0;                  // of them have a word that is not in the table
};

/// How often b - a + c leads to the expected word, by the rules of KeyedVectors.evaluate_word_analogies in gensim 4.2
/// (3CosAdd): of the five rows with the largest cosine to the sum of unit vectors, without the rows of a, b and c, the
/// first that spells none of them is the answer; where all five do, the last is.
/// Beyond gensim: rows without direction (zero, NaN, infinite) are never an answer, and a question with one is wrong.
/// Errors: ValueRefused (options), Cancelled.
EMBEDSCOPE_EXPORT Result<AnalogyResult> evaluateAnalogies(const EmbeddingTable& table,
                                                          const AnalogyQuestions& questions,
                                                          const EvaluationOptions& options, std::stop_token stop,
                                                          Progress& progress);

} // namespace embedscope
