// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace embedscope {

/// The first line of word2vec files, text and binary alike: "rows dim".
struct VectorHeader
{
    Index rows = 0;
    Index dim = 0;
    std::size_t end = 0; // where the next line begins
};

/// Whether the bytes begin with two integers alone on a line, the second at least 1. What they say is not believed yet.
std::optional<VectorHeader> parseVectorHeader(std::string_view bytes);

} // namespace embedscope
