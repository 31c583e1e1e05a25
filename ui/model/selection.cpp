// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/selection.h"

namespace embedscope {

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

void Selection::clear()
{
    hover(std::nullopt);
    select(std::nullopt);
}

} // namespace embedscope
