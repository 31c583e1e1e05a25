// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention.h"

#include "core/base/strings.h"
#include "core/nn/attention_heads.h"
#include "core/nn/linear_weights.h"

#include <cmath>
#include <string>

namespace embedscope {

namespace {

Result<void> check(const MultiheadAttentionOptions& options)
{
    if (options.embed_dim < 1)
        return fail(ErrorCode::ValueRefused,
                    {"embed_dim", std::to_string(options.embed_dim), "there is at least one column"});
    if (options.num_heads < 1 || options.embed_dim % options.num_heads != 0)
        return fail(ErrorCode::ValueRefused, {"num_heads", std::to_string(options.num_heads),
                                              "it divides the " + std::to_string(options.embed_dim) + " columns"});
    if (!(options.dropout >= 0 && options.dropout < 1))
        return fail(ErrorCode::ValueRefused, {"dropout", formatNumber(options.dropout), "0 and more, below 1"});
    return {};
}

/// xavier_uniform over the three maps as one matrix, as PyTorch draws them: narrower than each by itself.
void drawProjection(Linear& projection, Random& random)
{
    Matrix& weight = projection.weight;
    const auto bound = static_cast<float>(std::sqrt(6.0 / static_cast<double>(weight.rows() + weight.cols())));
    for (Index i = 0; i < weight.size(); ++i)
        weight.data()[i] = random.uniform(-bound, bound);
}

} // namespace

Result<MultiheadAttention> MultiheadAttention::create(const MultiheadAttentionOptions& options, Random& random)
{
    return check(options).map([&] { return MultiheadAttention(options, random); });
}

MultiheadAttention::MultiheadAttention(const MultiheadAttentionOptions& options, Random& random)
    : m_options(options)
    , m_outProj(Linear::create(options.embed_dim, options.embed_dim, random))
{
    m_outProj.bias.setZero();
    m_inProj.weight.resize(3 * options.embed_dim, options.embed_dim);
    m_inProj.bias = Matrix::Zero(1, 3 * options.embed_dim);
    drawProjection(m_inProj, random);
}

void MultiheadAttention::forward(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Random* random,
                                 Matrix& out)
{
    m_x = x;
    m_offsets.assign(offsets.begin(), offsets.end());
    m_dropped = random != nullptr ? m_options.dropout : 0;
    m_inProj.forward(m_x, m_projected);
    const auto pieces = this->pieces(m_offsets);
    m_probabilities.resize(1, pieces.probabilities());
    m_context.resize(x.rows(), x.cols());
    detail::attend(pieces, m_projected, {m_dropped, m_dropped > 0 ? random->next() : 0}, m_probabilities.data(),
                   m_context);
    m_outProj.forward(m_context, out);
}

void MultiheadAttention::predict(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Matrix& out) const
{
    Matrix projected;
    m_inProj.forward(x, projected);
    Matrix context(x.rows(), x.cols());
    detail::attend(pieces(offsets), projected, {}, nullptr, context);
    m_outProj.forward(context, out);
}

void MultiheadAttention::backward(const ConstMatrixRef& gradOutput, Matrix* x_grad)
{
    m_outProj.backward(m_context, gradOutput, &m_contextGrad);
    m_projectedGrad.resize(m_projected.rows(), m_projected.cols());
    detail::attendBackward(pieces(m_offsets), m_projected, m_dropped, m_probabilities.data(), m_contextGrad,
                           m_projectedGrad);
    m_inProj.backward(m_x, m_projectedGrad, x_grad);
}

std::vector<NamedWeight> MultiheadAttention::weights()
{
    std::vector<NamedWeight> out = {{"in_proj_weight", &m_inProj.weight, &m_inProj.weight_grad},
                                    {"in_proj_bias", &m_inProj.bias, &m_inProj.bias_grad, 1}};
    detail::appendWeights(out, "out_proj.", detail::weightsOf(m_outProj));
    return out;
}

detail::AttentionPieces MultiheadAttention::pieces(std::span<const std::int64_t> offsets) const
{
    return {offsets, m_options.num_heads, m_options.embed_dim / m_options.num_heads};
}

} // namespace embedscope
