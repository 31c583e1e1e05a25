// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_raster.h"

#include "core/base/parallel.h"
#include "ui/plot/dot_sorter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace embedscope {

namespace {

// Two pixels, eight channels. Vector types of GCC and Clang, because neither makes vector instructions of the plain
// loop.
using Bytes = std::uint8_t __attribute__((vector_size(8)));
using Words = std::uint16_t __attribute__((vector_size(16)));

inline Words load(const void* memory)
{
    Bytes vector;
    std::memcpy(&vector, memory, sizeof vector);
    return __builtin_convertvector(vector, Words);
}

inline Words twice(QRgb colour)
{
    const std::array<QRgb, 2> two{colour, colour};
    return load(two.data());
}

inline void blendTwo(QRgb* below, Words colour, const std::uint8_t* opacity)
{
    const Words share = load(opacity);
    const Words product = load(below) * (255 - share) + colour * share + 128;
    const Words quotient = (product + (product >> 8)) >> 8; // exact division by 255, with rounding
    const Bytes blended = __builtin_convertvector(quotient, Bytes);
    std::memcpy(below, &blended, sizeof blended);
}

inline void blendOne(QRgb& below, Words colour, const std::uint8_t* opacity)
{
    const std::array<std::uint8_t, 8> shares{opacity[0], opacity[1], opacity[2], opacity[3]};
    std::array<QRgb, 2> target{below, 0};
    blendTwo(target.data(), colour, shares.data());
    below = target[0];
}

/// Image rows [top, bottom), which one thread draws alone.
struct Band
{
    QRgb* bits;
    std::ptrdiff_t stride; // pixels
    int width;
    int top;
    int bottom;
};

inline void drawWhole(QRgb* corner, std::ptrdiff_t stride, Words colour, const DotMask& mask)
{
    const std::uint8_t* opacity = mask.opacity.data();
    for (int y = 0; y < mask.side; ++y, corner += stride)
        for (int x = 0; x < mask.paddedSide; x += kPixelsAtOnce) {
            blendTwo(corner + x, colour, opacity);
            opacity += 4 * kPixelsAtOnce;
        }
}

void drawClipped(const Band& band, int left, int top, Words colour, const DotMask& mask)
{
    for (int y = std::max(0, band.top - top); y < std::min(mask.side, band.bottom - top); ++y)
        for (int x = std::max(0, -left); x < std::min(mask.side, band.width - left); ++x)
            blendOne(band.bits[(top + y) * band.stride + left + x], colour,
                     mask.opacity.data() + 4 * (y * mask.paddedSide + x));
}

/// `shapes` is null where all dots have the first one.
void drawDots(const Band& band, std::span<const std::uint32_t> dots, const std::uint8_t* shapes, const DotLayer& layer)
{
    for (std::size_t i = dots.size(); i-- > 0;) {
        const std::uint32_t dot = dots[i];
        const DotMask& mask = layer.masks[shapes ? shapes[i] : 0];
        const Words colour = twice(layer.colours[PackedDot::colour(dot)]);
        const int left = PackedDot::column(dot), top = PackedDot::row(dot) + band.top;
        if (left >= 0 && left + mask.paddedSide <= band.width && top >= band.top && top + mask.side <= band.bottom)
            drawWhole(band.bits + top * band.stride + left, band.stride, colour, mask);
        else
            drawClipped(band, left, top, colour, mask);
    }
}

} // namespace

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
        const Band band{bits, image.bytesPerLine() / 4, image.width(), static_cast<int>(begin), static_cast<int>(end)};
        for (std::size_t layer = 0; layer < layers.size(); ++layer)
            for (std::size_t chunk = chunks; chunk-- > 0;) {
                const std::uint32_t* range =
                    m_starts.data() + chunk * (keys + 1) + static_cast<std::size_t>(index) * layers.size() + layer;
                const std::size_t first = chunk * DotSorter::kMostDots + range[0];
                drawDots(band, {m_dots.data() + first, range[1] - range[0]}, shapesAt(first), layers[layer]);
            }
    });
}

double densityAwareDiameter(Index count, double area)
{
    const double spacing = std::sqrt(std::max(area, 1.0) / static_cast<double>(std::max<Index>(count, 1)));
    return std::clamp(0.52 * spacing, 1.5, 7.0);
}

} // namespace embedscope
