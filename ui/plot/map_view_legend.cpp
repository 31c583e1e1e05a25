// SPDX-License-Identifier: GPL-3.0-or-later
// Classes, and the legend that hides and shows them.
#include "ui/plot/map_view.h"

#include <QToolTip>

namespace embedscope {

namespace {

ClassFilter::ClassOfRow wholeNumbers(const std::vector<std::uint8_t>& classes, std::size_t count)
{
    auto numbers = std::make_shared<std::vector<std::int32_t>>();
    numbers->reserve(classes.size());
    for (const std::uint8_t number : classes)
        numbers->push_back(number < count ? number : -1);
    return numbers;
}

} // namespace

void MapView::setClassNames(std::vector<QString> names, std::size_t colours, ClassFilter::ClassOfRow classOfRow)
{
    m_legend = {};
    m_legend.colours = colours > 0 ? colours : m_table.size();
    m_legend.names = std::move(names);
    if (!classOfRow && m_classes)
        classOfRow = wholeNumbers(*m_classes, m_legend.names.size());
    m_classFilter.setClasses(std::move(classOfRow), m_legend.names.size());
    setClassFilter(m_classFilter);
}

void MapView::forgetClasses()
{
    m_legend = {};
    setClassFilter({});
}

void MapView::setClassFilter(ClassFilter filter)
{
    m_classFilter = std::move(filter);
    m_legend.hidden = m_classFilter.hiddenClasses();
    applyHidden();
    Q_EMIT classesChanged();
}

std::optional<std::size_t> MapView::classAt(QPointF pixel) const
{
    return m_legend.names.empty() || isEmpty() ? std::nullopt : legendNameAt(m_legend, smallFont(), legendBox(), pixel);
}

void MapView::clickLegend(std::size_t name, Qt::KeyboardModifiers modifiers)
{
    m_filterBeforeClick = m_classFilter;
    ClassFilter filter = m_classFilter;
    modifiers.testFlag(Qt::AltModifier) ? filter.isolate(name) : filter.toggle(name);
    setClassFilter(std::move(filter));
}

/// The first of the two clicks has hidden or shown the class already, which was not what was meant.
void MapView::isolateByDoubleClick(std::size_t name)
{
    ClassFilter filter = m_filterBeforeClick;
    if (filter.hiddenClasses().size() != m_legend.names.size())
        return;
    filter.isolate(name);
    setClassFilter(std::move(filter));
}

bool MapView::hoverLegend(QPointF pixel, QPoint globalPixel)
{
    const bool over = classAt(pixel).has_value();
    if (over == m_overLegend)
        return over;
    m_overLegend = over;
    selection().hover(std::nullopt);
    setCursor(over ? Qt::PointingHandCursor : restingCursor());
    if (over)
        QToolTip::showText(globalPixel, tr("Click hides, double-click isolates"), this);
    else
        QToolTip::hideText();
    return over;
}

} // namespace embedscope
