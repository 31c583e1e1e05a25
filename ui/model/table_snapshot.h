// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/format.h"
#include "core/project/pca.h"
#include "core/table/embedding_table.h"
#include "core/table/statistics.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace embedscope {

/// A table and what every view wants to know of it, computed once off the GUI thread. Immutable and shared.
struct TableSnapshot
{
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const std::vector<float>> norms; // one a row
    std::shared_ptr<const Pca> axes;                 // two components
    std::shared_ptr<const Matrix> coordinates;       // rows x 2, on the axes
    NormSummary norm;
    Index zeroRows = 0;
    Index nanRows = 0;
    std::optional<LoadReport> report;
};

/// Norms and a map for a table; on given axes, or on its own principal components. Cancelled.
Result<TableSnapshot> snapshotOf(EmbeddingTable table, std::shared_ptr<const Pca> axes, std::stop_token stop,
                                 Progress& progress);

/// Whether these are only the first rows of a file.
bool isLimited(const TableSnapshot& snapshot);

/// Reads a file of vectors and makes its snapshot.
Result<TableSnapshot> loadSnapshot(const std::filesystem::path& path, const ReadOptions& options, std::stop_token stop,
                                   Progress& progress);

} // namespace embedscope
