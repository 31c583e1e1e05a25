// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace embedscope {

/// Names and defaults of scikit-learn.
struct KMeansOptions
{
    Index n_clusters = 8;
    Index max_iter = 300;
    double tol = 1e-4; // stop when the centres move by less, in squares, as a share of the variance of a dimension
    std::uint64_t seed = 0;
};

struct KMeans
{
    Matrix centres;                   // clusters x d
    std::vector<std::int32_t> labels; // one a point, of the nearest centre
    double inertia = 0;               // sum of squared distances from the nearest centre
    Index iterations = 0;
};

/// Lloyd's iteration from a greedy k-means++ start (Arthur and Vassilvitskii 2007). `points` n x d, finite. Fewer
/// clusters than asked for where there are fewer different points. The same for any number of threads. ValueRefused for
/// n_clusters < 1. Cancelled. Progress counts iterations.
EMBEDSCOPE_EXPORT Result<KMeans> kMeans(const ConstMatrixRef& points, const KMeansOptions& options,
                                        std::stop_token stop, Progress& progress);

} // namespace embedscope
