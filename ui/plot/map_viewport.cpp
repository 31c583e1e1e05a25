// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_viewport.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr double kMarginShare = 0.06; // of the area, on each side
constexpr double kMargin = 36;        // but no less pixels than badge and legend take
constexpr double kClosest = 20'000;   // times the fitted scale
constexpr double kFarthest = 0.1;

double innerLength(double length)
{
    const double margin = std::min(std::max(kMarginShare * length, kMargin), 0.2 * length);
    return std::max(length - 2 * margin, 1.0);
}

} // namespace

void MapViewport::fit(const QRectF& bounds)
{
    m_centre = bounds.center();
    m_unitsPerPixel =
        std::max(bounds.width() / innerLength(m_area.width()), bounds.height() / innerLength(m_area.height()));
    if (m_unitsPerPixel <= 0) {
        // Far from the origin an extent of 1 may be less than the numbers can tell apart.
        const double extent = std::max({1.0, 1e-3 * std::abs(m_centre.x()), 1e-3 * std::abs(m_centre.y())});
        m_unitsPerPixel = extent / std::max(std::min(m_area.width(), m_area.height()), 1.0);
    }
    m_fitted = m_unitsPerPixel;
}

void MapViewport::panBy(QPointF pixels)
{
    m_centre += QPointF(-pixels.x(), pixels.y()) * m_unitsPerPixel;
}

void MapViewport::zoomAt(QPointF pixel, double factor)
{
    const QPointF before = toMap(pixel);
    m_unitsPerPixel = std::clamp(m_unitsPerPixel / factor, m_fitted / kClosest, m_fitted / kFarthest);
    m_centre += before - toMap(pixel);
}

void MapViewport::reveal(QPointF position)
{
    const double marginX = m_area.width() * 0.1, marginY = m_area.height() * 0.1;
    const QRectF inner = m_area.adjusted(marginX, marginY, -marginX, -marginY);
    const QPointF pixel = toPixel(position);
    if (m_area.contains(pixel))
        return;
    panBy(QPointF(std::clamp(pixel.x(), inner.left(), inner.right()),
                  std::clamp(pixel.y(), inner.top(), inner.bottom())) -
          pixel);
}

MapViewport MapViewport::shownIn(const QRectF& area) const
{
    MapViewport other = *this;
    other.m_area = area;
    other.m_unitsPerPixel *= std::max(m_area.width() / std::max(area.width(), 1.0), //
                                      m_area.height() / std::max(area.height(), 1.0));
    return other;
}

QPointF MapViewport::toPixel(QPointF position) const
{
    const QPointF away = (position - m_centre) / m_unitsPerPixel;
    return m_area.center() + QPointF(away.x(), -away.y());
}

QPointF MapViewport::toMap(QPointF pixel) const
{
    const QPointF away = (pixel - m_area.center()) * m_unitsPerPixel;
    return m_centre + QPointF(away.x(), -away.y());
}

QRectF MapViewport::visible() const
{
    const QSizeF size = m_area.size() * m_unitsPerPixel;
    return {m_centre - QPointF(size.width(), size.height()) / 2, size};
}

} // namespace embedscope
