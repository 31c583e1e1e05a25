// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/comparable_rows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::detail {

/// Of some candidates of one point, the nearest by their exact distance, ties by row.
class NearestCandidates
{
public:
    /// Writes min(k, candidates) rows and distances; returns the key of the last one.
    double choose(const ComparableRows& points, Index row, std::span<const std::int32_t> candidates, Index k,
                  std::int32_t* rows, float* distances);
    /// The same of all points but the row itself.
    void chooseFromAll(const ComparableRows& points, Index row, Index k, std::int32_t* rows, float* distances);

private:
    void add(const ComparableRows& points, Index row, Index other);
    Index write(Index k, std::int32_t* rows, float* distances);

    std::vector<std::uint64_t> m_all; // distance and row in one number, of the same order
};

} // namespace embedscope::detail
