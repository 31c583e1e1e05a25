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

struct DensityOptions
{
    double eps = 0;         // radius of a neighbourhood; 0: 1.5 times the median distance of the min_samples-th point
    Index min_samples = 10; // points in it, the point itself included, that make it dense
};

struct DensityClusters
{
    std::vector<std::int32_t> labels; // one a point; -1 for noise and for points without finite coordinates
    Index clusters = 0;
    double eps = 0; // as used
};

/// DBSCAN (Ester et al. 1996) of a map of 2 or 3 dimensions, over a grid. Clusters are numbered by their first dense
/// point, and a point at the border of several belongs to the first: the labels of scikit-learn. ValueRefused for
/// min_samples < 1, a negative eps or other dimensions. Cancelled.
EMBEDSCOPE_EXPORT Result<DensityClusters> densityClusters(const ConstMatrixRef& map, const DensityOptions& options,
                                                          std::stop_token stop, Progress& progress);

} // namespace embedscope
