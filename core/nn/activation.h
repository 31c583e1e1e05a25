// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

namespace embedscope {

/// What a feed-forward layer does to each number: max(x, 0), or x times the normal distribution function of x (the
/// exact GELU, PyTorch's default, not its approximation by tanh).
enum class Activation { Relu, Gelu };

/// In place. `slope`, where given, receives the derivative, with the shape of x: what a gradient is multiplied by. That
/// of ReLU at 0 is 0, as in PyTorch.
EMBEDSCOPE_EXPORT void activate(Activation activation, Matrix& x, Matrix* slope);

} // namespace embedscope
