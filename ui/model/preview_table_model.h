// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QAbstractTableModel>

#include <memory>

namespace embedscope {

/// The first rows of a file: token, then the first values; a last column says how many more there are.
class PreviewTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    static constexpr int kValues = 6;

    void setTable(std::shared_ptr<const EmbeddingTable> table);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] int shownValues() const;
    [[nodiscard]] QString text(int row, int column) const;

    std::shared_ptr<const EmbeddingTable> m_table;
};

} // namespace embedscope
