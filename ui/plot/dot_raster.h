// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QImage>
#include <QRgb>

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// From map coordinates to pixels: pixel = (coordinate - origin) * scale; scaleY is negative where y grows upwards.
struct PixelTransform
{
    double originX = 0;
    double originY = 0;
    double scaleX = 1;
    double scaleY = 1;
};

/// How dots look. `indexOfPoint` picks a colour of `table` for each point; empty means table[0] for all. An index
/// beyond the table takes its last colour.
struct DotStyle
{
    std::span<const std::uint8_t> indexOfPoint;
    std::span<const QRgb> table;
    double diameter = 4; // pixels of the image
    double opacity = 0.75;
};

/// Draws one round, soft-edged dot a row of `coordinates` (n x 2 or more; the first two columns count). Rows are drawn
/// from last to first, so that the most frequent word lies on top. Rows with a NaN or an infinity are left out.
/// Dots are first sorted into bands of image rows, then the bands are drawn in parallel, each of them small enough for
/// the cache. The picture does not depend on the thread count.
class DotRaster
{
public:
    static constexpr double kLargestDiameter = 60;

    /// `image` has the format ARGB32_Premultiplied and at most 16,000 pixels a side; dots are blended over what it
    /// holds.
    void draw(QImage& image, const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style);

private:
    // Both kept, so that a frame allocates nothing.
    std::vector<std::uint32_t> m_dots;   // chunk by chunk, in each of them band by band
    std::vector<std::uint32_t> m_starts; // where each band starts in its chunk, and where the last one ends
};

/// The diameter, in pixels, at which `count` dots spread over `area` square pixels neither vanish nor fill it up.
double densityAwareDiameter(Index count, double area);

} // namespace embedscope
