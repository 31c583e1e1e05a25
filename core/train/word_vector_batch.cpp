// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_batch.h"

#include "core/base/parallel.h"

#include <algorithm>

namespace embedscope {

namespace {

/// Steps of one row in a batch, times the learning rate. Twice as much still held at the default rate; four times as
/// much diverged on 40 words that are all equally frequent, though not on English, where few rows are at the limit.
constexpr double kRateOfARow = 64 * 0.025;
constexpr Index kMostWords = 1024;
constexpr std::size_t kPrefetched = 8; // rows ahead

} // namespace

WordVectorBatch::WordVectorBatch(SkipGramTables& tables, const WordVectorOptions& options, const RowSampler& negatives)
    : m_tables(tables)
    , m_options(options)
    , m_negatives(negatives)
{
}

void WordVectorBatch::train(const ThinnedText& text, Index begin, Index end, float alpha, Random& random)
{
    const auto stretches = static_cast<std::size_t>(chunkCount(end - begin, kStretch));
    m_pairs.resize(std::max(m_pairs.size(), stretches));
    m_steps.resize(m_pairs.size());
    const std::uint64_t seed = random.next();
    parallelChunks(end - begin, kStretch, [&](Index chunk, Index first, Index last) {
        const auto i = static_cast<std::size_t>(chunk);
        Random own(seed + i);
        drawPairs(text, begin + first, begin + last, m_options, m_negatives, own, m_pairs[i]);
        computeSteps(m_pairs[i], alpha, m_steps[i]);
    });
    addSteps(std::span(m_pairs).first(stretches));
}

void WordVectorBatch::train(std::span<const WordPairs> stretches, float alpha)
{
    m_steps.resize(std::max(m_steps.size(), stretches.size()));
    parallelFor(static_cast<Index>(stretches.size()), 1, [&](Index begin, Index) {
        const auto i = static_cast<std::size_t>(begin);
        computeSteps(stretches[i], alpha, m_steps[i]);
    });
    addSteps(stretches);
}

void WordVectorBatch::addSteps(std::span<const WordPairs> stretches)
{
    // A batch of one stretch is too short to share out.
    parallelFor(kParts, stretches.size() > 1 ? 1 : kParts, [&](Index begin, Index end) {
        for (Index part = begin; part < end; ++part)
            for (std::size_t i = 0; i < stretches.size(); ++i) {
                addInputSteps(stretches[i], m_steps[i], static_cast<std::int32_t>(part));
                addOutputSteps(m_steps[i], static_cast<std::int32_t>(part));
            }
    });
}

void WordVectorBatch::computeSteps(const WordPairs& pairs, float alpha, Steps& steps) const
{
    const auto positions = static_cast<Index>(pairs.words.size());
    const Index stride = m_tables.input.cols();
    if (steps.inputs.rows() < positions)
        steps.inputs.resize(positions, stride);
    for (Index i = 0; i < positions; ++i)
        steps.inputs.row(i) = m_tables.input.row(pairs.words[static_cast<std::size_t>(i)]);
    steps.inputSteps.setZero(steps.inputs.rows(), stride);
    for (auto& outputs : steps.outputs)
        outputs.clear();
    steps.rows.resize(pairs.targets.size());
    for (std::size_t i = 0; i < pairs.targets.size(); ++i)
        steps.rows[i] =
            pairs.targets[i] == kSkippedTarget ? steps.inputs.data() : m_tables.output.row(pairs.targets[i]).data();
    std::size_t done = 0;
    for (const WordPairs::Centre& centre : pairs.centres) {
        const auto count = static_cast<std::size_t>(centre.pairs() * pairs.outputs);
        for (std::size_t i = done + count; i < std::min(done + 2 * count, steps.rows.size()); ++i)
            prefetchRow(steps.rows[i], m_tables.lanes);
        computeCentre(pairs, centre, done, alpha, steps);
        done += count;
    }
}

/// `first` is the place of the centre's first target.
void WordVectorBatch::computeCentre(const WordPairs& pairs, const WordPairs::Centre& centre, std::size_t first,
                                    float alpha, Steps& steps) const
{
    const auto outputs = static_cast<std::size_t>(pairs.outputs);
    const Index stride = factorStride(outputs);
    const auto rowsOf = [&](Index pair) {
        return std::span(steps.rows).subspan(first + static_cast<std::size_t>(pair) * outputs, outputs);
    };
    const auto positionOf = [&](Index pair) {
        const auto position = static_cast<std::int32_t>(centre.begin + pair);
        return position < centre.position ? position : position + 1;
    };
    // All dot products before all steps: each waits long for its sums.
    steps.factors.resize(centre.pairs() * stride);
    float* const factors = steps.factors.data();
    for (Index pair = 0; pair < centre.pairs(); ++pair)
        dotProducts(steps.inputs.row(positionOf(pair)).data(), rowsOf(pair), m_tables.lanes, factors + pair * stride);
    logistic(factors, steps.factors.size());
    for (Index pair = 0; pair < centre.pairs(); ++pair) {
        const std::int32_t position = positionOf(pair);
        const auto targets =
            std::span(pairs.targets).subspan(first + static_cast<std::size_t>(pair) * outputs, outputs);
        float* const own = factors + pair * stride;
        toFactors(targets, alpha, own);
        addRows(steps.inputSteps.row(position).data(), rowsOf(pair), own, m_tables.lanes);
        for (std::size_t k = 0; k < outputs; ++k)
            if (targets[k] != kSkippedTarget)
                steps.outputs[static_cast<std::size_t>(targets[k] % kParts)].push_back({targets[k], position, own[k]});
    }
}

void WordVectorBatch::addInputSteps(const WordPairs& pairs, const Steps& steps, std::int32_t part)
{
    for (std::size_t i = 0; i < pairs.words.size(); ++i)
        if (pairs.words[i] % kParts == part)
            addScaled(m_tables.input.row(pairs.words[i]).data(), 1, steps.inputSteps.row(static_cast<Index>(i)).data(),
                      m_tables.lanes);
}

void WordVectorBatch::addOutputSteps(const Steps& steps, std::int32_t part)
{
    const std::vector<OutputStep>& outputs = steps.outputs[static_cast<std::size_t>(part)];
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (i + kPrefetched < outputs.size())
            prefetchRow(m_tables.output.row(outputs[i + kPrefetched].row).data(), m_tables.lanes);
        addScaled(m_tables.output.row(outputs[i].row).data(), outputs[i].factor,
                  steps.inputs.row(outputs[i].position).data(), m_tables.lanes);
    }
}

Index batchWords(std::span<const std::int64_t> counts, const WordVectorOptions& options)
{
    const std::vector<double> keep = keepProbabilities(counts, options.sample);
    const std::vector<double> negative = negativeShares(counts);
    double kept = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        kept += keep[i] * static_cast<double>(counts[i]);
    double most = 0; // steps of one output row for each pair of the text
    for (std::size_t i = 0; i < counts.size(); ++i)
        most = std::max(most, keep[i] * static_cast<double>(counts[i]) / kept +
                                  static_cast<double>(options.negative) * negative[i]);
    const auto pairsOfAWord = static_cast<double>(options.window + 1);
    return std::clamp(static_cast<Index>(kRateOfARow / (options.alpha * most * pairsOfAWord)), Index{1}, kMostWords);
}

} // namespace embedscope
