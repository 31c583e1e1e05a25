// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/table_repair.h"

#include <utility>

namespace embedscope {

Result<CleanCopy> writeCleanCopy(const EmbeddingTable& table, const RepairOptions& options,
                                 const std::filesystem::path& path, Format format, const std::stop_token& stop,
                                 Progress& progress)
{
    const auto repaired = repairTable(table, options, stop, progress);
    if (!repaired)
        return fail(repaired.error());
    auto written = writeTable(repaired->table, path, format, stop, progress);
    if (!written)
        return fail(written.error());
    return CleanCopy{repaired->counts, std::move(*written)};
}

} // namespace embedscope
