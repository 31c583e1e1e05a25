// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/pair_product.h"

#include <algorithm>
#include <array>
#include <bit>

namespace embedscope::detail {

namespace {

// A tile of the product stays in registers: 6 x 16 numbers take 12 of the 16 registers of AVX2, 3 x 16 the same of SSE.
#ifdef __AVX2__
constexpr Index kLane = 8;
constexpr Index kTileRows = 6;
#else
constexpr Index kLane = 4;
constexpr Index kTileRows = 3;
#endif
constexpr Index kLanes = kPanel / kLane;

using Lane = float __attribute__((vector_size(kLane * sizeof(float)), aligned(4), may_alias));
using Mask = decltype(Lane{} < Lane{});
using TileLanes = Lane[static_cast<std::size_t>(kLanes)];
using TileRows = std::array<std::int32_t, kTileRows>;

Lane load(const float* from)
{
    return *reinterpret_cast<const Lane*>(from);
}

/// One bit a number that is true.
std::uint32_t bitsOf(const Mask& mask)
{
#ifdef __AVX2__
    return static_cast<std::uint32_t>(__builtin_ia32_movmskps256(reinterpret_cast<const Lane&>(mask)));
#elif defined(__SSE__)
    return static_cast<std::uint32_t>(__builtin_ia32_movmskps(reinterpret_cast<const Lane&>(mask)));
#else
    std::uint32_t bits = 0;
    for (Index i = 0; i < kLane; ++i)
        bits |= mask[i] ? 1U << i : 0U;
    return bits;
#endif
}

/// Dot products of up to six rows with the 16 points of a panel.
inline void multiplyTile(const ComparableRows& points, const TileRows& rows, const float* panel, TileLanes* sum)
{
    const Index dim = points.dim();
    std::array<const float*, kTileRows> a;
    for (std::size_t r = 0; r < kTileRows; ++r)
        a[r] = points.rows().data() + rows[r] * dim;
    TileLanes local[static_cast<std::size_t>(kTileRows)] = {};
#pragma GCC unroll 2
    for (Index k = 0; k < dim; ++k, panel += kPanel) {
        TileLanes factors;
        for (Index lane = 0; lane < kLanes; ++lane)
            factors[lane] = load(panel + lane * kLane);
        for (std::size_t r = 0; r < kTileRows; ++r)
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                local[r][lane] += a[r][k] * factors[lane];
    }
    for (std::size_t r = 0; r < kTileRows; ++r)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            sum[r][lane] = local[r][lane];
}

template <Offer kOffer>
class Offering
{
public:
    Offering(const ComparableRows& points, const PackedRows& columns, CandidateLists& lists, Index firstList)
        : m_points(points)
        , m_columns(columns)
        , m_lists(lists)
        , m_firstList(firstList)
    {
    }

    void tile(const TileRows& rows, std::size_t used, Index column)
    {
        TileLanes sum[static_cast<std::size_t>(kTileRows)];
        multiplyTile(m_points, rows, m_columns.panel(column), sum);
        for (std::size_t r = 0; r < used; ++r)
            testRow(rows[r], column, sum[r]);
    }

private:
    void testRow(std::int32_t row, Index column, TileLanes& sum)
    {
        const float half = m_points.half(row);
        const Lane limit = m_lists.limit(row - m_firstList) - Lane{};
        std::uint32_t hits = 0;
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const auto at = column + static_cast<Index>(lane) * kLane;
            sum[lane] = (load(m_columns.halves(at)) + half) - sum[lane];
            Lane farthest = limit;
            if constexpr (kOffer == Offer::ToBoth) {
                const Lane other = load(m_lists.limits(at));
                farthest = limit > other ? limit : other;
            }
            hits |= bitsOf(sum[lane] < farthest) << (lane * kLane);
        }
        for (; hits != 0; hits &= hits - 1) {
            const auto i = static_cast<Index>(std::countr_zero(hits));
            offerPair(row, column + i, reinterpret_cast<const float*>(sum)[i]);
        }
    }

    void offerPair(std::int32_t row, Index column, float key)
    {
        if constexpr (kOffer == Offer::ToBoth) {
            if (key < m_lists.limit(row))
                m_lists.offer(row, key, static_cast<std::int32_t>(column));
            if (key < m_lists.limit(column))
                m_lists.offer(column, key, row);
        } else {
            const std::int32_t other = m_columns.rowOf(column);
            if (key < m_lists.limit(row - m_firstList) && other != row)
                m_lists.offer(row - m_firstList, key, other);
        }
    }

    const ComparableRows& m_points;
    const PackedRows& m_columns;
    CandidateLists& m_lists;
    Index m_firstList; // 0 where columns have lists too
};

/// Calls body(rows of the tile, how many of them count, where they begin, column) for every tile, panel after panel.
template <class Body>
void eachTile(std::span<const std::int32_t> rows, Index begin, Index end, Body&& body)
{
    for (Index column = begin; column < end; column += kPanel)
        for (std::size_t first = 0; first < rows.size(); first += kTileRows) {
            const std::size_t used = std::min<std::size_t>(kTileRows, rows.size() - first);
            TileRows tile; // the last row again where there are too few
            for (std::size_t r = 0; r < kTileRows; ++r)
                tile[r] = rows[first + std::min(r, used - 1)];
            body(tile, used, first, column);
        }
}

template <Offer kOffer>
void offerAll(const ComparableRows& points, std::span<const std::int32_t> rows, const PackedRows& columns, Index begin,
              Index end, CandidateLists& lists, Index firstList)
{
    Offering<kOffer> offering(points, columns, lists, firstList);
    eachTile(rows, begin, end, [&](const TileRows& tile, std::size_t used, std::size_t /*first*/, Index column) {
        offering.tile(tile, used, column);
    });
}

} // namespace

void offerPairs(const ComparableRows& points, std::span<const std::int32_t> rows, const PackedRows& columns,
                Index begin, Index end, Offer offer, CandidateLists& lists, Index firstList)
{
    if (offer == Offer::ToBoth)
        offerAll<Offer::ToBoth>(points, rows, columns, begin, end, lists, firstList);
    else
        offerAll<Offer::ToRow>(points, rows, columns, begin, end, lists, firstList);
}

void writeKeys(const ComparableRows& points, std::span<const std::int32_t> rows, const PackedRows& columns, Index begin,
               Index end, float* out, Index stride)
{
    eachTile(rows, begin, end, [&](const TileRows& tile, std::size_t used, std::size_t first, Index column) {
        TileLanes sum[static_cast<std::size_t>(kTileRows)];
        multiplyTile(points, tile, columns.panel(column), sum);
        for (std::size_t r = 0; r < used; ++r)
            for (Index lane = 0; lane < kLanes; ++lane) {
                float* to = out + static_cast<Index>(first + r) * stride + column - begin + lane * kLane;
                *reinterpret_cast<Lane*>(to) =
                    (load(columns.halves(column + lane * kLane)) + points.half(tile[r])) - sum[r][lane];
            }
    });
}

} // namespace embedscope::detail
