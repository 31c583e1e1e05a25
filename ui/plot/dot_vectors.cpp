// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_vectors.h"

#include "ui/plot/plot_style.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace embedscope {

namespace {

struct Dot
{
    QPointF centre;
    float depth; // 0 for the nearest, 1 for the farthest
    Index row;
    bool dimmed;
};

std::size_t at(Index row)
{
    return static_cast<std::size_t>(row);
}

bool marked(std::span<const std::uint8_t> marks, Index row)
{
    return !marks.empty() && marks[at(row)] != 0;
}

QColor colourOf(const DotStyle& style, const Dot& dot)
{
    if (dot.dimmed)
        return QColor::fromRgb(style.dimColour);
    const std::size_t index = style.indexOfPoint.empty() ? 0 : style.indexOfPoint[at(dot.row)];
    const QColor colour = QColor::fromRgb(style.table[std::min(index, style.table.size() - 1)]);
    const double far = style.fade * static_cast<double>(dot.depth);
    return far > 0 ? blended(colour, QColor::fromRgb(style.farColour), far) : colour;
}

/// From back to front: what lies below is painted first.
std::vector<Dot> sortedDots(const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style,
                            const SolidView* view)
{
    std::vector<Dot> dots;
    for (Index row = coordinates.rows(); row-- > 0;) {
        const auto point = coordinates.row(row);
        const Eigen::Vector3f seen = view ? view->seen(point.transpose()) : Eigen::Vector3f(point[0], point[1], 0);
        if (marked(style.hidden, row) || !seen.allFinite())
            continue;
        const QPointF centre((static_cast<double>(seen[0]) - transform.originX) * transform.scaleX,
                             (static_cast<double>(seen[1]) - transform.originY) * transform.scaleY);
        const float depth = view ? std::clamp(0.5F - seen[2] / (2 * view->radius), 0.0F, 1.0F) : 0.0F;
        dots.push_back({centre, depth, row, marked(style.dimmed, row)});
    }
    std::ranges::stable_sort(
        dots, [](const Dot& a, const Dot& b) { return a.dimmed != b.dimmed ? a.dimmed : a.depth > b.depth; });
    return dots;
}

} // namespace

void paintDots(QPainter& painter, const ConstMatrixRef& coordinates, const PixelTransform& transform,
               const DotStyle& style, const SolidView* view)
{
    painter.setPen(Qt::NoPen);
    for (const Dot& dot : sortedDots(coordinates, transform, style, view)) {
        const DotShape shape =
            style.shapeOfPoint.empty() || style.shapes.empty()
                ? DotShape{}
                : style.shapes[std::min<std::size_t>(style.shapeOfPoint[at(dot.row)], style.shapes.size() - 1)];
        QColor colour = colourOf(style, dot);
        colour.setAlphaF(static_cast<float>(style.opacity) * shape.opacity);
        painter.setBrush(colour);
        const double shrunk = 1 - (dot.dimmed ? 0 : style.shrink * static_cast<double>(dot.depth));
        const double radius = style.diameter / 2 * static_cast<double>(shape.diameter) * (view ? shrunk : 1);
        painter.drawEllipse(dot.centre, radius, radius);
    }
}

} // namespace embedscope
