// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/dot_layers.h"

#include <array>

namespace embedscope {

constexpr int kBandShift = 6;
constexpr int kBandHeight = 1 << kBandShift;

/// A dot in its band, in 32 bits: colour, whether it goes on in the next band, row and column of its upper left corner.
/// The latter two are moved by kMove, so that they are never negative.
struct PackedDot
{
    static constexpr int kMove = 64;        // pixels; more than any dot is wide
    static constexpr int kRowShift = 16;    // below it the column
    static constexpr int kGoesOn = 1 << 23; // above 7 bits of row
    static constexpr int kColourShift = 24;

    static std::uint32_t colour(std::uint32_t dot) { return dot >> kColourShift; }
    static int row(std::uint32_t dot) { return static_cast<int>(dot >> kRowShift & 0x7fU) - kMove; }
    static int column(std::uint32_t dot) { return static_cast<int>(dot & 0xffffU) - kMove; }
    static bool goesOn(std::uint32_t dot) { return (dot & kGoesOn) != 0; }
    /// What is left of it for the next band.
    static std::uint32_t rest(std::uint32_t dot) { return dot - kGoesOn - (kBandHeight << kRowShift); }
};

/// Turns points into dots, and sorts those of a chunk by band and layer: the key is band * layers + layer.
class DotSorter
{
public:
    static constexpr Index kChunk = 32768;               // points
    static constexpr std::size_t kMostDots = 2 * kChunk; // a dot lies in two bands at most

    DotSorter(const ConstMatrixRef& coordinates, const PixelTransform& transform, const DotStyle& style,
              const SolidView* view, QSize size, std::span<const DotLayer> layers);

    [[nodiscard]] std::size_t keys() const;
    /// Writes the dots of rows [begin, end) to `dots`, their shapes to `shapes` unless it is null, and to `starts`
    /// (keys() + 1 of them) where the dots of each key start and where the last of them end.
    void sort(Index begin, Index end, std::uint32_t* dots, std::uint8_t* shapes, std::span<std::uint32_t> starts) const;

private:
    static constexpr Index kBlock = 2048; // points, whose places fit into the first cache

    /// Each array is filled by a plain loop that the compiler makes vector instructions of.
    struct Places
    {
        std::array<int, kBlock> x; // half pixels, because an even side has its middle between two pixels
        std::array<int, kBlock> y;
        std::array<int, kBlock> layers;
        std::array<int, kBlock> sides;
    };

    /// The dots of a chunk, before they are sorted.
    struct Dots
    {
        std::array<std::uint16_t, kChunk> keys; // keys() for what is not seen
        std::array<std::uint32_t, kChunk> dots;
    };

    void fill(Index begin, Index end, Dots& dots) const;
    void locate(Index begin, std::size_t count, Places& places) const;
    template <bool kSolid, int kStride>
    void project(Index begin, std::size_t count, Places& places) const;
    void measure(Index begin, std::size_t count, Places& places) const;
    void pack(const Places& places, std::span<std::uint16_t> keys, std::uint32_t* dots) const;
    void colour(Index begin, std::span<std::uint32_t> dots) const;
    void leaveOut(Index begin, std::size_t count, Places& places) const;
    [[nodiscard]] std::size_t shapeOf(Index row) const;

    const ConstMatrixRef& m_coordinates;
    const DotStyle& m_style;
    SolidView m_view;
    bool m_solid;
    int m_layers;
    std::size_t m_shapes;
    std::vector<int> m_sides; // layer by layer, one a shape
    int m_width, m_height;
    int m_firstLayer; // above the dimmed points
    float m_originX, m_originY, m_scaleX, m_scaleY;
};

} // namespace embedscope
