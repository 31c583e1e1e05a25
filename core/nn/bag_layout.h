// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/nn/embedding_bag.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::detail {

/// ValueRefused for offsets that do not start at 0, fall, or end beyond (with include_last_offset: not at) the number
/// of indices.
Result<void> checkOffsets(const Bags& bags);

/// Positions [begin, end) of the index list that make one bag.
struct BagRange
{
    Index begin;
    Index end;
};

Index bagCount(const Bags& bags);
BagRange bagRange(const Bags& bags, Index bag);

/// The bag of each position.
std::vector<std::int32_t> bagOfPositions(const Bags& bags);

/// Entries of a bag that are not padding.
Index countEntries(const Bags& bags, BagRange range, std::optional<std::int64_t> padding);

} // namespace embedscope::detail
