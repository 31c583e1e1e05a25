// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/evaluation_words.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Two words and how similar people find them: numbers of words in WordPairs::words.
struct WordPair
{
    std::int32_t first = 0, second = 0;
    double judgement = 0;
};

/// A list of judged pairs such as WordSim-353 or SimLex-999.
struct WordPairs
{
    Vocabulary words; // as the file spells them
    std::vector<WordPair> pairs;
    Index skippedLines = 0;     // neither blank nor a comment nor a pair with a number
    Index firstSkippedLine = 0; // from 1; 0 where there is none
};

/// Reads lines of two words and a number; those that begin with # are comments. Cells are parted by tabs, else by
/// commas, else by blanks: the first under which a line can be read goes for the whole file, and with it that there are
/// three cells, or where no line has three, that more are passed over. gensim reads three cells parted by tabs only.
/// Errors: FileNotText with the line, FormatRefused where no line is a pair, Cancelled.
EMBEDSCOPE_EXPORT Result<WordPairs> parseWordPairs(std::string_view text, const std::string& path,
                                                   std::stop_token stop);

struct SimilarityResult
{
    double spearman = 0; // NaN where it is not defined, such as for a single pair
    double pearson = 0;
    Index pairs = 0;   // in the file
    Index unknown = 0; // of them have a word that is not in the table
};

/// Correlation of the judgements with the cosines of the table, by the rules of KeyedVectors.evaluate_word_pairs in
/// gensim 4.2. The cosine with a zero row is 0.
/// Errors: ValueRefused (options, or no pair has both its words in the table), Cancelled.
EMBEDSCOPE_EXPORT Result<SimilarityResult> evaluateSimilarity(const EmbeddingTable& table, const WordPairs& pairs,
                                                              const EvaluationOptions& options, std::stop_token stop,
                                                              Progress& progress);

} // namespace embedscope
