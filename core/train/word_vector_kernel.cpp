// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_kernel.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sys/mman.h>
#include <utility>

namespace embedscope {

namespace {

/// Without AVX the compiler makes two registers of it.
using Lane = float __attribute__((vector_size(kWordLane * sizeof(float)), may_alias));

const Lane* lanesOf(const float* row)
{
    return reinterpret_cast<const Lane*>(row);
}

Lane* lanesOf(float* row)
{
    return reinterpret_cast<Lane*>(row);
}

/// out[k] = the sum of the numbers of sums[k]: pairs are added while they are brought together, in three rounds.
[[gnu::always_inline]] inline void addAcross(const Lane (&sums)[8], float* out)
{
    Lane pairs[4];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i)
        pairs[i] = __builtin_shufflevector(sums[2 * i], sums[2 * i + 1], 0, 8, 2, 10, 4, 12, 6, 14) +
                   __builtin_shufflevector(sums[2 * i], sums[2 * i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    Lane fours[2];
#pragma GCC unroll 2
    for (std::size_t i = 0; i < 2; ++i)
        fours[i] = __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 0, 1, 8, 9, 4, 5, 12, 13) +
                   __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 2, 3, 10, 11, 6, 7, 14, 15);
    *lanesOf(out) = __builtin_shufflevector(fours[0], fours[1], 0, 1, 2, 3, 8, 9, 10, 11) +
                    __builtin_shufflevector(fours[0], fours[1], 4, 5, 6, 7, 12, 13, 14, 15);
}

/// A tile: up to eight rows whose sums stay in registers.
template <std::size_t kRows>
void dotTile(const float* input, const float* const* rows, Index lanes, float* out)
{
    Lane sums[8];
#pragma GCC unroll 8
    for (Lane& sum : sums)
        sum = Lane{};
    for (Index i = 0; i < lanes; ++i) {
        const Lane factor = lanesOf(input)[i];
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kRows; ++k)
            sums[k] += factor * lanesOf(rows[k])[i];
    }
    addAcross(sums, out);
}

template <std::size_t kRows>
void addTile(float* sum, const float* const* rows, const float* factors, Index lanes)
{
    for (Index i = 0; i < lanes; ++i) {
        Lane total = lanesOf(sum)[i];
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kRows; ++k)
            total += factors[k] * lanesOf(rows[k])[i];
        lanesOf(sum)[i] = total;
    }
}

template <std::size_t kRows>
void exchangeTile(const float* input, float* sum, float* const* rows, const float* factors, Index lanes)
{
    for (Index i = 0; i < lanes; ++i) {
        const Lane in = lanesOf(input)[i];
        Lane total = lanesOf(sum)[i];
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kRows; ++k) {
            const Lane row = lanesOf(rows[k])[i];
            total += factors[k] * row;
            lanesOf(rows[k])[i] = row + factors[k] * in;
        }
        lanesOf(sum)[i] = total;
    }
}

constexpr std::size_t kTileRows = 8;
using Rows = std::make_index_sequence<kTileRows>;

template <std::size_t... kRows>
constexpr auto dotTiles(std::index_sequence<kRows...> /*rows*/)
{
    return std::array{dotTile<kRows + 1>...};
}
template <std::size_t... kRows>
constexpr auto addTiles(std::index_sequence<kRows...> /*rows*/)
{
    return std::array{addTile<kRows + 1>...};
}
template <std::size_t... kRows>
constexpr auto exchangeTiles(std::index_sequence<kRows...> /*rows*/)
{
    return std::array{exchangeTile<kRows + 1>...};
}
// The tile of one row, of two rows and so on.
constexpr auto kDotTiles = dotTiles(Rows());
constexpr auto kAddTiles = addTiles(Rows());
constexpr auto kExchangeTiles = exchangeTiles(Rows());

/// Calls body(first row, rows - 1) for each tile.
template <class Body>
void forEachTile(std::size_t rows, Body&& body)
{
    for (std::size_t first = 0; first < rows; first += kTileRows)
        body(first, std::min(kTileRows, rows - first) - 1);
}

using LaneBits = std::uint32_t __attribute__((vector_size(kWordLane * sizeof(float)), may_alias));

