// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/code_points.h"

#include <cstddef>

namespace embedscope {

/// A token that begins with a sign.
struct SymbolToken
{
    std::size_t end = 0;
    bool word = false; // reads as a word, such as 's or n't: its apostrophe is written '
};

/// The token that begins with the sign at `begin`.
SymbolToken symbolToken(Cells cells, std::size_t begin);

/// End of an HTML entity such as &amp; that begins at `begin`, or `begin`.
std::size_t entityEnd(Cells cells, std::size_t begin);

} // namespace embedscope
