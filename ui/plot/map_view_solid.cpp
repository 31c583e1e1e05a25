// SPDX-License-Identifier: GPL-3.0-or-later
// What a map in space can do that a flat one cannot.
#include "ui/plot/map_view.h"
#include "ui/plot/point_cloud.h"

#include <algorithm>
#include <numbers>

namespace embedscope {

namespace {

constexpr int kFrame = 16;             // ms
constexpr double kTurnsASecond = 0.05; // of the automatic rotation
constexpr double kLongestStep = 0.1;   // seconds: after a pause the map goes on from where it was

} // namespace

bool MapView::isSolid() const
{
    return m_cloud->isSolid();
}

void MapView::setOrientation(const Eigen::Quaterniond& orientation)
{
    m_camera.setOrientation(orientation);
    viewChanged(Labels::KeepFirst);
}

void MapView::rollBy(QPointF pixels)
{
    // From one side of the view to the other is half a turn.
    m_camera.roll(pixels * std::numbers::pi / std::max(1, std::min(width(), height())));
    viewChanged(Labels::KeepFirst);
}

void MapView::setAutoRotate(bool on)
{
    if (on == m_autoRotates)
        return;
    m_autoRotates = on;
    updateRotation();
    Q_EMIT autoRotateChanged(on);
}

void MapView::updateRotation()
{
    if (!m_autoRotates || !isSolid() || !isVisible())
        return m_rotation.stop();
    m_sinceRotation.start();
    m_rotation.start(kFrame);
}

void MapView::rotateOn()
{
    const double seconds = std::min(static_cast<double>(m_sinceRotation.restart()) / 1000, kLongestStep);
    if (m_pressedAt || window()->isMinimized())
        return; // a hand that holds the map stops it
    m_camera.roll({seconds * kTurnsASecond * 2 * std::numbers::pi, 0});
    viewChanged(Labels::KeepFirst);
}

} // namespace embedscope
