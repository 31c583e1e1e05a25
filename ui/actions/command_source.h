// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/action_registry.h"
#include "ui/actions/command_item.h"

#include <QObject>

namespace embedscope {

class AppSettings;

/// What the command palette and the search field search: all actions, and what providers offer, e.g. tokens.
class CommandSource : public QObject
{
    Q_OBJECT

public:
    enum class Order { CommandsFirst, CommandsLast };

    /// Both outlive this object.
    CommandSource(const ActionRegistry& registry, AppSettings& settings, QObject* parent = nullptr);

    void addProvider(CommandProvider provider);

    /// Fitting commands, best first, what cannot be run now last; with an empty query those run lately lead the list.
    [[nodiscard]] QVector<CommandItem> find(const QString& query, Order order) const;

    /// Runs the item and remembers it when it is a command.
    void run(const CommandItem& item);

private:
    [[nodiscard]] QVector<CommandItem> commands(const QString& query) const;
    [[nodiscard]] int recency(const QString& id) const;

    const ActionRegistry& m_registry;
    AppSettings& m_settings;
    QStringList m_recent;
    QVector<CommandProvider> m_providers;
};

} // namespace embedscope
