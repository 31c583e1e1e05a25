// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <cstdint>
#include <span>

namespace embedscope {

/// Numbers that are worked on at once. Rows of the tables are filled up with zeros to whole lanes, which stay zero.
constexpr Index kWordLane = 8;

/// Stands for a target that takes no step: word2vec skips a negative word that is the centre.
constexpr std::int32_t kSkippedTarget = -1;

/// The two tables of skip-gram: rows of `input` (syn0 of word2vec) are the word vectors, rows of `output` (syn1neg)
/// those of the same words as neighbours. Rows begin at cache lines.
struct SkipGramTables
{
    Matrix input;
    Matrix output;
    Index lanes = 0; // of a row

    /// Inputs uniform in [-0.5, 0.5) / dim, outputs zero.
    EMBEDSCOPE_EXPORT static SkipGramTables initial(Index rows, Index dim, std::uint64_t seed);

    /// Whether a number of `input` is NaN, infinite, or far beyond those of vectors that learned something, which are a
    /// few units long: a run that diverges gets there before it gets to infinity.
    [[nodiscard]] EMBEDSCOPE_EXPORT bool diverged() const;
};

/// out[k] = input . rows[k]; `out` has places for whole lanes.
EMBEDSCOPE_EXPORT void dotProducts(const float* input, std::span<const float* const> rows, Index lanes, float* out);

/// sum += factors[0] * rows[0] + factors[1] * rows[1] + ...
EMBEDSCOPE_EXPORT void addRows(float* sum, std::span<const float* const> rows, const float* factors, Index lanes);

/// The same, and in the same pass rows[k] += factors[k] * input. A row may stand there twice.
EMBEDSCOPE_EXPORT void exchangeRows(const float* input, float* sum, std::span<float* const> rows, const float* factors,
                                    Index lanes);

/// row += factor * other
void addScaled(float* row, float factor, const float* other, Index lanes);

/// Places that the dot products of a pair take: whole lanes.
inline Index factorStride(std::size_t outputs)
{
    return (static_cast<Index>(outputs) + kWordLane - 1) / kWordLane * kWordLane;
}

/// Each value x becomes 1 / (1 + exp(-x)), to 2e-7; `count` is a multiple of kWordLane.
EMBEDSCOPE_EXPORT void logistic(float* values, Index count);

/// Dot products of a pair become (label - logistic(dot)) * alpha, given the logistic: the gradient of the logarithm of
/// the pair's likelihood, times the rate. The first target has label 1, the others 0; a skipped one gets 0.
EMBEDSCOPE_EXPORT void toFactors(std::span<const std::int32_t> targets, float alpha, float* values);

/// Asks for a row ahead of its use.
inline void prefetchRow(const float* row, Index lanes)
{
    constexpr Index kCacheLine = 16;
    for (Index i = 0; i < lanes * kWordLane; i += kCacheLine)
        __builtin_prefetch(row + i);
}

} // namespace embedscope
