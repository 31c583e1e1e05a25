// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector_panel.h"

#include "core/table/statistics.h"
#include "ui/bridge/qt_text.h"
#include "ui/model/selection.h"
#include "ui/panels/formula_section.h"
#include "ui/panels/neighbors_section.h"
#include "ui/panels/token_details.h"
#include "ui/widgets/style_paint.h"

#include <QLabel>
#include <QVBoxLayout>

namespace embedscope {

namespace {

constexpr int kSectionSpacing = 14;

} // namespace

InspectorPanel::InspectorPanel(Selection* selection, JobRunner* runner, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_empty(new QLabel(this))
    , m_chosen(new QLabel(this))
    , m_details(new TokenDetails(this))
    , m_neighbors(new NeighborsSection(selection, runner, this))
    , m_formula(new FormulaSection(selection, runner, this))
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_chosen->setWordWrap(true);
    m_chosen->hide();
    createLayout();
    connect(selection, &Selection::rowsChanged, this, &InspectorPanel::showChosen);
    connect(selection, &Selection::selectedChanged, this, &InspectorPanel::refresh);
    connect(m_neighbors, &NeighborsSection::neighboursChanged, this, &InspectorPanel::neighboursChanged);
    connect(m_neighbors, &NeighborsSection::metricChanged, this, &InspectorPanel::metricChanged);
    connect(m_neighbors, &NeighborsSection::metricChanged, m_formula, &FormulaSection::setMetric);
    connect(m_neighbors, &NeighborsSection::countChanged, m_formula,
            [this] { m_formula->setCount(m_neighbors->count()); });
    setTable(nullptr, nullptr);
}

void InspectorPanel::createLayout()
{
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPanelMargin, kPanelMargin, kPanelMargin, kPanelMargin);
    layout->setSpacing(kSectionSpacing);
    layout->addWidget(m_chosen);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_details);
    layout->addWidget(m_neighbors);
    layout->addWidget(m_formula);
    layout->addStretch();
}

void InspectorPanel::setTable(std::shared_ptr<const EmbeddingTable> table,
                              std::shared_ptr<const std::vector<float>> norms)
{
    m_table = std::move(table);
    m_norms = std::move(norms);
    if (m_table)
        m_details->setTable(*m_table);
    m_empty->setText(m_table ? tr("Click a point or a word.")
                             : tr("Open vectors or the sample to inspect their words."));
    m_formula->setVisible(m_table != nullptr);
    m_formula->setTable(m_table);
    refresh();
    showChosen();
}

void InspectorPanel::updateNorms(std::shared_ptr<const std::vector<float>> norms)
{
    if (!m_table || !norms || static_cast<Index>(norms->size()) != m_table->rows())
        return;
    m_norms = std::move(norms);
    showDetails();
    showChosen();
}

Metric InspectorPanel::metric() const
{
    return m_neighbors->metric();
}

void InspectorPanel::setMetric(Metric metric)
{
    m_neighbors->setMetric(metric);
}

QString InspectorPanel::formula() const
{
    return m_formula->formula();
}

void InspectorPanel::setFormula(const QString& formula)
{
    m_formula->setFormula(formula);
}

std::optional<Index> InspectorPanel::shownRow() const
{
    const auto row = m_selection->selected();
    return row && m_table && *row < m_table->rows() ? row : std::nullopt;
}

void InspectorPanel::showDetails()
{
    if (const auto row = shownRow())
        m_details->showRow(*m_table, *m_norms, *row);
}

void InspectorPanel::showChosen()
{
    const Selection::Rows& rows = m_selection->rows();
    const bool shown = m_table && !rows.empty() && rows.back() < m_table->rows();
    m_chosen->setVisible(shown);
    if (!shown)
        return;
    std::vector<float> norms;
    norms.reserve(rows.size());
    for (const Index row : rows)
        norms.push_back((*m_norms)[static_cast<std::size_t>(row)]);
    m_chosen->setText(tr("%Ln row(s) selected, mean norm (L2) %1", nullptr, static_cast<int>(rows.size()))
                          .arg(numberText(summarize(norms).mean, 2)));
}

void InspectorPanel::refresh()
{
    const auto row = shownRow();
    m_empty->setVisible(!row);
    m_details->setVisible(row.has_value());
    m_neighbors->setVisible(row.has_value());
    showDetails();
    m_neighbors->setQuery(m_table, row);
}

} // namespace embedscope
