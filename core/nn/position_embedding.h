// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/named_weight.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

enum class PositionKind {
    Learned,    // a table that starts normal (0, 1), as torch.nn.Embedding does
    Sinusoidal, // sin(pos / 10000^(2i / dim)) in column 2i, cos of the same in column 2i + 1, never changed
};

struct PositionEmbeddingOptions
{
    PositionKind kind = PositionKind::Learned;
    Index max_length = 512;
    Index embedding_dim = 0;
};

/// Adds to each row the row of a table that its place in the sentence has, counted from 0 ("Attention is all you need",
/// section 3.5). Rows and offsets are those of MultiheadAttention.
class EMBEDSCOPE_EXPORT PositionEmbedding
{
public:
    /// ValueRefused for no rows or no columns.
    static Result<PositionEmbedding> create(const PositionEmbeddingOptions& options, Random& random);

    /// x and out: N x embedding_dim; keeps nothing, several threads may call it at once. ValueRefused for a sentence of
    /// more than max_length tokens leaves `out` alone.
    Result<void> predict(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Matrix& out) const;
    /// The same, and keeps the offsets for backward().
    Result<void> forward(const ConstMatrixRef& x, std::span<const std::int64_t> offsets, Matrix& out);
    /// Sets the gradient of a learned table for the last forward(); x_grad, where not null, becomes gradOutput.
    void backward(const ConstMatrixRef& gradOutput, Matrix* x_grad);

    /// "weight", max_length x embedding_dim, of a learned table, else nothing; valid until the layer is moved.
    [[nodiscard]] std::vector<NamedWeight> weights();
    [[nodiscard]] const Matrix& table() const { return m_table; }
    [[nodiscard]] const PositionEmbeddingOptions& options() const { return m_options; }

private:
    explicit PositionEmbedding(const PositionEmbeddingOptions& options);

    PositionEmbeddingOptions m_options;
    Matrix m_table;
    Matrix m_tableGrad;
    std::vector<std::int64_t> m_offsets; // of the last forward()
};

} // namespace embedscope
