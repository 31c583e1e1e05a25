// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/nn/embedding.h"
#include "core/nn/row_gradient.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope {

enum class BagMode { Sum, Mean, Max };

/// Bags of row numbers: bag i is indices[offsets[i] .. offsets[i + 1]), the last one to the end; with
/// include_last_offset the last offset is the end itself. per_sample_weights has one factor an index (sum only), or is
/// empty.
struct Bags
{
    std::span<const std::int64_t> indices;
    std::span<const std::int64_t> offsets;
    std::span<const float> per_sample_weights = {};
    bool include_last_offset = false;
};

struct BagGradient
{
    RowGradient weight;
    std::vector<float> per_sample_weights; // empty where none were given
};

/// Sums, means or maxima of looked-up rows without the rows in between: torch.nn.EmbeddingBag
/// (aten/.../EmbeddingBag.cpp). Entries equal to padding_idx are skipped and do not count in the mean; an empty or
/// all-padding bag gives zeros. Of equal maxima the first wins. scale_grad_by_freq divides by the row's own count, as
/// documented (PyTorch's CPU code up to 2.13 divides by another row's, its issue 190063).
class EMBEDSCOPE_EXPORT EmbeddingBag
{
public:
    /// Works on the weight and options of `embedding`, which outlives it. OptionsConflict: max with sparse or
    /// scale_grad_by_freq (forward() looks again, since the options may change between two steps).
    static Result<EmbeddingBag> create(Embedding& embedding, BagMode mode);

    /// out: bags x dim. Errors leave everything unchanged: IndexOutOfRange; ValueRefused for offsets that do not start
    /// at 0, fall, or end beyond (with include_last_offset: not at) the number of indices; ShapeMismatch and
    /// OptionsConflict for per_sample_weights of another length or in another mode than sum.
    Result<void> forward(const Bags& bags, Matrix& out);

    /// For the gradient of forward()'s output (bags x dim), with the same bags; uses what forward() kept (max).
    [[nodiscard]] BagGradient backward(const Bags& bags, const ConstMatrixRef& gradOutput) const;

private:
    EmbeddingBag(Embedding& embedding, BagMode mode);
    void pool(const Bags& bags, Matrix& out);
    [[nodiscard]] RowGradient sumGradient(const Bags& bags, const ConstMatrixRef& gradOutput) const;
    [[nodiscard]] RowGradient maxGradient(const Bags& bags, const ConstMatrixRef& gradOutput) const;

    Embedding* m_embedding;
    BagMode m_mode;
    Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>
        m_winners; // max: bags x dim, positions in the indices, -1 none
};

} // namespace embedscope
