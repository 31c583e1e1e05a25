// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/live_section.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace embedscope {

namespace {

constexpr int kNoPadding = -1;
constexpr int kNumberWidth = 104;

/// Editors side by side that make one value.
QWidget* together(std::initializer_list<QWidget*> editors)
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (QWidget* editor : editors)
        row->addWidget(editor);
    box->setFocusProxy(*editors.begin());
    return box;
}

QDoubleSpinBox* realSpinBox(double low, double high, int decimals)
{
    auto* box = new QDoubleSpinBox;
    box->setRange(low, high);
    box->setDecimals(decimals);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setKeyboardTracking(false); // half-typed numbers do not reach the run
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(kNumberWidth);
    return box;
}

} // namespace

LiveSection::LiveSection(QWidget* parent)
    : QWidget(parent)
{
    createEditors();
    createRows();
    connectEditors();
    setRows(0);
    setRunning(false);
    showSettings();
}

void LiveSection::createEditors()
{
    m_freeze = new ToggleSwitch;
    m_padding = new QSpinBox;
    m_padding->setSpecialValueText(tr("none"));
    m_padding->setKeyboardTracking(false);
    m_padding->setAlignment(Qt::AlignRight);
    m_padding->setFixedWidth(kNumberWidth);
    m_useSelected = new QPushButton(tr("Use selected"));
    m_useSelected->setToolTip(tr("Makes the selected word the padding row (padding_idx)."));
    m_zeroRow = new QPushButton(tr("Zero the row"));
    m_zeroRow->setToolTip(tr("Sets the padding row to zero once and clears its momentum, before the next step."));
    m_clearState = new QPushButton(tr("Clear momentum"));
    m_clearState->setToolTip(tr("The optimizer forgets what it knows of the whole table, before the next step."));
    m_rate = realSpinBox(0, 1000, 6);
    m_limitNorm = new ToggleSwitch;
    m_maxNorm = realSpinBox(0.0001, 1e6, 4);
    m_maxNorm->setValue(1);
    m_maxNorm->setAccessibleName(QStringLiteral("max_norm"));
    m_normType = new QComboBox;
    m_normType->setAccessibleName(QStringLiteral("norm_type"));
    m_normType->setToolTip(plainToolTip(parameterHelp("norm_type")));
    m_normType->addItem(tr("L1"), 1.0);
    m_normType->addItem(tr("L2"), 2.0);
    m_normType->addItem(tr("L3"), 3.0);
    m_normType->addItem(QStringLiteral("L∞"), std::numeric_limits<double>::infinity());
    m_scale = new ToggleSwitch;
}

void LiveSection::createRows()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    const auto add = [column](const char* name, QWidget* editor) {
        auto* row = new FormRow(parameterLabel(name), editor);
        row->setToolTip(plainToolTip(parameterHelp(name)));
        column->addWidget(row);
        return row;
    };
    m_freezeRow = add("freeze", m_freeze);
    m_paddingRow = add("padding_idx", m_padding);
    column->addWidget(together({m_useSelected, m_zeroRow}), 0, Qt::AlignLeft);
    column->addWidget(m_clearState, 0, Qt::AlignLeft);
    m_rateRow = add("lr", m_rate);
    m_maxNormRow = add("max_norm", together({m_limitNorm, m_maxNorm}));
    add("norm_type", m_normType);
    m_scaleRow = add("scale_grad_by_freq", m_scale);
    for (auto [editor, name] : {std::pair<QWidget*, const char*>(m_freeze, "freeze"),
                                {m_padding, "padding_idx"},
                                {m_rate, "lr"},
                                {m_limitNorm, "max_norm"},
                                {m_scale, "scale_grad_by_freq"}})
        editor->setAccessibleName(parameterLabel(name));
}

void LiveSection::connectEditors()
{
    for (ToggleSwitch* toggle : {m_freeze, m_limitNorm, m_scale})
        connect(toggle, &ToggleSwitch::toggled, this, &LiveSection::readEditors);
    connect(m_padding, &QSpinBox::valueChanged, this, &LiveSection::readEditors);
    for (QDoubleSpinBox* box : {m_rate, m_maxNorm})
        connect(box, &QDoubleSpinBox::valueChanged, this, &LiveSection::readEditors);
    connect(m_normType, &QComboBox::currentIndexChanged, this, &LiveSection::readEditors);
    connect(m_useSelected, &QPushButton::clicked, this, [this] {
        if (m_selectedRow)
            m_padding->setValue(static_cast<int>(*m_selectedRow));
    });
    connect(m_zeroRow, &QPushButton::clicked, this, [this] { ask(&LiveSettings::zero_padding_row); });
    connect(m_clearState, &QPushButton::clicked, this, [this] { ask(&LiveSettings::clear_table_state); });
}

void LiveSection::ask(std::int64_t LiveSettings::*request)
{
    ++(m_settings.*request);
    Q_EMIT settingsEdited(m_settings);
}

void LiveSection::setSettings(const LiveSettings& settings)
{
    m_settings = settings;
    m_context.settings = settings;
    showSettings();
}

void LiveSection::setContext(const RuleContext& context)
{
    m_context = context;
    m_context.settings = m_settings;
    showRules();
}

void LiveSection::setRows(Index rows)
{
    m_showing = true;
    m_padding->setRange(kNoPadding, static_cast<int>(rows) - 1);
    m_showing = false;
}

void LiveSection::setSelectedRow(std::optional<Index> row)
{
    m_selectedRow = row;
    m_useSelected->setEnabled(row.has_value());
}

void LiveSection::setRunning(bool running)
{
    m_zeroRow->setEnabled(running && m_settings.padding_idx.has_value());
    m_clearState->setEnabled(running);
}

void LiveSection::showSettings()
{
    m_showing = true;
    m_freeze->setChecked(m_settings.freeze);
    m_padding->setValue(static_cast<int>(m_settings.padding_idx.value_or(kNoPadding)));
    m_rate->setValue(m_settings.lr);
    m_limitNorm->setChecked(m_settings.max_norm.has_value());
    if (m_settings.max_norm)
        m_maxNorm->setValue(*m_settings.max_norm);
    m_maxNorm->setEnabled(m_settings.max_norm.has_value());
    m_normType->setEnabled(m_settings.max_norm.has_value());
    if (const int at = m_normType->findData(m_settings.norm_type); at >= 0)
        m_normType->setCurrentIndex(at);
    m_scale->setChecked(m_settings.scale_grad_by_freq);
    m_showing = false;
    showRules();
}

void LiveSection::showRules()
{
    m_context.settings = m_settings;
    m_freezeRow->setHelp(freezeRule(m_context));
    m_paddingRow->setHelp(paddingRule(m_context));
    m_rateRow->setHelp(learningRateRule(m_context));
    m_maxNormRow->setHelp(maxNormRule(m_context));
    m_scaleRow->setHelp(scaleRule(m_context));
}

void LiveSection::readEditors()
{
    if (m_showing)
        return;
    m_settings.freeze = m_freeze->isChecked();
    const int padding = m_padding->value();
    m_settings.padding_idx = padding < 0 ? std::nullopt : std::optional<std::int64_t>(padding);
    m_settings.lr = m_rate->value();
    m_settings.max_norm = m_limitNorm->isChecked() ? std::optional(m_maxNorm->value()) : std::nullopt;
    m_settings.norm_type = m_normType->currentData().toDouble();
    m_settings.scale_grad_by_freq = m_scale->isChecked();
    showSettings();
    Q_EMIT settingsEdited(m_settings);
}

} // namespace embedscope
