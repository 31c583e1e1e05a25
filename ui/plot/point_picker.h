// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "ui/plot/projection.h"

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <optional>
#include <span>

namespace embedscope {

/// What else decides which dot is meant.
struct PickRules
{
    std::span<const std::uint8_t> hidden; // not 0: cannot be picked; empty for none
    const SolidView* view = nullptr;      // for a map in space, n x 3
    double dotRadius = 0;                 // in space: of the dots that cover the pixel, the one on top is meant
};

/// The row whose dot lies nearest to `pixel`, not further than `radius` pixels; the first one where several do. A scan
/// of all points in parallel: about 1 ms for a million, and never out of date while a live map moves.
std::optional<Index> nearestPoint(const ConstMatrixRef& coordinates, const PixelTransform& transform, QPointF pixel,
                                  double radius, const PickRules& rules = {});

/// The smallest box around all finite points; nothing if there is none. A single point has a box without width.
std::optional<QRectF> boundsOf(const ConstMatrixRef& coordinates);

/// The smallest ball around the middle of their box that holds all finite points of an n x 3 map.
struct PointBall
{
    Eigen::Vector3f centre;
    float radius;
};
std::optional<PointBall> ballOf(const ConstMatrixRef& coordinates);

} // namespace embedscope
