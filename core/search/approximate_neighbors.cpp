// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/approximate_neighbors.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/search/cell_index.h"
#include "core/search/exact_neighbors.h"
#include "core/search/nearest_candidates.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

namespace embedscope::detail {

namespace {

constexpr Index kFewestPoints = 1000; // below, cells save nothing
constexpr Index kPointsOfCell = 400;
constexpr Index kMostCells = 4096;
constexpr Index kSampled = 512;      // points whose true neighbours are found, for beta and again for the recall
constexpr Index kPointsOfTask = 256; // of one cell
constexpr Index kSpare = 8;
constexpr std::array kWantedRecalls{0.96, 0.94, 0.92}; // the first that is affordable, or the last
constexpr double kAffordable = 8e11;                   // multiplications: about 10 s on two cores
constexpr double kLargestShare = 0.5; // of all pairs: the exact search looks at each pair once for both

std::vector<std::int32_t> range(Index begin, Index end)
{
    std::vector<std::int32_t> out(static_cast<std::size_t>(end - begin));
    std::iota(out.begin(), out.end(), static_cast<std::int32_t>(begin));
    return out;
}

/// Ascending, none twice.
std::vector<std::int32_t> sampleOf(Index count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<std::int32_t> out;
    for (Index i = 0; i < std::min(count, kSampled); ++i)
        out.push_back(static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(count))));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// True neighbours of some points.
struct Truth
{
    std::vector<std::int32_t> points;
    NeighborGraph::Rows rows;
    Matrix distances;
};

class ApproximateSearch
{
public:
    ApproximateSearch(const ComparableRows& ordered, const SearchCells& cells, Index k)
        : m_points(ordered)
        , m_cells(cells)
        , m_k(k)
        , m_keep(std::min(ordered.count() - 1, k + kSpare))
        , m_index(ordered, cells, m_keep)
    {
    }

    [[nodiscard]] Truth truthOf(std::vector<std::int32_t> points, const std::stop_token& stop) const
    {
        Truth out{std::move(points), {}, {}};
        const auto count = static_cast<Index>(out.points.size());
        out.rows.resize(count, m_k);
        out.distances.resize(count, m_k);
        parallelFor(count, 24, [&](Index begin, Index end) {
            for (Index i = begin; i < end; ++i) {
                CandidateLists lists(1, m_keep); // points lie apart, and lists side by side
                const std::int32_t point = out.points[static_cast<std::size_t>(i)];
                if (!m_index.offerAll({&point, 1}, lists, point, stop))
                    return;
                lists.cut(0, kSpare);
                NearestCandidates().choose(m_points, point, lists.rows(0), m_k, out.rows.row(i).data(),
                                           out.distances.row(i).data());
            }
        });
        return out;
    }

    /// Sets beta. False where cells would save too little.
    bool calibrate(const Truth& truth)
    {
        std::vector<float> needed; // the beta with which each true neighbour is found
        std::vector<Matrix> shares;
        for (std::size_t i = 0; i < truth.points.size(); ++i) {
            shares.push_back(sharesOf(truth.points[i]));
            for (const std::int32_t neighbor : truth.rows.row(static_cast<Index>(i)))
                needed.push_back(shares.back()(0, m_index.cellOf(neighbor)));
        }
        std::sort(needed.begin(), needed.end());
        const auto all = static_cast<double>(m_points.count());
        double share = 1;
        for (const double recall : kWantedRecalls) {
            m_beta = needed[static_cast<std::size_t>(recall * static_cast<double>(needed.size() - 1))];
            share = shareCompared(shares);
            if (share * all * all * static_cast<double>(m_points.dim()) <= kAffordable)
                break;
        }
        return share <= kLargestShare;
    }

    Result<void> run(NeighborGraph& out, const std::stop_token& stop, Progress& progress) const
    {
        const auto tasks = allTasks();
        parallelFor(static_cast<Index>(tasks.size()), 1, [&](Index at, Index) {
            if (stop.stop_requested())
                return;
            const Task& task = tasks[static_cast<std::size_t>(at)];
            search(task, out, stop);
            progress.add(task.end - task.begin);
        });
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        return {};
    }

    /// Which share of the true neighbours the graph has: those that are as near as the farthest true one.
    [[nodiscard]] double recallOf(const NeighborGraph& graph, const Truth& truth) const
    {
        Index found = 0;
        for (std::size_t i = 0; i < truth.points.size(); ++i) {
            const std::int32_t row = m_cells.members[static_cast<std::size_t>(truth.points[i])];
            const float farthest = truth.distances(static_cast<Index>(i), m_k - 1);
            found += (graph.distances.row(row).array() <= farthest).count();
        }
        return static_cast<double>(found) / static_cast<double>(static_cast<Index>(truth.points.size()) * m_k);
    }

private:
    struct Task
    {
        Index cell, begin, end;
    };

    [[nodiscard]] std::vector<Task> allTasks() const
    {
        std::vector<Task> tasks;
        for (Index cell = 0; cell < m_index.cells(); ++cell)
            for (Index begin = m_index.begin(cell); begin < m_index.end(cell); begin += kPointsOfTask)
                tasks.push_back({cell, begin, std::min(begin + kPointsOfTask, m_index.end(cell))});
        return tasks;
    }

