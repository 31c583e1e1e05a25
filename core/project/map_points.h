// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/project/pca.h"
#include "core/search/neighbors.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace embedscope {

/// The rows of a table that can be on a map, made comparable: for cosine by the Euclidean distance of unit rows, whose
/// order is the same.
struct MapPoints
{
    Matrix points;           // n x d: for cosine of length 1; reduced to principal components where that was asked
    std::vector<Index> rows; // n, ascending: which rows of the table they are
    Index rows_left_out = 0; // of the chosen ones: NaN or infinity, for cosine zero rows too
    std::shared_ptr<const Pca> axes; // what the points were projected on; null where they were not

    [[nodiscard]] Index count() const { return points.rows(); }
};

/// The rows `chosen` (ascending; empty for all) of `weights`. Rows with a NaN or an infinity are left out, for cosine
/// zero rows too. `pca_dims` > 0 and < dim: their first principal components, centred (for cosine: of the unit rows).
/// Cancelled.
EMBEDSCOPE_EXPORT Result<MapPoints> mapPoints(const ConstMatrixRef& weights, std::span<const Index> chosen,
                                              Metric metric, Index pca_dims, std::stop_token stop, Progress& progress);

/// A vector of the table's dim made comparable with `points` of that metric as their rows were: of length 1 for cosine,
/// projected where they are. ShapeMismatch; ValueRefused where it is not finite or, for cosine, zero.
EMBEDSCOPE_EXPORT Result<RowVector> comparableWith(const MapPoints& points, const RowVector& vector, Metric metric);

/// By which rows that mapPoints() made comparable are compared. Rows of length 1 are as far apart as their directions,
/// also as components round their mean, where the cosine itself would mean something else.
constexpr Metric metricOfPoints(Metric metric)
{
    return metric == Metric::Cosine ? Metric::Euclidean : metric;
}

} // namespace embedscope
