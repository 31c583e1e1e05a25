// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/umap.h"

#include "core/base/parallel.h"
#include "core/project/umap_bandwidth.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kRowsPerChunk = 1024;

struct Member
{
    std::int32_t column;
    float strength;
    bool operator<(const Member& other) const { return column < other.column; }
};

/// Compressed rows; the members of a row by ascending column.
struct Members
{
    std::vector<Index> offsets;
    std::vector<Member> members;

    [[nodiscard]] const Member* begin(Index row) const
    {
        return members.data() + offsets[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const Member* end(Index row) const { return begin(row + 1); }
};

Members strengthsOf(const NeighborGraph& graph, const UmapBandwidths& bandwidths, const std::stop_token& stop)
{
    const Index k = graph.k();
    Members out{std::vector<Index>(static_cast<std::size_t>(graph.points()) + 1),
                std::vector<Member>(static_cast<std::size_t>(graph.points() * k))};
    for (std::size_t i = 0; i < out.offsets.size(); ++i)
        out.offsets[i] = static_cast<Index>(i) * k;
    parallelFor(graph.points(), kRowsPerChunk, [&](Index begin, Index end) {
        for (Index i = begin; i < end && !stop.stop_requested(); ++i) {
            const auto point = static_cast<std::size_t>(i);
            Member* const row = out.members.data() + i * k;
            for (Index j = 0; j < k; ++j)
                row[j] = {graph.rows(i, j),
                          membership(graph.distances(i, j), bandwidths.rho[point], bandwidths.sigma[point])};
            std::sort(row, row + k);
        }
    });
    return out;
}

/// Rows are dealt in order, so that the members of each column come out ascending.
Members transposed(const Members& from, const std::stop_token& stop)
{
    Members out{std::vector<Index>(from.offsets.size()), std::vector<Member>(from.members.size())};
    for (const Member& member : from.members)
        ++out.offsets[static_cast<std::size_t>(member.column) + 1];
    for (std::size_t i = 1; i < out.offsets.size(); ++i)
        out.offsets[i] += out.offsets[i - 1];
    std::vector<Index> next(out.offsets.begin(), out.offsets.end() - 1);
    const auto rows = static_cast<Index>(next.size());
    for (Index row = 0; row < rows; ++row) {
        if (row % kRowsPerChunk == 0 && stop.stop_requested())
            return out;
        for (const Member* member = from.begin(row); member != from.end(row); ++member)
            out.members[static_cast<std::size_t>(next[static_cast<std::size_t>(member->column)]++)] = {
                static_cast<std::int32_t>(row), member->strength};
    }
    return out;
}

/// Calls take(column, strength forth, strength back) for each column that either row has.
template <class Take>
void mergeRows(const Members& forth, const Members& back, Index row, Take&& take)
{
    const Member* a = forth.begin(row);
    const Member* b = back.begin(row);
    constexpr std::int32_t kNone = std::numeric_limits<std::int32_t>::max();
    while (a != forth.end(row) || b != back.end(row)) {
        const std::int32_t columnA = a != forth.end(row) ? a->column : kNone;
        const std::int32_t columnB = b != back.end(row) ? b->column : kNone;
        const std::int32_t column = std::min(columnA, columnB);
        const float there = columnA == column ? (a++)->strength : 0;
        const float here = columnB == column ? (b++)->strength : 0;
        take(column, there, here);
    }
}

/// The fuzzy union, the fuzzy intersection, or what lies between.
float joined(float there, float here, float mix)
{
    const float both = there * here;
    return mix * (there + here - both) + (1 - mix) * both;
}

FuzzyGraph unionOf(const Members& forth, const Members& back, float mix, const std::stop_token& stop)
{
    const auto rows = static_cast<Index>(forth.offsets.size()) - 1;
    FuzzyGraph out;
    out.offsets.assign(forth.offsets.size(), 0);
    const auto forRows = [&](auto&& body) {
        parallelFor(rows, kRowsPerChunk, [&](Index begin, Index end) {
            for (Index row = begin; row < end && !stop.stop_requested(); ++row)
                body(row);
        });
    };
    forRows([&](Index row) {
        Index& count = out.offsets[static_cast<std::size_t>(row) + 1];
        mergeRows(forth, back, row,
                  [&](std::int32_t, float there, float here) { count += joined(there, here, mix) > 0; });
    });
    for (std::size_t i = 1; i < out.offsets.size(); ++i)
        out.offsets[i] += out.offsets[i - 1];
    out.columns.resize(static_cast<std::size_t>(out.offsets.back()));
    out.weights.resize(out.columns.size());
    forRows([&](Index row) {
        auto place = static_cast<std::size_t>(out.offsets[static_cast<std::size_t>(row)]);
        mergeRows(forth, back, row, [&](std::int32_t column, float there, float here) {
            const float weight = joined(there, here, mix);
            if (weight > 0) {
                out.columns[place] = column;
                out.weights[place++] = weight;
            }
        });
    });
    return out;
}

} // namespace

Result<FuzzyGraph> fuzzyGraph(const NeighborGraph& graph, const UmapOptions& options, std::stop_token stop,
                              Progress& progress)
{
    progress.start(3);
    const auto bandwidths = umapBandwidths(graph, options.local_connectivity, stop);
    if (!bandwidths)
        return fail(bandwidths.error());
    progress.set(1);
    const Members forth = strengthsOf(graph, *bandwidths, stop);
    const Members back = transposed(forth, stop);
    progress.set(2);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    FuzzyGraph out = unionOf(forth, back, static_cast<float>(options.set_op_mix_ratio), stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    progress.set(3);
    return out;
}

} // namespace embedscope
