// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/project/map_options.h"
#include "core/search/neighbor_graph.h"

#include <stop_token>
#include <vector>

namespace embedscope {

/// How strongly each point belongs to the surroundings of another: exp(-(distance - rho) / sigma), 1 where the distance
/// is below rho. Definitions of umap-learn's smooth_knn_dist.
struct UmapBandwidths
{
    std::vector<float> rho;   // distance of the nearest neighbour (of the one that local_connectivity names)
    std::vector<float> sigma; // such that the strengths add up to log2 of the neighbours, the point itself included
};

/// Dot products have no zero: there rho is the nearest neighbour's, however near. Cancelled.
Result<UmapBandwidths> umapBandwidths(const NeighborGraph& graph, double localConnectivity, std::stop_token stop);

/// 0 to 1.
[[nodiscard]] float membership(float distance, float rho, float sigma);

} // namespace embedscope
