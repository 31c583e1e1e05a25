// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_raster.h"

#include "core/base/parallel.h"
#include "ui/plot/dot_painter.h"
#include "ui/plot/dot_sorter.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

void DotRaster::draw(QImage& image, const ConstMatrixRef& coordinates, const PixelTransform& transform,
                     const DotStyle& style, const SolidView* view)
{
    if (style.table.empty() || image.isNull() || coordinates.rows() == 0)
        return;
    const std::vector<DotLayer> layers = dotLayers(style, view != nullptr);
    const DotSorter sorter(coordinates, transform, style, view, image.size(), layers);
    const auto chunks = static_cast<std::size_t>(chunkCount(coordinates.rows(), DotSorter::kChunk));
    const std::size_t keys = sorter.keys();
    m_dots.resize(chunks * DotSorter::kMostDots);
    m_shapes.resize(style.shapeOfPoint.empty() ? 0 : m_dots.size());
    m_starts.resize(chunks * (keys + 1));

    const std::span starts(m_starts);
    const auto shapesAt = [&](std::size_t dot) { return m_shapes.empty() ? nullptr : m_shapes.data() + dot; };
    parallelChunks(coordinates.rows(), DotSorter::kChunk, [&](Index chunk, Index begin, Index end) {
        const std::size_t place = static_cast<std::size_t>(chunk), first = place * DotSorter::kMostDots;
        sorter.sort(begin, end, m_dots.data() + first, shapesAt(first), starts.subspan(place * (keys + 1), keys + 1));
    });

    auto* bits = reinterpret_cast<QRgb*>(image.bits());
    parallelChunks(image.height(), kBandHeight, [&](Index index, Index begin, Index end) {
        const DotBand band{bits, image.bytesPerLine() / 4, image.width(), static_cast<int>(begin),
                           static_cast<int>(end)};
        for (std::size_t layer = 0; layer < layers.size(); ++layer)
            for (std::size_t chunk = chunks; chunk-- > 0;) {
                const std::uint32_t* range =
                    m_starts.data() + chunk * (keys + 1) + static_cast<std::size_t>(index) * layers.size() + layer;
                const std::size_t first = chunk * DotSorter::kMostDots + range[0];
                paintDots(band, {m_dots.data() + first, range[1] - range[0]}, shapesAt(first), layers[layer]);
            }
    });
}

double densityAwareDiameter(Index count, double area)
{
    const double spacing = std::sqrt(std::max(area, 1.0) / static_cast<double>(std::max<Index>(count, 1)));
    return std::clamp(0.52 * spacing, 1.5, 7.0);
}

} // namespace embedscope
