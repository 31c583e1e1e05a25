// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/dot_layers.h"

#include <cstddef>

namespace embedscope {

/// Image rows [top, bottom), which one thread draws alone.
struct DotBand
{
    QRgb* bits;            // of the image
    std::ptrdiff_t stride; // pixels
    int width;
    int top;
    int bottom;
};

/// Blends packed dots over the band, the last one first. `shapes` is null where all dots have the first one.
void paintDots(const DotBand& band, std::span<const std::uint32_t> dots, const std::uint8_t* shapes,
               const DotLayer& layer);

} // namespace embedscope
