// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_subset.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace embedscope {

namespace {

constexpr Index kValuesPerChunk = Index{1} << 18;
/// Tokens between two looks at the stop token: well below 5 ms.
constexpr std::size_t kTokensPerLook = 1024;

template <class Column>
Column columnOf(const Column& column, std::span<const Index> rows)
{
    Column out = {.name = column.name};
    if constexpr (requires { column.categories; })
        out.categories = column.categories;
    out.values.reserve(rows.size());
    for (const Index row : rows)
        out.values.push_back(column.values[static_cast<std::size_t>(row)]);
    return out;
}

} // namespace

Result<EmbeddingTable> rowSubset(const EmbeddingTable& table, std::span<const Index> rows, std::stop_token stop,
                                 Progress& progress)
{
    if (rows.empty())
        return fail(ErrorCode::ValueRefused, {"The table to write", "empty", "no row is selected"});
    const auto count = static_cast<Index>(rows.size());
    progress.start(2 * count);
    Matrix weights(count, table.dim());
    parallelFor(count, std::max<Index>(1, kValuesPerChunk / table.dim()), [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        for (Index i = begin; i < end; ++i)
            weights.row(i) = table.weights().row(rows[static_cast<std::size_t>(i)]);
        progress.add(end - begin);
    });
    Vocabulary vocabulary;
    vocabulary.reserve(count, 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % kTokensPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        vocabulary.add(table.vocabulary()[rows[i]]);
    }
    progress.add(count);
    auto subset = EmbeddingTable::create(std::move(weights), std::move(vocabulary));
    if (!subset)
        return subset;
    for (const CategoryColumn& column : table.columns())
        subset->addColumn(columnOf(column, rows));
    for (const NumberColumn& column : table.numberColumns())
        subset->addColumn(columnOf(column, rows));
    subset->setUnknownTokens(table.unknownTokens());
    return subset;
}

} // namespace embedscope
