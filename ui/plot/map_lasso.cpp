// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_lasso.h"

#include <QPainter>
#include <QRectF>

namespace embedscope {

namespace {
constexpr double kSmallestMove = 2; // pixels: closer points tell nothing of the outline
constexpr double kSmallestSide = 4; // pixels: what is smaller was a click
} // namespace

void MapLasso::setTool(MapTool tool)
{
    cancel();
    m_tool = tool;
}

void MapLasso::begin(QPointF pixel)
{
    m_outline = m_tool == MapTool::Rectangle ? QPolygonF(4, pixel) : QPolygonF({pixel});
}

void MapLasso::moveTo(QPointF pixel)
{
    if (m_tool == MapTool::Rectangle) {
        const QPointF corner = m_outline.first();
        m_outline = {corner, {pixel.x(), corner.y()}, pixel, {corner.x(), pixel.y()}};
    } else if ((pixel - m_outline.last()).manhattanLength() >= kSmallestMove)
        m_outline.append(pixel);
}

std::optional<QPolygonF> MapLasso::finish()
{
    QPolygonF outline;
    outline.swap(m_outline);
    const QRectF box = outline.boundingRect();
    const bool clicked = box.width() < kSmallestSide && box.height() < kSmallestSide;
    return clicked ? std::nullopt : std::optional(outline);
}

void MapLasso::paint(QPainter& painter, const PlotColours& colours) const
{
    if (!active())
        return;
    QColor fill = colours.accent;
    fill.setAlphaF(0.10F);
    painter.save();
    painter.setPen(QPen(colours.accent, 1.2, Qt::DashLine));
    painter.setBrush(fill);
    painter.drawPolygon(m_outline, Qt::WindingFill);
    painter.restore();
}

Selection::Combine MapLasso::combineFor(Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ShiftModifier)
        return Selection::Combine::Add;
    return modifiers & (Qt::ControlModifier | Qt::AltModifier) ? Selection::Combine::Remove
                                                               : Selection::Combine::Replace;
}

} // namespace embedscope
