// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/search/neighbors.h"

#include <stop_token>
#include <vector>

namespace embedscope {

struct PlaceOptions
{
    Metric metric = Metric::Euclidean; // that of the map
    Index k = 25;                      // nearest points that take part
    double perplexity = 5;
};

struct MapPlace
{
    RowVector place;                 // 2 or 3 coordinates
    std::vector<Neighbor> neighbors; // points of the map, nearest first
    std::vector<double> weights;     // of their places; they add up to 1
};

/// Where `vector` belongs on a map made without it: the mean of the places of its nearest points, weighted by t-SNE's
/// affinities p(j | vector) of the given perplexity (the "weighted" start of openTSNE's transform; Policar et al.
/// 2019). It lies between its neighbours, and the map does not move. `points` n x d are those the map was made of
/// (MapPoints::points), `vector` prepared like them, `coordinates` n x 2 or 3. ShapeMismatch; ValueRefused for an empty
/// map or a vector that cannot be compared. Cancelled.
EMBEDSCOPE_EXPORT Result<MapPlace> placeOnMap(const ConstMatrixRef& points, const ConstMatrixRef& coordinates,
                                              const RowVector& vector, const PlaceOptions& options,
                                              std::stop_token stop);

} // namespace embedscope
