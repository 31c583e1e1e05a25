// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/projection.h"

#include <Eigen/Geometry>
#include <QPointF>
#include <QRectF>

namespace embedscope {

/// From where a map in space is seen. It turns about the middle of the points; what it sees is a flat map, which a
/// MapViewport shows.
class MapCamera
{
public:
    MapCamera();

    /// Turns about `centre`; all points lie within `radius` of it. The orientation stays.
    void setBall(const Eigen::Vector3f& centre, float radius);
    /// As if the ball were rolled by the mouse: `radians.x()` about the upright axis of the screen, `radians.y()`
    /// about the level one.
    void roll(QPointF radians);
    /// As at the beginning: a little from the right and from above, so that all three axes are seen.
    void reset();

    [[nodiscard]] const SolidView& view() const { return m_view; }
    [[nodiscard]] const Eigen::Quaterniond& orientation() const { return m_orientation; }
    void setOrientation(const Eigen::Quaterniond& orientation);
    /// The part of the flat map to fit: its margin takes in the rim of the ball, however it is turned.
    [[nodiscard]] QRectF bounds() const;

private:
    Eigen::Quaterniond m_orientation;
    SolidView m_view;
};

} // namespace embedscope
