// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QLineF>
#include <QPointF>

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// Where a cluster lies on a map.
struct ClusterOutline
{
    int cluster = 0;
    Index points = 0; // counted: of all rows, or of the sample that stands for more than a million
    Eigen::Vector3f middle = Eigen::Vector3f::Zero(); // mean of its points; of a flat map where they are densest
    std::vector<QLineF> lines;                        // around its denser part, in map coordinates; none in space
};

/// Contours of the smoothed density of each cluster at a share of its highest one, so that single far points stay
/// outside. The kMostClusters largest clusters, the largest first. `clusterOf` has one entry a row of `coordinates`
/// (n x 2 or n x 3), less than 0 for none. Marching squares after Lorensen and Cline (1987).
constexpr int kMostClusters = 32;
std::vector<ClusterOutline> clusterOutlines(const ConstMatrixRef& coordinates, std::span<const std::int32_t> clusterOf);

} // namespace embedscope
