// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/cluster_outlines.h"

#include "core/base/parallel.h"
#include "ui/plot/density_shade.h"
#include "ui/plot/point_picker.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace embedscope {

namespace {

constexpr int kCells = 96;                // along the longer side
constexpr int kMargin = 8;                // cells around, so that outlines close
constexpr float kLevel = 0.12F;           // of the highest density: 2 standard deviations around a round cluster
constexpr Index kMostCounted = 1'000'000; // rows; of more a sample, evenly spaced, draws the same outlines
constexpr Index kFewest = 5;              // points

/// Square cells over the map.
struct MapCells
{
    QPointF corner;
    double size = 1;
    int columns = 0;
    int rows = 0;

    [[nodiscard]] QPointF middleOf(double column, double row) const
    {
        return corner + QPointF(column + 0.5, row + 0.5) * size;
    }
};

MapCells cellsOver(const QRectF& bounds)
{
    MapCells cells;
    cells.size = std::max({bounds.width(), bounds.height(), 1e-30}) / kCells;
    cells.corner = bounds.topLeft() - QPointF(kMargin, kMargin) * cells.size;
    cells.columns = static_cast<int>(bounds.width() / cells.size) + 1 + 2 * kMargin;
    cells.rows = static_cast<int>(bounds.height() / cells.size) + 1 + 2 * kMargin;
    return cells;
}

/// The lines of one square of four cell middles, where `level` lies between their values.
void addLines(const DensityGrid& grid, const MapCells& cells, int column, int row, float level,
              std::vector<QLineF>& lines)
{
    constexpr std::array<std::array<int, 2>, 5> kCorners{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}};
    std::array<QPointF, 4> crossings;
    std::size_t found = 0;
    for (std::size_t edge = 0; edge < 4; ++edge) {
        const auto [x0, y0] = kCorners[edge];
        const auto [x1, y1] = kCorners[edge + 1];
        const float first = grid.at(column + x0, row + y0), second = grid.at(column + x1, row + y1);
        if ((first < level) == (second < level))
            continue;
        const auto share = static_cast<double>((level - first) / (second - first));
        crossings[found++] = cells.middleOf(column + x0 + (x1 - x0) * share, row + y0 + (y1 - y0) * share);
    }
    for (std::size_t i = 0; i + 1 < found; i += 2)
        lines.emplace_back(crossings[i], crossings[i + 1]);
}

void trace(DensityGrid& grid, const MapCells& cells, ClusterOutline& outline)
{
    grid.blur();
    const auto peak = std::ranges::max_element(grid.cells) - grid.cells.begin();
    const QPointF place =
        cells.middleOf(static_cast<double>(peak % grid.columns), static_cast<double>(peak / grid.columns));
    outline.middle = {static_cast<float>(place.x()), static_cast<float>(place.y()), 0};
    const float level = kLevel * grid.cells[static_cast<std::size_t>(peak)];
    for (int row = 0; row + 1 < grid.rows; ++row)
        for (int column = 0; column + 1 < grid.columns; ++column)
            addLines(grid, cells, column, row, level, outline.lines);
}

/// The largest clusters; `placeOf` gets the place of each cluster among them, or -1.
std::vector<ClusterOutline> largest(std::span<const std::int32_t> clusterOf, std::size_t step,
                                    std::vector<int>& placeOf)
{
    std::vector<ClusterOutline> all;
    for (std::size_t row = 0; row < clusterOf.size(); row += step) {
        const std::int32_t cluster = clusterOf[row];
        if (cluster < 0)
            continue;
        for (auto next = static_cast<std::int32_t>(all.size()); next <= cluster; ++next)
            all.push_back({next});
        ++all[static_cast<std::size_t>(cluster)].points;
    }
    placeOf.assign(all.size(), -1);
    std::erase_if(all, [](const ClusterOutline& outline) { return outline.points < kFewest; });
    std::ranges::stable_sort(all, std::ranges::greater(), &ClusterOutline::points);
    all.resize(std::min<std::size_t>(all.size(), kMostClusters));
    for (std::size_t i = 0; i < all.size(); ++i)
        placeOf[static_cast<std::size_t>(all[i].cluster)] = static_cast<int>(i);
    return all;
}

} // namespace

std::vector<ClusterOutline> clusterOutlines(const ConstMatrixRef& coordinates, std::span<const std::int32_t> clusterOf)
{
    const auto bounds = boundsOf(coordinates);
    if (!bounds || static_cast<Index>(clusterOf.size()) != coordinates.rows())
        return {};
    std::vector<int> placeOf;
    const Index step = coordinates.rows() / (kMostCounted + 1) + 1;
    std::vector<ClusterOutline> outlines = largest(clusterOf, static_cast<std::size_t>(step), placeOf);
    const bool solid = coordinates.cols() >= 3;
    const MapCells cells = cellsOver(*bounds);
    std::vector<DensityGrid> grids(solid ? 0 : outlines.size());
    for (DensityGrid& grid : grids)
        grid.reset(cells.columns, cells.rows);
    std::vector<Eigen::Array4d> sums(outlines.size(), Eigen::Array4d::Zero());
    for (Index row = 0; row < coordinates.rows(); row += step) {
        const std::int32_t cluster = clusterOf[static_cast<std::size_t>(row)];
        const bool known = cluster >= 0 && static_cast<std::size_t>(cluster) < placeOf.size();
        const int place = known ? placeOf[static_cast<std::size_t>(cluster)] : -1;
        const float* point = coordinates.data() + row * coordinates.outerStride();
        const double x = static_cast<double>(point[0]), y = static_cast<double>(point[1]);
        const double z = solid ? static_cast<double>(point[2]) : 0;
        if (place < 0 || !std::isfinite(x + y + z))
            continue;
        sums[static_cast<std::size_t>(place)] += Eigen::Array4d(x, y, z, 1);
        if (!solid)
            grids[static_cast<std::size_t>(place)].at(static_cast<int>((x - cells.corner.x()) / cells.size),
                                                      static_cast<int>((y - cells.corner.y()) / cells.size)) += 1;
    }
    for (std::size_t i = 0; i < outlines.size(); ++i)
        outlines[i].middle = (sums[i].head<3>() / std::max(sums[i][3], 1.0)).cast<float>();
    parallelFor(static_cast<Index>(grids.size()), 1, [&](Index begin, Index) {
        trace(grids[static_cast<std::size_t>(begin)], cells, outlines[static_cast<std::size_t>(begin)]);
    });
    return outlines;
}

} // namespace embedscope
