// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_tools.h"

#include "ui/plot/map_view.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace embedscope {

MapTools::MapTools(MapView* view, QWidget* parent)
    : QWidget(parent)
    , m_view(view)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    addTool(MapTool::Rectangle, IconName::Rectangle, tr("Select by rectangle"),
            tr("Drag a rectangle around rows to select them (B). Shift adds, Ctrl or Alt removes, Escape clears."));
    addTool(MapTool::Lasso, IconName::Lasso, tr("Select by lasso"),
            tr("Draw around rows to select them (L). Shift adds, Ctrl or Alt removes, Escape clears."));
}

void MapTools::addTool(MapTool tool, IconName iconName, const QString& name, const QString& toolTip)
{
    auto* button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setCheckable(true);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    layout()->addWidget(button);
    connect(button, &QToolButton::clicked, m_view,
            [this, tool](bool on) { m_view->setTool(on ? tool : MapTool::Move); });
    connect(m_view, &MapView::toolChanged, button, [button, tool](MapTool now) { button->setChecked(now == tool); });
}

} // namespace embedscope
