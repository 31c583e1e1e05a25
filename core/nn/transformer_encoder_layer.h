// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/activation.h"
#include "core/nn/attention.h"
#include "core/nn/dropout.h"
#include "core/nn/layer_norm.h"
#include "core/nn/linear.h"
#include "core/nn/named_weight.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// Names and defaults are PyTorch's.
struct TransformerEncoderLayerOptions
{
    Index d_model = 0;
    Index nhead = 1;
    Index dim_feedforward = 2048;
    double dropout = 0.1;
    Activation activation = Activation::Relu;
    double layer_norm_eps = 1e-5;
    bool norm_first = false;
};

/// torch.nn.TransformerEncoderLayer: self-attention and two linear layers, each added to its input. The sums are
/// normalised ("Attention is all you need"), or with norm_first the inputs ("On layer normalization in the transformer
/// architecture"). Rows and offsets are those of MultiheadAttention: sentences end to end, nothing padded.
class EMBEDSCOPE_EXPORT TransformerEncoderLayer
{
public:
    /// All weights start as PyTorch's. ValueRefused.
    static Result<TransformerEncoderLayer> create(const TransformerEncoderLayerOptions& options, Random& random);

    /// x and out: N x d_model. Keeps what backward() needs. `random` draws what is dropped; null drops nothing.
    void forward(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Random* random, Matrix& out);
    /// The numbers of forward() without dropout, nothing kept; several threads may call it at once.
    void predict(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Matrix& out) const;
    /// Sets the gradients of the weights for the last forward(); x_grad: N x d_model, or null where nobody needs it.
    void backward(const ConstMatrixRef& gradOutput, Matrix* x_grad);

    /// PyTorch's names, "self_attn.in_proj_weight" to "norm2.bias"; valid until the layer is moved.
    [[nodiscard]] std::vector<NamedWeight> weights();
    [[nodiscard]] const TransformerEncoderLayerOptions& options() const { return m_options; }

private:
    struct Kept
    {
        Matrix input;  // of linear1
        Matrix hidden; // input of linear2
        Matrix slope;  // of the activation
        Dropout attention_dropout;
        Dropout hidden_dropout;
        Dropout output_dropout;
        bool drops = false;
    };

    TransformerEncoderLayer(const TransformerEncoderLayerOptions& options, MultiheadAttention attention,
                            Random& random);

    // Layer is const while predicting.
    template <class Layer>
    static void run(Layer& layer, const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Random* random,
                    Kept& kept, Matrix& out);
    template <class Layer>
    static void attend(Layer& layer, const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Random* random,
                       Kept& kept, Matrix& out);
    template <class Layer>
    static void feedForward(Layer& layer, Random* random, Kept& kept, Matrix& out);
    void attendBackward(Matrix& grad, Matrix* x_grad);
    void feedForwardBackward(Matrix& grad, Matrix& x_grad);

    TransformerEncoderLayerOptions m_options;
    MultiheadAttention m_attention;
    Linear m_linear1;
    Linear m_linear2;
    LayerNorm m_norm1;
    LayerNorm m_norm2;
    Kept m_kept; // of the last forward()
};

} // namespace embedscope
