// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/search/comparable_rows.h"

#include <cstdint>
#include <stop_token>

namespace embedscope::detail {

/// Centres (among points.rows()) for k-means: each drawn by its squared distance from those before, the best of a few
/// draws (greedy k-means++). Fewer than `clusters` where no point is left that is not a centre. Cancelled.
Result<Matrix> kMeansStart(const ComparableRows& points, Index clusters, std::uint64_t seed, std::stop_token stop);

} // namespace embedscope::detail
