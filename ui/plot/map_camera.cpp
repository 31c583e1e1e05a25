// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_camera.h"

#include <numbers>

namespace embedscope {

namespace {

constexpr QPointF kFirstRoll(-32 * std::numbers::pi / 180, 22 * std::numbers::pi / 180);
constexpr double kFitted = 0.88; // of the radius: few points are at the rim

} // namespace

MapCamera::MapCamera()
{
    reset();
}

void MapCamera::setBall(const Eigen::Vector3f& centre, float radius)
{
    m_view.centre = centre;
    m_view.radius = radius;
}

void MapCamera::roll(QPointF radians)
{
    const Eigen::AngleAxisd aboutUp(radians.x(), Eigen::Vector3d::UnitY());
    const Eigen::AngleAxisd aboutRight(radians.y(), Eigen::Vector3d::UnitX());
    setOrientation(aboutRight * aboutUp * m_orientation);
}

void MapCamera::reset()
{
    m_orientation = Eigen::Quaterniond::Identity();
    roll(kFirstRoll);
}

void MapCamera::setOrientation(const Eigen::Quaterniond& orientation)
{
    // Many small turns would let its length drift.
    m_orientation = orientation.normalized();
    m_view.axes = m_orientation.toRotationMatrix().cast<float>();
}

QRectF MapCamera::bounds() const
{
    const double radius = kFitted * static_cast<double>(m_view.radius);
    return {-radius, -radius, 2 * radius, 2 * radius};
}

} // namespace embedscope
