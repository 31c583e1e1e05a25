// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QVector>

#include <optional>

namespace embedscope {

/// How an action is announced: in title style for the menu, e.g. "&Open Vectors…".
struct ActionSpec
{
    QString id;       // "file.open", stable: recent commands are kept by it
    QString text;     // with its mnemonic
    QString category; // "File": the menu it belongs to, shown beside it in the palette
    QList<QKeySequence> shortcuts = {};
    std::optional<IconName> icon = std::nullopt;
    QString toolTip = {}; // what it does, in sentence style
    bool checkable = false;
};

/// All actions of the program by id. Menus, tool bar, command palette and the list of shortcuts draw on it.
class ActionRegistry : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Makes an action, owned by the registry. A second action of the same id is a mistake of ours and replaces
    /// nothing.
    QAction* add(const ActionSpec& spec);

    /// Takes in an action made elsewhere, such as QDockWidget::toggleViewAction(); it leaves the list when it dies.
    void add(const QString& id, const QString& category, QAction* action);

    /// nullptr when there is none.
    [[nodiscard]] QAction* action(const QString& id) const { return m_byId.value(id); }
    /// In the order in which they were added.
    [[nodiscard]] const QVector<QAction*>& actions() const { return m_actions; }

    [[nodiscard]] static QString idOf(const QAction& action);
    [[nodiscard]] static QString categoryOf(const QAction& action);
    /// IconName::Command when it has none of our family.
    [[nodiscard]] static IconName iconOf(const QAction& action);
    /// The text without mnemonic and without the dots.
    [[nodiscard]] static QString plainText(const QAction& action);

    /// "Ctrl+O: file.open, map.fit" for each key that two actions claim; empty in a sound program.
    [[nodiscard]] QStringList shortcutConflicts() const;

Q_SIGNALS:
    void changed();

private:
    void forget(QObject* action);

    QVector<QAction*> m_actions;
    QHash<QString, QAction*> m_byId;
};

} // namespace embedscope
