// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/neighbors.h"
#include "ui/jobs/latest_job.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QPushButton;

namespace embedscope {

class HelpText;
class NeighborsModel;
class Selection;
class TokenTable;

/// The rows nearest to one row, by a metric that the user chooses.
class NeighborsSection : public QWidget
{
    Q_OBJECT

public:
    NeighborsSection(Selection* selection, JobRunner* runner, QWidget* parent = nullptr);

    /// Looks the neighbours of `row` up; nothing without a table or a row.
    void setQuery(std::shared_ptr<const EmbeddingTable> table, std::optional<Index> row);

    [[nodiscard]] Metric metric() const;
    void setMetric(Metric metric);
    /// How many neighbours are wanted.
    [[nodiscard]] Index count() const;

Q_SIGNALS:
    void metricChanged(embedscope::Metric metric);
    void countChanged();
    /// Nearest first; empty where there are none to show.
    void neighboursChanged(const std::vector<embedscope::Index>& rows);

private:
    void createControls();
    void createLayout();
    void lookUp();
    void show(Result<std::vector<Neighbor>> neighbors);
    void clear();
    void copy();

    Selection* m_selection;
    NeighborsModel* m_model;
    QComboBox* m_metric;
    QComboBox* m_count;
    QPushButton* m_copy;
    TokenTable* m_table;
    HelpText* m_message;
    std::shared_ptr<const EmbeddingTable> m_source;
    std::optional<Index> m_row;
    QTimer m_stale; // an answer that takes longer must not leave the old one below a new title
    LatestJob m_job;
};

} // namespace embedscope
