// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/plot_style.h"

#include <QFont>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

class QPainter;

namespace embedscope {

/// What the colours of a map mean: a gradient from `low` to `high`, or one name a colour.
struct MapLegend
{
    QString title; // such as "norm (L2)"
    double low = 0;
    double high = 0;
    std::vector<QString> names;            // empty for a gradient
    std::size_t colours = 0;               // names beyond share them and are only counted; 0 for one colour a name
    std::vector<std::uint8_t> hidden = {}; // one a name, not 0 where its rows are hidden; empty for none

    [[nodiscard]] bool isEmpty() const { return title.isEmpty() && names.empty(); }
};

/// Rounded, with a thin frame; the text is cut in the middle where it is too long. One look for badge and legend.
void paintPill(QPainter& painter, const QRectF& box, const PlotColours& colours);

/// Size of the legend in logical pixels; not wider than `widest`. Names that do not fit into three lines are counted.
QSizeF legendSize(const MapLegend& legend, const QFont& font, double widest);
void paintLegend(QPainter& painter, const QRectF& box, const MapLegend& legend, const std::vector<QColor>& table,
                 const PlotColours& colours, const QFont& font);
/// Which name is at `pixel`, for a legend painted into `box`.
std::optional<std::size_t> legendNameAt(const MapLegend& legend, const QFont& font, const QRectF& box, QPointF pixel);

} // namespace embedscope
