// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/table_top.h"

#include "core/project/pca_tools.h"

#include <utility>

namespace embedscope {

Result<TableSnapshot> withoutTop(const EmbeddingTable& table, Index top, std::stop_token stop, Progress& progress)
{
    auto weights = allButTheTop(table.weights(), top, stop, progress);
    if (!weights)
        return fail(weights.error());
    auto out = EmbeddingTable::create(*std::move(weights), table.vocabulary());
    if (!out)
        return fail(out.error());
    for (const CategoryColumn& column : table.columns())
        out->addColumn(column);
    for (const NumberColumn& column : table.numberColumns())
        out->addColumn(column);
    return snapshotOf(*std::move(out), nullptr, stop, progress);
}

} // namespace embedscope
