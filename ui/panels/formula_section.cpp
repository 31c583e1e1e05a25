// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/formula_section.h"

#include "ui/bridge/qt_text.h"
#include "ui/model/neighbors_model.h"
#include "ui/panels/neighbors_table.h"
#include "ui/panels/token_table.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/section_caption.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace embedscope {

namespace {

constexpr int kSpacing = 8;
// Long enough to finish a word, so that half of one is not called unknown.
constexpr std::chrono::milliseconds kTypingPause{350};
constexpr std::chrono::milliseconds kAtOnce{0};

/// Empty where every token of a formula has a row.
QString composedText(const std::vector<std::string>& composed)
{
    QStringList tokens;
    for (const std::string& token : composed)
        tokens.append(displayToken(token));
    return tokens.isEmpty() ? QString()
                            : FormulaSection::tr("Not in the vocabulary, composed from their parts: %1.")
                                  .arg(tokens.join(QStringLiteral(", ")));
}

} // namespace

FormulaSection::FormulaSection(Selection* selection, JobRunner* runner, QWidget* parent)
    : QWidget(parent)
    , m_formula(new QLineEdit(this))
    , m_message(new HelpText({}, this))
    , m_model(new NeighborsModel(this))
    , m_results(makeNeighborsTable(m_model, selection, this))
    , m_job(runner)
{
    m_formula->setPlaceholderText(tr("king - man + woman"));
    m_formula->setClearButtonEnabled(true);
    m_formula->setAccessibleName(tr("Formula"));
    m_formula->setToolTip(
        plainToolTip(tr("Adds and subtracts vectors and shows the rows nearest to the result (3CosAdd for cosine). Put "
                        "a token that holds blanks or signs in double quotes.")));
    m_results->setAccessibleName(tr("Results of the formula"));
    m_message->setAccessibleName(tr("Problem with the formula"));
    m_message->hide();

    auto* const caption = new SectionCaption(tr("Formula"), this);
    caption->setBuddy(m_formula);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing);
    layout->addWidget(caption);
    layout->addWidget(m_formula);
    layout->addWidget(m_message);
    layout->addWidget(m_results);

    connect(m_formula, &QLineEdit::textChanged, this, [this] { evaluate(kTypingPause); });
    connect(m_formula, &QLineEdit::returnPressed, this, [this] { evaluate(kAtOnce); });
}

void FormulaSection::setTable(std::shared_ptr<const EmbeddingTable> table)
{
    m_source = std::move(table);
    m_formula->setEnabled(m_source != nullptr);
    evaluate(kAtOnce);
}

void FormulaSection::setMetric(Metric metric)
{
    m_metric = metric;
    evaluate(kAtOnce);
}

void FormulaSection::setCount(Index count)
{
    m_count = count;
    evaluate(kAtOnce);
}

QString FormulaSection::formula() const
{
    return m_formula->text();
}

void FormulaSection::setFormula(const QString& formula)
{
    m_formula->setText(formula);
    evaluate(kAtOnce);
}

Result<FormulaSection::Answer> FormulaSection::answer(const EmbeddingTable& table, const std::string& formula,
                                                      Metric metric, Index k, std::stop_token stop)
{
    auto query = evaluateFormula(formula, table, metric);
    if (!query)
        return fail(query.error());
    auto neighbors = nearestRows(table.weights(), query->vector, k, metric, query->rows, std::move(stop));
    if (!neighbors)
        return fail(neighbors.error());
    return Answer{std::move(*neighbors), std::move(query->composed)};
}

void FormulaSection::evaluate(std::chrono::milliseconds delay)
{
    const std::string formula = m_formula->text().toStdString();
    if (!m_source || m_formula->text().trimmed().isEmpty()) {
        m_job.cancel();
        return show(Answer());
    }
    m_job.start(
        tr("Evaluating the formula"),
        [table = m_source, formula, metric = m_metric, k = m_count](std::stop_token stop, Progress&) {
            return answer(*table, formula, metric, k, std::move(stop));
        },
        [this](Result<Answer> result) { show(std::move(result)); }, delay);
}

void FormulaSection::show(Result<Answer> result)
{
    QString message;
    if (result)
        message = composedText(result->composed);
    else if (!isCancelled(result.error()))
        message = errorText(result.error());
    m_message->setVisible(!message.isEmpty());
    m_message->setText(message);
    m_model->setNeighbors(m_source, m_metric, result ? std::move(result->neighbors) : std::vector<Neighbor>());
}

} // namespace embedscope
