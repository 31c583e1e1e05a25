// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/project/umap.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace embedscope {

// These run for as long as it takes to read the graph. Asked to stop, they answer at once, with a part of the truth.

/// Connected parts of a symmetric graph: the points of each, ascending; parts by their first point.
std::vector<std::vector<std::int32_t>> connectedParts(const FuzzyGraph& graph, const std::stop_token& stop);

/// The edges among `points` (ascending), renumbered by their place in it. No other edges may leave them.
FuzzyGraph partOf(const FuzzyGraph& graph, const std::vector<std::int32_t>& points);

/// Edges at least as strong as the strongest divided by `epochs`: weaker ones would attract in no epoch.
FuzzyGraph strongEdges(const FuzzyGraph& graph, Index epochs, const std::stop_token& stop);

} // namespace embedscope
