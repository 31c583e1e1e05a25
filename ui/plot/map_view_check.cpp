// SPDX-License-Identifier: GPL-3.0-or-later
// What the map keeps, tears and fakes of the neighbours of one row.
#include "ui/plot/map_view.h"

#include <QFontMetricsF>
#include <QPainter>

#include <array>

namespace embedscope {

namespace {

constexpr double kSample = 22; // length of a line in the legend
constexpr double kGap = 7;
constexpr double kMargin = 10;
constexpr double kRing = 6;
constexpr double kDot = 3.5;

QPen keptPen(const PlotColours& colours)
{
    return {colours.selection, 1.4};
}

QPen tornPen(const PlotColours& colours)
{
    return {colours.accent, 1.4, Qt::DashLine};
}

QPen fakedPen(const PlotColours& colours)
{
    return {colours.text, 1.6};
}

} // namespace

void MapView::setNeighbourCheck(std::optional<NeighbourCheck> check)
{
    m_check = std::move(check);
    viewChanged(Labels::KeepFirst);
}

bool MapView::showsCheck() const
{
    return m_check && selection().selected() == m_check->row;
}

void MapView::paintCheck(QPainter& painter) const
{
    const auto from = pixelOf(m_check->row);
    if (!from)
        return;
    for (const auto& [rows, pen] :
         {std::pair(&m_check->torn, tornPen(m_colours)), {&m_check->kept, keptPen(m_colours)}})
        for (const Index row : *rows)
            if (const auto to = pixelOf(row)) {
                painter.setPen(pen);
                painter.drawLine(*from, *to);
                painter.setPen(QPen(m_colours.background, 1));
                painter.setBrush(pen.color());
                painter.drawEllipse(*to, kDot, kDot);
            }
    painter.setPen(fakedPen(m_colours));
    painter.setBrush(Qt::NoBrush);
    for (const Index row : m_check->faked)
        if (const auto to = pixelOf(row))
            painter.drawEllipse(*to, kRing, kRing);
}

std::array<QString, 3> MapView::checkTexts() const
{
    return {tr("%Ln true neighbour(s) kept", nullptr, static_cast<int>(m_check->kept.size())),
            tr("%Ln torn away", nullptr, static_cast<int>(m_check->torn.size())),
            tr("%Ln near on the map only", nullptr, static_cast<int>(m_check->faked.size()))};
}

QRectF MapView::checkLegendBox() const
{
    if (!showsCheck())
        return {};
    const auto texts = checkTexts();
    const QFontMetricsF metrics(smallFont());
    double width = 2 * kMargin - 2 * kGap;
    for (const QString& text : texts)
        width += kSample + kGap + metrics.horizontalAdvance(text) + 2 * kGap;
    const QRectF area = m_viewport.area();
    const QRectF badge = badgeBox();
    const double height = metrics.height() + 8;
    const double bottom = badge.isEmpty() ? area.bottom() - kMargin : badge.top() - 6;
    QRectF box(area.left() + kMargin + 2, bottom - height, width, height);
    // Above the legend of the colours where the two do not fit side by side.
    if (const QRectF legend = legendBox(); legend.adjusted(-kGap, 0, 0, 0).intersects(box))
        box.moveBottom(legend.top() - 6);
    return box;
}

void MapView::paintCheckLegend(QPainter& painter) const
{
    const auto texts = checkTexts();
    const QRectF box = checkLegendBox();
    const QFontMetricsF metrics(smallFont());
    paintPill(painter, box, m_colours);
    painter.setFont(smallFont());
    double x = box.left() + kMargin;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const QPointF middle(x + kSample / 2, box.center().y());
        painter.setBrush(Qt::NoBrush);
        painter.setPen(i == 0 ? keptPen(m_colours) : i == 1 ? tornPen(m_colours) : fakedPen(m_colours));
        if (i < 2)
            painter.drawLine(middle - QPointF(kSample / 2, 0), middle + QPointF(kSample / 2, 0));
        else
            painter.drawEllipse(middle, kRing - 1, kRing - 1);
        x += kSample + kGap;
        const double wide = metrics.horizontalAdvance(texts[i]);
        painter.setPen(m_colours.mutedText);
        painter.drawText(QRectF(x, box.top(), wide + 4, box.height()), Qt::AlignLeft | Qt::AlignVCenter, texts[i]);
        x += wide + 2 * kGap;
    }
}

} // namespace embedscope
