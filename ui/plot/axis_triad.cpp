// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/axis_triad.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace embedscope {

namespace {

constexpr double kLength = 30; // of an axis that lies in the view, in logical pixels
constexpr double kGap = 4;
constexpr double kWidestTitle = 40;

QString shortTitle(const QString& title, int axis)
{
    const qsizetype bracket = title.indexOf(QStringLiteral(" ("));
    return title.isEmpty() ? QString(QLatin1Char("xyz"[axis])) : title.left(bracket);
}

} // namespace

QSizeF axisTriadSize(const QFont& font)
{
    return {2 * (kLength + kGap + kWidestTitle), 2 * (kLength + kGap + QFontMetricsF(font).height())};
}

void paintAxisTriad(QPainter& painter, const QRectF& box, const Eigen::Matrix3f& axes,
                    const std::array<QString, 3>& titles, const PlotColours& colours, const QFont& font)
{
    std::array<int, 3> order{0, 1, 2}; // the one that points to the eye is painted last
    std::ranges::sort(order, {}, [&](int axis) { return axes(2, axis); });
    painter.setFont(font);
    for (const int axis : order) {
        const QPointF direction(static_cast<double>(axes(0, axis)), -static_cast<double>(axes(1, axis)));
        const double farness = (1 - static_cast<double>(axes(2, axis))) / 2;
        const QColor colour = blended(colours.mutedText, colours.background, 0.6 * farness);
        const QPointF end = box.center() + direction * kLength;
        painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(box.center(), end);
        const QString text = shortTitle(titles[static_cast<std::size_t>(axis)], axis);
        const QFontMetricsF metrics(font);
        const QSizeF size(metrics.horizontalAdvance(text), metrics.height());
        const QPointF middle =
            end + QPointF(direction.x() * (size.width() / 2 + kGap), direction.y() * (size.height() / 2 + kGap));
        painter.drawText(QRectF(middle - QPointF(size.width(), size.height()) / 2, size).adjusted(-2, 0, 2, 0),
                         Qt::AlignCenter, text);
    }
}

} // namespace embedscope
