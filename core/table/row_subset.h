// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/embedding_table.h"

#include <span>
#include <stop_token>

namespace embedscope {

/// The given rows as a table of their own, in their order, columns in step. ValueRefused without rows; Cancelled.
EMBEDSCOPE_EXPORT Result<EmbeddingTable> rowSubset(const EmbeddingTable& table, std::span<const Index> rows,
                                                   std::stop_token stop, Progress& progress);

} // namespace embedscope
