// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/linear.h"
#include "core/nn/named_weight.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

namespace detail {
class AttentionPieces;
}

struct MultiheadAttentionOptions
{
    Index embed_dim = 0;
    Index num_heads = 1;
    double dropout = 0; // of the attention probabilities
};

/// torch.nn.MultiheadAttention with query, key and value from the same sentence (aten and torch/nn/functional.py,
/// multi_head_attention_forward): softmax(q k^T / sqrt(embed_dim / num_heads)) v for each head, then a linear map.
///
/// A batch is rows laid end to end without padding, `offsets` its sentences' starts and the end: sentence i has the
/// rows offsets[i] .. offsets[i + 1). They start at 0, never fall, and end at x.rows(); an empty sentence has no rows.
/// A token attends to the tokens of its sentence only, so there is no mask, and no row that is masked altogether.
class EMBEDSCOPE_EXPORT MultiheadAttention
{
public:
    /// Weights start as PyTorch's: in_proj_weight (queries, keys, values: 3E x E) xavier_uniform as one matrix,
    /// out_proj.weight as a linear layer's, the biases zero. ValueRefused, also for heads that do not divide embed_dim.
    static Result<MultiheadAttention> create(const MultiheadAttentionOptions& options, Random& random);

    /// x and out: N x embed_dim. Keeps what backward() needs. `random` draws what is dropped; null drops nothing.
    void forward(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Random* random, Matrix& out);
    /// The numbers of forward() without dropout, nothing kept; several threads may call it at once.
    void predict(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Matrix& out) const;
    /// Sets the gradients of the weights for the last forward(); x_grad: N x embed_dim, or null where nobody needs it.
    void backward(const ConstMatrixRef& gradOutput, Matrix* x_grad);

    /// "in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"; valid until the layer is moved.
    [[nodiscard]] std::vector<NamedWeight> weights();
    [[nodiscard]] const MultiheadAttentionOptions& options() const { return m_options; }

private:
    MultiheadAttention(const MultiheadAttentionOptions& options, Random& random);
    [[nodiscard]] detail::AttentionPieces pieces(std::span<const std::int64_t> offsets) const;

    MultiheadAttentionOptions m_options;
    Linear m_inProj;
    Linear m_outProj;

    // Of the last forward():
    Matrix m_x;
    Matrix m_projected; // N x 3E: queries, keys, values
    Matrix m_context;   // N x E: the heads side by side, before out_proj
    std::vector<std::int64_t> m_offsets;
    Matrix m_probabilities; // one row: sentence by sentence, head by head; those dropped are negated
    double m_dropped = 0;   // the dropout that was in force

    // Memory of backward(), kept from step to step:
    Matrix m_contextGrad;
    Matrix m_projectedGrad;
};

} // namespace embedscope
