// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/dot_layers.h"

#include <array>

namespace embedscope {

constexpr int kBandShift = 6;
constexpr int kBandHeight = 1 << kBandShift;

/// A dot in its band: colour, row and column of its upper left corner, the latter two moved by kLargestSide, so that
/// they are never negative.
struct PackedDot
{
    static constexpr int kMove = 64; // pixels; more than any dot is wide

    static std::uint32_t pack(std::uint32_t colour, int row, int column)
    {
        return colour << 24 | static_cast<std::uint32_t>(row + kMove) << 16 |
               static_cast<std::uint32_t>(column + kMove);
    }
    static std::uint32_t colour(std::uint32_t dot) { return dot >> 24; }
    static int row(std::uint32_t dot) { return static_cast<int>(dot >> 16 & 0xffU) - kMove; }
    static int column(std::uint32_t dot) { return static_cast<int>(dot & 0xffffU) - kMove; }
};

/// Turns points into dots, and sorts those of a chunk by band and layer: a key is band * layers + layer.
class DotSorter
{
public:
    static constexpr Index kChunk = 8192;                // points
    static constexpr std::size_t kMostDots = 2 * kChunk; // a dot lies in two bands at most

    DotSorter(const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style,
              const SolidView* view, QSize size, std::span<const DotLayer> layers);

    [[nodiscard]] std::size_t keys() const;
    /// Writes the dots of rows [begin, end) to `dots`, their shapes to `shapes` unless it is null, and to `starts`
    /// where the dots of each key start and where the last of them end.
    void sort(Index begin, Index end, std::uint32_t* dots, std::uint8_t* shapes, std::span<std::uint32_t> starts) const;

private:
    /// Where the points of a chunk are: half pixels, and the layer.
    struct Places
    {
        std::array<std::uint32_t, kChunk> points;
        std::array<std::uint8_t, kChunk> layers;
    };

    void locate(Index begin, Index end, Places& places) const;
    template <bool kSolid>
    void project(Index begin, Index end, Places& places) const;
    void leaveOut(Index begin, Index end, Places& places) const;
    template <class Visit>
    void forEachDot(Index begin, Index end, const Places& places, Visit&& visit) const;
    [[nodiscard]] std::size_t shapeOf(Index row) const;
    [[nodiscard]] std::uint32_t colourOf(Index row) const;

    const ConstMatrixRef& m_coordinates;
    const DotStyle& m_style;
    SolidView m_view;
    bool m_solid;
    std::size_t m_layers;
    std::size_t m_shapes;
    std::vector<int> m_sides; // layer by layer, one a shape
    int m_height;
    std::uint8_t m_firstLayer; // above the dimmed points
    float m_originX, m_originY, m_scaleX, m_scaleY;
    float m_endX, m_endY;
};

} // namespace embedscope
