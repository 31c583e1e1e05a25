// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/preview_table_model.h"

#include "ui/bridge/qt_text.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {
constexpr int kDecimals = 4;
}

void PreviewTableModel::setTable(std::shared_ptr<const EmbeddingTable> table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int PreviewTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_table ? 0 : static_cast<int>(m_table->rows());
}

int PreviewTableModel::shownValues() const
{
    return m_table ? static_cast<int>(std::min<Index>(m_table->dim(), kValues)) : 0;
}

int PreviewTableModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid() || !m_table)
        return 0;
    return 1 + shownValues() + (m_table->dim() > kValues ? 1 : 0);
}

QString PreviewTableModel::text(int row, int column) const
{
    if (column == 0)
        return displayToken(m_table->vocabulary()[row]);
    if (column > shownValues())
        return QString(QChar(0x2026));
    return numberText(static_cast<double>(m_table->weights()(row, column - 1)), kDecimals);
}

QVariant PreviewTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight)));
    if (role == Qt::ToolTipRole && index.column() == 0)
        return plainToolTip(text(index.row(), 0));
    return {};
}

QVariant PreviewTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight)));
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("Token");
    if (section > shownValues())
        return tr("%1 more").arg(QLocale().toString(static_cast<qlonglong>(m_table->dim() - shownValues())));
    return QString::number(section - 1);
}

} // namespace embedscope
