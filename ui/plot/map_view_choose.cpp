// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing many rows on the map, and how they are shown.
#include "ui/plot/map_region.h"
#include "ui/plot/map_view.h"

#include <QPainter>

#include <limits>

namespace embedscope {

namespace {

/// More of them hide each other; that the others are dimmed says enough then.
constexpr std::size_t kMostRings = 400;
constexpr double kRingRadius = 5.5;

constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();

} // namespace

void MapView::setTool(MapTool tool)
{
    if (tool == m_lasso.tool())
        return;
    m_lasso.setTool(tool);
    setCursor(restingCursor());
    refreshOverlay();
    Q_EMIT toolChanged(tool);
}

Qt::CursorShape MapView::restingCursor() const
{
    return m_lasso.tool() == MapTool::Move ? Qt::ArrowCursor : Qt::CrossCursor;
}

std::vector<Index> MapView::rowsIn(const QPolygonF& outline) const
{
    if (isEmpty())
        return {};
    const MapRegion region(outline);
    return rowsInside(region, coordinates()->rows(),
                      [this](Index row) { return pixelOf(row).value_or(QPointF(kNowhere, kNowhere)); });
}

void MapView::finishLasso(Qt::KeyboardModifiers modifiers)
{
    const auto outline = m_lasso.finish();
    if (outline && m_dragging)
        selection().changeRows(rowsIn(*outline), MapLasso::combineFor(modifiers));
    refreshOverlay();
}

/// What Escape ends: a drawing, then the chosen rows, then the selected word.
bool MapView::escape()
{
    if (m_lasso.active()) {
        m_lasso.cancel();
        m_pressedAt.reset();
    } else if (selection().hasRows())
        selection().clearRows();
    else if (selection().selected())
        selection().clear();
    else
        return false;
    refreshOverlay();
    return true;
}

/// Selected rows keep their colours, the others step back; nothing steps back where nothing is selected.
MapView::Marks MapView::unchosenMarks() const
{
    if (!selection().hasRows() || !coordinates())
        return nullptr;
    auto marks = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(coordinates()->rows()), 1);
    for (const Index row : selection().rows())
        if (row < coordinates()->rows())
            (*marks)[static_cast<std::size_t>(row)] = 0;
    return marks;
}

void MapView::showRows()
{
    describe();
    setDimmed(unchosenMarks());
}

void MapView::paintRows(QPainter& painter) const
{
    if (selection().rows().size() > kMostRings)
        return;
    painter.setPen(QPen(m_colours.text, 1.2));
    painter.setBrush(Qt::NoBrush);
    for (const Index row : selection().rows())
        if (const auto pixel = pixelOf(row))
            painter.drawEllipse(*pixel, kRingRadius, kRingRadius);
}

} // namespace embedscope
