// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_raster.h"

#include "core/base/parallel.h"
#include "ui/plot/density_shade.h"
#include "ui/plot/dot_painter.h"
#include "ui/plot/dot_sorter.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

template <class Paint>
void DotRaster::forEachRun(std::size_t band, std::size_t layers, std::size_t keys, Paint&& paint) const
{
    for (std::size_t layer = 0; layer < layers; ++layer)
        for (std::size_t chunk = m_starts.size() / (keys + 1); chunk-- > 0;) {
            const std::uint32_t* range = m_starts.data() + chunk * (keys + 1) + band * layers + layer;
            const std::size_t first = chunk * DotSorter::kMostDots + range[0];
            paint(std::span(m_dots.data() + first, range[1] - range[0]),
                  m_shapes.empty() ? nullptr : m_shapes.data() + first, layer);
        }
}

void DotRaster::draw(QImage& image, const ConstMatrixRef& coordinates, const PixelTransform& transform,
                     const DotStyle& style, const SolidView* view)
{
    if (style.table.empty() || image.isNull() || coordinates.rows() == 0)
        return;
    std::vector<DotLayer> layers = dotLayers(style, view != nullptr);
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
    const auto forEachBand = [&](auto&& visit) {
        parallelChunks(image.height(), kBandHeight, [&](Index index, Index begin, Index end) {
            const DotBand band{bits, image.bytesPerLine() / 4, image.width(), static_cast<int>(begin),
                               static_cast<int>(end)};
            visit(static_cast<std::size_t>(index), band);
        });
    };
    DensityShade shade;
    if (style.density) {
        const std::size_t dimmed = style.dimmed.empty() ? 0 : 1;
        shade.start(image.size());
        forEachBand([&](std::size_t index, const DotBand& band) {
            forEachRun(index, layers.size(), keys, [&](auto dots, const std::uint8_t* shapes, std::size_t layer) {
                if (layer >= dimmed)
                    shade.count(band, dots, shapes, layers[layer]);
            });
        });
        shade.finish();
        DotStyle faint = style;
        faint.opacity = shade.opacityOf(style.diameter, style.opacity);
        layers = dotLayers(faint, view != nullptr);
    }
    forEachBand([&](std::size_t index, const DotBand& band) {
        if (shade.strength() > 0)
            shade.paint(band, style.densityColour);
        forEachRun(index, layers.size(), keys, [&](auto dots, const std::uint8_t* shapes, std::size_t layer) {
            paintDots(band, dots, shapes, layers[layer]);
        });
    });
}

double densityAwareDiameter(Index count, double area)
{
    const double spacing = std::sqrt(std::max(area, 1.0) / static_cast<double>(std::max<Index>(count, 1)));
    return std::clamp(0.52 * spacing, 1.5, 7.0);
}

} // namespace embedscope
