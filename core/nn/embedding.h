// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/row_gradient.h"

#include <cstdint>
#include <optional>
#include <span>

namespace embedscope {

/// The parameters of torch.nn.Embedding, with its names (torch/nn/modules/sparse.py); the seventh, the weight itself,
/// is handed to the factory.
struct EmbeddingOptions
{
    std::int64_t num_embeddings = 0;
    std::int64_t embedding_dim = 0;
    /// Row that gets no gradient; from -num_embeddings to num_embeddings - 1, negative counts from the end.
    std::optional<std::int64_t> padding_idx = {};
    /// Rows looked up whose norm is larger are scaled down in place before the look-up.
    std::optional<double> max_norm = {};
    /// p of the p-norm for max_norm; infinity is the largest absolute value.
    double norm_type = 2.0;
    /// Divide the gradient of a row by the number of times the row occurs in the call.
    bool scale_grad_by_freq = false;
    /// The gradient holds only the rows looked up; says which optimizers are allowed, never changes the arithmetic.
    bool sparse = false;
};

/// The options of torch.nn.Embedding.from_pretrained: it freezes by default and never zeroes the padding row.
struct PretrainedOptions
{
    bool freeze = true;
    std::optional<std::int64_t> padding_idx = {};
    std::optional<double> max_norm = {};
    double norm_type = 2.0;
    bool scale_grad_by_freq = false;
    bool sparse = false;
};

/// Sizes >= 0, padding_idx in [-rows, rows), max_norm > 0 and finite, norm_type > 0: ValueRefused else. OptionsConflict
/// for scale_grad_by_freq with sparse. A negative padding_idx is resolved.
EMBEDSCOPE_EXPORT Result<EmbeddingOptions> validated(EmbeddingOptions options);

/// Scales each distinct row in `indices` whose p-norm exceeds max_norm by max_norm / (norm + 1e-7), in place: aten's
/// embedding_renorm_. The norm is taken in float32, in PyTorch's order, comparison and scale in double. NaN rows and
/// zero rows stay.
EMBEDSCOPE_EXPORT void renormalizeRows(Matrix& weight, std::span<const std::int64_t> indices, double max_norm,
                                       double norm_type);

/// IndexOutOfRange for the first index that is not in [0, rows).
EMBEDSCOPE_EXPORT Result<void> checkIndices(std::span<const std::int64_t> indices, Index rows);

/// A table of vectors, looked up by row: torch.nn.Embedding.
class EMBEDSCOPE_EXPORT Embedding
{
public:
    /// Weight drawn from N(0, 1); then the padding row is set to zero (only here, as in reset_parameters()).
    static Result<Embedding> create(const EmbeddingOptions& options, Random& random);
    /// With a given weight (rows x dim): its padding row is left as it is.
    static Result<Embedding> create(const EmbeddingOptions& options, Matrix weight);
    static Result<Embedding> fromPretrained(Matrix weight, const PretrainedOptions& options = {});

    /// out = weight[indices], N x dim, for indices of any shape laid out flat. Renormalises first where max_norm is
    /// set, also when frozen, as PyTorch does. IndexOutOfRange leaves weight and out unchanged.
    Result<void> forward(std::span<const std::int64_t> indices, Matrix& out);

    /// Gradient of the weight for the gradient of forward()'s output (N x dim): summed in input order per row, without
    /// the padding row, scaled by frequency where set. `indices` are those of the forward call.
    [[nodiscard]] RowGradient backward(std::span<const std::int64_t> indices, const ConstMatrixRef& gradOutput) const;

    [[nodiscard]] const EmbeddingOptions& options() const { return m_options; }
    [[nodiscard]] bool frozen() const { return m_frozen; }
    [[nodiscard]] const Matrix& weight() const { return m_weight; }
    [[nodiscard]] Matrix& weight() { return m_weight; }

    /// What may change between two steps. The row that becomes padding keeps its content.
    void setFrozen(bool frozen) { m_frozen = frozen; }
    Result<void> setPaddingIdx(std::optional<std::int64_t> padding_idx);
    Result<void> setMaxNorm(std::optional<double> max_norm, double norm_type);
    Result<void> setScaleGradByFreq(bool scale);

private:
    Embedding(const EmbeddingOptions& options, Matrix weight, bool frozen);

    EmbeddingOptions m_options; // padding_idx is resolved to >= 0
    Matrix m_weight;
    bool m_frozen = false;
};

} // namespace embedscope
