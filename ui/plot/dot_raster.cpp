// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_raster.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kChunk = 8192; // points
constexpr int kBandShift = 6;
constexpr int kBandHeight = 1 << kBandShift;
constexpr std::size_t kMostInChunk = 2 * kChunk; // a dot lies in two bands at most
constexpr int kPixelsAtOnce = 2;
constexpr std::uint32_t kOutside = 0;

/// One dot in every colour of the table, premultiplied, so that drawing it is one blend.
struct Stamps
{
    int side = 1;
    int paddedSide = kPixelsAtOnce;    // side, and transparent pixels
    std::vector<QRgb> pixels;          // colour by colour, side x paddedSide each
    std::vector<std::uint8_t> letPast; // side x paddedSide x 4 bytes: the share of what lies below, for each channel

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(side * paddedSide); }
};

int alphaAt(double x, double y, double radius, double opacity)
{
    const double coverage = std::clamp(radius + 0.5 - std::hypot(x, y), 0.0, 1.0);
    return static_cast<int>(std::lround(255 * coverage * opacity));
}

Stamps makeStamps(const DotStyle& style)
{
    const double radius = std::clamp(style.diameter, 0.5, DotRaster::kLargestDiameter) / 2;
    Stamps stamps;
    stamps.side = static_cast<int>(std::ceil(2 * radius));
    const double middle = (stamps.side - 1) / 2.0;
    stamps.paddedSide = (stamps.side + kPixelsAtOnce - 1) / kPixelsAtOnce * kPixelsAtOnce;
    std::vector<int> alphas;
    for (int y = 0; y < stamps.side; ++y)
        for (int x = 0; x < stamps.paddedSide; ++x)
            alphas.push_back(x < stamps.side ? alphaAt(x - middle, y - middle, radius, style.opacity) : 0);
    for (const int alpha : alphas)
        stamps.letPast.insert(stamps.letPast.end(), 4, static_cast<std::uint8_t>(255 - alpha));
    for (const QRgb colour : style.table)
        for (const int alpha : alphas)
            stamps.pixels.push_back(qPremultiply(qRgba(qRed(colour), qGreen(colour), qBlue(colour), alpha)));
    return stamps;
}

// Two pixels, eight channels. Vector types of GCC and Clang, because neither makes vector instructions of the plain
// loop.
using Bytes = std::uint8_t __attribute__((vector_size(8)));
using Words = std::uint16_t __attribute__((vector_size(16)));

template <class Vector>
inline Vector load(const void* memory)
{
    Vector vector;
    std::memcpy(&vector, memory, sizeof vector);
    return vector;
}

inline void blendTwo(QRgb* below, const QRgb* above, const std::uint8_t* letPast)
{
    const Words product = __builtin_convertvector(load<Bytes>(below), Words) * //
                              __builtin_convertvector(load<Bytes>(letPast), Words) +
                          128;
    const Words quotient = (product + (product >> 8)) >> 8; // exact division by 255, with rounding
    const Bytes blended = load<Bytes>(above) + __builtin_convertvector(quotient, Bytes);
    std::memcpy(below, &blended, sizeof blended);
}

