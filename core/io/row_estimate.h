// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstdint>
#include <stop_token>
#include <string_view>

namespace embedscope {

struct RowEstimate
{
    Index rows = 0;
    bool exact = false;
};

/// How many lines that are not empty a text of `allBytes` has, of which `text` is the beginning or the whole. Small
/// texts are counted; of others, samples from the beginning to the end of `text` tell how long a line is.
RowEstimate estimateRows(std::string_view text, std::uint64_t allBytes, const std::stop_token& stop);

} // namespace embedscope
