// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/train/word_vector_corpus.h"
#include "core/train/word_vector_kernel.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// Chance of each word to stay in the text: (sqrt(f / sample) + 1) * sample / f for its share f of the text, at most 1,
/// as in word2vec.c; all 1 for sample 0.
EMBEDSCOPE_EXPORT std::vector<double> keepProbabilities(std::span<const std::int64_t> counts, double sample);

/// Share of each word among the negative ones: count^0.75, as in word2vec.c.
EMBEDSCOPE_EXPORT std::vector<double> negativeShares(std::span<const std::int64_t> counts);

/// Draws rows by given shares in one step: each slot holds its own row and one other (Walker 1977, Vose 1991).
/// word2vec.c has a table of 10^8 rows for this, which rounds the shares and misses every cache.
class EMBEDSCOPE_EXPORT RowSampler
{
public:
    /// `shares` add up to 1.
    explicit RowSampler(std::span<const double> shares);

    /// The row that 32 random bits stand for: the slot, and what multiplying leaves over chooses in it.
    [[nodiscard]] std::int32_t row(std::uint32_t bits) const
    {
        const std::uint64_t product = std::uint64_t{bits} * m_slots.size();
        const auto own = static_cast<std::int32_t>(product >> 32U);
        const Slot& slot = m_slots[static_cast<std::size_t>(own)];
        // Without a branch, which could not be foretold.
        const std::int32_t isOther = -static_cast<std::int32_t>(static_cast<std::uint32_t>(product) > slot.threshold);
        return own ^ ((own ^ slot.other) & isOther);
    }

private:
    struct Slot
    {
        std::uint32_t threshold;
        std::int32_t other;
    };
    std::vector<Slot> m_slots;
};

/// Some sentences after thinning. Positions count from their first word.
struct ThinnedText
{
    std::vector<std::int32_t> words;
    std::vector<std::int32_t> begins, ends; // of the sentence of each word

    [[nodiscard]] Index size() const { return static_cast<Index>(words.size()); }
};

/// Keeps each word of sentences [first, last) with its probability.
EMBEDSCOPE_EXPORT ThinnedText thin(const WordCorpus& corpus, std::size_t first, std::size_t last,
                                   std::span<const double> keep, Random& random);

/// The pairs of a stretch of text. Word2vec's direction: the word around is the input, the centre and the words drawn
/// against it are the outputs.
struct WordPairs
{
    struct Centre
    {
        std::int32_t position;   // in `words`
        std::int32_t begin, end; // the window, with the centre

        [[nodiscard]] std::int32_t pairs() const { return end - begin - 1; }
    };
    std::vector<std::int32_t> words; // of the stretch and its margins
    std::vector<Centre> centres;
    std::int32_t outputs = 0; // words a pair: the centre and those against it
    /// `outputs` a pair, pairs in the order of `centres` and their windows; kSkippedTarget where the centre was drawn.
    std::vector<std::int32_t> targets;
};

/// Draws windows and negative words for the words [begin, end) of `text` as centres.
EMBEDSCOPE_EXPORT void drawPairs(const ThinnedText& text, Index begin, Index end, const WordVectorOptions& options,
                                 const RowSampler& negatives, Random& random, WordPairs& out);

} // namespace embedscope
