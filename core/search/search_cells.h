// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/search/comparable_rows.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace embedscope::detail {

/// Points parted into cells, each of the points nearest to one centre: a few steps of k-means over a seeded sample.
struct SearchCells
{
    Matrix centres;                    // cells x d, among points.rows(); only cells that hold a point
    std::vector<std::int32_t> members; // the points of cell 0, of cell 1 and so on, each ascending
    std::vector<std::int32_t> starts;  // where a cell begins in `members`, and one more

    [[nodiscard]] Index count() const { return centres.rows(); }
    [[nodiscard]] Index size(Index cell) const
    {
        return starts[static_cast<std::size_t>(cell) + 1] - starts[static_cast<std::size_t>(cell)];
    }
};

Result<SearchCells> searchCells(const ComparableRows& points, Index cells, std::uint64_t seed, std::stop_token stop);

} // namespace embedscope::detail
