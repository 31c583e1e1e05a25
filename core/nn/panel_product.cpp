// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/panel_product.h"

#include <algorithm>
#include <array>
#include <utility>

namespace embedscope::detail {

namespace {

// A tile of the result stays in registers: 6 x 16 numbers take 12 of the 16 registers of AVX2, 3 x 16 the same of SSE.
#ifdef __AVX2__
constexpr Index kLane = 8;
constexpr Index kTileRows = 6;
#else
constexpr Index kLane = 4;
constexpr Index kTileRows = 3;
#endif
constexpr Index kLanes = kPanel / kLane;

/// Panels of `a` multiplied at a time: 256 rows of `b` are 16 KB, so that they stay in the first cache for all rows.
constexpr Index kPanelsAtATime = 16;

using Lane = float __attribute__((vector_size(kLane * sizeof(float)), aligned(4), may_alias));

Lane load(const float* from)
{
    return *reinterpret_cast<const Lane*>(from);
}

void store(float* to, const Lane& lane)
{
    *reinterpret_cast<Lane*>(to) = lane;
}

/// Rows of one tile: `a` points to the first panel; the next one is `aStride` numbers on.
template <Index kRows>
void multiplyTile(const float* a, Index aStride, Index panels, const float* b, float* target, Index stride)
{
    Lane sum[static_cast<std::size_t>(kRows)][static_cast<std::size_t>(kLanes)];
    for (Index row = 0; row < kRows; ++row)
        for (Index lane = 0; lane < kLanes; ++lane)
            sum[row][lane] = load(target + row * stride + lane * kLane);
    for (Index panel = 0; panel < panels; ++panel, a += aStride, b += kPanel * kPanel) {
#pragma GCC unroll 4
        for (Index k = 0; k < kPanel; ++k) {
            Lane factors[static_cast<std::size_t>(kLanes)];
            for (Index lane = 0; lane < kLanes; ++lane)
                factors[lane] = load(b + k * kPanel + lane * kLane);
            for (Index row = 0; row < kRows; ++row)
                for (Index lane = 0; lane < kLanes; ++lane)
                    sum[row][lane] += a[row * kPanel + k] * factors[lane];
        }
    }
    for (Index row = 0; row < kRows; ++row)
        for (Index lane = 0; lane < kLanes; ++lane)
            store(target + row * stride + lane * kLane, sum[row][lane]);
}

using Tile = void (*)(const float*, Index, Index, const float*, float*, Index);

template <Index... kRows>
constexpr auto tilesOf(std::integer_sequence<Index, kRows...> /*rows*/)
{
    return std::array<Tile, sizeof...(kRows)>{multiplyTile<kRows + 1>...};
}
/// The tile of one row, of two rows and so on.
constexpr auto kTiles = tilesOf(std::make_integer_sequence<Index, kTileRows>());

} // namespace

void multiplyAdd(const PanelBlock& a, const float* b, float* target, Index stride)
{
    const Index aStride = a.matrix->capacity() * kPanel;
    const Index tiles = (a.rows + kTileRows - 1) / kTileRows;
    for (Index first = 0; first < a.panels; first += kPanelsAtATime) {
        const Index panels = std::min(kPanelsAtATime, a.panels - first);
        // Tiles of about the same height: 4 + 4 rows take less time than 6 + 2.
        for (Index tile = 0, row = 0; tile < tiles; ++tile) {
            const Index rows = (a.rows - row + tiles - tile - 1) / (tiles - tile);
            kTiles[static_cast<std::size_t>(rows - 1)](a.matrix->at(a.panel + first, a.row + row), aStride, panels,
                                                       b + first * kPanel * kPanel, target + row * stride, stride);
            row += rows;
        }
    }
}

} // namespace embedscope::detail
