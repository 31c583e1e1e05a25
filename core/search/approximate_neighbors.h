// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/neighbor_graph.h"

#include <stop_token>

namespace embedscope::detail {

/// The k nearest of nearly each point, for Euclidean and cosine. Points are parted into cells around centres. A point
/// is compared with those of its own cell and some around it, which bounds the distance r of its k-th neighbour, and
/// then with each cell whose border is nearer than beta * r. With beta = 1 that would be exact (the triangle
/// inequality); in many dimensions few neighbours lie straight across a border, and a sample of points, whose true
/// neighbours are found, tells how small beta may be. Where cells would save too little, the search is exact and says
/// so. Sets `out.recall`, measured on another sample. Adds points to `progress`. Cancelled.
Result<void> approximateNeighbors(const ConstMatrixRef& points, const NeighborOptions& options, NeighborGraph& out,
                                  const std::stop_token& stop, Progress& progress);

} // namespace embedscope::detail
