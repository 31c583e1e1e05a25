// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/project/umap.h"

#include <cstdint>
#include <stop_token>

namespace embedscope {

/// n x dims: the eigenvectors of the symmetric normalised Laplacian of the graph that belong to its smallest
/// eigenvalues but the first (Belkin and Niyogi 2003), each of length 1 with its largest entry positive. Where the
/// graph falls into parts, each part has its own, scaled to half the distance to the next part: up to 2 * dims parts
/// lie on the axes, as in umap-learn, more of them on a grid. Parts with hardly more points than directions are
/// scattered at random. The same numbers for any number of threads. Cancelled. Progress counts points.
EMBEDSCOPE_EXPORT Result<Matrix> spectralStart(const FuzzyGraph& graph, Index dims, std::uint64_t seed,
                                               std::stop_token stop, Progress& progress);

} // namespace embedscope
