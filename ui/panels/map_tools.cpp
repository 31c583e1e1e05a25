// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_tools.h"

#include "ui/plot/map_view.h"

#include <QHBoxLayout>
#include <QMenu>
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
    m_tools.emplace_back(tool, name);
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

void MapTools::offerIn(QMenu* menu)
{
    for (const auto& [tool, name] : m_tools) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(m_view->tool() == tool);
        connect(action, &QAction::triggered, m_view,
                [this, tool = tool](bool on) { m_view->setTool(on ? tool : MapTool::Move); });
    }
}

} // namespace embedscope
