// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layer_norm.h"

#include "core/base/parallel.h"
#include "core/nn/rows.h"

#include <cmath>

namespace embedscope {

namespace {

using Row = Eigen::Map<Eigen::ArrayXf>;
using ConstRow = Eigen::Map<const Eigen::ArrayXf>;

} // namespace

LayerNorm LayerNorm::create(Index dim, double eps)
{
    LayerNorm out;
    out.m_eps = eps;
    out.m_weight = Matrix::Ones(1, dim);
    out.m_bias = Matrix::Zero(1, dim);
    return out;
}

/// Returns 1 / deviation. In two passes: the mean of squares less the square of the mean would lose its digits where
/// the mean is large.
float LayerNorm::normalize(const float* x, float* normalized) const
{
    const ConstRow row(x, m_weight.cols());
    Row to(normalized, m_weight.cols());
    to = row - row.mean();
    const auto variance = static_cast<double>(to.square().mean());
    const auto inverse = static_cast<float>(1 / std::sqrt(variance + m_eps));
    to *= inverse;
    return inverse;
}

void LayerNorm::run(const ConstMatrixRef& x, Kept* kept, Matrix& out) const
{
    const Index dim = m_weight.cols();
    out.resize(x.rows(), dim);
    const ConstRow weight(m_weight.data(), dim);
    const ConstRow bias(m_bias.data(), dim);
    parallelFor(x.rows(), detail::rowsPerChunk(dim), [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            float* normalized = (kept != nullptr ? kept->normalized : out).row(i).data();
            const float inverse = normalize(x.row(i).data(), normalized);
            Row(out.row(i).data(), dim) = ConstRow(normalized, dim) * weight + bias;
            if (kept != nullptr)
                kept->inverse_deviation[static_cast<std::size_t>(i)] = inverse;
        }
    });
}

void LayerNorm::forward(const ConstMatrixRef& x, Matrix& out)
{
    m_kept.normalized.resize(x.rows(), x.cols());
    m_kept.inverse_deviation.resize(static_cast<std::size_t>(x.rows()));
    run(x, &m_kept, out);
}

void LayerNorm::predict(const ConstMatrixRef& x, Matrix& out) const
{
    run(x, nullptr, out);
}

/// Mean and deviation depend on x too: that takes away the gradient's parts along (1, ..., 1) and along the output.
void LayerNorm::inputGradient(Index row, const float* gradOutput, float* x_grad) const
{
    const Index dim = m_weight.cols();
    const ConstRow normalized(m_kept.normalized.row(row).data(), dim);
    Row to(x_grad, dim);
    to = ConstRow(gradOutput, dim) * ConstRow(m_weight.data(), dim);
    const float mean = to.mean();
    const float along = (to * normalized).mean();
    to = (to - mean - normalized * along) * m_kept.inverse_deviation[static_cast<std::size_t>(row)];
}

void LayerNorm::backward(const ConstMatrixRef& gradOutput, Matrix* x_grad)
{
    const Index dim = m_weight.cols();
    const Index grain = detail::rowsPerChunk(dim);
    Matrix weightParts = Matrix::Zero(chunkCount(gradOutput.rows(), grain), dim);
    Matrix biasParts = weightParts;
    if (x_grad != nullptr)
        x_grad->resize(gradOutput.rows(), dim);
    parallelChunks(gradOutput.rows(), grain, [&](Index chunk, Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            const float* grad = gradOutput.row(i).data();
            Row(weightParts.row(chunk).data(), dim) +=
                ConstRow(grad, dim) * ConstRow(m_kept.normalized.row(i).data(), dim);
            detail::addScaled(1.0F, grad, biasParts.row(chunk).data(), dim);
            if (x_grad != nullptr)
                inputGradient(i, grad, x_grad->row(i).data());
        }
    });
    m_weightGrad = weightParts.colwise().sum();
    m_biasGrad = biasParts.colwise().sum();
}

std::vector<NamedWeight> LayerNorm::weights()
{
    return {{"weight", &m_weight, &m_weightGrad, 1}, {"bias", &m_bias, &m_biasGrad, 1}};
}

} // namespace embedscope
