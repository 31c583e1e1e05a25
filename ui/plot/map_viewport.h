// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

namespace embedscope {

/// Which part of the map is seen. One scale for both axes, because a distance must mean the same in all directions;
/// y grows upwards.
class MapViewport
{
public:
    /// The part of the widget, in pixels, that shows the map. The centre of the view stays.
    void setArea(const QRectF& area) { m_area = area; }
    [[nodiscard]] const QRectF& area() const { return m_area; }

    /// Shows all of `bounds` with a margin around; a box without extent gets one of width 1.
    void fit(const QRectF& bounds);
    void panBy(QPointF pixels);
    /// Keeps what lies under `pixel` there; `factor` > 1 comes closer. Stops where float32 coordinates end.
    void zoomAt(QPointF pixel, double factor);
    /// Moves as little as it takes to bring `position` well into view.
    void reveal(QPointF position);
    /// Shows the same part of the map in another area.
    [[nodiscard]] MapViewport shownIn(const QRectF& area) const;

    [[nodiscard]] QPointF toPixel(QPointF position) const;
    [[nodiscard]] QPointF toMap(QPointF pixel) const;
    /// The part that is seen, in map coordinates: top() is the smaller y.
    [[nodiscard]] QRectF visible() const;
    [[nodiscard]] double unitsPerPixel() const { return m_unitsPerPixel; }
    /// How much closer than after fit().
    [[nodiscard]] double magnification() const { return m_fitted / m_unitsPerPixel; }

private:
    QRectF m_area{0, 0, 1, 1};
    QPointF m_centre;
    double m_unitsPerPixel = 0.01;
    double m_fitted = 0.01; // units a pixel after fit()
};

} // namespace embedscope
