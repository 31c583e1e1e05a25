// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/class_menu.h"

#include "ui/plot/map_view.h"

namespace embedscope {

ClassMenu::ClassMenu(MapView* view, QWidget* parent)
    : QMenu(parent)
    , m_view(view)
{
    connect(this, &QMenu::aboutToShow, this, &ClassMenu::fill);
}

void ClassMenu::fill()
{
    clear();
    const std::vector<QString>& names = m_view->classNames();
    for (std::size_t number = 0; number < names.size(); ++number) {
        QString text = names[number];
        QAction* action = addAction(text.replace(u'&', QLatin1String("&&")));
        action->setCheckable(true);
        action->setChecked(!m_view->classFilter().isHidden(number));
        connect(action, &QAction::triggered, m_view, [view = m_view, number] {
            ClassFilter filter = view->classFilter();
            filter.toggle(number);
            view->setClassFilter(std::move(filter));
        });
    }
}

} // namespace embedscope
