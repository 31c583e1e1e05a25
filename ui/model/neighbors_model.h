// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/neighbors.h"
#include "core/table/embedding_table.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace embedscope {

/// The answer of one look-up: token and score, nearest first.
class NeighborsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TokenColumn, ScoreColumn, ColumnCount };
    enum Role {
        /// double in [0, 1], the length of the bar: a cosine as it is (negative ones have none), other scores as a
        /// share
        /// of the largest size in the list.
        FractionRole = Qt::UserRole,
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// The rows of `neighbors` belong to `table`.
    void setNeighbors(std::shared_ptr<const EmbeddingTable> table, Metric metric, std::vector<Neighbor> neighbors);
    void clear();

    [[nodiscard]] Index rowAt(int place) const { return m_neighbors[static_cast<std::size_t>(place)].row; }
    [[nodiscard]] std::vector<Index> rows() const;
    /// One line each: token, tab, score with all its digits and a decimal point, for spreadsheets and scripts.
    [[nodiscard]] QString toText() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString toolTip(const Neighbor& neighbor) const;
    [[nodiscard]] double fraction(const Neighbor& neighbor) const;

    std::shared_ptr<const EmbeddingTable> m_table;
    Metric m_metric = Metric::Cosine;
    std::vector<Neighbor> m_neighbors;
    double m_largest = 0;
};

} // namespace embedscope
