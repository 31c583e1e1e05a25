// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_region.h"

#include <QRectF>

#include <algorithm>
#include <cmath>

namespace embedscope {

MapRegion::MapRegion(const QPolygonF& outline)
{
    const QRectF box = outline.boundingRect();
    m_left = box.left();
    m_right = box.right();
    m_top = std::floor(box.top());
    m_bottom = outline.size() < 3 ? m_top - 1 : box.bottom();
    if (m_bottom < m_top)
        return;
    std::vector<std::vector<Edge>> bands(static_cast<std::size_t>(m_bottom - m_top) + 1);
    for (qsizetype i = 0; i < outline.size(); ++i) {
        const QPointF from = outline[i], to = outline[(i + 1) % outline.size()];
        if (from.y() == to.y())
            continue;
        const bool down = from.y() < to.y();
        const QPointF upper = down ? from : to, lower = down ? to : from;
        const double slope = (lower.x() - upper.x()) / (lower.y() - upper.y());
        const auto last = static_cast<std::size_t>(lower.y() - m_top);
        for (auto band = static_cast<std::size_t>(upper.y() - m_top); band <= last; ++band)
            bands[band].push_back({upper.y(), lower.y(), upper.x(), slope, down ? 1 : -1});
    }
    for (const auto& band : bands) {
        m_starts.push_back(static_cast<std::uint32_t>(m_edges.size()));
        m_edges.insert(m_edges.end(), band.begin(), band.end());
    }
    m_starts.push_back(static_cast<std::uint32_t>(m_edges.size()));
}

bool MapRegion::contains(QPointF pixel) const
{
    const double x = pixel.x(), y = pixel.y();
    // Written so that a NaN is outside.
    if (!(x >= m_left && x <= m_right && y >= m_top && y <= m_bottom))
        return false;
    const auto band = static_cast<std::size_t>(y - m_top);
    int winding = 0;
    for (std::uint32_t i = m_starts[band]; i < m_starts[band + 1]; ++i) {
        const Edge& edge = m_edges[i];
        const bool passes = (y >= edge.top) & (y < edge.bottom) & (edge.x + (y - edge.top) * edge.slope > x);
        winding += passes ? edge.winding : 0;
    }
    return winding != 0;
}

} // namespace embedscope
