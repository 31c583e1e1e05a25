// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/csv_layout.h"
#include "core/io/registry.h"

#include <functional>

namespace embedscope {

/// Gives the rows of a draft their tokens where the table has none. `rowsInFile` counts them when it is called.
using CompleteTokens = std::function<Result<void>(TableDraft& draft, const std::function<Index()>& rowsInFile)>;

/// Reads the rows and the other columns of a layout that was found in the file; its dimension may be 0. The vocabulary
/// is empty where the layout has no token column, until `complete` fills it. FileEmpty, FileDamaged (the first line
/// that does not fit), Cancelled, and errors of `complete`.
Result<TableDraft> readCsvRows(const ReadRequest& request, const CsvLayout& layout, const CompleteTokens& complete);

/// Says which columns were taken for what, unless a header leaves nothing to guess.
void addColumnFindings(const CsvLayout& layout, LoadReport& report);

} // namespace embedscope
