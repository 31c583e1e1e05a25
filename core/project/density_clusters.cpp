// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/density_clusters.h"

#include "core/base/parallel.h"
#include "core/project/density_grid.h"
#include "core/search/exact_ranks.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kSampled = 500; // points whose distances set the scale
constexpr double kMedians = 1.5;

/// Median distance of the (min_samples - 1)-th nearest of some points, spread over all.
double scaleOf(const ConstMatrixRef& map, const std::vector<std::int32_t>& points, Index minSamples)
{
    const Matrix finite = map(points, Eigen::all);
    const detail::ComparableRows comparable(finite, Metric::Euclidean);
    std::vector<std::int32_t> all(points.size());
    std::iota(all.begin(), all.end(), 0);
    const detail::PackedRows columns(comparable, all);
    const std::size_t sampled = std::min(points.size(), kSampled);
    const Index k = std::clamp<Index>(minSamples - 1, 1, comparable.count() - 1);
    std::vector<float> distances(sampled);
    parallelFor(static_cast<Index>(sampled), 1, [&](Index begin, Index) {
        const auto i = static_cast<std::size_t>(begin);
        const auto point = static_cast<std::int32_t>(i * points.size() / sampled);
        detail::ExactRanks ranks(comparable, columns);
        ranks.prepare({&point, 1});
        for (const std::int32_t other : ranks.nearest(0, k))
            distances[i] = std::max(distances[i], comparable.distance(comparable.exactKey(point, other)));
    });
    std::nth_element(distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(sampled / 2), distances.end());
    const auto median = static_cast<double>(distances[sampled / 2]);
    // Most points lie on others: a thousandth of the extent, or any radius where there is none.
    const auto extent = static_cast<double>((finite.colwise().maxCoeff() - finite.colwise().minCoeff()).maxCoeff());
    return median > 0 ? kMedians * median : extent > 0 ? extent / 1000 : 1;
}

class Dbscan
{
public:
    Dbscan(const detail::DensityGrid& grid, Index minSamples, Index points)
        : m_grid(grid)
        , m_minSamples(minSamples)
        , m_dense(static_cast<std::size_t>(points))
        , m_parent(static_cast<std::size_t>(grid.cells()))
        , m_around(static_cast<std::size_t>(grid.cells()))
    {
        std::iota(m_parent.begin(), m_parent.end(), 0);
    }

    Result<void> run(DensityClusters& out, const std::stop_token& stop)
    {
        parallelFor(m_grid.cells(), 64, [&](Index begin, Index end) {
            for (Index cell = begin; cell < end && !stop.stop_requested(); ++cell)
                findDense(cell);
        });
        for (Index cell = 0; cell < m_grid.cells() && !stop.stop_requested(); ++cell)
            joinWithCellsAround(cell);
        if (!stop.stop_requested())
            number(out);
        parallelFor(m_grid.cells(), 64, [&](Index begin, Index end) {
            for (Index cell = begin; cell < end && !stop.stop_requested(); ++cell)
                labelBorder(cell, out);
        });
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        return {};
    }

private:
    [[nodiscard]] bool isDense(std::int32_t point) const { return m_dense[static_cast<std::size_t>(point)] != 0; }

    void findDense(Index cell)
    {
        m_around[static_cast<std::size_t>(cell)] = m_grid.cellsAround(cell);
        const auto members = m_grid.members(cell);
        for (const std::int32_t point : members)
            m_dense[static_cast<std::size_t>(point)] =
                neighborsOf(point, cell, static_cast<Index>(members.size())) >= m_minSamples ? 1 : 0;
    }

    /// At least min_samples, where there are as many.
    [[nodiscard]] Index neighborsOf(std::int32_t point, Index cell, Index found) const
    {
        for (const std::int32_t other : m_around[static_cast<std::size_t>(cell)])
            for (const std::int32_t neighbor : m_grid.members(other)) {
                if (found >= m_minSamples)
                    return found;
                found += m_grid.isNear(point, neighbor) ? 1 : 0;
            }
        return found;
    }

