// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/position_embedding.h"

#include "core/base/parallel.h"
#include "core/nn/rows.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace embedscope {

namespace {

Result<void> check(const PositionEmbeddingOptions& options)
{
    if (options.max_length < 1)
        return fail(ErrorCode::ValueRefused,
                    {"max_length", std::to_string(options.max_length), "there is at least one position"});
    if (options.embedding_dim < 1)
        return fail(ErrorCode::ValueRefused,
                    {"embedding_dim", std::to_string(options.embedding_dim), "there is at least one column"});
    return {};
}

void fillNormal(Matrix& table, Random& random)
{
    for (Index i = 0; i < table.size(); ++i)
        table.data()[i] = static_cast<float>(random.normal());
}

/// In double: a position may be large, and its sine is to be exact in all digits of float32.
void fillSinusoidal(Matrix& table)
{
    for (Index column = 0; column < table.cols(); ++column) {
        const auto pair = static_cast<double>(column - column % 2);
        const double divisor = std::pow(10000.0, pair / static_cast<double>(table.cols()));
        for (Index position = 0; position < table.rows(); ++position) {
            const double angle = static_cast<double>(position) / divisor;
            table(position, column) = static_cast<float>(column % 2 == 0 ? std::sin(angle) : std::cos(angle));
        }
    }
}

Index longest(std::span<const std::int64_t> offsets)
{
    Index out = 0;
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i)
        out = std::max<Index>(out, offsets[i + 1] - offsets[i]);
    return out;
}

/// Sentences that make one chunk, from their average size.
Index sentencesPerChunk(Index sentences, Index rows, Index dim)
{
    return std::max<Index>(1, detail::rowsPerChunk(dim) / (1 + rows / std::max<Index>(1, sentences)));
}

} // namespace

PositionEmbedding::PositionEmbedding(const PositionEmbeddingOptions& options)
    : m_options(options)
    , m_table(options.max_length, options.embedding_dim)
{
}

Result<PositionEmbedding> PositionEmbedding::create(const PositionEmbeddingOptions& options, Random& random)
{
    return check(options).map([&] {
        PositionEmbedding out(options);
        if (options.kind == PositionKind::Learned)
            fillNormal(out.m_table, random);
        else
            fillSinusoidal(out.m_table);
        return out;
    });
}

Result<void> PositionEmbedding::predict(const ConstMatrixRef& x, std::span<const std::int64_t> offsets,
                                        Matrix& out) const
{
    if (const Index length = longest(offsets); length > m_table.rows())
        return fail(ErrorCode::ValueRefused, {"the length of a sentence", std::to_string(length),
                                              "there are only " + std::to_string(m_table.rows()) + " positions"});
    out.resize(x.rows(), x.cols());
    const auto sentences = static_cast<Index>(offsets.size()) - 1;
    parallelFor(sentences, sentencesPerChunk(sentences, x.rows(), x.cols()), [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            const Index first = offsets[static_cast<std::size_t>(i)];
            const Index length = offsets[static_cast<std::size_t>(i) + 1] - first;
            out.middleRows(first, length) = x.middleRows(first, length) + m_table.topRows(length);
        }
    });
    return {};
}

Result<void> PositionEmbedding::forward(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Matrix& out)
{
    return predict(x, offsets, out).map([&] { m_offsets.assign(offsets.begin(), offsets.end()); });
}

/// Each position sums over the sentences in their order, whatever the chunks.
void PositionEmbedding::backward(const ConstMatrixRef& gradOutput, Matrix* x_grad)
{
    if (x_grad != nullptr)
        *x_grad = gradOutput;
    if (m_options.kind != PositionKind::Learned)
        return;
    m_tableGrad.setZero(m_table.rows(), m_table.cols());
    constexpr Index kPositionsPerChunk = 16;
    parallelFor(longest(m_offsets), kPositionsPerChunk, [&](Index begin, Index end) {
        for (std::size_t i = 0; i + 1 < m_offsets.size(); ++i) {
            const Index length = m_offsets[i + 1] - m_offsets[i];
            const Index count = std::min(end, length) - begin;
            if (count > 0)
                m_tableGrad.middleRows(begin, count) += gradOutput.middleRows(m_offsets[i] + begin, count);
        }
    });
}

std::vector<NamedWeight> PositionEmbedding::weights()
{
    if (m_options.kind != PositionKind::Learned)
        return {};
    return {{"weight", &m_table, &m_tableGrad}};
}

} // namespace embedscope
