// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_view.h"

#include "ui/plot/axis_triad.h"
#include "ui/plot/point_cloud.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QSet>

#include <algorithm>

namespace embedscope {

namespace {

constexpr std::size_t kMostCandidates = 1500;
constexpr double kAreaOfLabel = 8000; // square pixels of map for each label of the whole map
constexpr double kCornerMargin = 12;
constexpr double kBadgeMargins = 20; // left and right together
const QString kBetweenFacts = QStringLiteral(" · ");

void paintDot(QPainter& painter, QPointF centre, double radius, const QColor& fill, const QColor& rim)
{
    painter.setPen(QPen(rim, 1.5));
    painter.setBrush(fill);
    painter.drawEllipse(centre, radius, radius);
}

QSizeF boldSize(const QFont& font, const QString& text)
{
    QFont bold = font;
    bold.setBold(true);
    const QFontMetricsF metrics(bold);
    return {metrics.horizontalAdvance(text), metrics.height()};
}

} // namespace

std::vector<LabelCandidate> MapView::labelCandidates() const
{
    const std::optional<Index> selected = selection().selected();
    QHash<Index, QPointF> kept;
    for (const PlacedLabel& label : m_labels)
        kept.insert(label.row, label.box.topLeft() - label.anchor);
    std::vector<LabelCandidate> candidates;
    QSet<Index> taken;
    const auto add = [&](Index row) {
        if (candidates.size() >= kMostCandidates || taken.contains(row))
            return;
        const auto pixel = pixelOf(row);
        if (!pixel || !m_viewport.area().contains(*pixel))
            return;
        taken.insert(row);
        const auto offset = kept.constFind(row);
        candidates.push_back(
            {row, *pixel, offset == kept.constEnd() ? std::nullopt : std::optional(*offset), row == selected});
    };
    const auto addByImportance = [&](Index row) {
        if (wantsLabel(row))
            add(row);
    };
    if (selected)
        add(*selected);
    if (selected && selected == m_neighboursOf)
        std::ranges::for_each(m_neighbours, add);
    if (showsCheck())
        for (const auto* rows : {&m_check->kept, &m_check->torn, &m_check->faked})
            std::ranges::for_each(*rows, add);
    if (m_labelsWanted == Labels::KeepFirst)
        for (const PlacedLabel& label : m_labels)
            addByImportance(label.row);
    const Index rows = m_labelOrder ? static_cast<Index>(m_labelOrder->size()) : coordinates()->rows();
    for (Index i = 0; i < rows && candidates.size() < kMostCandidates; ++i)
        addByImportance(m_labelOrder ? (*m_labelOrder)[static_cast<std::size_t>(i)] : i);
    return candidates;
}

void MapView::layOutLabels()
{
    const QRectF area = m_viewport.area();
    LabelLayout layout;
    layout.area = area;
    layout.dotGap = m_cloud->dotDiameter() / 2 + 3;
    const double closer = std::clamp(m_viewport.magnification(), 1.0, 2.0);
    layout.limit = static_cast<std::size_t>(std::max(4.0, area.width() * area.height() / kAreaOfLabel * closer));
    for (const QRectF& box : {badgeBox(), legendBox(), checkLegendBox(), triadBox()})
        if (!box.isEmpty())
            layout.obstacles.push_back(box);
    for (const MapMark& mark : m_marks)
        if (const QRectF box = labelBox(mark); !box.isEmpty())
            layout.obstacles.push_back(box);
    for (const ClusterName& name : clusterNames())
        layout.obstacles.push_back(name.box);
    const auto selected = selection().selected();
    m_labels = placeLabels(labelCandidates(), layout, [&](Index row) {
        return row == selected ? boldSize(smallFont(), tokenOf(row)) : m_labelImages.sizeOf(row, tokenOf(row));
    });
    m_labelsWanted = Labels::Settled;
}

/// Facts that have no room in one line go on in the next: whether a map is exact must not be cut off.
QStringList MapView::badgeLines() const
{
    const QFontMetricsF metrics(smallFont());
    const double widest = m_viewport.area().width() - 2 * kCornerMargin - kBadgeMargins;
    QStringList lines;
    for (const QString& fact : m_picture.badge.split(kBetweenFacts)) {
        const QString longer = lines.isEmpty() ? fact : lines.last() + kBetweenFacts + fact;
        if (lines.isEmpty() || metrics.horizontalAdvance(longer) > widest)
            lines.append(fact);
        else
            lines.last() = longer;
    }
    return lines;
}

QRectF MapView::badgeBox() const
{
    if (m_picture.badge.isEmpty())
        return {};
    const QFontMetricsF metrics(smallFont());
    const QRectF area = m_viewport.area();
    const QStringList lines = badgeLines();
    double width = 0;
    for (const QString& line : lines)
        width = std::max(width, metrics.horizontalAdvance(line) + kBadgeMargins);
    width = std::min(width, area.width() - 2 * kCornerMargin);
    const double height = metrics.height() * static_cast<double>(lines.size()) + 8;
    return {area.left() + kCornerMargin, area.bottom() - kCornerMargin - height, width, height};
}

QRectF MapView::legendBox() const
{
    if (m_legend.isEmpty())
        return {};
    const QRectF area = m_viewport.area();
    const QSizeF size = legendSize(m_legend, smallFont(), area.width() - 2 * kCornerMargin);
    QRectF box(area.right() - kCornerMargin - size.width(), area.bottom() - kCornerMargin - size.height(), size.width(),
               size.height());
    // Above the badge where the two do not fit side by side.
    if (const QRectF badge = badgeBox(); badge.right() + kCornerMargin > box.left())
        box.moveBottom(badge.isEmpty() ? box.bottom() : badge.top() - 6);
    return box;
}

QRectF MapView::triadBox() const
{
    if (!isSolid())
        return {};
    const QRectF area = m_viewport.area();
    const QRectF badge = badgeBox();
    const QSizeF size = axisTriadSize(smallFont());
    double bottom = badge.isEmpty() ? area.bottom() - kCornerMargin : badge.top() - kCornerMargin / 2;
    if (const QRectF legend = legendBox();
        !legend.isEmpty() && legend.left() < area.left() + kCornerMargin + size.width())
        bottom = std::min(bottom, legend.top() - kCornerMargin / 2);
    if (const QRectF check = checkLegendBox(); !check.isEmpty())
        bottom = std::min(bottom, check.top() - kCornerMargin / 2);
    return {area.left() + kCornerMargin, bottom - size.height(), size.width(), size.height()};
}

void MapView::paintOverlay(QPainter& painter)
{
    if (isEmpty()) {
        const bool nothingFinite = coordinates() && coordinates()->rows() > 0;
        paintEmptyText(painter, nothingFinite ? tr("No row of this map has finite coordinates.") : m_emptyText);
        return;
    }
    if (m_labelsWanted != Labels::Settled)
        layOutLabels();
    painter.save();
    painter.setClipRect(m_viewport.area());
    paintClusters(painter);
    paintRows(painter);
    paintNeighbours(painter);
    paintLabels(painter);
    paintMarks(painter);
    if (!m_exporting)
        m_lasso.paint(painter, m_colours);
    painter.restore();
    paintCorners(painter);
    if (hasFocus() && !m_exporting) {
        painter.setPen(QPen(m_colours.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void MapView::paintNeighbours(QPainter& painter) const
{
    if (showsCheck())
        return paintCheck(painter);
    const auto from = m_neighboursOf ? pixelOf(*m_neighboursOf) : std::nullopt;
    if (!from || selection().selected() != m_neighboursOf)
        return;
    std::vector<QPointF> ends;
    for (const Index row : m_neighbours)
        if (const auto to = pixelOf(row))
            ends.push_back(*to);
    QColor line = m_colours.selection;
    line.setAlphaF(0.75F);
    painter.setPen(QPen(line, 1.2));
    for (const QPointF& end : ends)
        painter.drawLine(*from, end);
    for (const QPointF& end : ends)
        paintDot(painter, end, 4, m_colours.selection, m_colours.background);
}

void MapView::paintLabels(QPainter& painter)
{
    const auto selected = selection().selected();
    const QRectF hovered = hoveredBox();
    for (const PlacedLabel& label : m_labels)
        if (label.row != selected && !hovered.intersects(label.box))
            m_labelImages.paint(painter, label.box, label.row, tokenOf(label.row));
    paintSelected(painter);
    if (!hovered.isNull())
        paintHovered(painter, hovered);
}

void MapView::paintSelected(QPainter& painter)
{
    const auto selected = selection().selected();
    const auto centre = selected ? pixelOf(*selected) : std::nullopt;
    if (!centre)
        return;
    paintDot(painter, *centre, 6, m_colours.selection, m_colours.background);
    const auto label = std::ranges::find(m_labels, *selected, &PlacedLabel::row);
    if (label != m_labels.end())
        m_labelImages.paintBold(painter, label->box, tokenOf(*selected), m_colours.text);
}

QRectF MapView::hoveredBox()
{
    const auto hovered = selection().hovered();
    const auto centre = hovered && hovered != selection().selected() && !m_exporting ? pixelOf(*hovered) : std::nullopt;
    if (!centre)
        return {};
    // Where its label stands already, so that it does not jump under the cursor.
    const auto label = std::ranges::find(m_labels, *hovered, &PlacedLabel::row);
    if (label != m_labels.end())
        return label->box;
    const QSizeF size = m_labelImages.sizeOf(*hovered, tokenOf(*hovered));
    const double gap = m_cloud->dotDiameter() / 2 + 4;
    const bool fits = centre->x() + gap + size.width() <= m_viewport.area().right();
    return {QPointF(fits ? centre->x() + gap : centre->x() - gap - size.width(), centre->y() - size.height() / 2),
            size};
}

void MapView::paintHovered(QPainter& painter, const QRectF& box)
{
    const Index row = *selection().hovered();
    painter.setPen(QPen(m_colours.text, 1.5));
    painter.setBrush(Qt::NoBrush);
    const double radius = m_cloud->dotDiameter() / 2 + 2;
    painter.drawEllipse(*pixelOf(row), radius, radius);
    m_labelImages.paint(painter, box, row, tokenOf(row));
}

void MapView::paintCorners(QPainter& painter) const
{
    if (showsCheck())
        paintCheckLegend(painter);
    if (const QRectF box = badgeBox(); !box.isEmpty()) {
        paintPill(painter, box, m_colours);
        painter.setFont(smallFont());
        painter.setPen(m_colours.mutedText);
        const QFontMetricsF metrics(smallFont());
        QRectF line(box.left() + kBadgeMargins / 2, box.top() + 4, box.width() - kBadgeMargins / 2, metrics.height());
        for (const QString& text : badgeLines()) {
            painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                             metrics.elidedText(text, Qt::ElideRight, box.width() - kBadgeMargins + 2));
            line.translate(0, metrics.height());
        }
    }
    if (const QRectF box = legendBox(); !box.isEmpty())
        paintLegend(painter, box, m_legend, m_table, m_colours, smallFont());
    if (const QRectF box = triadBox(); !box.isEmpty())
        paintAxisTriad(painter, box, m_camera.view().axes, {m_picture.xTitle, m_picture.yTitle, m_picture.zTitle},
                       m_colours, smallFont());
}

} // namespace embedscope
