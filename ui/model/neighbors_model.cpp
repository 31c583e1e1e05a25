// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/neighbors_model.h"

#include "core/base/strings.h"
#include "ui/bridge/qt_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr int kDecimals = 3;

} // namespace

void NeighborsModel::setNeighbors(std::shared_ptr<const EmbeddingTable> table, Metric metric,
                                  std::vector<Neighbor> neighbors)
{
    beginResetModel();
    m_table = std::move(table);
    m_metric = metric;
    m_neighbors = std::move(neighbors);
    m_largest = 0;
    for (const Neighbor& neighbor : m_neighbors)
        m_largest = std::max(m_largest, std::abs(neighbor.score));
    endResetModel();
}

void NeighborsModel::clear()
{
    if (!m_neighbors.empty())
        setNeighbors(nullptr, m_metric, {});
}

std::vector<Index> NeighborsModel::rows() const
{
    std::vector<Index> out;
    out.reserve(m_neighbors.size());
    for (const Neighbor& neighbor : m_neighbors)
        out.push_back(neighbor.row);
    return out;
}

QString NeighborsModel::toText() const
{
    QString out;
    for (const Neighbor& neighbor : m_neighbors)
        out += toQString(m_table->vocabulary()[neighbor.row]) + QLatin1Char('\t') +
               toQString(formatNumber(neighbor.score)) + QLatin1Char('\n');
    return out;
}

int NeighborsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_neighbors.size());
}

int NeighborsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

double NeighborsModel::fraction(const Neighbor& neighbor) const
{
    if (m_metric == Metric::Cosine)
        return std::clamp(neighbor.score, 0.0, 1.0);
    return m_largest > 0 ? std::clamp(neighbor.score / m_largest, 0.0, 1.0) : 0.0;
}

QString NeighborsModel::toolTip(const Neighbor& neighbor) const
{
    const QString token = displayToken(m_table->vocabulary()[neighbor.row]);
    const QString score = QLocale().toString(neighbor.score, 'g', 7);
    const QString row = QLocale().toString(static_cast<qlonglong>(neighbor.row));
    switch (m_metric) {
    case Metric::Cosine:
        return plainToolTip(tr("%1: row %2, cosine of the angle %3").arg(token, row, score));
    case Metric::Euclidean:
        return plainToolTip(tr("%1: row %2, Euclidean distance %3 (shorter is nearer)").arg(token, row, score));
    case Metric::Dot:
        return plainToolTip(tr("%1: row %2, dot product %3").arg(token, row, score));
    }
    return {};
}

QVariant NeighborsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::DoNotUseParent))
        return {};
    const Neighbor& neighbor = m_neighbors[static_cast<std::size_t>(index.row())];
    const bool isScore = index.column() == ScoreColumn;
    switch (role) {
    case Qt::DisplayRole:
        return isScore ? numberText(neighbor.score, kDecimals) : displayToken(m_table->vocabulary()[neighbor.row]);
    case Qt::ToolTipRole:
        return toolTip(neighbor);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isScore ? Qt::AlignRight : Qt::AlignLeft)));
    case FractionRole:
        return fraction(neighbor);
    default:
        return {};
    }
}

QVariant NeighborsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == TokenColumn ? tr("Token") : tr("Score");
}

} // namespace embedscope
