// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/dot_painter.h"

#include <QSize>

namespace embedscope {

/// Sums of floats in square cells, row by row, and a blur that is close to a Gaussian one.
struct DensityGrid
{
    int columns = 0;
    int rows = 0;
    std::vector<float> cells;

    void reset(int newColumns, int newRows);
    [[nodiscard]] float& at(int column, int row) { return cells[static_cast<std::size_t>(row * columns + column)]; }
    [[nodiscard]] float at(int column, int row) const
    {
        return cells[static_cast<std::size_t>(row * columns + column)];
    }
    /// Three box blurs of 5 cells: a standard deviation of 2.4 cells. Nothing lies beyond the border.
    void blur();
};

/// How dots crowd where there are too many to tell apart: a tint beneath them, on a logarithmic scale, and dots so
/// transparent that one sees where most of them are. Comes in slowly from kFewest dots in view on.
class DensityShade
{
public:
    static constexpr int kCell = 4; // pixels; the height of a band is a multiple of it
    static constexpr double kFewest = 30'000;
    static constexpr double kMany = 100'000; // from here on it is there in full

    void start(QSize image);
    /// Each dot is counted once, in the band in which its middle lies; bands may be counted at the same time.
    void count(const DotBand& band, std::span<const std::uint32_t> dots, const std::uint8_t* shapes,
               const DotLayer& layer);
    void finish();

    /// Of the shade, from 0 to 1.
    [[nodiscard]] double strength() const { return m_strength; }
    /// The opacity at which dots of `diameter` pixels neither vanish nor cover all where the typical dot lies.
    [[nodiscard]] double opacityOf(double diameter, double opacity) const;
    /// Fills the band with the tint; what it held is gone.
    void paint(const DotBand& band, QRgb colour) const;

private:
    DensityGrid m_grid;
    double m_strength = 0;
    double m_crowd = 0; // dots a pixel around the typical dot
    float m_most = 0;   // in a cell, smoothed
};

} // namespace embedscope
