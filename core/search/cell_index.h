// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/candidate_lists.h"
#include "core/search/neighbor_graph.h"
#include "core/search/packed_rows.h"
#include "core/search/search_cells.h"

#include <span>
#include <stop_token>

namespace embedscope::detail {

/// Points in the order of their cells, and all that tells which cells a point has to be compared with.
class CellIndex
{
public:
    /// `ordered`: the points in the order of cells.members. `keep`: candidates wanted for each point.
    CellIndex(const ComparableRows& ordered, const SearchCells& cells, Index keep);

    [[nodiscard]] Index cells() const { return m_borders.rows(); }
    [[nodiscard]] Index begin(Index cell) const { return m_starts[static_cast<std::size_t>(cell)]; }
    [[nodiscard]] Index end(Index cell) const { return m_starts[static_cast<std::size_t>(cell) + 1]; }
    [[nodiscard]] Index cellOf(Index point) const;

    /// Cells by the distance of their centres from that of `cell`, itself first.
    [[nodiscard]] std::span<const std::int32_t> cellsAround(Index cell) const;
    /// How many of them every point of the cell is compared with: they hold a few times as many points as are wanted.
    [[nodiscard]] Index seeds(Index cell) const { return m_seeds[static_cast<std::size_t>(cell)]; }

    /// Offers the points of `cell` to rows [firstList, ...) that are given.
    void offerCell(std::span<const std::int32_t> rows, Index cell, CandidateLists& lists, Index firstList) const;
    /// Offers the seeds of `cell` to some of its points, and cuts their lists.
    void offerSeeds(std::span<const std::int32_t> rows, Index cell, CandidateLists& lists, Index firstList) const;
    /// Offers all points. False where stopped.
    bool offerAll(std::span<const std::int32_t> rows, CandidateLists& lists, Index firstList,
                  const std::stop_token& stop) const;

    /// rows x cells(): the distance of each row of `cell` from its border with each other cell, as a share of `radii`.
    [[nodiscard]] Matrix borderShares(std::span<const std::int32_t> rows, Index cell,
                                      std::span<const float> radii) const;

private:
    const ComparableRows& m_points;
    std::vector<std::int32_t> m_starts;
    std::vector<Index> m_columnStarts;
    PackedRows m_columns;
    PackedRows m_centres;
    Matrix m_borders; // cells x cells: distances of centres
    NeighborGraph::Rows m_around;
    std::vector<Index> m_seeds;
};

/// The distance within which a list that was just cut has all it keeps; infinite where it has not found as many.
float radiusOf(const CandidateLists& lists, Index list);

} // namespace embedscope::detail
