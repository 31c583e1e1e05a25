// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action_registry.h"

#include "ui/widgets/mnemonic.h"

#include <QMap>

namespace embedscope {

namespace {

constexpr const char* kIdProperty = "embedscopeId";
constexpr const char* kIconProperty = "embedscopeIcon";
constexpr const char* kCategoryProperty = "embedscopeCategory";

} // namespace

QAction* ActionRegistry::add(const ActionSpec& spec)
{
    auto* action = new QAction(spec.text, this);
    action->setShortcuts(spec.shortcuts);
    action->setCheckable(spec.checkable);
    if (spec.icon) {
        action->setIcon(icon(*spec.icon));
        action->setProperty(kIconProperty, static_cast<int>(*spec.icon));
    }
    if (!spec.toolTip.isEmpty()) {
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(keys.isEmpty() ? spec.toolTip : tr("%1 (%2)").arg(spec.toolTip, keys));
        action->setStatusTip(spec.toolTip);
    }
    add(spec.id, spec.category, action);
    return action;
}

void ActionRegistry::add(const QString& id, const QString& category, QAction* action)
{
    Q_ASSERT_X(!m_byId.contains(id), "ActionRegistry", qPrintable(id));
    if (m_byId.contains(id))
        return;
    action->setProperty(kIdProperty, id);
    action->setProperty(kCategoryProperty, category);
    m_byId.insert(id, action);
    m_actions.append(action);
    connect(action, &QObject::destroyed, this, &ActionRegistry::forget);
    Q_EMIT changed();
}

void ActionRegistry::forget(QObject* action)
{
    m_actions.removeIf([&](const QAction* known) { return static_cast<const QObject*>(known) == action; });
    m_byId.removeIf([&](const auto& entry) { return static_cast<const QObject*>(entry.value()) == action; });
    Q_EMIT changed();
}

QString ActionRegistry::idOf(const QAction& action)
{
    return action.property(kIdProperty).toString();
}

QString ActionRegistry::categoryOf(const QAction& action)
{
    return action.property(kCategoryProperty).toString();
}

IconName ActionRegistry::iconOf(const QAction& action)
{
    const QVariant name = action.property(kIconProperty);
    return name.isValid() ? static_cast<IconName>(name.toInt()) : IconName::Command;
}

QString ActionRegistry::plainText(const QAction& action)
{
    QString text = withoutMnemonic(action.text());
    while (text.endsWith(u'…') || text.endsWith(u'.'))
        text.chop(1);
    return text;
}

QStringList ActionRegistry::shortcutConflicts() const
{
    QMap<QString, QStringList> owners;
    for (const QAction* action : m_actions) {
        for (const QKeySequence& keys : action->shortcuts())
            owners[keys.toString(QKeySequence::PortableText)] << idOf(*action);
    }
    QStringList conflicts;
    for (auto owner = owners.cbegin(); owner != owners.cend(); ++owner) {
        if (owner.value().size() > 1)
            conflicts << owner.key() % u": " % owner.value().join(QStringLiteral(", "));
    }
    return conflicts;
}

} // namespace embedscope
