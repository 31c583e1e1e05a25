// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/neighbour_check.h"

#include <algorithm>
#include <iterator>

namespace embedscope {

namespace {

std::vector<Index> rowsOf(const std::vector<Neighbor>& neighbours)
{
    std::vector<Index> rows;
    for (const Neighbor& neighbour : neighbours)
        rows.push_back(neighbour.row);
    return rows;
}

bool holds(const std::vector<Index>& rows, Index row)
{
    return std::ranges::find(rows, row) != rows.end();
}

} // namespace

Result<NeighbourCheck> checkNeighbours(const JudgedMap& map, Index row, Index k, const std::stop_token& stop)
{
    // Neighbours that are not on the map cannot be shown, and are no mistake of it.
    std::vector<Index> excluded{row};
    for (Index other = 0; other < map.coordinates->rows(); ++other)
        if (other != row && !map.coordinates->row(other).allFinite())
            excluded.push_back(other);
    std::ranges::sort(excluded);
    const auto space = nearestRows(map.table->weights(), map.table->weights().row(row), k, map.metric, excluded, stop);
    if (!space)
        return fail(space.error());
    const auto places = nearestRows(*map.coordinates, map.coordinates->row(row), k, Metric::Euclidean, excluded, stop);
    if (!places)
        return fail(places.error());
    const std::vector<Index> near = rowsOf(*space), beside = rowsOf(*places);
    NeighbourCheck check{row, {}, {}, {}};
    for (const Index other : near)
        (holds(beside, other) ? check.kept : check.torn).push_back(other);
    std::ranges::copy_if(beside, std::back_inserter(check.faked), [&](Index other) { return !holds(near, other); });
    return check;
}

} // namespace embedscope
