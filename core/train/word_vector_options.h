// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/param_spec.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace embedscope {

/// What parts the words of a line.
enum class WordSplit {
    Blanks, // as word2vec, gensim and fastText do: upper and lower case and signs stay as they are
    Words,  // tokenize() of core/text: lower case, signs are words of their own
};

/// Skip-gram with negative sampling (Mikolov et al. 2013). Names of word2vec and gensim, defaults of word2vec.
struct WordVectorOptions
{
    std::int64_t dim = 100;
    std::int64_t window = 5;   // a word is paired with 1 ... window words to either side, uniformly drawn for each word
    std::int64_t negative = 5; // words drawn against each pair
    std::int64_t min_count = 5;
    std::int64_t epochs = 5;
    double sample = 1e-3;        // words that make up more of the text than this are thinned out; 0: none
    double alpha = 0.025;        // learning rate, falling linearly with the words done ...
    double min_alpha = 0.025e-4; // ... but never below this
    std::uint64_t seed = 0;
    bool hogwild = false; // threads write the same table without waiting: faster, but never twice the same
    WordSplit split = WordSplit::Blanks;
};

/// ValueRefused where an option makes no sense.
EMBEDSCOPE_EXPORT Result<void> check(const WordVectorOptions& options);

/// The learning rate after `done` of `total` words, as in word2vec.
EMBEDSCOPE_EXPORT float learningRate(const WordVectorOptions& options, std::int64_t done, std::int64_t total);

/// Texts of the options, for the window and the headless tool.
EMBEDSCOPE_EXPORT std::span<const ParamSpec> wordVectorParameters();
/// The one with this name, which exists.
EMBEDSCOPE_EXPORT const ParamSpec& wordVectorParameter(std::string_view name);

} // namespace embedscope
