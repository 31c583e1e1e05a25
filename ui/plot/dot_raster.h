// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "ui/plot/projection.h"

#include <QImage>
#include <QRgb>

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// Makes some dots larger or fainter than others: factors of the diameter and the opacity of a DotStyle.
struct DotShape
{
    float diameter = 1;
    float opacity = 1;
};

/// How dots look. `indexOfPoint` picks a colour of `table` for each point; empty means table[0] for all. An index
/// beyond the table takes its last colour. Spans with one entry a point are empty, or as long as there are points.
struct DotStyle
{
    std::span<const std::uint8_t> indexOfPoint;
    std::span<const QRgb> table;
    double diameter = 4; // pixels of the image
    double opacity = 0.75;

    std::span<const std::uint8_t> shapeOfPoint; // into `shapes`; empty for dots that are all alike
    std::span<const DotShape> shapes;
    std::span<const std::uint8_t> hidden; // not 0: not drawn
    std::span<const std::uint8_t> dimmed; // not 0: drawn in `dimColour`, beneath all others
    QRgb dimColour = 0xffc0c0c0;

    bool density = false; // a DensityShade beneath the dots, in place of what the image holds
    QRgb densityColour = 0xff8090b0;

    /// In space, far dots go over into `farColour` and get smaller, by shares in [0, 1]. 0 for no depth cue.
    QRgb farColour = 0xffffffff;
    double fade = 0;
    double shrink = 0;
};

/// Draws one round, soft-edged dot a row of `coordinates` (n x 2 or more; the first two columns count). Rows are drawn
/// from last to first, so that the most frequent word lies on top. Rows with a NaN or an infinity are left out.
/// Dots are first sorted into bands of image rows, then the bands are drawn in parallel, each of them small enough for
/// the cache. The picture does not depend on the thread count.
/// With a SolidView (n x 3) dots are sorted by depth too, into kDepths layers: near ones lie on top; inside a layer it
/// is the first row again.
class DotRaster
{
public:
    static constexpr double kLargestDiameter = 60;
    static constexpr int kDepths = 32;

    /// `image` has the format ARGB32_Premultiplied and at most 16,000 pixels a side; dots are blended over what it
    /// holds.
    void draw(QImage& image, const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style,
              const SolidView* view = nullptr);

private:
    /// For each run of dots of one layer in a band, from back to front: paint(dots, shapes, index of the layer).
    template <class Paint>
    void forEachRun(std::size_t band, std::size_t layers, std::size_t keys, Paint&& paint) const;

    // All kept, so that a frame allocates nothing.
    std::vector<std::uint32_t> m_dots;   // chunk by chunk, in each of them band by band, in each layer by layer
    std::vector<std::uint8_t> m_shapes;  // of each dot, where not all are alike
    std::vector<std::uint32_t> m_starts; // where each layer of each band starts in its chunk, and where the last ends
};

/// The diameter, in pixels, at which `count` dots spread over `area` square pixels neither vanish nor fill it up.
double densityAwareDiameter(Index count, double area);

} // namespace embedscope
