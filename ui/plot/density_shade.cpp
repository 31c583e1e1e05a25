// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/density_shade.h"

#include "ui/plot/dot_sorter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace embedscope {

namespace {

constexpr double kMostTint = 0.5; // opacity where most dots are
constexpr double kCovered = 0.85; // by the dots around the typical one
constexpr double kFaintest = 0.02;
constexpr int kBlurReach = 2;
constexpr int kBlurs = 3;

/// One line of the grid, `step` floats from cell to cell.
void blurLine(float* line, int count, int step, std::vector<float>& padded)
{
    constexpr int kWidth = 2 * kBlurReach + 1;
    padded.assign(static_cast<std::size_t>(count + 2 * kBlurReach), 0.0F);
    for (int i = 0; i < count; ++i)
        padded[static_cast<std::size_t>(i + kBlurReach)] = line[i * step];
    for (int i = 0; i < count; ++i) {
        const float* window = padded.data() + i;
        line[i * step] = (window[0] + window[1] + window[2] + window[3] + window[4]) / kWidth;
    }
}

} // namespace

void DensityGrid::reset(int newColumns, int newRows)
{
    columns = newColumns;
    rows = newRows;
    cells.assign(static_cast<std::size_t>(columns * rows), 0.0F);
}

void DensityGrid::blur()
{
    std::vector<float> padded;
    for (int pass = 0; pass < kBlurs; ++pass) {
        for (int row = 0; row < rows; ++row)
            blurLine(cells.data() + row * columns, columns, 1, padded);
        for (int column = 0; column < columns; ++column)
            blurLine(cells.data() + column, rows, columns, padded);
    }
}

void DensityShade::start(QSize image)
{
    m_grid.reset((image.width() + kCell - 1) / kCell, (image.height() + kCell - 1) / kCell);
}

void DensityShade::count(const DotBand& band, std::span<const std::uint32_t> dots, const std::uint8_t* shapes,
                         const DotLayer& layer)
{
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const int half = layer.masks[shapes ? shapes[i] : 0].side / 2;
        const int x = PackedDot::column(dots[i]) + half, y = band.top + PackedDot::row(dots[i]) + half;
        if (x >= 0 && x < band.width && y >= band.top && y < band.bottom)
            m_grid.at(x / kCell, y / kCell) += 1; // exact up to 2^24
    }
}

void DensityShade::finish()
{
    double sum = 0, crowd = 0;
    for (const float cell : m_grid.cells) {
        sum += static_cast<double>(cell);
        crowd += static_cast<double>(cell) * static_cast<double>(cell);
    }
    m_strength = std::clamp((sum - kFewest) / (kMany - kFewest), 0.0, 1.0);
    m_crowd = sum > 0 ? crowd / sum / (kCell * kCell) : 0;
    m_grid.blur();
    m_most = *std::ranges::max_element(m_grid.cells);
}

double DensityShade::opacityOf(double diameter, double opacity) const
{
    const double overlaps = m_crowd * diameter * diameter * std::numbers::pi / 4;
    if (overlaps <= 0)
        return opacity;
    const double fitting = std::clamp(1 - std::pow(1 - kCovered, 1 / overlaps), kFaintest, opacity);
    return opacity + (fitting - opacity) * m_strength;
}

void DensityShade::paint(const DotBand& band, QRgb colour) const
{
    std::array<QRgb, 256> tints;
    for (int alpha = 0; alpha < 256; ++alpha)
        tints[static_cast<std::size_t>(alpha)] = qPremultiply((colour & 0xffffffU) | static_cast<QRgb>(alpha) << 24);
    const auto full = static_cast<float>(255 * kMostTint * m_strength);
    const float scale = m_most > 0 ? 1 / std::log1p(m_most) : 0;
    std::vector<float> line(static_cast<std::size_t>(m_grid.columns + 2));
    for (int y = band.top; y < band.bottom; ++y) {
        // Between the middles of cells; the outermost half cells take their neighbour's value.
        const float place =
            std::clamp((static_cast<float>(y) + 0.5F) / kCell - 0.5F, 0.0F, static_cast<float>(m_grid.rows - 1));
        const int above = static_cast<int>(place), below = std::min(above + 1, m_grid.rows - 1);
        const float share = place - static_cast<float>(above);
        for (int column = 0; column < m_grid.columns; ++column) {
            const float value = m_grid.at(column, above) * (1 - share) + m_grid.at(column, below) * share;
            line[static_cast<std::size_t>(column + 1)] = full * scale * std::log1p(value);
        }
        line.front() = line[1];
        line.back() = line[line.size() - 2];
        QRgb* pixel = band.bits + y * band.stride;
        for (int x = 0; x < band.width; ++x) {
            const int left = (x + kCell / 2) / kCell;
            const float along = (static_cast<float>((x + kCell / 2) % kCell) + 0.5F) / kCell;
            const float alpha =
                line[static_cast<std::size_t>(left)] * (1 - along) + line[static_cast<std::size_t>(left + 1)] * along;
            pixel[x] = tints[static_cast<std::size_t>(alpha + 0.5F)];
        }
    }
}

} // namespace embedscope
