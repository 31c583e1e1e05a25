// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/model_section.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/advanced_section.h"
#include "ui/panels/encoder_section.h"
#include "ui/panels/model_summary.h"
#include "ui/panels/option_editors.h"
#include "ui/widgets/fold_section.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLocale>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <limits>

namespace embedscope {

ModelSection::ModelSection(QWidget* parent)
    : QWidget(parent)
{
    createEditors();
    createRows();
    connectEditors();
    showGuidance();
}

void ModelSection::createEditors()
{
    m_encoder = new EncoderSection;
    m_start = choice({{tr("The open table"), static_cast<int>(StartFrom::OpenTable)},
                      {tr("A fresh table"), static_cast<int>(StartFrom::FreshTable)}});
    m_dim = wholeNumber(1, 4096, 50);
    m_optimizer = new QComboBox;
    for (const auto& [label, name] : {std::pair("Adam", "adam"),
                                      {"AdamW", "adamw"},
                                      {"Adagrad", "adagrad"},
                                      {"SGD", "sgd"},
                                      {"SparseAdam", "sparse_adam"}})
        m_optimizer->addItem(QString::fromLatin1(label), QString::fromLatin1(name));
    m_weightDecay = realNumber(0, 10, 5, 0);
    m_batchSize = wholeNumber(1, 65536, 32);
    m_epochs = wholeNumber(1, 100000, 10);
    m_seed = wholeNumber(0, std::numeric_limits<int>::max(), 0);
    m_advanced = new AdvancedSection;
    m_fold = new FoldSection(tr("Advanced"), m_advanced);
    m_refusal = new HelpText;
    // Said aloud, so not in the grey of help.
    m_refusal->setForegroundRole(QPalette::WindowText);
    m_refusal->hide();
}

void ModelSection::createRows()
{
    auto* both = new QVBoxLayout(this);
    both->setContentsMargins(0, 0, 0, 0);
    m_summary = new ModelSummary;
    m_summary->hide();
    m_rows = new QWidget;
    both->addWidget(m_summary);
    both->addWidget(m_rows);
    auto* column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_encoder);
    const QString help = tr("The vectors that are open, or new ones drawn from N(0, 1) by the seed.");
    auto* start = new FormRow(tr("Start from"), m_start);
    start->setToolTip(plainToolTip(help));
    m_start->setToolTip(plainToolTip(help));
    column->addWidget(start);
    m_dimRow = addOptionRow(column, "embedding_dim", m_dim);
    addOptionRow(column, "optimizer", m_optimizer);
    addOptionRow(column, "weight_decay", m_weightDecay);
    addOptionRow(column, "batch_size", m_batchSize);
    addOptionRow(column, "epochs", m_epochs);
    addOptionRow(column, "seed", m_seed);
    column->addWidget(m_fold);
    column->addWidget(m_refusal);
}

void ModelSection::connectEditors()
{
    connect(m_optimizer, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT optimizerChanged(m_optimizer->currentData().toString()); });
    const auto change = [this] {
        showGuidance();
        Q_EMIT edited();
    };
    connect(m_encoder, &EncoderSection::edited, this, change);
    connect(m_advanced, &AdvancedSection::edited, this, change);
    for (QComboBox* box : {m_start, m_optimizer})
        connect(box, &QComboBox::currentIndexChanged, this, change);
    for (QSpinBox* box : {m_dim, m_batchSize, m_epochs})
        connect(box, &QSpinBox::valueChanged, this, change);
    connect(m_weightDecay, &QDoubleSpinBox::valueChanged, this, change);
}

TrainOptions ModelSection::options() const
{
    TrainOptions options;
    options.encoder = m_encoder->options();
    options.embedding_dim = m_dim->value();
    options.optimizer = m_optimizer->currentData().toString().toStdString();
    options.weight_decay = m_weightDecay->value();
    options.batch_size = m_batchSize->value();
    options.epochs = m_epochs->value();
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    m_advanced->fill(options);
    return options;
}

void ModelSection::setOptions(const TrainOptions& options)
{
    m_encoder->setOptions(options.encoder);
    m_dim->setValue(static_cast<int>(options.embedding_dim));
    setOptimizer(QString::fromStdString(options.optimizer));
    m_weightDecay->setValue(options.weight_decay);
    m_batchSize->setValue(static_cast<int>(options.batch_size));
    m_epochs->setValue(static_cast<int>(options.epochs));
    m_seed->setValue(static_cast<int>(options.seed));
    m_advanced->setOptions(options);
    if (m_summary->isVisibleTo(this))
        showSummary();
}

StartFrom ModelSection::startFrom() const
{
    return static_cast<StartFrom>(m_start->currentData().toInt());
}

Index ModelSection::dim() const
{
    return startFrom() == StartFrom::OpenTable && m_openDim > 0 ? m_openDim : m_dim->value();
}

void ModelSection::setStartFrom(StartFrom from)
{
    m_start->setCurrentIndex(m_start->findData(static_cast<int>(from)));
}

void ModelSection::setOptimizer(const QString& name)
{
    m_optimizer->setCurrentIndex(m_optimizer->findData(name));
}

void ModelSection::setEncoder(EncoderKind kind)
{
    m_encoder->setKind(kind);
}

void ModelSection::setOpenTable(bool open, Index dim)
{
    m_openDim = open ? dim : 0;
    auto* items = qobject_cast<QStandardItemModel*>(m_start->model());
    items->item(m_start->findData(static_cast<int>(StartFrom::OpenTable)))->setEnabled(open);
    if (!open)
        setStartFrom(StartFrom::FreshTable);
    showGuidance();
}

void ModelSection::setLocked(bool locked)
{
    if (locked) {
        showSummary();
        // Otherwise the focus would wander to the next editor, and the panel scroll there.
        if (QWidget* focused = m_rows->focusWidget())
            focused->clearFocus();
    }
    m_rows->setVisible(!locked);
    m_summary->setVisible(locked);
}

void ModelSection::showSummary()
{
    const TrainOptions now = options();
    const bool bag = now.encoder.kind == EncoderKind::Bag;
    m_summary->setFacts({.encoder = m_encoder->name(),
                         .dim = dim(),
                         .hidden = bag ? 0 : now.encoder.hidden_dim,
                         .optimizer = m_optimizer->currentText(),
                         .more = m_fold->summary()});
}

void ModelSection::setRefusal(const QString& sentence)
{
    m_refusal->setText(sentence);
    m_refusal->setVisible(!sentence.isEmpty());
}

QString ModelSection::refusal() const
{
    return m_refusal->text();
}

void ModelSection::showGuidance()
{
    const bool given = startFrom() == StartFrom::OpenTable && m_openDim > 0;
    m_advanced->setContext(m_encoder->kind(), !given);
    m_fold->setSummary(m_advanced->summary());
    m_dim->setEnabled(!given);
    if (given) {
        m_dimRow->setHelp(
            tr("Given by the open table: %1.").arg(QLocale().toString(static_cast<qlonglong>(m_openDim))));
        return;
    }
    m_dimRow->setHelp(tr("50-100 for small data sets, 100-300 for medium, 300-500 for large ones."));
}

} // namespace embedscope
