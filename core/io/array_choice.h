// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"

#include <cstddef>
#include <string>
#include <vector>

namespace embedscope {

/// Which of a file's arrays is the table: the one called `wanted`; else the only one that is 2-D and of floating-point
/// numbers; else among these the one called embedding.weight; else the only one whose name ends in .weight.
/// FormatRefused where none can be a table, ArrayNeeded where several can, ValueRefused where `wanted` is not there.
Result<std::size_t> chooseArray(const std::vector<ArrayInfo>& arrays, const std::string& wanted,
                                const std::string& place);

} // namespace embedscope
