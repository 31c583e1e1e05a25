// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention_heads.h"

#include "core/base/random.h"
#include "core/nn/dropout.h"

#include <algorithm>
#include <cmath>

namespace embedscope::detail {

namespace {

/// Multiplications of one chunk.
constexpr Index kProductsPerChunk = 512 * 1024;
/// Tokens whose probabilities are computed together: those of a long sentence need not be in memory all at once.
constexpr Index kQueries = 64;

/// Where a row of numbers starts decides which of them share a register, and so the last bits of their sum: each piece
/// starts as memory of its own would.
Index alignedSize(Index size)
{
    constexpr Index kFloats = EIGEN_MAX_ALIGN_BYTES / sizeof(float);
    return (size + kFloats - 1) / kFloats * kFloats;
}

float scaleOf(Index head_dim)
{
    return static_cast<float>(1 / std::sqrt(static_cast<double>(head_dim)));
}

/// Queries, keys and values of a piece, or their gradients: part 0, 1 or 2 of the rows.
template <class M>
auto partOf(M& projected, const AttentionPiece& piece, Index part, Index head_dim)
{
    return projected.block(piece.begin, part * (projected.cols() / 3) + piece.column, piece.length, head_dim);
}

/// In place. The largest is taken away first, so that no exponential overflows. They are computed in one go: rows are
/// too short for whole registers.
void softmaxRows(MatrixMap scores)
{
    for (Index i = 0; i < scores.rows(); ++i)
        scores.row(i).array() -= scores.row(i).maxCoeff();
    Eigen::Map<Eigen::ArrayXf> all(scores.data(), scores.size());
    all = all.exp();
    for (Index i = 0; i < scores.rows(); ++i)
        scores.row(i) *= 1.0F / scores.row(i).sum();
}

/// Memory that the pieces of a chunk use in turn.
struct Scratch
{
    Matrix probabilities;
    Matrix dropped;
};

/// What is left of the probabilities after dropout; negates those dropped.
const Matrix& dropOut(MatrixMap probabilities, double p, Random& random, Matrix& out)
{
    out.resize(probabilities.rows(), probabilities.cols());
    drawDropoutFactors(p, out.data(), out.size(), random);
    out.array() *= probabilities.array();
    probabilities = (out.array() > 0.0F).select(probabilities, -probabilities);
    return out;
}

struct Attend
{
    const Matrix& projected;
    Matrix& context;
    Index head_dim;
    double dropout;

    void operator()(const AttentionPiece& piece, Random& random, float* kept, Scratch& scratch) const
    {
        for (Index row = 0; row < piece.length; row += kQueries)
            queries(piece, row, std::min(kQueries, piece.length - row), random, kept, scratch);
    }

    /// The tokens [row, row + count) of the sentence attend to all of it.
    void queries(const AttentionPiece& piece, Index row, Index count, Random& random, float* kept,
                 Scratch& scratch) const
    {
        if (kept == nullptr)
            scratch.probabilities.resize(count, piece.length);
        MatrixMap weights(kept == nullptr ? scratch.probabilities.data() : kept + row * piece.length, count,
                          piece.length);
        weights.noalias() = scaleOf(head_dim) * partOf(projected, piece, 0, head_dim).middleRows(row, count) *
                            partOf(projected, piece, 1, head_dim).transpose();
        softmaxRows(weights);
        auto out = context.block(piece.begin + row, piece.column, count, head_dim);
        if (dropout > 0)
            out.noalias() = dropOut(weights, dropout, random, scratch.dropped) * partOf(projected, piece, 2, head_dim);
        else
            out.noalias() = weights * partOf(projected, piece, 2, head_dim);
    }
};

struct AttendBackward
{
    const Matrix& projected;
    const Matrix& contextGrad;
    Matrix& projectedGrad;
    Index head_dim;
    double dropout;

    void operator()(const AttentionPiece& piece, const float* probabilities, Scratch& scratch) const
    {
        const ConstMatrixMap marked(probabilities, piece.length, piece.length);
        const auto grad = contextGrad.block(piece.begin, piece.column, piece.length, head_dim);
        valueGradient(marked, grad, partOf(projectedGrad, piece, 2, head_dim), scratch.dropped);
        Matrix& scores = scratch.probabilities;
        scores.resize(piece.length, piece.length);
        scores.noalias() = grad * partOf(projected, piece, 2, head_dim).transpose();
        scoreGradient(marked, scores);
        partOf(projectedGrad, piece, 0, head_dim).noalias() = scores * partOf(projected, piece, 1, head_dim);
        partOf(projectedGrad, piece, 1, head_dim).noalias() =
            scores.transpose() * partOf(projected, piece, 0, head_dim);
    }

    [[nodiscard]] float keptFactor() const { return static_cast<float>(1 / (1 - dropout)); }

    void valueGradient(const ConstMatrixMap& marked, const ConstMatrixRef& grad, MatrixRef out, Matrix& left) const
    {
        if (dropout > 0) {
            left = marked.cwiseMax(0.0F) * keptFactor();
            out.noalias() = left.transpose() * grad;
        } else {
            out.noalias() = marked.transpose() * grad;
        }
    }

    /// From the gradient of what is left after dropout to that of q k^T, in place.
    void scoreGradient(const ConstMatrixMap& marked, Matrix& grad) const
    {
        const float scale = scaleOf(head_dim);
        if (dropout > 0)
            grad = (marked.array() > 0.0F).select(grad * keptFactor(), 0.0F);
        for (Index i = 0; i < grad.rows(); ++i) {
            const auto probabilities = marked.row(i).array().abs();
            auto row = grad.row(i).array();
            row = probabilities * (row - (probabilities * row).sum()) * scale;
        }
    }
};

} // namespace

AttentionPieces::AttentionPieces(std::span<const std::int64_t> offsets, Index heads, Index head_dim)
    : m_headDim(head_dim)
{
    Index work = kProductsPerChunk;
    for (std::size_t sentence = 0; sentence + 1 < offsets.size(); ++sentence) {
        const Index length = offsets[sentence + 1] - offsets[sentence];
        for (Index head = 0; length > 0 && head < heads; ++head) {
            if (work >= kProductsPerChunk) {
                m_starts.push_back(m_pieces.size());
                work = 0;
            }
            m_pieces.push_back({offsets[sentence], length, head * head_dim, m_probabilities});
            m_probabilities += alignedSize(length * length);
            work += 2 * length * length * head_dim;
        }
    }
    m_starts.push_back(m_pieces.size());
}

void attend(const AttentionPieces& pieces, const Matrix& projected, AttentionDropout dropout, float* probabilities,
            Matrix& context)
{
    const Attend one{projected, context, pieces.headDim(), dropout.p};
    pieces.forChunks([&](std::size_t begin, std::size_t end) {
        Scratch scratch;
        for (std::size_t i = begin; i < end; ++i) {
            Random random(dropout.seed + i);
            one(pieces[i], random, probabilities == nullptr ? nullptr : probabilities + pieces[i].probabilities,
                scratch);
        }
    });
}

void attendBackward(const AttentionPieces& pieces, const Matrix& projected, double dropout, const float* probabilities,
                    const Matrix& contextGrad, Matrix& projectedGrad)
{
    const AttendBackward one{projected, contextGrad, projectedGrad, pieces.headDim(), dropout};
    pieces.forChunks([&](std::size_t begin, std::size_t end) {
        Scratch scratch;
        for (std::size_t i = begin; i < end; ++i)
            one(pieces[i], probabilities + pieces[i].probabilities, scratch);
    });
}

} // namespace embedscope::detail