inline void blendOne(QRgb& below, QRgb above, const std::uint8_t* letPast)
{
    const std::array<QRgb, 2> source{above, 0};
    const std::array<std::uint8_t, 8> shares{letPast[0], letPast[1], letPast[2], letPast[3]};
    std::array<QRgb, 2> target{below, 0};
    blendTwo(target.data(), source.data(), shares.data());
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

inline void drawWhole(QRgb* corner, std::ptrdiff_t stride, const QRgb* pixels, const Stamps& stamps)
{
    const std::uint8_t* letPast = stamps.letPast.data();
    for (int y = 0; y < stamps.side; ++y, corner += stride)
        for (int x = 0; x < stamps.paddedSide; x += kPixelsAtOnce) {
            blendTwo(corner + x, pixels, letPast);
            pixels += kPixelsAtOnce;
            letPast += 4 * kPixelsAtOnce;
        }
}

void drawClipped(const Band& band, int left, int top, const QRgb* pixels, const Stamps& stamps)
{
    for (int y = std::max(0, band.top - top); y < std::min(stamps.side, band.bottom - top); ++y)
        for (int x = std::max(0, -left); x < std::min(stamps.side, band.width - left); ++x) {
            const int place = y * stamps.paddedSide + x;
            blendOne(band.bits[(top + y) * band.stride + left + x], pixels[place], stamps.letPast.data() + 4 * place);
        }
}

// A dot in its band, in 32 bits: colour, row, column of its upper left corner; the latter two moved by `side`, so that
// they are never negative.
std::uint32_t packed(std::uint32_t colour, int row, std::uint32_t column)
{
    return colour << 24 | static_cast<std::uint32_t>(row) << 16 | column;
}

void drawDots(const Band& band, std::span<const std::uint32_t> dots, const Stamps& stamps)
{
    const int side = stamps.side;
    for (std::size_t i = dots.size(); i-- > 0;) {
        const std::uint32_t dot = dots[i];
        const int left = static_cast<int>(dot & 0xffffU) - side;
        const int top = static_cast<int>(dot >> 16 & 0xffU) - side + band.top;
        const QRgb* pixels = stamps.pixels.data() + (dot >> 24) * stamps.size();
        if (left >= 0 && left + stamps.paddedSide <= band.width && top >= band.top && top + side <= band.bottom)
            drawWhole(band.bits + top * band.stride + left, band.stride, pixels, stamps);
        else
            drawClipped(band, left, top, pixels, stamps);
    }
}

/// Turns points into dots, and sorts those of a chunk by band.
class Sorter
{
public:
    Sorter(const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style, QSize size,
           const Stamps& stamps)
        : m_coordinates(coordinates)
        , m_style(style)
        , m_stamps(stamps)
        , m_lastRow(size.height() - 1)
        , m_originX(static_cast<float>(transform.originX))
        , m_originY(static_cast<float>(transform.originY))
        , m_scaleX(static_cast<float>(transform.scaleX))
        , m_scaleY(static_cast<float>(transform.scaleY))
        , m_endX(static_cast<float>(size.width() + stamps.side))
        , m_endY(static_cast<float>(size.height() + stamps.side))
    {
    }

    /// Writes the dots of rows [begin, end) to `dots`, and to `starts` where each band starts.
    void sort(Index begin, Index end, std::uint32_t* dots, std::span<std::uint32_t> starts) const
    {
        std::array<std::uint32_t, kChunk> corners;
        locate(begin, end, corners.data());
        std::ranges::fill(starts, 0U);
        for (Index i = 0; i < end - begin; ++i)
            forEachBand(corners[static_cast<std::size_t>(i)],
                        [&](int band) { ++starts[static_cast<std::size_t>(band)]; });
        std::uint32_t sum = 0;
        for (std::uint32_t& start : starts)
            start = std::exchange(sum, sum + start);
        std::vector<std::uint32_t> next(starts.begin(), starts.end());
        for (Index i = 0; i < end - begin; ++i) {
            const std::uint32_t corner = corners[static_cast<std::size_t>(i)];
            forEachBand(corner, [&](int band) {
                dots[next[static_cast<std::size_t>(band)]++] =
                    packed(colourOf(begin + i), static_cast<int>(corner >> 16) - band * kBandHeight, corner & 0xffffU);
            });
        }
    }

private:
    // The upper left corner of each dot, moved by `side`; kOutside where nothing of it is seen.
    void locate(Index begin, Index end, std::uint32_t* corners) const
    {
        // To the nearest whole pixel; half a side back and a whole one forth.
        const float move = 0.5F + 0.5F * static_cast<float>(m_stamps.side);
        const Index stride = m_coordinates.outerStride();
        const float* point = m_coordinates.data() + begin * stride;
        for (Index i = begin; i < end; ++i, point += stride, ++corners) {
            const float x = (point[0] - m_originX) * m_scaleX + move;
            const float y = (point[1] - m_originY) * m_scaleY + move;
            // Written so that a NaN is outside.
            const bool inside = x >= 1 && x < m_endX && y >= 1 && y < m_endY;
            *corners = inside ? static_cast<std::uint32_t>(y) << 16 | static_cast<std::uint32_t>(x) : kOutside;
        }
    }

    template <class Visit>
    void forEachBand(std::uint32_t corner, Visit&& visit) const
    {
        if (corner == kOutside)
            return;
        const int top = static_cast<int>(corner >> 16) - m_stamps.side;
        const int first = std::max(top, 0) >> kBandShift;
        const int last = std::min(top + m_stamps.side - 1, m_lastRow) >> kBandShift;
        visit(first);
        if (last != first)
            visit(last);
    }

    [[nodiscard]] std::uint32_t colourOf(Index row) const
    {
        if (m_style.indexOfPoint.empty())
            return 0;
        const std::size_t index = m_style.indexOfPoint[static_cast<std::size_t>(row)];
        return static_cast<std::uint32_t>(std::min(index, m_style.table.size() - 1));
    }

    const ConstMatrixRef& m_coordinates;
    const DotStyle& m_style;
    const Stamps& m_stamps;
    int m_lastRow;
    float m_originX, m_originY, m_scaleX, m_scaleY;
    float m_endX, m_endY;
};

} // namespace

void DotRaster::draw(QImage& image, const ConstMatrixRef& coordinates, const PixelTransform& transform,
                     const DotStyle& style)
{
    if (style.table.empty() || image.isNull() || coordinates.rows() == 0)
        return;
    const Stamps stamps = makeStamps(style);
    const auto chunks = static_cast<std::size_t>(chunkCount(coordinates.rows(), kChunk));
    const auto bands = static_cast<std::size_t>(chunkCount(image.height(), kBandHeight));
    m_dots.resize(chunks * kMostInChunk);
    m_starts.resize(chunks * (bands + 1));

    const Sorter sorter(coordinates, transform, style, image.size(), stamps);
    const std::span starts(m_starts);
    parallelChunks(coordinates.rows(), kChunk, [&](Index chunk, Index begin, Index end) {
        const auto place = static_cast<std::size_t>(chunk);
        sorter.sort(begin, end, m_dots.data() + place * kMostInChunk, starts.subspan(place * (bands + 1), bands + 1));
    });

    auto* bits = reinterpret_cast<QRgb*>(image.bits());
    parallelChunks(image.height(), kBandHeight, [&](Index index, Index begin, Index end) {
        const Band band{bits, image.bytesPerLine() / 4, image.width(), static_cast<int>(begin), static_cast<int>(end)};
        for (std::size_t chunk = chunks; chunk-- > 0;) {
            const std::uint32_t* range = m_starts.data() + chunk * (bands + 1) + index;
            drawDots(band, {m_dots.data() + chunk * kMostInChunk + range[0], range[1] - range[0]}, stamps);
        }
    });
}

double densityAwareDiameter(Index count, double area)
{
    const double spacing = std::sqrt(std::max(area, 1.0) / static_cast<double>(std::max<Index>(count, 1)));
    return std::clamp(0.52 * spacing, 1.5, 7.0);
}

} // namespace embedscope
