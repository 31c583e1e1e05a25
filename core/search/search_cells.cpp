// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/search_cells.h"

#include "core/base/random.h"
#include "core/search/lloyd.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace embedscope::detail {

namespace {

constexpr Index kSteps = 5;         // more of them make the cells little better
constexpr Index kSampleOfCell = 48; // points a cell that the centres are found on

std::vector<std::int32_t> shuffledRows(Index count, std::uint64_t seed)
{
    std::vector<std::int32_t> rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), 0);
    Random(seed).shuffle(std::span(rows));
    return rows;
}

SearchCells fill(const Matrix& centres, const std::vector<std::int32_t>& labels)
{
    std::vector<std::int32_t> sizes(static_cast<std::size_t>(centres.rows()));
    for (const std::int32_t label : labels)
        ++sizes[static_cast<std::size_t>(label)];
    SearchCells out;
    out.starts.assign(1, 0);
    std::vector<std::int32_t> next(sizes.size());
    std::vector<Index> kept;
    for (std::size_t cell = 0; cell < sizes.size(); ++cell) {
        next[cell] = out.starts.back();
        if (sizes[cell] == 0)
            continue;
        kept.push_back(static_cast<Index>(cell));
        out.starts.push_back(out.starts.back() + sizes[cell]);
    }
    out.centres = centres(kept, Eigen::all);
    out.members.resize(labels.size());
    for (std::size_t row = 0; row < labels.size(); ++row)
        out.members[static_cast<std::size_t>(next[static_cast<std::size_t>(labels[row])]++)] =
            static_cast<std::int32_t>(row);
    return out;
}

} // namespace

Result<SearchCells> searchCells(const ComparableRows& points, Index cells, std::uint64_t seed, std::stop_token stop)
{
    const auto rows = shuffledRows(points.count(), seed);
    const auto sample =
        std::span(rows).first(static_cast<std::size_t>(std::min(points.count(), cells * kSampleOfCell)));
    Matrix centres(cells, points.dim());
    for (Index cell = 0; cell < cells; ++cell)
        centres.row(cell) = points.rows().row(sample[static_cast<std::size_t>(cell)]);
    for (Index step = 0; step < kSteps; ++step) {
        const auto labels = nearestCentres(points, sample, centres, stop);
        if (!labels)
            return fail(labels.error());
        centres = meansOf(points, sample, *labels, centres);
    }
    std::vector<std::int32_t> all(rows.size());
    std::iota(all.begin(), all.end(), 0);
    const auto labels = nearestCentres(points, all, centres, stop);
    if (!labels)
        return fail(labels.error());
    return fill(centres, *labels);
}

} // namespace embedscope::detail
