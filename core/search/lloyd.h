// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/search/comparable_rows.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace embedscope::detail {

/// For each of `rows` the nearest of `centres` (k x d, among points.rows()), the first of equally near ones. Cancelled.
Result<std::vector<std::int32_t>> nearestCentres(const ComparableRows& points, std::span<const std::int32_t> rows,
                                                 const Matrix& centres, std::stop_token stop);

/// The means of the rows of each label; `before` where a label has none. In float64, in an order that no thread
/// changes.
Matrix meansOf(const ComparableRows& points, std::span<const std::int32_t> rows, std::span<const std::int32_t> labels,
               const Matrix& before);

} // namespace embedscope::detail