    std::int32_t rootOf(std::int32_t cell)
    {
        while (m_parent[static_cast<std::size_t>(cell)] != cell) {
            auto& parent = m_parent[static_cast<std::size_t>(cell)];
            cell = parent = m_parent[static_cast<std::size_t>(parent)];
        }
        return cell;
    }

    /// Dense points of one cell are one cluster anyway; two cells are, where two of theirs are within eps.
    void joinWithCellsAround(Index cell)
    {
        const auto self = static_cast<std::int32_t>(cell);
        for (const std::int32_t other : m_around[static_cast<std::size_t>(cell)])
            if (other < self && rootOf(other) != rootOf(self) && touch(cell, other))
                m_parent[static_cast<std::size_t>(rootOf(other))] = rootOf(self);
    }

    [[nodiscard]] bool touch(Index cell, Index other) const
    {
        for (const std::int32_t a : m_grid.members(cell))
            for (const std::int32_t b : m_grid.members(other))
                if (isDense(a) && isDense(b) && m_grid.isNear(a, b))
                    return true;
        return false;
    }

    /// Labels of dense points, in the order of their first ones.
    void number(DensityClusters& out)
    {
        std::vector<std::int32_t> cellOf(m_dense.size(), -1);
        for (Index cell = 0; cell < m_grid.cells(); ++cell)
            for (const std::int32_t point : m_grid.members(cell))
                cellOf[static_cast<std::size_t>(point)] = static_cast<std::int32_t>(cell);
        std::vector<std::int32_t> labelOf(m_parent.size(), -1);
        for (std::size_t point = 0; point < m_dense.size(); ++point) {
            if (m_dense[point] == 0)
                continue;
            std::int32_t& label = labelOf[static_cast<std::size_t>(rootOf(cellOf[point]))];
            if (label < 0)
                label = static_cast<std::int32_t>(out.clusters++);
            out.labels[point] = label;
        }
    }

    void labelBorder(Index cell, DensityClusters& out) const
    {
        auto cells = m_around[static_cast<std::size_t>(cell)];
        cells.push_back(static_cast<std::int32_t>(cell));
        for (const std::int32_t point : m_grid.members(cell)) {
            if (isDense(point))
                continue;
            std::int32_t& label = out.labels[static_cast<std::size_t>(point)];
            for (const std::int32_t other : cells)
                for (const std::int32_t neighbor : m_grid.members(other))
                    if (isDense(neighbor) && m_grid.isNear(point, neighbor)) {
                        const std::int32_t found = out.labels[static_cast<std::size_t>(neighbor)];
                        label = label < 0 ? found : std::min(label, found);
                    }
        }
    }

    const detail::DensityGrid& m_grid;
    Index m_minSamples;
    std::vector<std::uint8_t> m_dense;
    std::vector<std::int32_t> m_parent; // of cells, towards the root of their cluster
    std::vector<std::vector<std::int32_t>> m_around;
};

} // namespace

Result<DensityClusters> densityClusters(const ConstMatrixRef& map, const DensityOptions& options, std::stop_token stop,
                                        Progress& progress)
{
    if (map.cols() != 2 && map.cols() != 3)
        return fail(ErrorCode::ValueRefused, {"Dimensions of the map", std::to_string(map.cols()), "2 or 3"});
    if (options.min_samples < 1)
        return fail(ErrorCode::ValueRefused, {"min_samples", std::to_string(options.min_samples), "1 or more"});
    if (!(options.eps >= 0 && std::isfinite(options.eps)))
        return fail(ErrorCode::ValueRefused, {"eps", std::to_string(options.eps), "0 or more"});
    progress.start(0);
    std::vector<std::int32_t> points;
    for (Index row = 0; row < map.rows(); ++row)
        if (map.row(row).allFinite())
            points.push_back(static_cast<std::int32_t>(row));
    DensityClusters out;
    out.labels.assign(static_cast<std::size_t>(map.rows()), -1);
    out.eps = options.eps > 0 ? options.eps : points.size() < 2 ? 1 : scaleOf(map, points, options.min_samples);
    const detail::DensityGrid grid(map, std::move(points), out.eps);
    if (auto done = Dbscan(grid, options.min_samples, map.rows()).run(out, stop); !done)
        return fail(done.error());
    return out;
}

} // namespace embedscope
