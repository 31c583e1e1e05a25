// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/class_filter.h"

#include <algorithm>
#include <utility>

namespace embedscope {

void ClassFilter::setClasses(ClassOfRow classOfRow, std::size_t count)
{
    m_classOfRow = std::move(classOfRow);
    m_hidden.assign(count, 0);
    m_hidesRest = false;
}

void ClassFilter::toggle(std::size_t number)
{
    std::uint8_t& hidden = m_hidden.at(number);
    hidden = hidden == 0;
    if (std::ranges::count(m_hidden, 0) == std::ssize(m_hidden))
        m_hidesRest = false; // the last one that came back brings all others
}

void ClassFilter::isolate(std::size_t number)
{
    if (isAlone(number))
        return showAll();
    std::ranges::fill(m_hidden, std::uint8_t{1});
    m_hidden.at(number) = 0;
    m_hidesRest = true;
}

void ClassFilter::showAll()
{
    std::ranges::fill(m_hidden, std::uint8_t{0});
    m_hidesRest = false;
}

bool ClassFilter::isAlone(std::size_t number) const
{
    return m_hidesRest && !isHidden(number) && std::ranges::count(m_hidden, 0) == 1;
}

bool ClassFilter::hidesAny() const
{
    return m_hidesRest || std::ranges::any_of(m_hidden, [](std::uint8_t hidden) { return hidden != 0; });
}

ClassFilter::Marks ClassFilter::hiddenRows(const Marks& others) const
{
    if (!hidesAny() || !m_classOfRow)
        return others;
    const std::size_t rows = m_classOfRow->size();
    auto marks = std::make_shared<std::vector<std::uint8_t>>(rows);
    const bool joins = others && others->size() == rows;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int32_t number = (*m_classOfRow)[row];
        const bool hidden = number < 0 ? m_hidesRest : isHidden(static_cast<std::size_t>(number));
        (*marks)[row] = hidden || (joins && (*others)[row] != 0) ? 1 : 0;
    }
    return marks;
}

} // namespace embedscope
