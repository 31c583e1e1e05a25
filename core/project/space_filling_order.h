// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <cstdint>
#include <vector>

namespace embedscope {

/// The rows of `points` (n x 2 or 3, finite) along a Z-shaped curve (Morton 1966): what lies together on the map comes
/// to lie together in memory. Rows in the same cell keep their order.
EMBEDSCOPE_EXPORT std::vector<std::int32_t> spaceFillingOrder(const Matrix& points);

} // namespace embedscope
