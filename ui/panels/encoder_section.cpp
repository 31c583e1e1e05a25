// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/encoder_section.h"

#include "ui/panels/option_editors.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QVBoxLayout>

namespace embedscope {

namespace {
constexpr int kAutomaticHeads = 0;
} // namespace

EncoderSection::EncoderSection(QWidget* parent)
    : QWidget(parent)
{
    createEditors();
    createRows();
    showRows();
}

void EncoderSection::createEditors()
{
    const EncoderOptions usual;
    m_kind = choice({{tr("Bag of words"), static_cast<int>(EncoderKind::Bag)},
                     {tr("LSTM"), static_cast<int>(EncoderKind::Lstm)},
                     {tr("GRU"), static_cast<int>(EncoderKind::Gru)},
                     {tr("Transformer"), static_cast<int>(EncoderKind::Transformer)}});
    m_mode = choice({{tr("Mean"), static_cast<int>(BagMode::Mean)},
                     {tr("Sum"), static_cast<int>(BagMode::Sum)},
                     {tr("Maximum"), static_cast<int>(BagMode::Max)}});
    m_hidden = wholeNumber(1, 4096, static_cast<int>(usual.hidden_dim));
    m_layers = wholeNumber(1, 64, static_cast<int>(usual.num_layers));
    m_bidirectional = new ToggleSwitch;
    m_heads = wholeNumber(kAutomaticHeads, 64, kAutomaticHeads);
    m_heads->setSpecialValueText(tr("automatic"));
    m_positions = choice({{tr("Learned"), static_cast<int>(PositionKind::Learned)},
                          {tr("Sinusoidal"), static_cast<int>(PositionKind::Sinusoidal)}});
    m_dropout = realNumber(0, 0.99, 2, usual.dropout);
    m_dropout->setStepType(QAbstractSpinBox::DefaultStepType);
    m_dropout->setSingleStep(0.1);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &EncoderSection::showRows);
    for (QComboBox* box : {m_kind, m_mode, m_positions})
        connect(box, &QComboBox::currentIndexChanged, this, &EncoderSection::edited);
    for (QSpinBox* box : {m_hidden, m_layers, m_heads})
        connect(box, &QSpinBox::valueChanged, this, &EncoderSection::edited);
    connect(m_bidirectional, &ToggleSwitch::toggled, this, &EncoderSection::edited);
    connect(m_dropout, &QDoubleSpinBox::valueChanged, this, &EncoderSection::edited);
}

void EncoderSection::createRows()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    addOptionRow(column, "encoder", m_kind);
    m_modeRow = addOptionRow(column, "mode", m_mode);
    m_hiddenRow = addOptionRow(column, "hidden_dim", m_hidden);
    m_layersRow = addOptionRow(column, "num_layers", m_layers);
    m_bidirectionalRow = addOptionRow(column, "bidirectional", m_bidirectional);
    m_headsRow = addOptionRow(column, "nhead", m_heads);
    m_positionsRow = addOptionRow(column, "positions", m_positions);
    addOptionRow(column, "dropout", m_dropout);
}

EncoderKind EncoderSection::kind() const
{
    return static_cast<EncoderKind>(m_kind->currentData().toInt());
}

void EncoderSection::setKind(EncoderKind kind)
{
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
}

QString EncoderSection::name() const
{
    return m_kind->currentText();
}

void EncoderSection::showRows()
{
    const bool bag = kind() == EncoderKind::Bag;
    const bool transformer = kind() == EncoderKind::Transformer;
    m_modeRow->setVisible(bag);
    m_hiddenRow->setVisible(!bag);
    m_layersRow->setVisible(!bag);
    m_bidirectionalRow->setVisible(!bag && !transformer);
    m_headsRow->setVisible(transformer);
    m_positionsRow->setVisible(transformer);
}

EncoderOptions EncoderSection::options() const
{
    EncoderOptions options;
    options.kind = kind();
    options.mode = static_cast<BagMode>(m_mode->currentData().toInt());
    options.hidden_dim = m_hidden->value();
    options.num_layers = m_layers->value();
    options.bidirectional = m_bidirectional->isChecked();
    if (m_heads->value() != kAutomaticHeads)
        options.nhead = m_heads->value();
    options.positions = static_cast<PositionKind>(m_positions->currentData().toInt());
    options.dropout = m_dropout->value();
    return options;
}

void EncoderSection::setOptions(const EncoderOptions& options)
{
    setKind(options.kind);
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(options.mode)));
    m_hidden->setValue(static_cast<int>(options.hidden_dim));
    m_layers->setValue(static_cast<int>(options.num_layers));
    m_bidirectional->setChecked(options.bidirectional);
    m_heads->setValue(static_cast<int>(options.nhead.value_or(kAutomaticHeads)));
    m_positions->setCurrentIndex(m_positions->findData(static_cast<int>(options.positions)));
    m_dropout->setValue(options.dropout);
}

} // namespace embedscope
