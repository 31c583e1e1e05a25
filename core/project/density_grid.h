// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace embedscope::detail {

/// Points of a map in cells so small that all points of one are within eps of each other.
class DensityGrid
{
public:
    /// `map` n x 2 or 3 stays; `points`: those that take part, finite.
    DensityGrid(const ConstMatrixRef& map, std::vector<std::int32_t> points, double eps);

    [[nodiscard]] Index cells() const { return static_cast<Index>(m_starts.size()) - 1; }
    [[nodiscard]] std::span<const std::int32_t> members(Index cell) const;
    /// Other cells that can hold a point within eps of one of this cell.
    [[nodiscard]] std::vector<std::int32_t> cellsAround(Index cell) const;
    [[nodiscard]] bool isNear(std::int32_t a, std::int32_t b) const;

private:
    using Place = std::array<std::int64_t, 3>;
    struct Hash
    {
        std::size_t operator()(const Place& place) const;
    };
    [[nodiscard]] Place placeOf(std::int32_t point) const;

    ConstMatrixRef m_map;
    double m_squaredEps;
    double m_side;
    std::vector<std::int32_t> m_points; // of cell 0, of cell 1 and so on, each ascending
    std::vector<std::int32_t> m_starts;
    std::vector<Place> m_places;
    std::unordered_map<Place, std::int32_t, Hash> m_cells;
};

} // namespace embedscope::detail
