// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/pca.h"

#include <vector>

namespace embedscope {

/// rows x k coordinates of variance 1, as scikit-learn's PCA(whiten=True); 0 on an axis without variance.
EMBEDSCOPE_EXPORT Matrix projectWhitened(const Pca& pca, const ConstMatrixRef& rows);

struct Loading
{
    Index dimension = 0;
    float weight = 0; // the entry of the component: a share of the axis, between -1 and 1
};

/// The `count` dimensions that weigh most in a component, by size, ties by dimension.
EMBEDSCOPE_EXPORT std::vector<Loading> strongestLoadings(const Pca& pca, Index component, Index count);

/// "All-but-the-top" (Mu and Viswanath 2018): the rows without their mean and without their `top` largest components;
/// -1: dim / 100, as the paper advises, at least 1. Rows that are not finite stay as they are. ValueRefused for `top`
/// beyond dim. Cancelled.
EMBEDSCOPE_EXPORT Result<Matrix> allButTheTop(const ConstMatrixRef& weights, Index top, std::stop_token stop,
                                              Progress& progress);

} // namespace embedscope
