// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/sequence_layout.h"

#include <algorithm>
#include <numeric>

namespace embedscope::detail {

namespace {

/// Sentences of a full shard: enough for the product of a step to run at its full rate.
constexpr Index kShardSentences = 16;

Index lengthOf(std::span<const std::int64_t> offsets, Index sentence)
{
    const auto i = static_cast<std::size_t>(sentence);
    return offsets[i + 1] - offsets[i];
}

std::vector<Index> longestFirst(std::span<const std::int64_t> offsets)
{
    std::vector<Index> sentences(offsets.empty() ? 0 : offsets.size() - 1);
    std::iota(sentences.begin(), sentences.end(), 0);
    std::erase_if(sentences, [&](Index s) { return lengthOf(offsets, s) == 0; });
    std::stable_sort(sentences.begin(), sentences.end(),
                     [&](Index a, Index b) { return lengthOf(offsets, a) > lengthOf(offsets, b); });
    return sentences;
}

/// Dealt like cards, so that the shards take about the same time.
std::vector<Shard> deal(const std::vector<Index>& sentences)
{
    const auto count = static_cast<Index>(sentences.size());
    const Index shards = (count + kShardSentences - 1) / kShardSentences;
    std::vector<Shard> out(static_cast<std::size_t>(shards));
    for (std::size_t i = 0; i < sentences.size(); ++i)
        out[i % out.size()].sentences.push_back(sentences[i]);
    return out;
}

} // namespace

SequenceLayout::SequenceLayout(std::span<const std::int64_t> offsets, bool reversed)
    : shards(deal(longestFirst(offsets)))
    , last(offsets.empty() ? 0 : offsets.size() - 1, -1)
{
    for (Shard& shard : shards) {
        Index active = static_cast<Index>(shard.sentences.size());
        for (Index step = 0; active > 0; ++step) {
            const Index begin = rows();
            for (Index i = 0; i < active; ++i) {
                const Index sentence = shard.sentences[static_cast<std::size_t>(i)];
                const Index place = reversed ? lengthOf(offsets, sentence) - 1 - step : step;
                tokens.push_back(offsets[static_cast<std::size_t>(sentence)] + place);
                previous.push_back(step == 0 ? -1 : shard.steps.back().begin + i);
                last[static_cast<std::size_t>(sentence)] = begin + i;
            }
            shard.steps.push_back({begin, active});
            while (active > 0 && lengthOf(offsets, shard.sentences[static_cast<std::size_t>(active - 1)]) <= step + 1)
                --active;
        }
    }
}

} // namespace embedscope::detail
