// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/comparable_rows.h"
#include "core/search/neighbor_graph.h"

#include <stop_token>

namespace embedscope::detail {

/// The k nearest of each point, k < n. Exact: a bound on the rounding of the products shows that no left-out point can
/// be one of them, and where it does not, the point is compared with all others directly. Adds points to `progress`.
/// Cancelled.
Result<void> exactNeighbors(const ComparableRows& points, Index k, NeighborGraph& out, std::stop_token stop,
                            Progress& progress);

} // namespace embedscope::detail
