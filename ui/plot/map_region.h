// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/parallel.h"

#include <QPointF>
#include <QPolygonF>

#include <cstdint>
#include <vector>

namespace embedscope {

/// A closed outline drawn on the map. What it encloses is inside however often it crosses itself (non-zero winding
/// rule). Edges are sorted into bands of one pixel, so that a point is compared only with those that pass its height;
/// and pixels that no edge touches are known beforehand, so that most points are not compared at all.
class MapRegion
{
public:
    /// In pixels; the last point is joined with the first.
    explicit MapRegion(const QPolygonF& outline);

    [[nodiscard]] bool contains(QPointF pixel) const;

private:
    struct Edge
    {
        double top, bottom; // y
        double upperX, lowerX;
        double slope;
        int winding;

        [[nodiscard]] double xAt(double y) const { return upperX + (y - top) * slope; }
    };

    enum Pixel : std::uint8_t { Outside, Inside, Touched };

    void sortEdges(const QPolygonF& outline);
    void fillPixels();
    [[nodiscard]] bool enclosed(double x, double y, std::size_t band) const;

    double m_left = 0;
    double m_right = 0;
    double m_top = 0;
    double m_bottom = 0;       // below m_top where nothing is inside
    std::vector<Edge> m_edges; // band by band; an edge stands in each band it passes
    std::vector<std::uint32_t> m_starts;
    std::size_t m_width = 0;     // pixels of a band; 0 where the outline is too large to keep them
    std::vector<Pixel> m_pixels; // band by band
};

/// The rows of [0, rows) inside, ascending. `pixelOf(row)` is asked from several threads; a row whose pixel is not
/// finite is outside.
template <class PixelOf>
std::vector<Index> rowsInside(const MapRegion& region, Index rows, const PixelOf& pixelOf)
{
    constexpr Index kGrain = 32768;
    std::vector<std::vector<Index>> pieces(static_cast<std::size_t>(chunkCount(rows, kGrain)));
    parallelChunks(rows, kGrain, [&](Index chunk, Index begin, Index end) {
        std::vector<Index>& piece = pieces[static_cast<std::size_t>(chunk)];
        for (Index row = begin; row < end; ++row)
            if (region.contains(pixelOf(row)))
                piece.push_back(row);
    });
    std::vector<Index> inside;
    for (const auto& piece : pieces)
        inside.insert(inside.end(), piece.begin(), piece.end());
    return inside;
}

} // namespace embedscope