    /// One row: how far each cell's border is from the point, as a share of its radius; 0 for its seeds.
    [[nodiscard]] Matrix sharesOf(std::int32_t point) const
    {
        CandidateLists lists(1, m_keep);
        const Index cell = m_index.cellOf(point);
        m_index.offerSeeds({&point, 1}, cell, lists, point);
        const float radius = radiusOf(lists, 0);
        Matrix shares = m_index.borderShares({&point, 1}, cell, {&radius, 1});
        for (const std::int32_t seed : m_index.cellsAround(cell).first(static_cast<std::size_t>(m_index.seeds(cell))))
            shares(0, seed) = 0;
        return shares;
    }

    /// Which share of all points a point is compared with, on average of those whose border shares are given.
    [[nodiscard]] double shareCompared(const std::vector<Matrix>& shares) const
    {
        Index compared = 0;
        for (const Matrix& share : shares)
            for (Index cell = 0; cell < m_index.cells(); ++cell)
                if (share(0, cell) <= m_beta)
                    compared += m_cells.size(cell);
        return static_cast<double>(compared) / static_cast<double>(m_points.count()) /
               static_cast<double>(shares.size());
    }

    void search(const Task& task, NeighborGraph& out, const std::stop_token& stop) const
    {
        CandidateLists lists(task.end - task.begin, m_keep);
        const auto rows = range(task.begin, task.end);
        m_index.offerSeeds(rows, task.cell, lists, task.begin);
        std::vector<float> radii;
        for (Index list = 0; list < task.end - task.begin; ++list)
            radii.push_back(radiusOf(lists, list));
        const Matrix shares = m_index.borderShares(rows, task.cell, radii);
        std::vector<std::int32_t> near;
        for (const std::int32_t cell :
             m_index.cellsAround(task.cell).subspan(static_cast<std::size_t>(m_index.seeds(task.cell)))) {
            if (stop.stop_requested())
                return;
            near.clear();
            for (Index i = 0; i < shares.rows(); ++i)
                if (shares(i, cell) <= m_beta)
                    near.push_back(rows[static_cast<std::size_t>(i)]);
            if (!near.empty())
                m_index.offerCell(near, cell, lists, task.begin);
        }
        choose(task, lists, out);
    }

    void choose(const Task& task, CandidateLists& lists, NeighborGraph& out) const
    {
        NearestCandidates nearest;
        for (Index point = task.begin; point < task.end; ++point) {
            const Index row = m_cells.members[static_cast<std::size_t>(point)];
            lists.cut(point - task.begin, kSpare);
            std::int32_t* rows = out.rows.row(row).data();
            float* distances = out.distances.row(row).data();
            nearest.choose(m_points, point, lists.rows(point - task.begin), m_k, rows, distances);
            for (Index place = 0; place < m_k; ++place)
                rows[place] = m_cells.members[static_cast<std::size_t>(rows[place])];
            sortTies(rows, distances);
        }
    }

    /// Ties were in the order of the cells.
    void sortTies(std::int32_t* rows, const float* distances) const
    {
        for (Index begin = 0, end = 0; begin < m_k; begin = end) {
            while (end < m_k && distances[end] == distances[begin])
                ++end;
            if (end - begin > 1)
                std::sort(rows + begin, rows + end);
        }
    }

    const ComparableRows& m_points;
    const SearchCells& m_cells;
    Index m_k;
    Index m_keep;
    CellIndex m_index;
    float m_beta = 1;
};

Matrix inOrder(const ConstMatrixRef& points, const std::vector<std::int32_t>& order)
{
    Matrix out(points.rows(), points.cols());
    parallelFor(points.rows(), 4096, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i)
            out.row(i) = points.row(order[static_cast<std::size_t>(i)]);
    });
    return out;
}

Result<void> exactInstead(const ConstMatrixRef& points, const NeighborOptions& options, NeighborGraph& out,
                          const std::stop_token& stop, Progress& progress)
{
    return exactNeighbors(ComparableRows(points, options.metric), out.k(), out, stop, progress);
}

} // namespace

Result<void> approximateNeighbors(const ConstMatrixRef& points, const NeighborOptions& options, NeighborGraph& out,
                                  const std::stop_token& stop, Progress& progress)
{
    // The triangle inequality, which tells what cells can hold, does not hold for dot products.
    if (points.rows() < kFewestPoints || options.metric == Metric::Dot)
        return exactInstead(points, options, out, stop, progress);
    const auto cells = searchCells(ComparableRows(points, options.metric),
                                   std::min(kMostCells, chunkCount(points.rows(), kPointsOfCell)), options.seed, stop);
    if (!cells)
        return fail(cells.error());
    const Matrix ordered = inOrder(points, cells->members);
    const ComparableRows comparable(ordered, options.metric);
    ApproximateSearch search(comparable, *cells, out.k());
    const Truth known = search.truthOf(sampleOf(points.rows(), options.seed + 1), stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (!search.calibrate(known))
        return exactInstead(points, options, out, stop, progress);
    if (auto found = search.run(out, stop, progress); !found)
        return fail(found.error());
    const Truth judged = search.truthOf(sampleOf(points.rows(), options.seed + 2), stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    out.exact = false;
    out.recall = search.recallOf(out, judged);
    return {};
}

} // namespace embedscope::detail
