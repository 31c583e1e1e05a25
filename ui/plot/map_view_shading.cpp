// SPDX-License-Identifier: GPL-3.0-or-later
// What helps where single dots cannot be told apart: density and clusters; and shapes of dots by a column.
#include "ui/plot/dot_shapes.h"
#include "ui/plot/map_view.h"
#include "ui/plot/point_cloud.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace embedscope {

namespace {

constexpr double kClosestForNames = 2.5; // times the fitted scale: closer, words tell more
constexpr int kOutlinesAfter = 200;      // ms that a live map has to rest

} // namespace

void MapView::setDensity(bool on)
{
    m_cloud->setDensity(on);
    viewChanged(Labels::KeepFirst);
}

void MapView::setSizes(std::shared_ptr<const std::vector<float>> values)
{
    m_sizes = std::move(values);
    applyShapes();
}

void MapView::setOpacities(std::shared_ptr<const std::vector<float>> values)
{
    m_opacities = std::move(values);
    applyShapes();
}

void MapView::applyShapes()
{
    DotShapes shapes;
    if (!m_sizes || !m_opacities || m_sizes->size() == m_opacities->size())
        shapes = dotShapes(m_sizes.get(), m_opacities.get());
    m_cloud->setShapes(std::move(shapes.shapeOfPoint), std::move(shapes.shapes));
    viewChanged(Labels::KeepFirst);
}

void MapView::setClusters(std::shared_ptr<const std::vector<std::int32_t>> clusterOfPoint, std::vector<QString> names)
{
    m_clusterOf = std::move(clusterOfPoint);
    m_clusterNames = std::move(names);
    findOutlines();
}

void MapView::findOutlines()
{
    m_outlines.clear();
    if (m_clusterOf && coordinates())
        m_outlines = clusterOutlines(*coordinates(), *m_clusterOf);
    viewChanged(Labels::ByImportance);
}

/// While points move there is nothing to go around.
void MapView::forgetOutlines()
{
    m_outlines.clear();
    if (m_clusterOf)
        m_outlineTimer.start(kOutlinesAfter);
}

std::vector<MapView::ClusterName> MapView::clusterNames() const
{
    std::vector<ClusterName> names;
    if (m_viewport.magnification() >= kClosestForNames)
        return names;
    QFont bold = smallFont();
    bold.setBold(true);
    const QFontMetricsF metrics(bold);
    for (const ClusterOutline& outline : m_outlines) {
        const auto cluster = static_cast<std::size_t>(outline.cluster);
        if (cluster >= m_clusterNames.size() || m_clusterNames[cluster].isEmpty())
            continue;
        const Eigen::Vector3f seen = isSolid() ? m_camera.view().seen(outline.middle) : outline.middle;
        const QSizeF size(metrics.horizontalAdvance(m_clusterNames[cluster]), metrics.height());
        const QPointF middle = m_viewport.toPixel({seen[0], seen[1]});
        const QRectF box(middle - QPointF(size.width(), size.height()) / 2, size);
        const auto covers = [&](const ClusterName& other) { return other.box.intersects(box); };
        if (m_viewport.area().contains(box) && std::ranges::none_of(names, covers))
            names.push_back({box, m_clusterNames[cluster]});
    }
    return names;
}

void MapView::paintClusters(QPainter& painter) const
{
    QColor line = m_colours.text;
    line.setAlphaF(0.4F);
    painter.setPen(QPen(line, 1.1));
    std::vector<QLineF> lines;
    for (const ClusterOutline& outline : m_outlines)
        for (const QLineF& part : outline.lines)
            lines.emplace_back(m_viewport.toPixel(part.p1()), m_viewport.toPixel(part.p2()));
    painter.drawLines(lines.data(), static_cast<int>(lines.size()));
    for (const ClusterName& name : clusterNames())
        m_labelImages.paintBold(painter, name.box, name.text, m_colours.text);
}

} // namespace embedscope
