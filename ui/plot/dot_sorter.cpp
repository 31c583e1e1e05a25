// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_sorter.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace embedscope {

namespace {

constexpr int kOutside = -1; // of y

} // namespace

DotSorter::DotSorter(const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style,
                     const SolidView* view, QSize size, std::span<const DotLayer> layers)
    : m_coordinates(coordinates)
    , m_style(style)
    , m_view(view ? *view : SolidView())
    , m_solid(view != nullptr)
    , m_layers(static_cast<int>(layers.size()))
    , m_shapes(layers.front().masks.size())
    , m_width(size.width())
    , m_height(size.height())
    , m_firstLayer(style.dimmed.empty() ? 0 : 1)
    , m_originX(static_cast<float>(transform.originX))
    , m_originY(static_cast<float>(transform.originY))
    , m_scaleX(static_cast<float>(transform.scaleX))
    , m_scaleY(static_cast<float>(transform.scaleY))
{
    for (const DotLayer& layer : layers)
        for (const DotMask& mask : layer.masks)
            m_sides.push_back(mask.side);
}

std::size_t DotSorter::keys() const
{
    return static_cast<std::size_t>(chunkCount(m_height, kBandHeight) * m_layers);
}

void DotSorter::sort(Index begin, Index end, std::uint32_t* dots, std::uint8_t* shapes,
                     std::span<std::uint32_t> starts) const
{
    const auto unsorted = std::make_unique_for_overwrite<Dots>();
    fill(begin, end, *unsorted);
    const auto count = static_cast<std::size_t>(end - begin);
    const auto layers = static_cast<std::size_t>(m_layers);
    // What is not seen and what would lie below the last band is written behind all others and forgotten.
    std::vector<std::uint32_t> next(keys() + 1 + layers);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t* counter = next.data() + unsorted->keys[i];
        ++counter[0];
        counter[layers] += PackedDot::goesOn(unsorted->dots[i]) ? 1U : 0U;
    }
    std::uint32_t sum = 0;
    for (std::uint32_t& start : next)
        start = std::exchange(sum, sum + start);
    std::copy_n(next.begin(), starts.size(), starts.begin());
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t dot = unsorted->dots[i];
        std::uint32_t* place = next.data() + unsorted->keys[i];
        const auto put = [&](std::uint32_t at, std::uint32_t what) {
            dots[at] = what;
            if (shapes)
                shapes[at] = static_cast<std::uint8_t>(shapeOf(begin + static_cast<Index>(i)));
        };
        put(place[0]++, dot);
        if (PackedDot::goesOn(dot))
            put(place[layers]++, PackedDot::rest(dot));
    }
}

void DotSorter::fill(Index begin, Index end, Dots& dots) const
{
    Places places;
    for (Index block = begin; block < end; block += kBlock) {
        const auto count = static_cast<std::size_t>(std::min(kBlock, end - block));
        const auto first = static_cast<std::size_t>(block - begin);
        locate(block, count, places);
        measure(block, count, places);
        pack(places, std::span(dots.keys).subspan(first, count), dots.dots.data() + first);
        colour(block, std::span(dots.dots).subspan(first, count));
    }
}

void DotSorter::locate(Index begin, std::size_t count, Places& places) const
{
    // Strides known to the compiler are twice as fast.
    const Index stride = m_coordinates.outerStride();
    if (m_solid)
        stride == 3 ? project<true, 3>(begin, count, places) : project<true, 0>(begin, count, places);
    else
        stride == 2 ? project<false, 2>(begin, count, places) : project<false, 0>(begin, count, places);
    leaveOut(begin, count, places);
}

