// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/neighbors.h"
#include "ui/jobs/latest_job.h"

#include <QWidget>

#include <chrono>
#include <memory>
#include <vector>

class QLineEdit;

namespace embedscope {

class HelpText;
class NeighborsModel;
class Selection;
class TokenTable;

/// Arithmetic with tokens: `king - man + woman` and the rows nearest to the answer.
class FormulaSection : public QWidget
{
    Q_OBJECT

public:
    FormulaSection(Selection* selection, JobRunner* runner, QWidget* parent = nullptr);

    void setTable(std::shared_ptr<const EmbeddingTable> table);
    void setMetric(Metric metric);
    void setCount(Index count);
    void setFormula(const QString& formula);
    [[nodiscard]] QString formula() const;

private:
    struct Answer
    {
        std::vector<Neighbor> neighbors;
        std::vector<std::string> composed; // tokens of the formula that have no row of their own
    };

    static Result<Answer> answer(const EmbeddingTable& table, const std::string& formula, Metric metric, Index k,
                                 std::stop_token stop);
    void evaluate(std::chrono::milliseconds delay);
    void show(Result<Answer> result);

    QLineEdit* m_formula;
    HelpText* m_message;
    NeighborsModel* m_model;
    TokenTable* m_results;
    std::shared_ptr<const EmbeddingTable> m_source;
    Metric m_metric = Metric::Cosine;
    Index m_count = 10;
    LatestJob m_job;
};

} // namespace embedscope
