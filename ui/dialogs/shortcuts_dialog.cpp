// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/shortcuts_dialog.h"

#include "ui/actions/action_registry.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

enum Column { kCommand, kKeys };

QString keysOf(const QAction& action)
{
    QStringList keys;
    for (const QKeySequence& sequence : action.shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
    return keys.join(QStringLiteral(", "));
}

QTreeWidgetItem* groupOf(QTreeWidget& list, const QString& category)
{
    const auto known = list.findItems(category, Qt::MatchExactly, kCommand);
    if (!known.isEmpty())
        return known.first();
    auto* group = new QTreeWidgetItem(&list, {category});
    QFont bold = group->font(kCommand);
    bold.setBold(true);
    group->setFont(kCommand, bold);
    group->setFlags(Qt::ItemIsEnabled);
    return group;
}

bool fits(const QTreeWidgetItem& item, const QString& text)
{
    return item.text(kCommand).contains(text, Qt::CaseInsensitive) ||
           item.text(kKeys).contains(text, Qt::CaseInsensitive);
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const ActionRegistry& registry, QWidget* parent)
    : QDialog(parent)
    , m_filter(new QLineEdit)
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    m_filter->setPlaceholderText(tr("Filter by command or key"));
    m_filter->setAccessibleName(tr("Filter by command or key"));
    m_filter->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Keyboard shortcuts"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Command"), tr("Keys")});
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(kCommand, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(kKeys, QHeaderView::ResizeToContents);
    fill(registry);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    resize(480, 560);
}

void ShortcutsDialog::fill(const ActionRegistry& registry)
{
    for (const QAction* action : registry.actions()) {
        if (!action->shortcuts().isEmpty())
            new QTreeWidgetItem(groupOf(*m_list, ActionRegistry::categoryOf(*action)),
                                {ActionRegistry::plainText(*action), keysOf(*action)});
    }
    m_list->expandAll();
}

void ShortcutsDialog::filter(const QString& text)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_list->topLevelItem(i);
        int shown = 0;
        for (int j = 0; j < group->childCount(); ++j) {
            group->child(j)->setHidden(!fits(*group->child(j), text));
            shown += group->child(j)->isHidden() ? 0 : 1;
        }
        group->setHidden(shown == 0);
    }
}

} // namespace embedscope
