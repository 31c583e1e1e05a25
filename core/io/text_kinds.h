// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace embedscope {

/// Users, items and ratings between blanks: three or four numbers a line, the first two of them whole. They look like
/// vectors of two values whose tokens are numbers; but the same users come again and again.
bool looksLikeRatings(std::string_view text);

/// What text without vectors looks like, such as "analogy questions"; "ordinary text" where nothing is known.
const char* kindOfText(std::string_view text);

} // namespace embedscope
