// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_raster.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr std::uint32_t kOutside = 0xffffffffU;
constexpr Index kPointGrain = 32768;
constexpr int kBandHeight = 128;
constexpr int kMaxBands = 8;

/// One dot in every colour of the table, premultiplied, so that drawing a pixel is one blend.
struct Stamps
{
    int reach = 0; // pixels from the centre to the border
    int side = 1;
    std::vector<QRgb> pixels; // colour by colour, side x side each

    [[nodiscard]] const QRgb* of(std::size_t colour) const
    {
        return pixels.data() + colour * static_cast<std::size_t>(side * side);
    }
};

QRgb premultiplied(QRgb colour, double alpha)
{
    const int a = static_cast<int>(std::lround(255 * alpha));
    return qPremultiply(qRgba(qRed(colour), qGreen(colour), qBlue(colour), a));
}

Stamps makeStamps(const DotStyle& style)
{
    const double radius = std::max(style.diameter, 0.5) / 2;
    Stamps stamps;
    stamps.reach = static_cast<int>(std::max(0.0, std::ceil(radius - 0.5)));
    stamps.side = 2 * stamps.reach + 1;
    for (const QRgb colour : style.table)
        for (int y = -stamps.reach; y <= stamps.reach; ++y)
            for (int x = -stamps.reach; x <= stamps.reach; ++x) {
                const double coverage = std::clamp(radius + 0.5 - std::hypot(x, y), 0.0, 1.0);
                stamps.pixels.push_back(premultiplied(colour, coverage * style.opacity));
            }
    return stamps;
}

// Two channels at a time; exact division by 255 with rounding.
inline QRgb blendOver(QRgb below, QRgb above)
{
    const std::uint32_t rest = 255U - (above >> 24);
    std::uint32_t redBlue = (below & 0xff00ffU) * rest + 0x800080U;
    redBlue = ((redBlue + ((redBlue >> 8) & 0xff00ffU)) >> 8) & 0xff00ffU;
    std::uint32_t alphaGreen = ((below >> 8) & 0xff00ffU) * rest + 0x800080U;
    alphaGreen = (alphaGreen + ((alphaGreen >> 8) & 0xff00ffU)) & 0xff00ff00U;
    return above + (redBlue | alphaGreen);
}

/// A band of image rows [top, bottom), which one thread draws alone.
struct Band
{
    QRgb* bits;
    int stride; // pixels
    int width;
    int top;
    int bottom;
};

inline void drawWhole(const Band& band, int left, int top, const QRgb* stamp, int side)
{
    for (int y = 0; y < side; ++y) {
        QRgb* line = band.bits + static_cast<std::ptrdiff_t>(top + y) * band.stride + left;
        for (int x = 0; x < side; ++x)
            line[x] = blendOver(line[x], stamp[x]);
        stamp += side;
    }
}

void drawClipped(const Band& band, int left, int top, const QRgb* stamp, int side)
{
    const int firstX = std::max(0, -left);
    const int lastX = std::min(side, band.width - left);
    for (int y = std::max(0, band.top - top); y < std::min(side, band.bottom - top); ++y) {
        QRgb* line = band.bits + static_cast<std::ptrdiff_t>(top + y) * band.stride;
        for (int x = firstX; x < lastX; ++x)
            line[left + x] = blendOver(line[left + x], stamp[y * side + x]);
    }
}

void drawBand(const Band& band, std::span<const std::uint32_t> positions, const DotStyle& style, const Stamps& stamps)
{
    const int side = stamps.side;
    // Positions hold the upper left corner of the dot, moved by `side` so that it is never negative.
    const std::uint32_t first = static_cast<std::uint32_t>(std::max(0, band.top + 1));
    const std::uint32_t rows = static_cast<std::uint32_t>(band.bottom + side) - first;
    const std::size_t lastColour = style.table.size() - 1;
    for (std::size_t i = positions.size(); i-- > 0;) {
        const std::uint32_t y = positions[i] >> 16;
        if (y - first >= rows)
            continue;
        const int left = static_cast<int>(positions[i] & 0xffffU) - side;
        const int top = static_cast<int>(y) - side;
        const std::size_t colour =
            style.indexOfPoint.empty() ? 0 : std::min<std::size_t>(style.indexOfPoint[i], lastColour);
        const QRgb* stamp = stamps.of(colour);
        if (left >= 0 && left + side <= band.width && top >= band.top && top + side <= band.bottom)
            drawWhole(band, left, top, stamp, side);
        else
            drawClipped(band, left, top, stamp, side);
    }
}

void locate(std::vector<std::uint32_t>& positions, const ConstMatrixRef& coordinates, const PixelTransform& transform,
            QSize size, const Stamps& stamps)
{
    const auto originX = static_cast<float>(transform.originX), originY = static_cast<float>(transform.originY);
    const auto scaleX = static_cast<float>(transform.scaleX), scaleY = static_cast<float>(transform.scaleY);
    // From the centre to the moved corner.
    const auto move = static_cast<float>(stamps.side - stamps.reach);
    const auto endX = static_cast<float>(size.width() + stamps.side);
    const auto endY = static_cast<float>(size.height() + stamps.side);
    positions.resize(static_cast<std::size_t>(coordinates.rows()));
    parallelFor(coordinates.rows(), kPointGrain, [&](Index begin, Index end) {
        const Index stride = coordinates.outerStride();
        const float* point = coordinates.data() + begin * stride;
        for (Index i = begin; i < end; ++i, point += stride) {
            const float x = (point[0] - originX) * scaleX + move;
            const float y = (point[1] - originY) * scaleY + move;
            // Written so that a NaN is outside.
            const bool inside = x >= 1 && x < endX && y >= 1 && y < endY;
            positions[static_cast<std::size_t>(i)] =
                inside ? (static_cast<std::uint32_t>(y) << 16) | static_cast<std::uint32_t>(x) : kOutside;
        }
    });
}

} // namespace

void DotRaster::draw(QImage& image, const ConstMatrixRef& coordinates, const PixelTransform& transform,
                     const DotStyle& style)
{
    if (style.table.empty() || image.isNull() || coordinates.rows() == 0)
        return;
    const Stamps stamps = makeStamps(style);
    locate(m_positions, coordinates, transform, image.size(), stamps);
    const int bandHeight = std::max(kBandHeight, (image.height() + kMaxBands - 1) / kMaxBands);
    auto* bits = reinterpret_cast<QRgb*>(image.bits());
    const int stride = static_cast<int>(image.bytesPerLine() / 4);
    parallelFor(image.height(), bandHeight, [&](Index begin, Index end) {
        const Band band{bits, stride, image.width(), static_cast<int>(begin), static_cast<int>(end)};
        drawBand(band, m_positions, style, stamps);
    });
}

double densityAwareDiameter(Index count, double area)
{
    const double spacing = std::sqrt(std::max(area, 1.0) / static_cast<double>(std::max<Index>(count, 1)));
    return std::clamp(0.52 * spacing, 1.5, 7.0);
}

} // namespace embedscope
