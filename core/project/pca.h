// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <stop_token>
#include <vector>

namespace embedscope {

/// Centred principal components of all rows: exact, from the covariance of all rows, never of a sample.
struct Pca
{
    RowVector mean;                         // dim
    Matrix components;                      // k x dim, orthonormal rows; the largest absolute entry of each is positive
    std::vector<double> explained_variance; // k, with n - 1 as scikit-learn
    std::vector<double>
        explained_variance_ratio; // k, shares of the total variance; 0 where there is no variance at all
    Index rows_left_out = 0;      // rows with NaN or infinity do not take part; they project to NaN

    /// rows x k coordinates of rows of the same dim, those the components were found on or others.
    [[nodiscard]] EMBEDSCOPE_EXPORT Matrix project(const ConstMatrixRef& rows) const;
};

/// `k` components, fewer where dim is smaller. One row, equal rows, no rows: components of zero variance. Cancelled.
/// Reads rows x dim twice, then solves a dim x dim eigenproblem: 0.1 s for 500 dimensions, which alone is not
/// interrupted.
EMBEDSCOPE_EXPORT Result<Pca> fitPca(const ConstMatrixRef& weights, Index k, std::stop_token stop, Progress& progress);

} // namespace embedscope
