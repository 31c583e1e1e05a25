// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/model_section.h"

#include "ui/bridge/parameter_text.h"
#include "ui/bridge/qt_text.h"
#include "ui/widgets/form_row.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLocale>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <limits>

namespace embedscope {

namespace {

constexpr int kNumberWidth = 104;

QSpinBox* spinBox(int low, int high, int value)
{
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(kNumberWidth);
    return box;
}

} // namespace

ModelSection::ModelSection(QWidget* parent)
    : QWidget(parent)
{
    createEditors();
    createRows();
    showGuidance();
}

void ModelSection::createEditors()
{
    m_encoder = new QComboBox;
    m_encoder->addItem(tr("Bag of words, mean"), static_cast<int>(BagMode::Mean));
    m_encoder->addItem(tr("Bag of words, sum"), static_cast<int>(BagMode::Sum));
    m_encoder->addItem(tr("Bag of words, maximum"), static_cast<int>(BagMode::Max));
    m_start = new QComboBox;
    m_start->addItem(tr("The open table"), static_cast<int>(StartFrom::OpenTable));
    m_start->addItem(tr("A fresh table"), static_cast<int>(StartFrom::FreshTable));
    m_dim = spinBox(1, 4096, 50);
    m_optimizer = new QComboBox;
    // Sparse gradients, and with them SparseAdam, are a matter of the headless tool so far.
    for (const auto& [label, name] :
         {std::pair("Adam", "adam"), {"AdamW", "adamw"}, {"Adagrad", "adagrad"}, {"SGD", "sgd"}})
        m_optimizer->addItem(QString::fromLatin1(label), QString::fromLatin1(name));
    m_weightDecay = new QDoubleSpinBox;
    m_weightDecay->setRange(0, 10);
    m_weightDecay->setDecimals(5);
    m_weightDecay->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_weightDecay->setAlignment(Qt::AlignRight);
    m_weightDecay->setFixedWidth(kNumberWidth);
    m_batchSize = spinBox(1, 65536, 32);
    m_epochs = spinBox(1, 100000, 10);
    m_seed = spinBox(0, std::numeric_limits<int>::max(), 0);

    connect(m_start, &QComboBox::currentIndexChanged, this, &ModelSection::showGuidance);
    connect(m_dim, &QSpinBox::valueChanged, this, &ModelSection::showGuidance);
    connect(m_optimizer, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT optimizerChanged(m_optimizer->currentData().toString()); });
    connect(m_weightDecay, &QDoubleSpinBox::valueChanged, this, &ModelSection::edited);
}

void ModelSection::createRows()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    const auto add = [column](const QString& label, const QString& help, QWidget* editor) {
        auto* row = new FormRow(label, editor);
        row->setToolTip(plainToolTip(help));
        editor->setToolTip(plainToolTip(help));
        column->addWidget(row);
        return row;
    };
    const auto parameter = [&add](const char* name, QWidget* editor) {
        return add(parameterLabel(name), parameterHelp(name), editor);
    };
    parameter("encoder", m_encoder);
    m_startRow =
        add(tr("Start from"), tr("The vectors that are open, or new ones drawn from N(0, 1) by the seed."), m_start);
    m_dimRow = parameter("embedding_dim", m_dim);
    parameter("optimizer", m_optimizer);
    parameter("weight_decay", m_weightDecay);
    parameter("batch_size", m_batchSize);
    parameter("epochs", m_epochs);
    parameter("seed", m_seed);
}

TrainOptions ModelSection::options() const
{
    TrainOptions options;
    options.encoder.mode = static_cast<BagMode>(m_encoder->currentData().toInt());
    options.embedding_dim = m_dim->value();
    options.optimizer = m_optimizer->currentData().toString().toStdString();
    options.weight_decay = m_weightDecay->value();
    options.batch_size = m_batchSize->value();
    options.epochs = m_epochs->value();
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    return options;
}

StartFrom ModelSection::startFrom() const
{
    return static_cast<StartFrom>(m_start->currentData().toInt());
}

void ModelSection::setStartFrom(StartFrom from)
{
    m_start->setCurrentIndex(m_start->findData(static_cast<int>(from)));
}

void ModelSection::setOptimizer(const QString& name)
{
    m_optimizer->setCurrentIndex(m_optimizer->findData(name));
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
    setEnabled(!locked);
}

void ModelSection::showGuidance()
{
    const bool given = startFrom() == StartFrom::OpenTable && m_openDim > 0;
    m_dim->setEnabled(!given);
    if (given) {
        m_dimRow->setHelp(
            tr("Given by the open table: %1.").arg(QLocale().toString(static_cast<qlonglong>(m_openDim))));
        return;
    }
    m_dimRow->setHelp(tr("50-100 for small data sets, 100-300 for medium, 300-500 for large ones."));
}

} // namespace embedscope
