// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/candidate_lists.h"
#include "core/search/comparable_rows.h"
#include "core/search/packed_rows.h"

#include <span>

namespace embedscope::detail {

/// Which of the two points of a pair hears of the other.
enum class Offer {
    ToRow, // columns hold any points, the row itself too, which is left out
    ToBoth // column i holds row i, and no row of the block is among its columns
};

/// The keys of `rows` and all points in the panels of columns [begin, end), each offered to the lists whose limit it is
/// below. Keys never reach memory: a tile of them is tested while it is in registers. Row r has list r - firstList.
void offerPairs(const ComparableRows& points, std::span<const std::int32_t> rows, const PackedRows& columns,
                Index begin, Index end, Offer offer, CandidateLists& lists, Index firstList = 0);

/// The keys themselves: out[r * stride + i] is that of rows[r] and column begin + i.
void writeKeys(const ComparableRows& points, std::span<const std::int32_t> rows, const PackedRows& columns, Index begin,
               Index end, float* out, Index stride);

} // namespace embedscope::detail
