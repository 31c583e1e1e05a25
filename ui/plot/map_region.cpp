// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_region.h"

#include <QRectF>

#include <algorithm>
#include <cmath>
#include <span>

namespace embedscope {

namespace {
constexpr double kMostPixels = 1 << 24;
} // namespace

MapRegion::MapRegion(const QPolygonF& outline)
{
    const QRectF box = outline.boundingRect();
    m_left = std::floor(box.left());
    m_right = box.right();
    m_top = std::floor(box.top());
    m_bottom = outline.size() < 3 ? m_top - 1 : box.bottom();
    if (m_bottom < m_top)
        return;
    sortEdges(outline);
    if ((m_right - m_left + 1) * (m_bottom - m_top + 1) <= kMostPixels)
        fillPixels();
}

void MapRegion::sortEdges(const QPolygonF& outline)
{
    std::vector<std::vector<Edge>> bands(static_cast<std::size_t>(m_bottom - m_top) + 1);
    for (qsizetype i = 0; i < outline.size(); ++i) {
        const QPointF from = outline[i], to = outline[(i + 1) % outline.size()];
        const bool down = from.y() < to.y();
        const QPointF upper = down ? from : to, lower = down ? to : from;
        const double height = lower.y() - upper.y();
        const double slope = height > 0 ? (lower.x() - upper.x()) / height : 0;
        const auto last = static_cast<std::size_t>(lower.y() - m_top);
        for (auto band = static_cast<std::size_t>(upper.y() - m_top); band <= last; ++band)
            bands[band].push_back({upper.y(), lower.y(), upper.x(), lower.x(), slope, down ? 1 : -1});
    }
    for (const auto& band : bands) {
        m_starts.push_back(static_cast<std::uint32_t>(m_edges.size()));
        m_edges.insert(m_edges.end(), band.begin(), band.end());
    }
    m_starts.push_back(static_cast<std::uint32_t>(m_edges.size()));
}

void MapRegion::fillPixels()
{
    m_width = static_cast<std::size_t>(m_right - m_left) + 1;
    m_pixels.assign(m_width * (m_starts.size() - 1), Outside);
    for (std::size_t band = 0; band + 1 < m_starts.size(); ++band) {
        const std::span<Pixel> row(m_pixels.data() + band * m_width, m_width);
        const double top = m_top + static_cast<double>(band);
        for (std::uint32_t i = m_starts[band]; i < m_starts[band + 1]; ++i) {
            const Edge& edge = m_edges[i];
            const double first = edge.top < top ? edge.xAt(top) : edge.upperX;
            const double last = edge.bottom > top + 1 ? edge.xAt(top + 1) : edge.lowerX;
            // One pixel more on each side, for what is lost in rounding.
            const auto from = static_cast<std::size_t>(std::max(0.0, std::min(first, last) - m_left - 1));
            const auto to = static_cast<std::size_t>(std::max(first, last) - m_left + 1);
            std::fill(row.begin() + static_cast<std::ptrdiff_t>(from),
                      row.begin() + static_cast<std::ptrdiff_t>(std::min(to + 1, m_width)), Touched);
        }
        // Between two edges it is the same everywhere.
        for (std::size_t x = 0; x < m_width; ++x)
            if (row[x] != Touched)
                row[x] = x > 0 && row[x - 1] != Touched                                     ? row[x - 1]
                         : enclosed(m_left + static_cast<double>(x) + 0.5, top + 0.5, band) ? Inside
                                                                                            : Outside;
    }
}

bool MapRegion::contains(QPointF pixel) const
{
    const double x = pixel.x(), y = pixel.y();
    // Written so that a NaN is outside.
    if (!(x >= m_left && x <= m_right && y >= m_top && y <= m_bottom))
        return false;
    const auto band = static_cast<std::size_t>(y - m_top);
    const Pixel known = m_width > 0 ? m_pixels[band * m_width + static_cast<std::size_t>(x - m_left)] : Touched;
    return known == Touched ? enclosed(x, y, band) : known == Inside;
}

bool MapRegion::enclosed(double x, double y, std::size_t band) const
{
    int winding = 0;
    for (std::uint32_t i = m_starts[band]; i < m_starts[band + 1]; ++i) {
        const Edge& edge = m_edges[i];
        const bool passes = y >= edge.top && y < edge.bottom && edge.xAt(y) > x;
        winding += passes ? edge.winding : 0;
    }
    return winding != 0;
}

} // namespace embedscope
