// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope {

/// Reads one decimal number at the beginning of [begin, end) as the nearest float32, ties to even, whatever the locale:
/// digits with an optional sign, point and exponent, or nan, inf, infinity in any case. Too large gives infinity, too
/// small gives zero. Returns where it ends, or null where none stands there.
const char* parseFloat(const char* begin, const char* end, float& value);

} // namespace embedscope
