// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <string_view>
#include <vector>

namespace embedscope {

/// Whether bytes without any header look like little-endian float32: all finite, and neither huge nor minute.
bool looksLikeRawFloats(std::string_view bytes);

/// Dimensions in use that divide the number of floats in `bytes`, the largest first; empty where they are none.
std::vector<Index> rawDimensions(std::string_view bytes);

} // namespace embedscope
