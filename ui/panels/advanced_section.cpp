// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/advanced_section.h"

#include "ui/bridge/parameter_text.h"
#include "ui/panels/option_editors.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLocale>
#include <QSpinBox>
#include <QStringList>
#include <QVBoxLayout>

#include <limits>

namespace embedscope {

namespace {

constexpr double kUsualValidation = 0.1;
constexpr int kNone = 0;

/// Shares, in steps that a person thinks in.
QDoubleSpinBox* share(double high, double value)
{
    QDoubleSpinBox* box = realNumber(0, high, 2, value);
    box->setStepType(QAbstractSpinBox::DefaultStepType);
    box->setSingleStep(0.05);
    return box;
}

QSpinBox* countOrNone(const QString& none)
{
    QSpinBox* box = wholeNumber(kNone, std::numeric_limits<int>::max(), kNone);
    box->setSpecialValueText(none);
    return box;
}

} // namespace

AdvancedSection::AdvancedSection(QWidget* parent)
    : QWidget(parent)
{
    createEditors();
    createRows();
    connectEditors();
    setContext(m_encoder, m_freshTable);
}

void AdvancedSection::createEditors()
{
    m_validSplit = share(0.9, kUsualValidation);
    m_validSplit->setSpecialValueText(tr("none"));
    m_earlyStop = countOrNone(tr("never"));
    m_freezeEpochs = countOrNone(tr("none"));
    m_classWeight = new QComboBox;
    m_classWeight->addItem(tr("none"), QStringLiteral("none"));
    m_classWeight->addItem(tr("balanced"), QStringLiteral("balanced"));
    m_classWeight->setEditable(true);
    m_classWeight->setInsertPolicy(QComboBox::NoInsert);
    m_labelSmoothing = share(0.95, 0);
    m_clipNorm = realNumber(0, 1e6, 3, 0);
    m_clipNorm->setSpecialValueText(tr("never"));
    m_schedule = choice({{tr("Constant"), static_cast<int>(Schedule::Constant)},
                         {tr("Linear"), static_cast<int>(Schedule::Linear)},
                         {tr("Cosine"), static_cast<int>(Schedule::Cosine)}});
    m_warmup = countOrNone(tr("none"));
    m_maxLength = countOrNone(tr("any"));
    m_minCount = wholeNumber(1, std::numeric_limits<int>::max(), 1);
    m_sparse = new ToggleSwitch;
    m_normFirst = new ToggleSwitch;
    m_gelu = new ToggleSwitch;
}

void AdvancedSection::createRows()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    addOptionRow(column, "valid_split", m_validSplit);
    addOptionRow(column, "early_stop", m_earlyStop);
    addOptionRow(column, "freeze_epochs", m_freezeEpochs);
    addOptionRow(column, "class_weight", m_classWeight);
    addOptionRow(column, "label_smoothing", m_labelSmoothing);
    addOptionRow(column, "clip_norm", m_clipNorm);
    addOptionRow(column, "schedule", m_schedule);
    addOptionRow(column, "warmup_steps", m_warmup);
    m_maxLengthRow = addOptionRow(column, "max_length", m_maxLength);
    m_minCountRow = addOptionRow(column, "min_count", m_minCount);
    addOptionRow(column, "sparse", m_sparse);
    m_normFirstRow = addOptionRow(column, "norm_first", m_normFirst);
    m_geluRow = addOptionRow(column, "gelu", m_gelu);
}

void AdvancedSection::connectEditors()
{
    for (QSpinBox* box : {m_earlyStop, m_freezeEpochs, m_warmup, m_maxLength, m_minCount})
        connect(box, &QSpinBox::valueChanged, this, &AdvancedSection::edited);
    for (QDoubleSpinBox* box : {m_validSplit, m_labelSmoothing, m_clipNorm})
        connect(box, &QDoubleSpinBox::valueChanged, this, &AdvancedSection::edited);
    for (ToggleSwitch* toggle : {m_sparse, m_normFirst, m_gelu})
        connect(toggle, &ToggleSwitch::toggled, this, &AdvancedSection::edited);
    connect(m_classWeight, &QComboBox::currentTextChanged, this, &AdvancedSection::edited);
    connect(m_schedule, &QComboBox::currentIndexChanged, this, &AdvancedSection::edited);
}

