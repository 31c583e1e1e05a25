// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>

namespace embedscope {

enum class Reduction { Mean, Sum };

/// torch.nn.functional.cross_entropy.
struct CrossEntropyOptions
{
    std::span<const float> weight = {}; // one a class, or empty; the mean is then weighted by it
    double label_smoothing = 0;
    Reduction reduction = Reduction::Mean;
};

/// Loss of logits (N x classes) against class numbers, and its gradient with regard to the logits. Stable for any
/// finite logits. IndexOutOfRange for a target that is no class. An empty batch with mean gives NaN, as PyTorch does.
EMBEDSCOPE_EXPORT Result<double> crossEntropy(const ConstMatrixRef& logits, std::span<const std::int32_t> target,
                                              const CrossEntropyOptions& options, Matrix& logits_grad);

/// Row-wise softmax.
EMBEDSCOPE_EXPORT void softmax(const ConstMatrixRef& logits, Matrix& probabilities);

} // namespace embedscope
