// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/neighbor_graph.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace embedscope {

struct QualityOptions
{
    Index k = 15;                      // neighbours for trustworthiness and continuity
    Index kept_k = 30;                 // neighbours for knn_kept
    Metric metric = Metric::Euclidean; // of the space; the map is always Euclidean
    Index sample = 2000;               // points that are judged, against all others; 0 for all of them
    std::uint64_t seed = 0;
};

/// How far a map can be believed. Trustworthiness: are neighbours on the map neighbours in the space? Continuity: the
/// other way round (Venna and Kaski 2001). knn_kept: share of the kept_k nearest in the space that are among the kept_k
/// nearest on the map. Ranks are exact, against all points.
struct MapQuality
{
    double trustworthiness = 0;
    double continuity = 0;
    double knn_kept = 0;
    Index k = 0; // as used: cut where there are too few points (2 n > 3 k + 1)
    Index kept_k = 0;
    std::vector<Index> judged;         // points, ascending; all or the sample
    std::vector<float> trust_of_point; // one a judged point, each on the scale of the mean
    std::vector<float> continuity_of_point;
    std::vector<float> kept_of_point;
};

/// `points` n x d as for findNeighbors, `coordinates` n x 2 or 3, finite. Fewer than 3 points: ValueRefused. Cancelled.
EMBEDSCOPE_EXPORT Result<MapQuality> mapQuality(const ConstMatrixRef& points, const ConstMatrixRef& coordinates,
                                                const QualityOptions& options, std::stop_token stop,
                                                Progress& progress);

} // namespace embedscope
