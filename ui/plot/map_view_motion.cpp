// SPDX-License-Identifier: GPL-3.0-or-later
// From one map to another of the same rows.
#include "core/base/parallel.h"
#include "ui/plot/map_view.h"
#include "ui/plot/point_cloud.h"

#include <QStyle>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kFrame = 16; // ms
constexpr Index kGrain = 65536;

} // namespace

bool MapView::canMoveTo(const MapPicture& picture) const
{
    if (isEmpty() || !picture.coordinates || !isVisible())
        return false;
    const Index columns = picture.coordinates->cols();
    return picture.coordinates->rows() == coordinates()->rows() && (columns == 2 || columns == 3) &&
           coordinates()->rows() <= MapMotion::kMostRows &&
           style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
}

void MapView::moveTo(MapPicture picture)
{
    if (!canMoveTo(picture))
        return setPicture(std::move(picture));
    const std::shared_ptr<const Matrix> shown = m_shown;
    const bool wasSolid = isSolid();
    const MapCamera camera = m_camera;
    const MapViewport viewport = m_viewport;
    const std::vector<PlacedLabel> labels = m_labels;
    setPicture(std::move(picture));
    if (isEmpty())
        return;
    m_motion.start(placesInViewOf(*shown, wasSolid, camera, viewport), m_picture.coordinates);
    m_cueAtStart = wasSolid ? 1 : 0;
    m_labels = labels; // those that are in both maps move along
    m_motionTimer.start(kFrame);
    moveOn();
}

/// Where points of the new map have to be to be seen where they were in the old one.
Matrix MapView::placesInViewOf(const Matrix& shown, bool wasSolid, const MapCamera& camera,
                               const MapViewport& viewport) const
{
    const bool solid = isSolid();
    Matrix places(shown.rows(), solid ? 3 : 2);
    const double scale = m_viewport.unitsPerPixel() / viewport.unitsPerPixel();
    const Eigen::Matrix3f back = m_camera.view().axes.transpose();
    parallelFor(shown.rows(), kGrain, [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row) {
            const float* point = shown.data() + row * shown.cols();
            const Eigen::Vector3f seen =
                wasSolid ? camera.view().seen({point[0], point[1], point[2]}) : Eigen::Vector3f(point[0], point[1], 0);
            const QPointF place = m_viewport.toMap(viewport.toPixel({seen[0], seen[1]}));
            Eigen::Vector3f start(static_cast<float>(place.x()), static_cast<float>(place.y()),
                                  seen[2] * static_cast<float>(scale));
            if (solid)
                start = m_camera.view().centre + back * start;
            std::copy_n(start.data(), places.cols(), places.data() + row * places.cols());
        }
    });
    return places;
}

void MapView::moveOn()
{
    if (m_motion.isOver())
        endMotion();
    else {
        const double share = m_motion.share();
        m_cloud->setDepthCue(m_cueAtStart + (1 - m_cueAtStart) * share);
        showPoints(m_motion.frame(share));
    }
    if (!m_motion.isRunning() && m_fitted && hasOutgrownView())
        fit(); // the goal went on while points were on their way
    viewChanged(m_motion.isRunning() ? Labels::KeepFirst : Labels::ByImportance);
}

void MapView::endMotion()
{
    if (!m_motion.isRunning())
        return;
    m_motionTimer.stop();
    m_motion.stop();
    m_cloud->setDepthCue(1);
    showPoints(m_picture.coordinates);
}

} // namespace embedscope
