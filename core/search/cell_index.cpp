// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/cell_index.h"

#include "core/base/parallel.h"
#include "core/search/pair_product.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace embedscope::detail {

namespace {

constexpr Index kSeedsPerWanted = 3;    // points every one is compared with, a wanted neighbour
constexpr Index kColumnsAtATime = 4096; // between two looks at the stop token

/// The columns of each cell fill whole panels, so that a product can begin and end with a cell.
std::vector<std::int32_t> paddedColumns(const std::vector<std::int32_t>& starts, std::vector<Index>& columnStarts)
{
    std::vector<std::int32_t> columns;
    for (std::size_t cell = 0; cell + 1 < starts.size(); ++cell) {
        columnStarts.push_back(static_cast<Index>(columns.size()));
        for (std::int32_t row = starts[cell]; row < starts[cell + 1]; ++row)
            columns.push_back(row);
        columns.resize(static_cast<std::size_t>(chunkCount(static_cast<Index>(columns.size()), kPanel) * kPanel), -1);
    }
    columnStarts.push_back(static_cast<Index>(columns.size()));
    return columns;
}

Matrix distancesBetween(const Matrix& centres)
{
    Matrix out(centres.rows(), centres.rows());
    parallelFor(centres.rows(), 8, [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row)
            out.row(row) = (centres.rowwise() - centres.row(row)).rowwise().norm().transpose();
    });
    return out;
}

NeighborGraph::Rows orderByDistance(const Matrix& distances)
{
    NeighborGraph::Rows out(distances.rows(), distances.cols());
    parallelFor(out.rows(), 8, [&](Index begin, Index end) {
        for (Index cell = begin; cell < end; ++cell) {
            std::int32_t* row = out.row(cell).data();
            std::iota(row, row + out.cols(), 0);
            std::sort(row, row + out.cols(), [&](std::int32_t a, std::int32_t b) {
                const float toA = a == cell ? -1 : distances(cell, a);
                const float toB = b == cell ? -1 : distances(cell, b);
                return toA < toB || (toA == toB && a < b);
            });
        }
    });
    return out;
}

} // namespace

CellIndex::CellIndex(const ComparableRows& ordered, const SearchCells& cells, Index keep)
    : m_points(ordered)
    , m_starts(cells.starts)
    , m_columns(ordered, paddedColumns(m_starts, m_columnStarts))
    , m_centres(cells.centres)
    , m_borders(distancesBetween(cells.centres))
    , m_around(orderByDistance(m_borders))
{
    for (Index cell = 0; cell < this->cells(); ++cell) {
        Index seeds = 0;
        for (Index found = 0; seeds < this->cells() && found < kSeedsPerWanted * keep; ++seeds)
            found += cells.size(m_around(cell, seeds));
        m_seeds.push_back(seeds);
    }
}

Index CellIndex::cellOf(Index point) const
{
    return std::upper_bound(m_starts.begin(), m_starts.end(), point) - m_starts.begin() - 1;
}

std::span<const std::int32_t> CellIndex::cellsAround(Index cell) const
{
    return {m_around.row(cell).data(), static_cast<std::size_t>(cells())};
}

void CellIndex::offerCell(std::span<const std::int32_t> rows, Index cell, CandidateLists& lists, Index firstList) const
{
    offerPairs(m_points, rows, m_columns, m_columnStarts[static_cast<std::size_t>(cell)],
               m_columnStarts[static_cast<std::size_t>(cell) + 1], Offer::ToRow, lists, firstList);
}

void CellIndex::offerSeeds(std::span<const std::int32_t> rows, Index cell, CandidateLists& lists, Index firstList) const
{
    for (const std::int32_t seed : cellsAround(cell).first(static_cast<std::size_t>(seeds(cell))))
        offerCell(rows, seed, lists, firstList);
    for (const std::int32_t row : rows)
        lists.cut(row - firstList, 0);
}

bool CellIndex::offerAll(std::span<const std::int32_t> rows, CandidateLists& lists, Index firstList,
                         const std::stop_token& stop) const
{
    for (Index column = 0; column < m_columns.columns() && !stop.stop_requested(); column += kColumnsAtATime)
        offerPairs(m_points, rows, m_columns, column, std::min(column + kColumnsAtATime, m_columns.columns()),
                   Offer::ToRow, lists, firstList);
    return !stop.stop_requested();
}

Matrix CellIndex::borderShares(std::span<const std::int32_t> rows, Index cell, std::span<const float> radii) const
{
    // |x - d|^2 - |x - c|^2 is twice the distance of x from the border of c and d, times |c - d|.
    const Index width = m_centres.columns();
    Matrix shares(static_cast<Index>(rows.size()), width);
    writeKeys(m_points, rows, m_centres, 0, width, shares.data(), width);
    for (Index i = 0; i < shares.rows(); ++i) {
        const float own = shares(i, cell);
        const float radius = radii[static_cast<std::size_t>(i)];
        shares.row(i).head(cells()) =
            (shares.row(i).head(cells()).array() - own) / (m_borders.row(cell).array() * radius);
        shares(i, cell) = 0;
    }
    return shares;
}

float radiusOf(const CandidateLists& lists, Index list)
{
    return std::sqrt(2 * std::max(0.0F, lists.limit(list)));
}

} // namespace embedscope::detail
