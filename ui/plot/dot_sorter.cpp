// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_sorter.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr std::uint32_t kOutside = 0;

} // namespace

DotSorter::DotSorter(const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style,
                     const SolidView* view, QSize size, std::span<const DotLayer> layers)
    : m_coordinates(coordinates)
    , m_style(style)
    , m_view(view ? *view : SolidView())
    , m_solid(view != nullptr)
    , m_layers(layers.size())
    , m_shapes(layers.front().masks.size())
    , m_height(size.height())
    , m_firstLayer(style.dimmed.empty() ? 0 : 1)
    , m_originX(static_cast<float>(transform.originX))
    , m_originY(static_cast<float>(transform.originY))
    , m_scaleX(static_cast<float>(transform.scaleX))
    , m_scaleY(static_cast<float>(transform.scaleY))
    , m_endX(2 * static_cast<float>(size.width() + 2 * PackedDot::kMove))
    , m_endY(2 * static_cast<float>(size.height() + 2 * PackedDot::kMove))
{
    for (const DotLayer& layer : layers)
        for (const DotMask& mask : layer.masks)
            m_sides.push_back(mask.side);
}

std::size_t DotSorter::keys() const
{
    return static_cast<std::size_t>(chunkCount(m_height, kBandHeight)) * m_layers;
}

void DotSorter::sort(Index begin, Index end, std::uint32_t* dots, std::uint8_t* shapes,
                     std::span<std::uint32_t> starts) const
{
    Places places;
    locate(begin, end, places);
    std::ranges::fill(starts, 0U);
    forEachDot(begin, end, places, [&](std::size_t key, Index, int, int) { ++starts[key]; });
    std::uint32_t sum = 0;
    for (std::uint32_t& start : starts)
        start = std::exchange(sum, sum + start);
    std::vector<std::uint32_t> next(starts.begin(), starts.end());
    forEachDot(begin, end, places, [&](std::size_t key, Index row, int top, int left) {
        const std::uint32_t place = next[key]++;
        const int bandTop = static_cast<int>(key / m_layers) * kBandHeight;
        dots[place] = PackedDot::pack(colourOf(row), top - bandTop, left);
        if (shapes)
            shapes[place] = static_cast<std::uint8_t>(shapeOf(row));
    });
}

void DotSorter::locate(Index begin, Index end, Places& places) const
{
    if (m_solid)
        project<true>(begin, end, places);
    else
        project<false>(begin, end, places);
    leaveOut(begin, end, places);
}

/// To half pixels, because an even side has its middle between two pixels and an odd one on a pixel.
template <bool kSolid>
void DotSorter::project(Index begin, Index end, Places& places) const
{
    const Index stride = m_coordinates.outerStride();
    const float* point = m_coordinates.data() + begin * stride;
    const Eigen::Vector3f centre = m_view.centre;
    const Eigen::Matrix3f axes = m_view.axes;
    const float layersPerUnit = DotRaster::kDepths / (2 * std::max(m_view.radius, 1e-30F));
    for (std::size_t i = 0; i < static_cast<std::size_t>(end - begin); ++i, point += stride) {
        float x = point[0], y = point[1];
        if constexpr (kSolid) {
            const float dx = x - centre[0], dy = y - centre[1], dz = point[2] - centre[2];
            x = axes(0, 0) * dx + axes(0, 1) * dy + axes(0, 2) * dz;
            y = axes(1, 0) * dx + axes(1, 1) * dy + axes(1, 2) * dz;
            const float nearness = axes(2, 0) * dx + axes(2, 1) * dy + axes(2, 2) * dz + m_view.radius;
            const float layer = std::clamp(nearness * layersPerUnit, 0.0F, DotRaster::kDepths - 1.0F);
            places.layers[i] = static_cast<std::uint8_t>(m_firstLayer + static_cast<int>(layer));
        } else
            places.layers[i] = m_firstLayer;
        x = ((x - m_originX) * m_scaleX + PackedDot::kMove) * 2;
        y = ((y - m_originY) * m_scaleY + PackedDot::kMove) * 2;
        // Written so that a NaN is outside.
        const bool inside = x >= 1 && x < m_endX && y >= 1 && y < m_endY;
        places.points[i] =
            inside ? static_cast<std::uint32_t>(static_cast<int>(y) << 16 | static_cast<int>(x)) : kOutside;
    }
}

void DotSorter::leaveOut(Index begin, Index end, Places& places) const
{
    const auto first = static_cast<std::size_t>(begin), count = static_cast<std::size_t>(end - begin);
    for (std::size_t i = 0; !m_style.hidden.empty() && i < count; ++i)
        if (m_style.hidden[first + i] != 0)
            places.points[i] = kOutside;
    for (std::size_t i = 0; !m_style.dimmed.empty() && i < count; ++i)
        if (m_style.dimmed[first + i] != 0)
            places.layers[i] = 0;
}

template <class Visit>
void DotSorter::forEachDot(Index begin, Index end, const Places& places, Visit&& visit) const
{
    for (Index row = begin; row < end; ++row) {
        const auto i = static_cast<std::size_t>(row - begin);
        const std::uint32_t point = places.points[i];
        if (point == kOutside)
            continue;
        const std::size_t layer = places.layers[i];
        const int side = m_sides[layer * m_shapes + shapeOf(row)];
        const int top = (static_cast<int>(point >> 16) + 1 - side) / 2 - PackedDot::kMove;
        const int left = (static_cast<int>(point & 0xffffU) + 1 - side) / 2 - PackedDot::kMove;
        if (top + side <= 0 || top >= m_height)
            continue;
        const int first = std::max(top, 0) >> kBandShift;
        const int last = (std::min(top + side, m_height) - 1) >> kBandShift;
        visit(static_cast<std::size_t>(first) * m_layers + layer, row, top, left);
        if (last != first)
            visit(static_cast<std::size_t>(last) * m_layers + layer, row, top, left);
    }
}

std::size_t DotSorter::shapeOf(Index row) const
{
    return m_style.shapeOfPoint.empty()
               ? 0
               : std::min<std::size_t>(m_style.shapeOfPoint[static_cast<std::size_t>(row)], m_shapes - 1);
}

std::uint32_t DotSorter::colourOf(Index row) const
{
    if (m_style.indexOfPoint.empty())
        return 0;
    const std::size_t index = m_style.indexOfPoint[static_cast<std::size_t>(row)];
    return static_cast<std::uint32_t>(std::min(index, m_style.table.size() - 1));
}

} // namespace embedscope
