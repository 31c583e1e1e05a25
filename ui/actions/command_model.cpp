// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/command_model.h"

namespace embedscope {

void CommandModel::setItems(QVector<CommandItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

int CommandModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant CommandModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CommandItem& item = m_items.at(index.row());
    if (role == Qt::DisplayRole)
        return item.text;
    if (role == Qt::AccessibleTextRole) {
        QStringList parts{item.text, item.detail, item.shortcut};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

Qt::ItemFlags CommandModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags usual = Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return m_items.at(index.row()).enabled ? usual | Qt::ItemIsEnabled : usual;
}

} // namespace embedscope
