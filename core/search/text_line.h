// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace embedscope {

/// The line that begins at `position`, up to 0x0A; moves behind it. A carriage return stays: it is a blank.
std::string_view takeLine(std::string_view text, std::size_t& position);

/// The words between blanks, as Python's str.split() has them: Unicode's blanks and the separators U+001C to U+001F.
std::vector<std::string_view> wordsOf(std::string_view line);

/// Without blanks of that kind at both ends.
std::string_view withoutBlanks(std::string_view text);

} // namespace embedscope
