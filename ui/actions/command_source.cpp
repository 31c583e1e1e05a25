// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/command_source.h"

#include "ui/actions/fuzzy_match.h"
#include "ui/settings/app_settings.h"

#include <QPointer>

#include <algorithm>
#include <tuple>

namespace embedscope {

namespace {

constexpr int kMostRecent = 12;
constexpr int kShortestMenuName = 2;
constexpr int kFoundByMenuName = 40; // what a match in the menu's name counts less

/// Fits the text alone or, weaker, behind the beginning of its menu's name: "train", "map f".
std::optional<FuzzyMatch> matched(const QString& query, const QString& text, const QString& menu)
{
    if (auto match = fuzzyMatch(query, text))
        return match;
    const QString head = query.section(u' ', 0, 0);
    if (head.size() < kShortestMenuName || !menu.startsWith(head, Qt::CaseInsensitive))
        return std::nullopt;
    auto match = fuzzyMatch(query.section(u' ', 1), text);
    if (match)
        match->score -= kFoundByMenuName;
    return match;
}

} // namespace

CommandSource::CommandSource(const ActionRegistry& registry, AppSettings& settings, QObject* parent)
    : QObject(parent)
    , m_registry(registry)
    , m_settings(settings)
    , m_recent(settings.recentCommands())
{
}

void CommandSource::addProvider(CommandProvider provider)
{
    m_providers.append(std::move(provider));
}

QVector<CommandItem> CommandSource::find(const QString& query, Order order) const
{
    QVector<CommandItem> items;
    for (const CommandProvider& provider : m_providers)
        items += provider(query);
    return order == Order::CommandsFirst ? commands(query) + items : items + commands(query);
}

int CommandSource::recency(const QString& id) const
{
    const auto place = m_recent.indexOf(id);
    return place < 0 ? 0 : static_cast<int>(kMostRecent - place);
}

QVector<CommandItem> CommandSource::commands(const QString& query) const
{
    QVector<CommandItem> items;
    for (QAction* action : m_registry.actions()) {
        if (!action->isVisible())
            continue;
        CommandItem item{.text = ActionRegistry::plainText(*action), .detail = ActionRegistry::categoryOf(*action)};
        auto match = matched(query, item.text, item.detail);
        if (!match)
            continue;
        item.matches = std::move(match->positions);
        item.commandId = ActionRegistry::idOf(*action);
        item.score = match->score + recency(item.commandId);
        item.icon = ActionRegistry::iconOf(*action);
        item.shortcut = action->shortcut().toString(QKeySequence::NativeText);
        item.enabled = action->isEnabled();
        item.run = [guard = QPointer<QAction>(action)] {
            if (guard)
                guard->trigger();
        };
        items.append(std::move(item));
    }
    std::stable_sort(items.begin(), items.end(), [](const CommandItem& a, const CommandItem& b) {
        return std::tuple(!a.enabled, -a.score) < std::tuple(!b.enabled, -b.score);
    });
    return items;
}

void CommandSource::run(const CommandItem& item)
{
    if (!item.commandId.isEmpty()) {
        m_recent.removeAll(item.commandId);
        m_recent.prepend(item.commandId);
        m_recent.resize(std::min<qsizetype>(m_recent.size(), kMostRecent));
        m_settings.setRecentCommands(m_recent);
    }
    if (item.run)
        item.run();
}

} // namespace embedscope
