// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"
#include "core/table/repair.h"

#include <stop_token>

namespace embedscope {

struct CleanCopy
{
    RepairCounts counts;
    WriteReport written;
};

/// Mends a copy of the table and writes it. Errors of repairTable() and writeTable().
Result<CleanCopy> writeCleanCopy(const EmbeddingTable& table, const RepairOptions& options,
                                 const std::filesystem::path& path, Format format, const std::stop_token& stop,
                                 Progress& progress);

} // namespace embedscope
