// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"

#include <span>

namespace embedscope {

/// Mean of (score - value)^2, as nn.MSELoss; scores N x 1. `grad` gets the shape of the scores. ShapeMismatch.
EMBEDSCOPE_EXPORT Result<double> squaredLoss(const Matrix& scores, std::span<const float> values, Matrix& grad);

/// Cross-entropy of the first column against the others, mean over the rows; scores N x (1 + negatives). With one
/// negative it is BPR's -ln sigmoid(first - second) (Rendle et al. 2009).
EMBEDSCOPE_EXPORT Result<double> rankingLoss(const Matrix& scores, Matrix& grad);

} // namespace embedscope
