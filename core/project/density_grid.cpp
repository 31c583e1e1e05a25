// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/density_grid.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope::detail {

namespace {

constexpr double kFarthestPlace = 1e15; // beyond, places would not fit their numbers
constexpr std::int64_t kReach = 2;      // cells that eps spans: the root of 2 or 3, rounded up

} // namespace

DensityGrid::DensityGrid(const ConstMatrixRef& map, std::vector<std::int32_t> points, double eps)
    : m_map(map)
    , m_squaredEps(eps * eps)
    , m_side(eps / std::sqrt(static_cast<double>(map.cols())))
    , m_points(std::move(points))
{
    std::vector<std::int32_t> cellOf;
    std::vector<std::int32_t> sizes;
    for (const std::int32_t point : m_points) {
        const Place place = placeOf(point);
        const auto [at, isNew] = m_cells.try_emplace(place, static_cast<std::int32_t>(sizes.size()));
        if (isNew) {
            sizes.push_back(0);
            m_places.push_back(place);
        }
        ++sizes[static_cast<std::size_t>(at->second)];
        cellOf.push_back(at->second);
    }
    m_starts.assign(1, 0);
    for (const std::int32_t size : sizes)
        m_starts.push_back(m_starts.back() + size);
    std::vector<std::int32_t> next(m_starts.begin(), m_starts.end() - 1);
    const auto inOrder = m_points;
    for (std::size_t i = 0; i < inOrder.size(); ++i)
        m_points[static_cast<std::size_t>(next[static_cast<std::size_t>(cellOf[i])]++)] = inOrder[i];
}

std::span<const std::int32_t> DensityGrid::members(Index cell) const
{
    const auto begin = static_cast<std::size_t>(m_starts[static_cast<std::size_t>(cell)]);
    const auto end = static_cast<std::size_t>(m_starts[static_cast<std::size_t>(cell) + 1]);
    return std::span(m_points).subspan(begin, end - begin);
}

std::vector<std::int32_t> DensityGrid::cellsAround(Index cell) const
{
    const Place& middle = m_places[static_cast<std::size_t>(cell)];
    const std::int64_t depth = m_map.cols() > 2 ? kReach : 0;
    std::vector<std::int32_t> out;
    for (std::int64_t x = -kReach; x <= kReach; ++x)
        for (std::int64_t y = -kReach; y <= kReach; ++y)
            for (std::int64_t z = -depth; z <= depth; ++z) {
                const auto found = m_cells.find({middle[0] + x, middle[1] + y, middle[2] + z});
                if (found != m_cells.end() && found->second != cell)
                    out.push_back(found->second);
            }
    return out;
}

bool DensityGrid::isNear(std::int32_t a, std::int32_t b) const
{
    return (m_map.row(a).cast<double>() - m_map.row(b).cast<double>()).squaredNorm() <= m_squaredEps;
}

std::size_t DensityGrid::Hash::operator()(const Place& place) const
{
    std::uint64_t hash = 0;
    for (const std::int64_t part : place)
        hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 29);
}

DensityGrid::Place DensityGrid::placeOf(std::int32_t point) const
{
    Place place{};
    for (Index axis = 0; axis < m_map.cols(); ++axis)
        place[static_cast<std::size_t>(axis)] = static_cast<std::int64_t>(
            std::clamp(std::floor(static_cast<double>(m_map(point, axis)) / m_side), -kFarthestPlace, kFarthestPlace));
    return place;
}

} // namespace embedscope::detail
