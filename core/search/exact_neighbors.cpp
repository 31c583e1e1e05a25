// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/exact_neighbors.h"

#include "core/base/parallel.h"
#include "core/search/nearest_candidates.h"
#include "core/search/pair_product.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace embedscope::detail {

namespace {

constexpr Index kFloatsPerBlock = Index{1} << 17; // two blocks of 512 KB fit into the second cache
constexpr Index kSpare = 8;                       // candidates beyond k, so that few points are in doubt
constexpr Index kSmallestSample = 128;
constexpr Index kLargestSample = 2048;

/// Rows of a block: a multiple of a panel; the product of two blocks takes about 1 ms.
Index blockRows(Index dim)
{
    return std::clamp<Index>(kFloatsPerBlock / std::max<Index>(1, dim) / kPanel * kPanel, kPanel * 2, kPanel * 48);
}

std::vector<std::int32_t> allRows(Index count)
{
    std::vector<std::int32_t> rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

class ExactSearch
{
public:
    ExactSearch(const ComparableRows& points, Index k)
        : m_points(points)
        , m_k(k)
        , m_block(blockRows(points.dim()))
        , m_blocks(chunkCount(points.count(), m_block))
        , m_rows(allRows(points.count()))
        , m_columns(points, m_rows)
        , m_lists(points.count(), std::min(points.count() - 1, k + kSpare))
    {
    }

    Result<void> run(NeighborGraph& out, const std::stop_token& stop, Progress& progress)
    {
        guessLimits(stop);
        for (Index round = 0; round < m_blocks && !stop.stop_requested(); ++round) {
            playRound(round, stop);
            progress.set(m_points.count() * (round + 1) / m_blocks);
        }
        if (!stop.stop_requested())
            choose(out, stop);
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        return {};
    }

private:
    /// Without a limit a list would take the first few hundred points that come along. A sample tells what the limit
    /// will be about; where the guess is too low, which one in a million is, too few candidates show it.
    void guessLimits(const std::stop_token& stop)
    {
        const Index count = m_points.count();
        const Index sampled = std::min(count / 16, kLargestSample);
        if (sampled < kSmallestSample)
            return;
        std::vector<std::int32_t> sample;
        for (Index i = 0; i < sampled; ++i)
            sample.push_back(static_cast<std::int32_t>(i * count / sampled));
        const PackedRows columns(m_points, std::move(sample));
        const double expected = static_cast<double>((m_k + kSpare) * sampled) / static_cast<double>(count);
        const auto least = static_cast<Index>(expected + 5 * std::sqrt(expected) + 5);
        parallelFor(count, kPanel * 8, [&](Index begin, Index end) {
            if (stop.stop_requested())
                return;
            std::vector<float> keys(static_cast<std::size_t>((end - begin) * columns.columns()));
            writeKeys(m_points, rowsBetween(begin, end), columns, 0, columns.columns(), keys.data(), columns.columns());
            for (Index row = begin; row < end; ++row) {
                const float* first = keys.data() + (row - begin) * columns.columns();
                m_lists.setLimit(row, boundFor({first, static_cast<std::size_t>(sampled)}, least, least + least / 8));
            }
        });
    }

    /// Each pair of blocks is multiplied once, for the lists of both. As in a tournament, a block has one partner a
    /// round (itself, in one of them), so that no two threads write to one list, and each list sees its offers in the
    /// same order whatever the number of threads.
    void playRound(Index round, const std::stop_token& stop)
    {
        std::vector<std::pair<Index, Index>> pairs;
        for (Index left = 0; left < m_blocks; ++left)
            if (const Index right = (round - left + m_blocks) % m_blocks; left <= right)
                pairs.emplace_back(left, right);
        parallelFor(static_cast<Index>(pairs.size()), 1, [&](Index at, Index) {
            if (stop.stop_requested())
                return;
            const auto [left, right] = pairs[static_cast<std::size_t>(at)];
            const Index end = std::min((right + 1) * m_block, m_columns.columns());
            const auto rows = rowsBetween(left * m_block, std::min((left + 1) * m_block, m_points.count()));
            offerPairs(m_points, rows, m_columns, right * m_block, end, left == right ? Offer::ToRow : Offer::ToBoth,
                       m_lists);
        });
    }

    [[nodiscard]] std::span<const std::int32_t> rowsBetween(Index begin, Index end) const
    {
        return std::span(m_rows).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    }

    void choose(NeighborGraph& out, const std::stop_token& stop)
    {
        parallelFor(m_points.count(), 64, [&](Index begin, Index end) {
            NearestCandidates nearest;
            for (Index row = begin; row < end && !stop.stop_requested(); ++row) {
                m_lists.cut(row, kSpare);
                const auto candidates = m_lists.rows(row);
                const double farthest = nearest.choose(m_points, row, candidates, m_k, out.rows.row(row).data(),
                                                       out.distances.row(row).data());
                if (!isProven(row, candidates.size(), farthest))
                    nearest.chooseFromAll(m_points, row, m_k, out.rows.row(row).data(), out.distances.row(row).data());
            }
        });
    }

    /// Is every point that is no candidate farther than the k-th nearest candidate, however the products were rounded?
    [[nodiscard]] bool isProven(Index row, std::size_t candidates, double farthest) const
    {
        if (candidates < static_cast<std::size_t>(m_k))
            return false;
        return farthest + m_points.errorBound(row, farthest) < static_cast<double>(m_lists.limit(row));
    }

    const ComparableRows& m_points;
    Index m_k;
    Index m_block;
    Index m_blocks;
    std::vector<std::int32_t> m_rows;
    PackedRows m_columns;
    CandidateLists m_lists;
};

} // namespace

Result<void> exactNeighbors(const ComparableRows& points, Index k, NeighborGraph& out, std::stop_token stop,
                            Progress& progress)
{
    return ExactSearch(points, k).run(out, stop, progress);
}

} // namespace embedscope::detail
