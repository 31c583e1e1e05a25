// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_search.h"

#include "core/search/neighbors.h"
#include "ui/bridge/qt_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <utility>

namespace embedscope {

namespace {

constexpr int kMostTokens = 8;

CommandItem tokenItem(Workspace* workspace, const Vocabulary& vocabulary, Index row)
{
    CommandItem item;
    item.text = displayToken(vocabulary[row]);
    item.detail = QCoreApplication::translate("Search", "row %1").arg(QLocale().toString(static_cast<qlonglong>(row)));
    item.icon = IconName::Token;
    item.run = [workspace, row] { workspace->selection.select(row); };
    return item;
}

} // namespace

CommandProvider tokenProvider(Workspace* workspace)
{
    return [workspace](const QString& query) {
        QVector<CommandItem> items;
        if (query.isEmpty() || !workspace->document.hasTable())
            return items;
        const Vocabulary& vocabulary = workspace->document.snapshot().table->vocabulary();
        const std::string wanted = query.toStdString();
        const auto exact = vocabulary.find(wanted);
        if (exact)
            items.append(tokenItem(workspace, vocabulary, *exact));
        for (Index row = 0; row < vocabulary.size() && items.size() < kMostTokens; ++row)
            if (vocabulary[row].starts_with(wanted) && row != exact)
                items.append(tokenItem(workspace, vocabulary, row));
        return items;
    };
}

CommandProvider formulaProvider(Workspace* workspace, std::function<void(const QString&)> run)
{
    return [workspace, run = std::move(run)](const QString& query) {
        QVector<CommandItem> items;
        if (!workspace->document.hasTable())
            return items;
        const auto& table = *workspace->document.snapshot().table;
        const auto terms = parseFormula(query.toStdString(), table.vocabulary(), table.unknownTokens().get());
        if (!terms || terms->size() < 2)
            return items;
        CommandItem item;
        item.text = query;
        item.detail = QCoreApplication::translate("Search", "formula");
        item.icon = IconName::Formula;
        item.run = [run, query] { run(query); };
        items.append(item);
        return items;
    };
}

} // namespace embedscope
