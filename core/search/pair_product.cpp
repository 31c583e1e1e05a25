// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/pair_product.h"

#include <algorithm>
#include <array>

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

bool any(const Mask& mask)
{
    using Words = std::int64_t __attribute__((vector_size(sizeof(Mask))));
    const auto words = reinterpret_cast<Words>(mask);
    std::int64_t all = 0;
    for (std::size_t i = 0; i < sizeof(Mask) / sizeof(std::int64_t); ++i)
        all |= words[i];
    return all != 0;
}

/// Dot products of up to six rows with the 16 points of a panel.
inline void multiplyTile(const ComparableRows& points, const TileRows& rows, const float* panel, TileLanes* sum)
{
    const Index dim = points.dim();
    std::array<const float*, kTileRows> a;
    for (std::size_t r = 0; r < kTileRows; ++r)
        a[r] = points.rows().data() + rows[r] * dim;
    TileLanes local[static_cast<std::size_t>(kTileRows)] = {};
    for (Index k = 0; k < dim; ++k, panel += kPanel)
        for (Index lane = 0; lane < kLanes; ++lane) {
            const Lane factors = load(panel + lane * kLane);
            for (std::size_t r = 0; r < kTileRows; ++r)
                local[r][lane] += a[r][k] * factors;
        }
    for (std::size_t r = 0; r < kTileRows; ++r)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            sum[r][lane] = local[r][lane];
}

template <Offer kOffer>
class Offering
{
public:
    Offering(const ComparableRows& points, const PackedRows& columns, CandidateLists& lists)
        : m_points(points)
        , m_columns(columns)
        , m_lists(lists)
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
        const Lane limit = m_lists.limit(row) - Lane{};
        Mask hits{};
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const auto at = column + static_cast<Index>(lane) * kLane;
            sum[lane] = (load(m_columns.halves(at)) + half) - sum[lane];
            if constexpr (kOffer == Offer::ToBoth) {
                const Lane other = load(m_lists.limits(at));
                hits |= sum[lane] < (limit > other ? limit : other);
            } else {
                hits |= sum[lane] < limit;
            }
        }
        if (any(hits)) [[unlikely]]
            offerRow(row, column, reinterpret_cast<const float*>(sum));
    }

    void offerRow(std::int32_t row, Index column, const float* keys)
    {
        for (Index i = 0; i < kPanel; ++i) {
            if constexpr (kOffer == Offer::ToBoth) {
                if (keys[i] < m_lists.limit(row))
                    m_lists.offer(row, keys[i], static_cast<std::int32_t>(column + i));
                if (keys[i] < m_lists.limit(column + i))
                    m_lists.offer(column + i, keys[i], row);
            } else {
                const std::int32_t other = m_columns.rowOf(column + i);
                if (keys[i] < m_lists.limit(row) && other != row)
                    m_lists.offer(row, keys[i], other);
            }
        }
    }

    const ComparableRows& m_points;
    const PackedRows& m_columns;
    CandidateLists& m_lists;
};

template <Offer kOffer>
void offerAll(const ComparableRows& points, std::span<const std::int32_t> rows, const PackedRows& columns, Index begin,
              Index end, CandidateLists& lists)
{
    Offering<kOffer> offering(points, columns, lists);
    for (Index column = begin; column < end; column += kPanel)
        for (std::size_t first = 0; first < rows.size(); first += kTileRows) {
            const std::size_t used = std::min<std::size_t>(kTileRows, rows.size() - first);
            TileRows tile; // the last row again where there are too few
            for (std::size_t r = 0; r < kTileRows; ++r)
                tile[r] = rows[first + std::min(r, used - 1)];
            offering.tile(tile, used, column);
        }
}

} // namespace

void offerPairs(const ComparableRows& points, std::span<const std::int32_t> rows, const PackedRows& columns,
                Index begin, Index end, Offer offer, CandidateLists& lists)
{
    if (offer == Offer::ToBoth)
        offerAll<Offer::ToBoth>(points, rows, columns, begin, end, lists);
    else
        offerAll<Offer::ToRow>(points, rows, columns, begin, end, lists);
}

} // namespace embedscope::detail
