// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/action_registry.h"
#include "ui/plot/map_lasso.h"
#include "ui/workspace.h"

#include <QObject>

class QActionGroup;

namespace embedscope {

class MapView;
class VocabularyPanel;

/// What a window lets one do with many rows: choose them, copy their tokens, take them away as a table.
class WindowSelection : public QObject
{
    Q_OBJECT

public:
    /// Adds its actions; `window` is the parent of the dialogs and of this; all outlive it.
    WindowSelection(Workspace* workspace, ActionRegistry* actions, MapView* map, VocabularyPanel* vocabulary,
                    QWidget* window);

    void copyTokens();
    void exportRows();

private:
    void addTools();
    void addTool(QActionGroup* group, const char* id, const QString& text, const QKeySequence& key, MapTool tool,
                 const QString& toolTip);
    void addChoices();
    void addUses();
    QAction* add(const char* id, const QString& text, const QString& toolTip, void (WindowSelection::*act)(),
                 const QList<QKeySequence>& keys = {});
    void addWord();
    void addNeighbours();
    void addListed();
    void invert();
    void clear();
    void updateActions();

    Workspace* m_workspace;
    ActionRegistry* m_actions;
    MapView* m_map;
    VocabularyPanel* m_vocabulary;
    QWidget* m_window;
};

} // namespace embedscope
