// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/column_builder.h"

#include "core/io/text_records.h"

namespace embedscope {

void CellSurvey::addFirst(std::string_view cell)
{
    double value = 0;
    firstIsMissing = isMissing(cell);
    firstIsNumber = !firstIsMissing && parseCell(cell, value);
}

void CellSurvey::add(std::string_view cell)
{
    if (!numbers || isMissing(cell))
        return;
    anyValue = true;
    double value = 0;
    numbers = parseCell(cell, value);
    integers = integers && cell.find_first_of(".eE") == std::string_view::npos;
}

void CellSurvey::joinFirst()
{
    if (firstIsMissing)
        return;
    anyValue = true;
    numbers = numbers && firstIsNumber;
}

void CategoryBuilder::add(std::string_view cell)
{
    if (cell.empty()) {
        m_column.values.push_back(-1);
        return;
    }
    const auto known = m_categories.find(cell);
    m_column.values.push_back(static_cast<std::int32_t>(known ? *known : m_categories.add(cell)));
}

CategoryColumn CategoryBuilder::take()
{
    m_column.categories.reserve(static_cast<std::size_t>(m_categories.size()));
    for (Index i = 0; i < m_categories.size(); ++i)
        m_column.categories.emplace_back(m_categories[i]);
    m_categories = {};
    return std::exchange(m_column, {});
}

} // namespace embedscope
