// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/embedding_bag.h"

#include "core/base/parallel.h"
#include "core/nn/bag_layout.h"
#include "core/nn/sum_groups.h"

#include <algorithm>
#include <string>

namespace embedscope {

namespace {

using detail::BagRange;

Result<void> checkMode(const EmbeddingOptions& options, BagMode mode)
{
    if (mode != BagMode::Max || (!options.sparse && !options.scale_grad_by_freq))
        return {};
    return fail(ErrorCode::OptionsConflict, {"mode max", options.sparse ? "sparse" : "scale_grad_by_freq",
                                             "Choose the mode sum or mean, or turn the other option off."});
}

Result<void> checkSampleWeights(const Bags& bags, BagMode mode)
{
    if (bags.per_sample_weights.empty())
        return {};
    if (bags.per_sample_weights.size() != bags.indices.size())
        return fail(ErrorCode::ShapeMismatch, {"per_sample_weights", std::to_string(bags.indices.size()) + " weights",
                                               std::to_string(bags.per_sample_weights.size())});
    if (mode != BagMode::Sum)
        return fail(ErrorCode::OptionsConflict, {"per_sample_weights", mode == BagMode::Mean ? "mode mean" : "mode max",
                                                 "Weights work with the mode sum only."});
    return {};
}

/// Bags that make one chunk, from their average size.
Index bagsPerChunk(const Bags& bags, Index dim)
{
    const Index average = 1 + static_cast<Index>(bags.indices.size()) / std::max<Index>(1, detail::bagCount(bags));
    return std::max<Index>(1, detail::rowsPerChunk(dim) / average);
}

float sampleWeight(const Bags& bags, Index position)
{
    return bags.per_sample_weights.empty() ? 1.0F : bags.per_sample_weights[static_cast<std::size_t>(position)];
}

/// Sums a bag into `out` (zeros before) and divides by its size where the mean is asked for.
void poolSum(const Bags& bags, BagRange range, const Embedding& embedding, BagMode mode, float* out)
{
    const auto& padding = embedding.options().padding_idx;
    const Matrix& weight = embedding.weight();
    const Index dim = weight.cols();
    for (Index position = range.begin; position < range.end; ++position) {
        const std::int64_t row = bags.indices[static_cast<std::size_t>(position)];
        detail::prefetchAhead(weight, bags.indices, position);
        if (row != padding)
            detail::addScaled(sampleWeight(bags, position), weight.data() + row * dim, out, dim);
    }
    const Index entries = detail::countEntries(bags, range, padding);
    if (mode == BagMode::Mean && entries > 1)
        Eigen::Map<Eigen::ArrayXf>(out, dim) /= static_cast<float>(entries);
}

/// Largest value of each column and the position that holds it first. A comparison with NaN is false: a NaN that comes
/// first stays, a later one never wins.
void poolMax(const Bags& bags, BagRange range, const Embedding& embedding, float* out, std::int64_t* winners)
{
    const auto& padding = embedding.options().padding_idx;
    const Index dim = embedding.weight().cols();
    bool first = true;
    for (Index position = range.begin; position < range.end; ++position) {
        const std::int64_t row = bags.indices[static_cast<std::size_t>(position)];
        if (row == padding)
            continue;
        const float* x = embedding.weight().data() + row * dim;
        for (Index d = 0; d < dim; ++d) {
            const bool wins = first || x[d] > out[d];
            out[d] = wins ? x[d] : out[d];
            winners[d] = wins ? position : winners[d];
        }
        first = false;
    }
}

/// d loss / d per_sample_weights: the dot product of the bag's gradient with the row; zero for padding.
std::vector<float> sampleWeightGradient(const Bags& bags, const Embedding& embedding, const ConstMatrixRef& gradOutput)
{
    std::vector<float> out(bags.per_sample_weights.size());
    if (out.empty())
        return out;
    parallelFor(detail::bagCount(bags), bagsPerChunk(bags, gradOutput.cols()), [&](Index begin, Index end) {
        for (Index bag = begin; bag < end; ++bag) {
            const BagRange range = detail::bagRange(bags, bag);
            for (Index position = range.begin; position < range.end; ++position) {
                const auto at = static_cast<std::size_t>(position);
                if (bags.indices[at] != embedding.options().padding_idx)
                    out[at] = gradOutput.row(bag).dot(embedding.weight().row(bags.indices[at]));
            }
        }
    });
    return out;
}

/// What the mean divides by: the entries of each bag that are not padding; 1 in the other modes.
std::vector<double> divisors(const Bags& bags, BagMode mode, std::optional<std::int64_t> padding)
{
    std::vector<double> out(static_cast<std::size_t>(detail::bagCount(bags)), 1.0);
    if (mode != BagMode::Mean)
        return out;
    for (std::size_t bag = 0; bag < out.size(); ++bag)
        out[bag] =
            static_cast<double>(detail::countEntries(bags, detail::bagRange(bags, static_cast<Index>(bag)), padding));
    return out;
}

} // namespace

EmbeddingBag::EmbeddingBag(Embedding& embedding, BagMode mode)
    : m_embedding(&embedding)
    , m_mode(mode)
{
}

Result<EmbeddingBag> EmbeddingBag::create(Embedding& embedding, BagMode mode)
{
    return checkMode(embedding.options(), mode).map([&] { return EmbeddingBag(embedding, mode); });
}

Result<void> EmbeddingBag::forward(const Bags& bags, Matrix& out)
{
    const EmbeddingOptions& options = m_embedding->options();
    auto checked = checkMode(options, m_mode)
                       .and_then([&] { return detail::checkOffsets(bags); })
                       .and_then([&] { return checkSampleWeights(bags, m_mode); })
                       .and_then([&] { return checkIndices(bags.indices, m_embedding->weight().rows()); });
    if (!checked)
        return checked;
    if (options.max_norm)
        renormalizeRows(m_embedding->weight(), bags.indices, *options.max_norm, options.norm_type);
    pool(bags, out);
    return {};
}

void EmbeddingBag::pool(const Bags& bags, Matrix& out)
{
    const Index dim = m_embedding->weight().cols();
    out.resize(detail::bagCount(bags), dim);
    if (m_mode == BagMode::Max)
        m_winners.resize(out.rows(), dim);
    parallelFor(out.rows(), bagsPerChunk(bags, dim), [&](Index begin, Index end) {
        for (Index bag = begin; bag < end; ++bag) {
            float* pooled = out.row(bag).data();
            std::fill_n(pooled, dim, 0.0F);
            if (m_mode == BagMode::Max) {
                m_winners.row(bag).setConstant(-1);
                poolMax(bags, detail::bagRange(bags, bag), *m_embedding, pooled, m_winners.row(bag).data());
            } else {
                poolSum(bags, detail::bagRange(bags, bag), *m_embedding, m_mode, pooled);
            }
        }
    });
}

BagGradient EmbeddingBag::backward(const Bags& bags, const ConstMatrixRef& gradOutput) const
{
    return {m_mode == BagMode::Max ? maxGradient(bags, gradOutput) : sumGradient(bags, gradOutput),
            sampleWeightGradient(bags, *m_embedding, gradOutput)};
}

RowGradient EmbeddingBag::sumGradient(const Bags& bags, const ConstMatrixRef& gradOutput) const
{
    const EmbeddingOptions& options = m_embedding->options();
    const auto bagOf = detail::bagOfPositions(bags);
    const auto divisor = divisors(bags, m_mode, options.padding_idx);
    const auto add = [&](std::int64_t, std::span<const std::int32_t> positions, float* sum) {
        const double count = options.scale_grad_by_freq ? static_cast<double>(positions.size()) : 1.0;
        for (const std::int32_t position : positions) {
            const std::int32_t bag = bagOf[static_cast<std::size_t>(position)];
            const double weight = static_cast<double>(sampleWeight(bags, position));
            detail::addScaled(static_cast<float>(weight / count / divisor[static_cast<std::size_t>(bag)]),
                              gradOutput.row(bag).data(), sum, gradOutput.cols());
        }
    };
    return detail::sumGroups(RowGroups(bags.indices), static_cast<Index>(bags.indices.size()), gradOutput.cols(),
                             options.padding_idx, add);
}

RowGradient EmbeddingBag::maxGradient(const Bags& bags, const ConstMatrixRef& gradOutput) const
{
    const auto bagOf = detail::bagOfPositions(bags);
    const auto add = [&](std::int64_t, std::span<const std::int32_t> positions, float* sum) {
        for (const std::int32_t position : positions) {
            const std::int32_t bag = bagOf[static_cast<std::size_t>(position)];
            for (Index d = 0; d < gradOutput.cols(); ++d)
                sum[d] += m_winners(bag, d) == position ? gradOutput(bag, d) : 0.0F;
        }
    };
    return detail::sumGroups(RowGroups(bags.indices), static_cast<Index>(bags.indices.size()), gradOutput.cols(),
                             m_embedding->options().padding_idx, add);
}

} // namespace embedscope
