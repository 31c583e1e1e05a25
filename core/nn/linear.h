// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"

namespace embedscope {

/// y = x W^T + b: torch.nn.Linear. weight is out_features x in_features, bias 1 x out_features; both start uniform in
/// +-1 / sqrt(in_features) (kaiming_uniform with a = sqrt(5)).
struct EMBEDSCOPE_EXPORT Linear
{
    Matrix weight;
    Matrix bias;
    Matrix weight_grad;
    Matrix bias_grad;

    static Linear create(Index in_features, Index out_features, Random& random);

    /// x: N x in, out: N x out.
    void forward(const ConstMatrixRef& x, Matrix& out) const;
    /// Sets weight_grad and bias_grad; x_grad: N x in, or null where nobody needs it.
    void backward(const ConstMatrixRef& x, const ConstMatrixRef& gradOutput, Matrix* x_grad);
};

} // namespace embedscope
