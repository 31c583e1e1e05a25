// SPDX-License-Identifier: GPL-3.0-or-later
// Points that a person placed on the map: hollow diamonds, which no row of the table has.
#include "ui/plot/map_view.h"

#include <QFontMetricsF>
#include <QPainter>

#include <utility>

namespace embedscope {

namespace {

constexpr double kReach = 7;
constexpr double kGap = 5;

QPolygonF diamond(QPointF centre, double reach)
{
    return {{centre + QPointF(0, -reach), centre + QPointF(reach, 0), centre + QPointF(0, reach),
             centre + QPointF(-reach, 0)}};
}

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

void MapView::setMarks(std::vector<MapMark> marks)
{
    m_marks = std::move(marks);
    viewChanged(Labels::KeepFirst);
}

std::optional<QPointF> MapView::pixelOf(const MapMark& mark) const
{
    // On the way to another map nobody knows where it would be.
    if (m_motion.isRunning() || isEmpty() || mark.place.size() != coordinates()->cols() || !mark.place.allFinite())
        return std::nullopt;
    const RowVector& place = mark.place;
    const Eigen::Vector3f seen =
        isSolid() ? m_camera.view().seen(place.transpose()) : Eigen::Vector3f(place[0], place[1], 0);
    return m_viewport.toPixel({seen[0], seen[1]});
}

QRectF MapView::labelBox(const MapMark& mark) const
{
    const auto centre = pixelOf(mark);
    if (!centre || !m_viewport.area().contains(*centre))
        return {};
    const QFontMetricsF metrics(bold(smallFont()));
    const QSizeF size(metrics.horizontalAdvance(mark.label), metrics.height());
    const double right = centre->x() + kReach + kGap;
    const bool fits = right + size.width() <= m_viewport.area().right();
    return {QPointF(fits ? right : centre->x() - kReach - kGap - size.width(), centre->y() - size.height() / 2), size};
}

void MapView::paintMarks(QPainter& painter) const
{
    for (const MapMark& mark : m_marks) {
        const auto centre = pixelOf(mark);
        if (!centre)
            continue;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_colours.background, 5)); // seen among dots of any colour
        painter.drawPolygon(diamond(*centre, kReach));
        painter.setPen(QPen(m_colours.text, 2));
        painter.drawPolygon(diamond(*centre, kReach));
        const QRectF box = labelBox(mark);
        if (box.isEmpty())
            continue;
        QColor behind = m_colours.background;
        behind.setAlphaF(0.8F);
        painter.fillRect(box.adjusted(-2, 0, 2, 0), behind);
        painter.setFont(bold(smallFont()));
        painter.setPen(m_colours.text);
        painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, mark.label);
    }
}

} // namespace embedscope
