// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/neighbor_graph.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace embedscope {

namespace {

float distanceBetween(const ConstMatrixRef& points, Index a, Index b, Metric metric)
{
    switch (metric) {
    case Metric::Euclidean:
        return (points.row(a) - points.row(b)).norm();
    case Metric::Cosine:
        return 1 - points.row(a).dot(points.row(b)) / (points.row(a).norm() * points.row(b).norm());
    case Metric::Dot:
        return -points.row(a).dot(points.row(b));
    }
    return 0;
}

} // namespace

Result<NeighborGraph> findNeighbors(const ConstMatrixRef& points, const NeighborOptions& options, std::stop_token stop,
                                    Progress& progress)
{
    const Index count = points.rows();
    const Index k = std::clamp<Index>(options.k, 0, std::max<Index>(0, count - 1));
    NeighborGraph graph;
    graph.metric = options.metric;
    graph.rows.resize(count, k);
    graph.distances.resize(count, k);
    progress.start(count);
    parallelFor(count, 16, [&](Index begin, Index end) {
        std::vector<std::pair<float, std::int32_t>> all;
        for (Index i = begin; i < end && !stop.stop_requested(); ++i) {
            all.clear();
            for (Index j = 0; j < count; ++j)
                if (j != i)
                    all.emplace_back(distanceBetween(points, i, j, options.metric), static_cast<std::int32_t>(j));
            std::partial_sort(all.begin(), all.begin() + k, all.end());
            for (Index place = 0; place < k; ++place) {
                graph.distances(i, place) = all[static_cast<std::size_t>(place)].first;
                graph.rows(i, place) = all[static_cast<std::size_t>(place)].second;
            }
        }
        progress.add(end - begin);
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return graph;
}

} // namespace embedscope
