// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/token_details.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/heat_strip.h"
#include "ui/widgets/fonts.h"

#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <cmath>

namespace embedscope {

namespace {

constexpr int kSpacing = 8;
constexpr int kFactSpacing = 6;
constexpr int kNormDecimals = 2;

} // namespace

int percentileOf(const std::vector<float>& norms, float norm)
{
    std::int64_t finite = 0;
    std::int64_t atMost = 0;
    for (const float other : norms) {
        finite += std::isfinite(other) ? 1 : 0;
        atMost += std::isfinite(other) && other <= norm ? 1 : 0;
    }
    return finite > 0 ? static_cast<int>(std::lround(100.0 * static_cast<double>(atMost) / static_cast<double>(finite)))
                      : 0;
}

TokenDetails::TokenDetails(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(this))
    , m_factsArea(new QWidget(this))
    , m_facts(new QGridLayout(m_factsArea))
    , m_row(addFact(tr("Row"), tr("Row number in the table, from 0: the index that an embedding layer looks up.")))
    , m_norm(addFact(tr("Norm (L2)"), tr("Length of the vector, and the share of all rows that are at most as long.")))
    , m_strip(new HeatStrip(this))
{
    m_title->setFont(titleFont(font()));
    m_title->setAccessibleName(tr("Selected token"));
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setHorizontalSpacing(kSpacing);
    m_facts->setVerticalSpacing(kFactSpacing);
    m_facts->setColumnStretch(1, 1);

    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing);
    layout->addWidget(m_title);
    layout->addWidget(m_factsArea);
    layout->addWidget(m_strip);
}

TokenDetails::Fact TokenDetails::addFact(const QString& name, const QString& toolTip)
{
    auto* const label = new QLabel(name, m_factsArea);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setToolTip(plainToolTip(toolTip));
    auto* const value = new ElidedLabel(m_factsArea);
    value->setFont(figureFont(font()));
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setAccessibleName(name);
    const int line = m_facts->rowCount();
    m_facts->addWidget(label, line, 0);
    m_facts->addWidget(value, line, 1);
    return {label, value};
}

void TokenDetails::setTable(const EmbeddingTable& table)
{
    for (std::vector<Fact>* facts : {&m_categories, &m_numbers}) {
        for (const Fact& fact : *facts) {
            delete fact.name;
            delete fact.value;
        }
        facts->clear();
    }
    for (const CategoryColumn& column : table.columns())
        m_categories.push_back(addFact(toQString(column.name), tr("Category of this token.")));
    for (const NumberColumn& column : table.numberColumns())
        m_numbers.push_back(addFact(toQString(column.name), tr("Number of this token.")));
}

void TokenDetails::showRow(const EmbeddingTable& table, const std::vector<float>& norms, Index row)
{
    const auto at = static_cast<std::size_t>(row);
    m_title->setText(displayToken(table.vocabulary()[row]));
    m_row.value->setText(QLocale().toString(static_cast<qlonglong>(row)));
    const QString norm = numberText(static_cast<double>(norms[at]), kNormDecimals);
    m_norm.value->setText(
        std::isfinite(norms[at])
            ? tr("%1 \u00B7 percentile %2").arg(norm, QLocale().toString(percentileOf(norms, norms[at])))
            : norm);
    for (std::size_t i = 0; i < m_categories.size(); ++i) {
        const CategoryColumn& column = table.columns()[i];
        const std::int32_t value = column.values[at];
        m_categories[i].value->setText(value < 0 ? tr("none")
                                                 : toQString(column.categories[static_cast<std::size_t>(value)]));
    }
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        const double value = table.numberColumns()[i].values[at];
        m_numbers[i].value->setText(std::isnan(value) ? tr("none") : cellText(value));
    }
    m_strip->setVector(table.weights().row(row));
}

} // namespace embedscope
