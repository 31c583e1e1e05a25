// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/dot_raster.h"

namespace embedscope {

constexpr int kPixelsAtOnce = 2;

/// The soft-edged disc of a dot.
struct DotMask
{
    int side = 1;
    int paddedSide = kPixelsAtOnce;    // side, and transparent pixels
    std::vector<std::uint8_t> opacity; // side x paddedSide pixels, the same for each of four channels
};

/// Dots that are painted alike but for their shape and colour.
struct DotLayer
{
    std::vector<DotMask> masks; // one a shape
    std::vector<QRgb> colours;  // one a colour of the table
};

/// From back to front: the dimmed dots where there are any, then those of each depth, or all of a flat map.
std::vector<DotLayer> dotLayers(const DotStyle& style, bool solid);

} // namespace embedscope
