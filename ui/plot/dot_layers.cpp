// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_layers.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr double kSmallestDiameter = 0.5;

DotMask makeMask(double diameter, double opacity)
{
    const double radius = std::clamp(diameter, kSmallestDiameter, DotRaster::kLargestDiameter) / 2;
    DotMask mask;
    mask.side = static_cast<int>(std::ceil(2 * radius));
    mask.paddedSide = (mask.side + kPixelsAtOnce - 1) / kPixelsAtOnce * kPixelsAtOnce;
    const double middle = (mask.side - 1) / 2.0;
    for (int y = 0; y < mask.side; ++y)
        for (int x = 0; x < mask.paddedSide; ++x) {
            const double covered = std::clamp(radius + 0.5 - std::hypot(x - middle, y - middle), 0.0, 1.0);
            const double share = x < mask.side ? covered * std::clamp(opacity, 0.0, 1.0) : 0;
            mask.opacity.insert(mask.opacity.end(), 4, static_cast<std::uint8_t>(std::lround(255 * share)));
        }
    return mask;
}

std::vector<DotMask> makeMasks(const DotStyle& style, double shrunk)
{
    std::vector<DotMask> masks;
    for (const DotShape& shape : style.shapes)
        masks.push_back(makeMask(style.diameter * shrunk * static_cast<double>(shape.diameter),
                                 style.opacity * static_cast<double>(shape.opacity)));
    if (masks.empty())
        masks.push_back(makeMask(style.diameter * shrunk, style.opacity));
    return masks;
}

QRgb mixed(QRgb from, QRgb to, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return qRgb(mix(qRed(from), qRed(to)), mix(qGreen(from), qGreen(to)), mix(qBlue(from), qBlue(to)));
}

/// `farness` is 0 for the nearest points and 1 for the farthest.
DotLayer layerAt(const DotStyle& style, double farness)
{
    DotLayer layer;
    layer.masks = makeMasks(style, 1 - style.shrink * farness);
    for (const QRgb colour : style.table)
        layer.colours.push_back(mixed(colour, style.farColour, style.fade * farness));
    return layer;
}

} // namespace

std::vector<DotLayer> dotLayers(const DotStyle& style, bool solid)
{
    std::vector<DotLayer> layers;
    if (!style.dimmed.empty())
        layers.push_back({makeMasks(style, 1), std::vector<QRgb>(style.table.size(), style.dimColour | 0xff000000)});
    if (!solid)
        layers.push_back(layerAt(style, 0));
    for (int depth = 0; solid && depth < DotRaster::kDepths; ++depth)
        layers.push_back(layerAt(style, 1 - depth / (DotRaster::kDepths - 1.0)));
    return layers;
}

} // namespace embedscope
