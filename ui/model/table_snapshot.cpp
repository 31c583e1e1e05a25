// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/table_snapshot.h"

#include "ui/model/map_coordinates.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {
constexpr Index kMapAxes = 2;
} // namespace

Result<TableSnapshot> snapshotOf(EmbeddingTable table, std::shared_ptr<const Pca> axes, std::stop_token stop,
                                 Progress& progress)
{
    TableSnapshot out;
    TableStatistics statistics = statisticsOf(table);
    out.norm = statistics.norm;
    out.zeroRows = statistics.zeroRows;
    out.nanRows = statistics.nanRows;
    out.norms = std::make_shared<const std::vector<float>>(std::move(statistics.norms));
    if (!axes) {
        auto fitted = fitPca(table.weights(), kMapAxes, stop, progress);
        if (!fitted)
            return fail(fitted.error());
        axes = std::make_shared<const Pca>(std::move(*fitted));
    }
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    out.axes = std::move(axes);
    out.coordinates = mapCoordinates(*out.axes, table.weights());
    out.table = std::make_shared<const EmbeddingTable>(std::move(table));
    return out;
}

bool isLimited(const TableSnapshot& snapshot)
{
    if (!snapshot.report)
        return false;
    const auto& warnings = snapshot.report->warnings;
    return std::any_of(warnings.begin(), warnings.end(),
                       [](const Warning& warning) { return warning.code == WarningCode::Limited; });
}

Result<TableSnapshot> loadSnapshot(const std::filesystem::path& path, const ReadOptions& options, std::stop_token stop,
                                   Progress& progress)
{
    auto loaded = readTable(path, options, stop, progress);
    if (!loaded)
        return fail(loaded.error());
    auto snapshot = snapshotOf(std::move(loaded->table), nullptr, std::move(stop), progress);
    if (snapshot)
        snapshot->report = std::move(loaded->report);
    return snapshot;
}

} // namespace embedscope
