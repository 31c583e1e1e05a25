// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/train/word_vector_kernel.h"
#include "core/train/word_vector_sampling.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// Steps of gradient descent that come out the same on any number of threads: those of a batch are computed from the
/// tables as they were at its start, a stretch of text a task; then they are added, a part of the rows a task, in the
/// order of the text. Each step is word2vec's own; only that it does not see the others of its batch. Vectors come out
/// as good as one step after the other, about 3 to 10 % shorter.
class EMBEDSCOPE_EXPORT WordVectorBatch
{
public:
    /// Words of the text that a task takes.
    static constexpr Index kStretch = 32;

    WordVectorBatch(SkipGramTables& tables, const WordVectorOptions& options, const RowSampler& negatives);

    /// Trains on the words [begin, end) of `text` as centres.
    void train(const ThinnedText& text, Index begin, Index end, float alpha, Random& random);

    /// The same on pairs that are drawn already.
    void train(std::span<const WordPairs> stretches, float alpha);

private:
    static constexpr std::int32_t kParts = 16;
    struct OutputStep
    {
        std::int32_t row;
        std::int32_t position;
        float factor;
    };
    /// What a stretch asks for: steps of the words at its positions as inputs, and of outputs, by part of the rows.
    struct Steps
    {
        Matrix inputs; // as they were, and so in one place
        Matrix inputSteps;
        std::array<std::vector<OutputStep>, kParts> outputs;
        std::vector<const float*> rows; // of the targets
        RowVector factors;              // of one centre's, whole lanes a pair
    };

    void computeSteps(const WordPairs& pairs, float alpha, Steps& steps) const;
    void computeCentre(const WordPairs& pairs, const WordPairs::Centre& centre, std::size_t first, float alpha,
                       Steps& steps) const;
    void addSteps(std::span<const WordPairs> stretches);
    void addInputSteps(const WordPairs& pairs, const Steps& steps, std::int32_t part);
    void addOutputSteps(const Steps& steps, std::int32_t part);

    SkipGramTables& m_tables;
    const WordVectorOptions& m_options;
    const RowSampler& m_negatives;
    std::vector<WordPairs> m_pairs;
    std::vector<Steps> m_steps;
};

/// Centres in a batch, such that even the most frequent word is expected to take only so many steps at once that they
/// would not have differed much one after the other.
EMBEDSCOPE_EXPORT Index batchWords(std::span<const std::int64_t> counts, const WordVectorOptions& options);

} // namespace embedscope
