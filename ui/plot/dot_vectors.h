// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/dot_raster.h"

class QPainter;

namespace embedscope {

/// The dots of DotRaster as shapes, for figures that are scaled: same places, colours, sizes and order. For as many as
/// a drawing program can bear, some ten thousand.
void paintDots(QPainter& painter, const ConstMatrixRef& coordinates, const PixelTransform& transform,
               const DotStyle& style, const SolidView* view);

} // namespace embedscope
