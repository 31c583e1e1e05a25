// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "ui/plot/dot_raster.h"

#include <QPointF>
#include <QRectF>

#include <optional>

namespace embedscope {

/// The row whose dot lies nearest to `pixel`, not further than `radius` pixels; the first one where several do. A scan
/// of all points in parallel: about 1 ms for a million, and never out of date while a live map moves.
std::optional<Index> nearestPoint(const ConstMatrixRef& coordinates, const PixelTransform& transform, QPointF pixel,
                                  double radius);

/// The smallest box around all finite points; nothing if there is none. A single point has a box without width.
std::optional<QRectF> boundsOf(const ConstMatrixRef& coordinates);

} // namespace embedscope
