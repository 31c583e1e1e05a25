// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"

#include <stop_token>

namespace embedscope {

struct EigenPairs
{
    Eigen::VectorXd values;  // k, largest first
    Eigen::MatrixXd vectors; // dim x k, orthonormal columns
};

/// The k largest eigenvalues of a symmetric positive semidefinite matrix, 0 <= k <= dim, residual below 1e-9 of the
/// largest. Up to 512 dimensions, or where many are wanted, by Eigen's dense solver (0.1 s for 512, not interrupted);
/// else by a block Krylov space from a random start, at least k + 8 wide so that repeated eigenvalues are found, grown
/// until the residuals are small (Golub and Underwood 1977). Where it would grow past half the dimensions: dense.
/// Cancelled.
EMBEDSCOPE_EXPORT Result<EigenPairs> largestEigenpairs(const Eigen::MatrixXd& matrix, Index k, std::stop_token stop);

} // namespace embedscope
