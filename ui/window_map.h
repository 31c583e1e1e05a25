// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/action_registry.h"
#include "ui/model/map_kind.h"
#include "ui/workspace.h"

#include <QObject>

#include <functional>

namespace embedscope {

class MapPanel;
class MessageBar;

/// The map's part of the window: its actions, for menu, palette and keyboard, and what it has to say.
class WindowMap : public QObject
{
    Q_OBJECT

public:
    WindowMap(Workspace* workspace, MapPanel* panel, MessageBar* messages, QObject* parent = nullptr);

    void createActions(ActionRegistry& actions);
    /// For the status bar; empty while no map is made.
    [[nodiscard]] QString statusText() const;

    /// In place of the open table, a new one without its mean and its largest components.
    void removeTop(Index top);

Q_SIGNALS:
    void statusChanged();

private:
    void createKindActions();
    void createRunActions();
    void createRowActions();
    void createClassActions();
    void createTableAction();
    void askForTop();
    QAction* add(const ActionSpec& spec, const std::function<void()>& run);
    void addKind(const QString& id, const QString& text, MapKind kind, const QString& toolTip);
    void update();
    void anotherSeed();

    Workspace* m_workspace;
    MapPanel* m_panel;
    MessageBar* m_messages;
    ActionRegistry* m_actions = nullptr;
};

} // namespace embedscope
