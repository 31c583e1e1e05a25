// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/parallel.h"
#include "core/nn/row_gradient.h"
#include "core/nn/rows.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace embedscope::detail {

/// The gradient with one row for each group but that of `padding`. add(row number, positions, sum) adds the
/// contributions of the positions, in order, to `sum`, which starts as zeros; it is called from several threads, once
/// for each row.
template <class Add>
RowGradient sumGroups(const RowGroups& groups, Index positions, Index dim, std::optional<std::int64_t> padding,
                      Add&& add)
{
    RowGradient out;
    out.rows = groups.rows();
    const auto at = padding ? std::lower_bound(out.rows.begin(), out.rows.end(), *padding) : out.rows.end();
    const bool skips = at != out.rows.end() && *at == *padding;
    const auto skipped = static_cast<std::size_t>(at - out.rows.begin());
    if (skips)
        out.rows.erase(at);
    const auto count = static_cast<Index>(out.rows.size());
    out.values.resize(count, dim);
    const Index perRow = count == 0 ? 1 : 1 + positions / count;
    parallelFor(count, std::max<Index>(1, rowsPerChunk(dim) / perRow), [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            const auto kept = static_cast<std::size_t>(i);
            float* sum = out.values.data() + i * dim;
            std::fill_n(sum, dim, 0.0F);
            add(out.rows[kept], groups.positions(kept + (skips && kept >= skipped ? 1 : 0)), sum);
        }
    });
    return out;
}

} // namespace embedscope::detail
