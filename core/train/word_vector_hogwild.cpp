// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_hogwild.h"

#include <algorithm>
#include <vector>

namespace embedscope {

namespace {

/// Works on one pair after the other; keeps its buffers.
class PairTrainer
{
public:
    PairTrainer(SkipGramTables& tables, std::size_t outputs, float alpha)
        : m_tables(tables)
        , m_alpha(alpha)
        , m_rows(outputs)
        , m_factors(RowVector::Zero(factorStride(outputs)))
        , m_spare(RowVector::Zero(tables.output.cols()))
        , m_inputStep(tables.input.cols())
    {
    }

    void prefetch(std::span<const std::int32_t> targets) const
    {
        for (const std::int32_t target : targets)
            if (target != kSkippedTarget)
                prefetchRow(m_tables.output.row(target).data(), m_tables.lanes);
    }

    void train(std::int32_t word, std::span<const std::int32_t> targets)
    {
        // A skipped target takes its steps, which are 0, on a row that belongs to nobody.
        std::transform(targets.begin(), targets.end(), m_rows.begin(), [this](std::int32_t target) {
            return target == kSkippedTarget ? m_spare.data() : m_tables.output.row(target).data();
        });
        float* const input = m_tables.input.row(word).data();
        dotProducts(input, {m_rows.data(), m_rows.size()}, m_tables.lanes, m_factors.data());
        logistic(m_factors.data(), m_factors.size());
        toFactors(targets, m_alpha, m_factors.data());
        m_inputStep.setZero();
        exchangeRows(input, m_inputStep.data(), m_rows, m_factors.data(), m_tables.lanes);
        addScaled(input, 1, m_inputStep.data(), m_tables.lanes);
    }

private:
    SkipGramTables& m_tables;
    float m_alpha;
    std::vector<float*> m_rows;
    RowVector m_factors;
    RowVector m_spare;
    RowVector m_inputStep;
};

} // namespace

void trainPairs(const WordPairs& pairs, float alpha, SkipGramTables& tables)
{
    const auto outputs = static_cast<std::size_t>(pairs.outputs);
    PairTrainer trainer(tables, outputs, alpha);
    std::span<const std::int32_t> targets(pairs.targets);
    for (const WordPairs::Centre& centre : pairs.centres)
        for (std::int32_t position = centre.begin; position < centre.end; ++position) {
            if (position == centre.position)
                continue;
            if (targets.size() >= 2 * outputs)
                trainer.prefetch(targets.subspan(outputs, outputs));
            trainer.train(pairs.words[static_cast<std::size_t>(position)], targets.first(outputs));
            targets = targets.subspan(outputs);
        }
}

} // namespace embedscope
