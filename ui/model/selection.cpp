// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/selection.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace embedscope {

namespace {

Selection::Rows combined(const Selection::Rows& before, Selection::Rows rows, Selection::Combine how)
{
    if (!std::ranges::is_sorted(rows))
        std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (how == Selection::Combine::Replace)
        return rows;
    Selection::Rows result;
    if (how == Selection::Combine::Add)
        std::ranges::set_union(before, rows, std::back_inserter(result));
    else
        std::ranges::set_difference(before, rows, std::back_inserter(result));
    return result;
}

} // namespace

void Selection::select(std::optional<Index> row)
{
    if (row == m_selected)
        return;
    m_selected = row;
    Q_EMIT selectedChanged();
}

void Selection::hover(std::optional<Index> row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    Q_EMIT hoveredChanged();
}

bool Selection::contains(Index row) const
{
    return std::ranges::binary_search(*m_rows, row);
}

void Selection::changeRows(Rows rows, Combine how)
{
    Rows result = combined(*m_rows, std::move(rows), how);
    if (result == *m_rows)
        return;
    m_rows = std::make_shared<const Rows>(std::move(result));
    Q_EMIT rowsChanged();
}

void Selection::invertRows(Index count)
{
    Rows all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), Index{0});
    setRows(combined(all, *m_rows, Combine::Remove));
}

void Selection::clear()
{
    hover(std::nullopt);
    clearRows();
    select(std::nullopt);
}

} // namespace embedscope
