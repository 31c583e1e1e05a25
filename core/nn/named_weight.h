// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <string>

namespace embedscope {

/// A tensor of a layer and its gradient, which backward() sets: what optimizers, files and checks of gradients need.
struct NamedWeight
{
    std::string name; // PyTorch's, e.g. "weight_ih_l0"
    Matrix* value = nullptr;
    Matrix* grad = nullptr;
    int dims = 2; // 1: PyTorch has a vector here, the matrix has one row
};

} // namespace embedscope
