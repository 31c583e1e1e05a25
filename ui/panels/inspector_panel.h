// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/neighbors.h"
#include "core/table/embedding_table.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;

namespace embedscope {

class FormulaSection;
class JobRunner;
class NeighborsSection;
class Selection;
class TokenDetails;

/// Everything about the selected token, its neighbours, and formulas of tokens.
class InspectorPanel : public QWidget
{
    Q_OBJECT

public:
    /// `selection` and `runner` outlive the panel.
    InspectorPanel(Selection* selection, JobRunner* runner, QWidget* parent = nullptr);

    /// Both null, or one norm a row. Also for the same rows with other numbers: neighbours and formula are looked up
    /// anew.
    void setTable(std::shared_ptr<const EmbeddingTable> table, std::shared_ptr<const std::vector<float>> norms);
    /// New norms of the same rows, while training.
    void updateNorms(std::shared_ptr<const std::vector<float>> norms);

    [[nodiscard]] Metric metric() const;
    void setMetric(Metric metric);
    void setFormula(const QString& formula);
    [[nodiscard]] QString formula() const;

Q_SIGNALS:
    /// Rows of the neighbours of the selected token, nearest first; empty without a selection.
    void neighboursChanged(const std::vector<embedscope::Index>& rows);
    void metricChanged(embedscope::Metric metric);

private:
    void createLayout();
    [[nodiscard]] std::optional<Index> shownRow() const;
    void showDetails();
    void refresh();
    void showChosen();

    Selection* m_selection;
    QLabel* m_empty;
    QLabel* m_chosen; // how many rows are selected, and how long they are on average
    TokenDetails* m_details;
    NeighborsSection* m_neighbors;
    FormulaSection* m_formula;
    std::shared_ptr<const EmbeddingTable> m_table;
    std::shared_ptr<const std::vector<float>> m_norms;
};

} // namespace embedscope
