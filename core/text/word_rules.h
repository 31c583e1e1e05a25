// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/code_points.h"

#include <cstddef>
#include <vector>

namespace embedscope {

/// End of the word that begins at `begin` (a letter, digit or mark), with what belongs inside it and behind it.
std::size_t wordEnd(Cells cells, std::size_t begin);

/// Where English contractions part inside [begin, end), in rising order: "do|n't", "it|'s". Empty for other words.
std::vector<std::size_t> contractionCuts(Cells cells, std::size_t begin, std::size_t end);

/// End of the web address that begins at `begin`, or `begin` where there is none.
std::size_t addressEnd(Cells cells, std::size_t begin);

/// End of a digit in its key (1, U+FE0F, U+20E3), or `begin`.
std::size_t keycapEnd(Cells cells, std::size_t begin);

} // namespace embedscope