template <bool kSolid, int kStride>
void DotSorter::project(Index begin, std::size_t count, Places& places) const
{
    const std::size_t stride = kStride > 0 ? kStride : static_cast<std::size_t>(m_coordinates.outerStride());
    const float* points = m_coordinates.data() + begin * m_coordinates.outerStride();
    const Eigen::Vector3f centre = m_view.centre;
    const Eigen::Matrix3f axes = m_view.axes;
    const float radius = m_view.radius, layersPerUnit = DotRaster::kDepths / (2 * std::max(radius, 1e-30F));
    const float originX = m_originX, originY = m_originY, scaleX = m_scaleX, scaleY = m_scaleY;
    const auto endX = static_cast<float>(2 * (m_width + 2 * PackedDot::kMove));
    const auto endY = static_cast<float>(2 * (m_height + 2 * PackedDot::kMove));
    const int firstLayer = m_firstLayer;
    for (std::size_t i = 0; i < count; ++i) {
        float x = points[i * stride], y = points[i * stride + 1];
        int layer = firstLayer;
        if constexpr (kSolid) {
            const float dx = x - centre[0], dy = y - centre[1], dz = points[i * stride + 2] - centre[2];
            x = axes(0, 0) * dx + axes(0, 1) * dy + axes(0, 2) * dz;
            y = axes(1, 0) * dx + axes(1, 1) * dy + axes(1, 2) * dz;
            const float nearness = (axes(2, 0) * dx + axes(2, 1) * dy + axes(2, 2) * dz + radius) * layersPerUnit;
            const float below = nearness < DotRaster::kDepths - 1.0F ? nearness : DotRaster::kDepths - 1.0F;
            layer += static_cast<int>(below > 0 ? below : 0);
        }
        x = ((x - originX) * scaleX + PackedDot::kMove) * 2;
        y = ((y - originY) * scaleY + PackedDot::kMove) * 2;
        // Without branches, and so that a NaN is outside.
        const bool inside = (x >= 1) & (x < endX) & (y >= 1) & (y < endY);
        places.x[i] = static_cast<int>(inside ? x : 0.0F);
        places.y[i] = static_cast<int>(inside ? y : static_cast<float>(kOutside));
        places.layers[i] = layer;
    }
}

void DotSorter::leaveOut(Index begin, std::size_t count, Places& places) const
{
    const auto first = static_cast<std::size_t>(begin);
    for (std::size_t i = 0; !m_style.hidden.empty() && i < count; ++i)
        places.y[i] = m_style.hidden[first + i] != 0 ? kOutside : places.y[i];
    for (std::size_t i = 0; !m_style.dimmed.empty() && i < count; ++i)
        places.layers[i] = m_style.dimmed[first + i] != 0 ? 0 : places.layers[i];
}

void DotSorter::measure(Index begin, std::size_t count, Places& places) const
{
    if (m_sides.size() == 1)
        std::fill_n(places.sides.begin(), count, m_sides.front());
    else if (m_shapes == 1)
        for (std::size_t i = 0; i < count; ++i)
            places.sides[i] = m_sides[static_cast<std::size_t>(places.layers[i])];
    else
        for (std::size_t i = 0; i < count; ++i)
            places.sides[i] =
                m_sides[static_cast<std::size_t>(places.layers[i]) * m_shapes + shapeOf(begin + static_cast<Index>(i))];
}

void DotSorter::pack(const Places& places, std::span<std::uint16_t> keys, std::uint32_t* dots) const
{
    const int height = m_height, layers = m_layers, none = static_cast<int>(this->keys());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const int side = places.sides[i];
        const int top = ((places.y[i] + 1 - side) >> 1) - PackedDot::kMove;
        const int left = (places.x[i] + 1 - side) >> 1;
        const bool seen = (places.y[i] != kOutside) & (top + side > 0) & (top < height);
        const int band = (top > 0 ? top : 0) >> kBandShift;
        const int row = top - (band << kBandShift);
        const bool goesOn = seen & (row + side > kBandHeight);
        const int key = band * layers + places.layers[i]; // always, or it would be a branch
        keys[i] = static_cast<std::uint16_t>(seen ? key : none);
        dots[i] = static_cast<std::uint32_t>(static_cast<int>(goesOn) * PackedDot::kGoesOn |
                                             (row + PackedDot::kMove) << PackedDot::kRowShift | left);
    }
}

void DotSorter::colour(Index begin, std::span<std::uint32_t> dots) const
{
    if (m_style.indexOfPoint.empty())
        return;
    const std::uint8_t* indices = m_style.indexOfPoint.data() + begin;
    const auto last = static_cast<std::uint8_t>(std::min<std::size_t>(m_style.table.size() - 1, 255));
    for (std::size_t i = 0; i < dots.size(); ++i)
        dots[i] |= static_cast<std::uint32_t>(indices[i] < last ? indices[i] : last) << PackedDot::kColourShift;
}

std::size_t DotSorter::shapeOf(Index row) const
{
    return m_style.shapeOfPoint.empty()
               ? 0
               : std::min<std::size_t>(m_style.shapeOfPoint[static_cast<std::size_t>(row)], m_shapes - 1);
}

} // namespace embedscope
