// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/transformer_encoder_layer.h"

#include "core/base/parallel.h"
#include "core/nn/linear_weights.h"
#include "core/nn/rows.h"

#include <string>
#include <type_traits>
#include <utility>

namespace embedscope {

namespace {

void add(const ConstMatrixRef& x, Matrix& sum)
{
    parallelFor(sum.rows(), detail::rowsPerChunk(sum.cols()), [&](Index begin, Index end) {
        sum.middleRows(begin, end - begin) += x.middleRows(begin, end - begin);
    });
}

// A layer that may be changed keeps what its backward() needs; a constant one cannot, and predicts.

void apply(LayerNorm& norm, const ConstMatrixRef& x, Matrix& out)
{
    norm.forward(x, out);
}

void apply(const LayerNorm& norm, const ConstMatrixRef& x, Matrix& out)
{
    norm.predict(x, out);
}

void apply(MultiheadAttention& attention, const ConstMatrixRef& x, std::span<const std::int64_t> offsets,
           Random* random, Matrix& out)
{
    attention.forward(x, offsets, random, out);
}

void apply(const MultiheadAttention& attention, const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Random*,
           Matrix& out)
{
    attention.predict(x, offsets, out);
}

Result<void> check(const TransformerEncoderLayerOptions& options)
{
    if (options.dim_feedforward < 1)
        return fail(ErrorCode::ValueRefused,
                    {"dim_feedforward", std::to_string(options.dim_feedforward), "there is at least one hidden unit"});
    return {};
}

} // namespace

Result<TransformerEncoderLayer> TransformerEncoderLayer::create(const TransformerEncoderLayerOptions& options,
                                                                Random& random)
{
    return check(options)
        .and_then([&] {
            return MultiheadAttention::create(
                {.embed_dim = options.d_model, .num_heads = options.nhead, .dropout = options.dropout}, random);
        })
        .map([&](MultiheadAttention&& attention) {
            return TransformerEncoderLayer(options, std::move(attention), random);
        });
}

TransformerEncoderLayer::TransformerEncoderLayer(const TransformerEncoderLayerOptions& options,
                                                 MultiheadAttention attention, Random& random)
    : m_options(options)
    , m_attention(std::move(attention))
    , m_linear1(Linear::create(options.d_model, options.dim_feedforward, random))
    , m_linear2(Linear::create(options.dim_feedforward, options.d_model, random))
    , m_norm1(LayerNorm::create(options.d_model, options.layer_norm_eps))
    , m_norm2(LayerNorm::create(options.d_model, options.layer_norm_eps))
{
    m_kept.attention_dropout = Dropout(options.dropout);
    m_kept.hidden_dropout = Dropout(options.dropout);
    m_kept.output_dropout = Dropout(options.dropout);
}

template <class Layer>
void TransformerEncoderLayer::attend(Layer& layer, const ConstMatrixRef& x, std::span<const std::int64_t> offsets,
                                     Random* random, Kept& kept, Matrix& out)
{
    apply(layer.m_attention, x, offsets, random, out);
    if (random != nullptr)
        kept.attention_dropout.forward(out, *random);
}

/// From kept.input.
template <class Layer>
void TransformerEncoderLayer::feedForward(Layer& layer, Random* random, Kept& kept, Matrix& out)
{
    layer.m_linear1.forward(kept.input, kept.hidden);
    activate(layer.m_options.activation, kept.hidden, std::is_const_v<Layer> ? nullptr : &kept.slope);
    if (random != nullptr)
        kept.hidden_dropout.forward(kept.hidden, *random);
    layer.m_linear2.forward(kept.hidden, out);
    if (random != nullptr)
        kept.output_dropout.forward(out, *random);
}

template <class Layer>
void TransformerEncoderLayer::run(Layer& layer, const ConstMatrixRef& x, std::span<const std::int64_t> offsets,
                                  Random* random, Kept& kept, Matrix& out)
{
    Matrix middle;
    if (layer.m_options.norm_first) {
        apply(layer.m_norm1, x, kept.input);
        attend(layer, kept.input, offsets, random, kept, middle);
        add(x, middle);
        apply(layer.m_norm2, middle, kept.input);
        feedForward(layer, random, kept, out);
        add(middle, out);
    } else {
        attend(layer, x, offsets, random, kept, middle);
        add(x, middle);
        apply(layer.m_norm1, middle, kept.input);
        feedForward(layer, random, kept, middle);
        add(kept.input, middle);
        apply(layer.m_norm2, middle, out);
    }
}

void TransformerEncoderLayer::forward(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Random* random,
                                      Matrix& out)
{
    m_kept.drops = random != nullptr;
    run(*this, x, offsets, random, m_kept, out);
}

void TransformerEncoderLayer::predict(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Matrix& out) const
{
    Kept passing;
    run(*this, x, offsets, nullptr, passing, out);
}

/// `grad` is used up.
void TransformerEncoderLayer::attendBackward(Matrix& grad, Matrix* x_grad)
{
    if (m_kept.drops)
        m_kept.attention_dropout.backward(grad);
    m_attention.backward(grad, x_grad);
}

/// `grad` is used up.
void TransformerEncoderLayer::feedForwardBackward(Matrix& grad, Matrix& x_grad)
{
    if (m_kept.drops)
        m_kept.output_dropout.backward(grad);
    Matrix hiddenGrad;
    m_linear2.backward(m_kept.hidden, grad, &hiddenGrad);
    if (m_kept.drops)
        m_kept.hidden_dropout.backward(hiddenGrad);
    parallelFor(hiddenGrad.rows(), detail::rowsPerChunk(hiddenGrad.cols()), [&](Index begin, Index end) {
        hiddenGrad.middleRows(begin, end - begin).array() *= m_kept.slope.middleRows(begin, end - begin).array();
    });
    m_linear1.backward(m_kept.input, hiddenGrad, &x_grad);
}

void TransformerEncoderLayer::backward(const ConstMatrixRef& gradOutput, Matrix* x_grad)
{
    Matrix sum;
    Matrix part;
    Matrix used;
    if (m_options.norm_first) {
        used = gradOutput;
        feedForwardBackward(used, part);
        m_norm2.backward(part, &sum);
        add(gradOutput, sum);
        used = sum;
        attendBackward(used, &part);
        m_norm1.backward(part, x_grad);
    } else {
        m_norm2.backward(gradOutput, &part);
        used = part;
        feedForwardBackward(used, sum);
        add(part, sum);
        m_norm1.backward(sum, &part);
        sum = part;
        attendBackward(part, x_grad);
    }
    if (x_grad != nullptr)
        add(sum, *x_grad);
}

std::vector<NamedWeight> TransformerEncoderLayer::weights()
{
    std::vector<NamedWeight> out;
    detail::appendWeights(out, "self_attn.", m_attention.weights());
    detail::appendWeights(out, "linear1.", detail::weightsOf(m_linear1));
    detail::appendWeights(out, "linear2.", detail::weightsOf(m_linear2));
    detail::appendWeights(out, "norm1.", m_norm1.weights());
    detail::appendWeights(out, "norm2.", m_norm2.weights());
    return out;
}

} // namespace embedscope