void AdvancedSection::setContext(EncoderKind encoder, bool freshTable)
{
    m_encoder = encoder;
    m_freshTable = freshTable;
    const bool transformer = encoder == EncoderKind::Transformer;
    m_normFirstRow->setVisible(transformer);
    m_geluRow->setVisible(transformer);
    m_maxLengthRow->setHelp(transformer ? tr("A Transformer reads 512 words unless told otherwise.") : QString());
    // The words of an open table are what they are.
    m_minCountRow->setVisible(freshTable);
}

std::string AdvancedSection::classWeight() const
{
    const QString text = m_classWeight->currentText();
    const int item = m_classWeight->findText(text);
    return (item >= 0 ? m_classWeight->itemData(item).toString() : text.trimmed()).toStdString();
}

void AdvancedSection::fill(TrainOptions& options) const
{
    options.valid_split = m_validSplit->value();
    options.early_stop = m_earlyStop->value();
    options.freeze_epochs = m_freezeEpochs->value();
    options.class_weight = classWeight();
    options.label_smoothing = m_labelSmoothing->value();
    options.clip_norm = m_clipNorm->value();
    options.schedule = static_cast<Schedule>(m_schedule->currentData().toInt());
    options.warmup_steps = m_warmup->value();
    if (m_maxLength->value() != kNone)
        options.max_length = m_maxLength->value();
    options.sparse = m_sparse->isChecked();
    if (m_freshTable)
        options.min_count = m_minCount->value();
    if (m_encoder == EncoderKind::Transformer) {
        options.encoder.norm_first = m_normFirst->isChecked();
        options.encoder.gelu = m_gelu->isChecked();
    }
}

void AdvancedSection::setOptions(const TrainOptions& options)
{
    m_validSplit->setValue(options.valid_split);
    m_earlyStop->setValue(static_cast<int>(options.early_stop));
    m_freezeEpochs->setValue(static_cast<int>(options.freeze_epochs));
    const QString weight = QString::fromStdString(options.class_weight);
    const int item = m_classWeight->findData(weight);
    m_classWeight->setCurrentText(item >= 0 ? m_classWeight->itemText(item) : weight);
    m_labelSmoothing->setValue(options.label_smoothing);
    m_clipNorm->setValue(options.clip_norm);
    m_schedule->setCurrentIndex(m_schedule->findData(static_cast<int>(options.schedule)));
    m_warmup->setValue(static_cast<int>(options.warmup_steps));
    m_maxLength->setValue(static_cast<int>(options.max_length.value_or(kNone)));
    m_minCount->setValue(static_cast<int>(options.min_count));
    m_sparse->setChecked(options.sparse);
    m_normFirst->setChecked(options.encoder.norm_first);
    m_gelu->setChecked(options.encoder.gelu);
}

QString AdvancedSection::summary() const
{
    TrainOptions now;
    fill(now);
    QStringList sentences{
        now.valid_split > 0 ? tr("%1 % held out for validation.").arg(QLocale().toString(100 * now.valid_split, 'g', 3))
                            : tr("Nothing held out for validation.")};
    TrainOptions usual;
    usual.valid_split = now.valid_split;
    const Fields before = toFields(usual);
    QStringList changed;
    for (const ParamSpec& parameter : trainParameters()) {
        const Fields after = toFields(now);
        const auto found = after.find(parameter.name);
        if (found != after.end() && before.at(parameter.name) != found->second)
            changed.append(parameterLabel(parameter.name));
    }
    if (!changed.isEmpty())
        sentences.append(tr("Changed: %1.").arg(changed.join(QStringLiteral(", "))));
    return sentences.join(QLatin1Char(' '));
}

} // namespace embedscope
