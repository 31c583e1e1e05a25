// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/neighbor_graph.h"

#include "core/base/parallel.h"
#include "core/search/approximate_neighbors.h"
#include "core/search/comparable_rows.h"
#include "core/search/distinct_rows.h"
#include "core/search/exact_neighbors.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>
#include <vector>

namespace embedscope {

namespace {

constexpr double kExactBudget = 6e11; // multiplications with one half of all pairs: about 4 s on two cores

bool isExact(const ConstMatrixRef& points, NeighborSearch search)
{
    const auto rows = static_cast<double>(points.rows());
    const bool affordable = rows * rows * static_cast<double>(std::max<Index>(16, points.cols())) <= kExactBudget;
    return search == NeighborSearch::Exact || (search == NeighborSearch::Auto && affordable);
}

Result<void> search(const ConstMatrixRef& points, const NeighborOptions& options, NeighborGraph& out,
                    const std::stop_token& stop, Progress& progress)
{
    if (isExact(points, options.search))
        return detail::exactNeighbors(detail::ComparableRows(points, options.metric), out.k(), out, stop, progress);
    return detail::approximateNeighbors(points, options, out, stop, progress);
}

Matrix firstRowsOf(const ConstMatrixRef& points, const detail::DistinctRows& distinct)
{
    Matrix out(distinct.count(), points.cols());
    for (Index group = 0; group < distinct.count(); ++group)
        out.row(group) = points.row(distinct.group(group).front());
    return out;
}

/// From the neighbours of distinct points those of all points: each stands for its equals, which are nearest to each
/// other.
class Expansion
{
public:
    Expansion(const detail::ComparableRows& points, const detail::DistinctRows& distinct, const NeighborGraph& graph)
        : m_points(points)
        , m_distinct(distinct)
        , m_graph(graph)
    {
    }

    void expand(std::int32_t row, NeighborGraph& out)
    {
        const Index group = m_distinct.groupOf[static_cast<std::size_t>(row)];
        m_found.clear();
        addGroup(group, m_points.distance(m_points.exactKey(group, group)), row, out.k());
        for (Index place = 0; place < m_graph.k(); ++place)
            addGroup(m_graph.rows(group, place), m_graph.distances(group, place), row, out.k());
        std::partial_sort(m_found.begin(), m_found.begin() + out.k(), m_found.end());
        for (Index place = 0; place < out.k(); ++place)
            std::tie(out.distances(row, place), out.rows(row, place)) = m_found[static_cast<std::size_t>(place)];
    }

private:
    /// The first k of a group are enough.
    void addGroup(Index group, float distance, std::int32_t except, Index k)
    {
        for (const std::int32_t member : m_distinct.group(group)) {
            if (k == 0)
                return;
            if (member != except) {
                m_found.emplace_back(distance, member);
                --k;
            }
        }
    }

    const detail::ComparableRows& m_points;
    const detail::DistinctRows& m_distinct;
    const NeighborGraph& m_graph;
    std::vector<std::pair<float, std::int32_t>> m_found;
};

Result<void> searchDistinct(const ConstMatrixRef& points, const detail::DistinctRows& distinct,
                            const NeighborOptions& options, NeighborGraph& out, const std::stop_token& stop,
                            Progress& progress)
{
    const Matrix rows = firstRowsOf(points, distinct);
    NeighborGraph graph;
    const Index k = std::min(out.k(), distinct.count() - 1);
    graph.rows.resize(distinct.count(), k);
    graph.distances.resize(distinct.count(), k);
    if (k > 0)
        if (auto found = search(rows, options, graph, stop, progress); !found)
            return fail(found.error());
    const detail::ComparableRows comparable(rows, options.metric);
    parallelFor(out.points(), 256, [&](Index begin, Index end) {
        Expansion expansion(comparable, distinct, graph);
        for (Index row = begin; row < end && !stop.stop_requested(); ++row)
            expansion.expand(static_cast<std::int32_t>(row), out);
    });
    out.exact = graph.exact;
    out.recall = graph.recall;
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return {};
}

Result<void> searchAll(const ConstMatrixRef& points, const NeighborOptions& options, NeighborGraph& out,
                       const std::stop_token& stop, Progress& progress)
{
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (out.k() == 0)
        return {};
    // Equal points, of which tables can have thousands, would all be in doubt of each other: none is nearest.
    const auto distinct = detail::distinctRows(points);
    if (distinct.count() < points.rows())
        return searchDistinct(points, distinct, options, out, stop, progress);
    return search(points, options, out, stop, progress);
}

} // namespace

Result<NeighborGraph> findNeighbors(const ConstMatrixRef& points, const NeighborOptions& options, std::stop_token stop,
                                    Progress& progress)
{
    const auto start = std::chrono::steady_clock::now();
    const Index count = points.rows();
    const Index k = std::clamp<Index>(options.k, 0, std::max<Index>(0, count - 1));
    NeighborGraph graph;
    graph.metric = options.metric;
    graph.rows.resize(count, k);
    graph.distances.resize(count, k);
    progress.start(count);
    if (auto found = searchAll(points, options, graph, stop, progress); !found)
        return fail(found.error());
    progress.set(count);
    graph.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return graph;
}

} // namespace embedscope
