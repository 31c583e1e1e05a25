// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"

#include <string>

namespace embedscope::cli {

/// The format called `name` (--to), or the one that the ending of `out` stands for. ValueRefused.
[[nodiscard]] Result<Format> targetFormat(const std::string& name, const std::string& out);

} // namespace embedscope::cli
