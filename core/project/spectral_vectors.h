// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/project/umap.h"

#include <cstdint>
#include <stop_token>

namespace embedscope {

/// n x k: eigenvectors 2 to k + 1 of the symmetric normalised Laplacian of a connected graph of more than k points, by
/// ascending eigenvalue, of length 1. Small graphs by Eigen's dense solver; others by subspace iteration with a
/// Chebyshev filter (Zhou, Saad, Tiago and Chelikowsky 2006), until the residuals are below 1e-4 or, where eigenvalues
/// lie too close, as far as a fixed number of products leads: a start for a layout need not be more exact. Cancelled.
Result<Matrix> spectralVectors(const FuzzyGraph& graph, Index k, std::uint64_t seed, std::stop_token stop);

} // namespace embedscope
