// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <string>
#include <string_view>

namespace embedscope {

// A row of GloVe or word2vec text: fields between single 0x20; the last `dim` are the values, all before is the token,
// blanks included. Every function takes a line without blanks at its end.

/// Number of fields.
Index countFields(std::string_view line);

/// How many fields at the end are numbers, where the first field is never counted, since it is (part of) the token.
Index numericTail(std::string_view line);

/// Reads a row; `values` has room for `dim`. False where the line is no such row.
bool parseRow(std::string_view line, Index dim, float* values, std::string_view& token);

/// Why parseRow() refused the line.
std::string rowProblem(std::string_view line, Index dim);

} // namespace embedscope
