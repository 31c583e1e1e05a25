// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "ui/jobs/latest_job.h"
#include "ui/model/vocabulary_filter.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope {

/// The rows of a table as a person browses them: token, norm, row number, and behind them the table's
/// categories and numbers. Sorting
/// and filtering run off the GUI thread; the old order stays until the new one is there.
class VocabularyModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TokenColumn, NormColumn, RowColumn, FirstCategoryColumn }; // numbers stand behind the categories
    enum Role {
        NormFractionRole = Qt::UserRole, // double in [0, 1]: the norm as a share of the largest one
    };

    using Table = std::shared_ptr<const EmbeddingTable>;
    using Norms = std::shared_ptr<const std::vector<float>>;

    explicit VocabularyModel(JobRunner* runner, QObject* parent = nullptr);

    /// Both null, or both with the same number of rows. Keeps the filter and the sort order, which apply soon after.
    void setTable(Table table, Norms norms);
    /// How the largest norm is written, which is the widest text in its column.
    [[nodiscard]] QString largestNormText() const;
    /// New norms of the same rows while training. The order stays as it is, or rows would run away below the pointer.
    void updateNorms(Norms norms);
    /// Part of a token, or a condition such as `norm > 5`.
    void setFilter(const QString& filter);

    /// Rows chosen by a person, ascending: written in bold.
    void setChosen(std::shared_ptr<const std::vector<Index>> rows);
    /// Shows the chosen rows alone, while there are any.
    void setChosenOnly(bool only);
    [[nodiscard]] bool showsChosenOnly() const { return m_wanted.only != nullptr; }

    [[nodiscard]] const Table& table() const { return m_table; }
    [[nodiscard]] const QString& filter() const { return m_wanted.filter; }
    [[nodiscard]] Index totalRows() const { return m_table ? m_table->rows() : 0; }
    /// False while another order than the visible one has been asked for.
    [[nodiscard]] bool isUpToDate() const { return !m_job.isBusy(); }

    /// Row of the table at a place of the view, which must be in range.
    [[nodiscard]] Index rowAt(int place) const { return m_order.rows[static_cast<std::size_t>(place)]; }
    /// Place of a row in the view; nullopt where it is filtered out or does not exist.
    [[nodiscard]] std::optional<int> placeOf(Index row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    /// Another order or other rows are shown now.
    void orderChanged();

private:
    [[nodiscard]] QVariant display(Index row, int column) const;
    [[nodiscard]] QString toolTip(Index row, int column) const;
    [[nodiscard]] QString categoryOf(Index row, int column) const;
    [[nodiscard]] int firstNumberColumn() const;
    [[nodiscard]] bool isNumberColumn(int column) const;
    [[nodiscard]] const NumberColumn& numbersOf(int column) const;
    [[nodiscard]] QVariant alignment(int column) const;
    [[nodiscard]] SortKey keyOf(int column) const;
    [[nodiscard]] bool isChosen(Index row) const;
    [[nodiscard]] float norm(Index row) const { return (*m_norms)[static_cast<std::size_t>(row)]; }

    void requestOrder();
    void applyOrder(RowOrder order);
    void measureNorms();

    Table m_table;
    Norms m_norms;
    float m_largestNorm = 0;
    RowOrder m_order;
    RowQuery m_wanted;
    std::shared_ptr<const std::vector<Index>> m_chosen;
    LatestJob m_job;
};

} // namespace embedscope