/// x becomes e^x, for |x| <= 30: 2^n times a polynomial in what is left over (Taylor's, on [-ln 2 / 2, ln 2 / 2]).
[[gnu::always_inline]] inline void exponential(Lane& x)
{
    constexpr float kRounder = 0x1.8p23F; // adding it leaves the nearest whole number in the last bits
    Lane shifted = x * 1.44269504F + kRounder;
    const Lane whole = shifted - kRounder;
    const Lane r = (x - whole * 0.693359375F) + whole * 2.12194440e-4F; // ln 2 in two parts
    x = 1 + r * (1 + r * (0.5F + r * (1.0F / 6 + r * (1.0F / 24 + r * (1.0F / 120 + r * (1.0F / 720))))));
    auto& bits = reinterpret_cast<LaneBits&>(shifted);
    bits = (bits + 127U) << 23U;
    x *= shifted;
}

/// All zeros, in large pages where the system has them: the rows that training takes lie anywhere, so that with pages
/// of 4 KB nearly every one of them costs a walk through the page tables.
Matrix emptyTable(Index rows, Index columns)
{
    constexpr std::uintptr_t kPage = 4096;
    Matrix table(rows, columns);
    const auto begin = (reinterpret_cast<std::uintptr_t>(table.data()) + kPage - 1) / kPage * kPage;
    const auto end = reinterpret_cast<std::uintptr_t>(table.data() + table.size()) / kPage * kPage;
    if (begin < end)
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
    table.setZero();
    return table;
}

} // namespace

SkipGramTables SkipGramTables::initial(Index rows, Index dim, std::uint64_t seed)
{
    constexpr Index kCacheLine = 16;
    const Index stride = (dim + kCacheLine - 1) / kCacheLine * kCacheLine;
    SkipGramTables out{emptyTable(rows, stride), emptyTable(rows, stride), (dim + kWordLane - 1) / kWordLane};
    Random random(seed);
    const float bound = 0.5F / static_cast<float>(dim);
    for (Index row = 0; row < rows; ++row)
        for (Index i = 0; i < dim; ++i)
            out.input(row, i) = random.uniform(-bound, bound);
    return out;
}

bool SkipGramTables::diverged() const
{
    constexpr float kBeyondAllBounds = 1000;
    // Written so that NaN counts as well.
    return !(input.array().abs() < kBeyondAllBounds).all();
}

void dotProducts(const float* input, std::span<const float* const> rows, Index lanes, float* out)
{
    forEachTile(rows.size(), [&](std::size_t first, std::size_t tile) {
        kDotTiles[tile](input, rows.data() + first, lanes, out + first);
    });
}

void addRows(float* sum, std::span<const float* const> rows, const float* factors, Index lanes)
{
    forEachTile(rows.size(), [&](std::size_t first, std::size_t tile) {
        kAddTiles[tile](sum, rows.data() + first, factors + first, lanes);
    });
}

void exchangeRows(const float* input, float* sum, std::span<float* const> rows, const float* factors, Index lanes)
{
    forEachTile(rows.size(), [&](std::size_t first, std::size_t tile) {
        kExchangeTiles[tile](input, sum, rows.data() + first, factors + first, lanes);
    });
}

void addScaled(float* row, float factor, const float* other, Index lanes)
{
    for (Index i = 0; i < lanes; ++i)
        lanesOf(row)[i] += factor * lanesOf(other)[i];
}

void logistic(float* values, Index count)
{
    // Beyond 30 the result is 0 or 1 to the last bit that matters, and the exponent fits.
    for (Index i = 0; i < count; i += kWordLane) {
        Lane& lane = *lanesOf(values + i);
        Lane power = lane > -30 ? -lane : Lane{} + 30;
        power = power > -30 ? power : Lane{} - 30;
        exponential(power);
        lane = 1 / (1 + power);
    }
}

void toFactors(std::span<const std::int32_t> targets, float alpha, float* values)
{
    for (std::size_t k = 0; k < targets.size(); ++k)
        values[k] = targets[k] == kSkippedTarget ? 0 : ((k == 0 ? 1.0F : 0.0F) - values[k]) * alpha;
}

} // namespace embedscope
