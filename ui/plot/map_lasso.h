// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/selection.h"
#include "ui/plot/plot_style.h"

#include <QPolygonF>

#include <optional>

class QPainter;

namespace embedscope {

/// What dragging on the map does.
enum class MapTool { Move, Rectangle, Lasso };

/// The outline that is being drawn to choose rows. Shift adds to what is chosen, Ctrl or Alt takes away from it.
class MapLasso
{
public:
    [[nodiscard]] MapTool tool() const { return m_tool; }
    void setTool(MapTool tool);

    void begin(QPointF pixel);
    void moveTo(QPointF pixel);
    void cancel() { m_outline.clear(); }
    [[nodiscard]] bool active() const { return !m_outline.isEmpty(); }
    /// Ends the drawing: the outline, or nothing where it is hardly more than a click.
    [[nodiscard]] std::optional<QPolygonF> finish();

    void paint(QPainter& painter, const PlotColours& colours) const;

    static Selection::Combine combineFor(Qt::KeyboardModifiers modifiers);

private:
    MapTool m_tool = MapTool::Move;
    QPolygonF m_outline; // of a rectangle: its four corners
};

} // namespace embedscope
