// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/model_summary.h"

#include "ui/panels/option_editors.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace embedscope {

ModelSummary::ModelSummary(QWidget* parent)
    : QWidget(parent)
    , m_encoder(new QLabel)
    , m_dim(new QLabel)
    , m_hidden(new QLabel)
    , m_optimizer(new QLabel)
    , m_more(new HelpText)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    addOptionRow(column, "encoder", m_encoder);
    addOptionRow(column, "embedding_dim", m_dim);
    m_hiddenRow = addOptionRow(column, "hidden_dim", m_hidden);
    addOptionRow(column, "optimizer", m_optimizer);
    column->addWidget(m_more);
}

void ModelSummary::setFacts(const Facts& facts)
{
    const QLocale locale;
    m_encoder->setText(facts.encoder);
    m_dim->setText(locale.toString(facts.dim));
    m_hidden->setText(locale.toString(facts.hidden));
    m_hiddenRow->setVisible(facts.hidden > 0);
    m_optimizer->setText(facts.optimizer);
    m_more->setText(facts.more);
}

} // namespace embedscope
