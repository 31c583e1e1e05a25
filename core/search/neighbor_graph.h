// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/neighbors.h"

#include <cstdint>
#include <stop_token>

namespace embedscope {

/// Auto: exact up to a budget of multiplications (100,000 points of 50 or 60 dimensions), approximate above: over cells
/// around centres (inverted file), as many of them as a recall of 0.96 (0.92 where that costs too much) needs.
enum class NeighborSearch { Auto, Exact, Approximate };

struct NeighborOptions
{
    Index k = 15;
    Metric metric = Metric::Euclidean;
    NeighborSearch search = NeighborSearch::Auto;
    std::uint64_t seed = 0;
};

/// For each point its k nearest others: the one graph that t-SNE, UMAP and the quality figures share.
struct NeighborGraph
{
    using Rows = Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

    Rows rows;        // n x k, nearest first, ties by row; never the point itself
    Matrix distances; // n x k: Euclidean distance; 1 - cosine; or minus the dot product
    Metric metric = Metric::Euclidean;
    bool exact = true;
    double recall = 1;  // share of the true neighbours found; of a sample of points where not exact
    double seconds = 0; // wall clock

    [[nodiscard]] Index points() const { return rows.rows(); }
    [[nodiscard]] Index k() const { return rows.cols(); }
};

/// The graph of `points` (n x d, all finite, for cosine none of them zero: see MapPoints). `options.k` is cut to n - 1.
/// The same graph for any number of threads. Cancelled. Progress counts points.
EMBEDSCOPE_EXPORT Result<NeighborGraph> findNeighbors(const ConstMatrixRef& points, const NeighborOptions& options,
                                                      std::stop_token stop, Progress& progress);

} // namespace embedscope
