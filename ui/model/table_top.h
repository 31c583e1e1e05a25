// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/table_snapshot.h"

namespace embedscope {

/// A new table of the same tokens and columns, without the mean of the rows and without their `top` largest components
/// (allButTheTop). Tokens without a row are no longer composed: their parts have not changed along. Errors of
/// allButTheTop; Cancelled.
Result<TableSnapshot> withoutTop(const EmbeddingTable& table, Index top, std::stop_token stop, Progress& progress);

} // namespace embedscope
