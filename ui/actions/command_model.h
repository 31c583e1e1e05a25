// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/command_item.h"

#include <QAbstractListModel>

namespace embedscope {

/// The found items as rows of a list.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setItems(QVector<CommandItem> items);
    [[nodiscard]] const CommandItem& item(int row) const { return m_items.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    QVector<CommandItem> m_items;
};

} // namespace embedscope
