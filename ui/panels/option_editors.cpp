// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/option_editors.h"

#include "ui/bridge/parameter_text.h"
#include "ui/bridge/qt_text.h"
#include "ui/widgets/form_row.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QVBoxLayout>

namespace embedscope {

namespace {
constexpr int kNumberWidth = 104;
constexpr int kChoiceWidth = 144;
} // namespace

QSpinBox* wholeNumber(int low, int high, int value)
{
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(kNumberWidth);
    return box;
}

QDoubleSpinBox* realNumber(double low, double high, int decimals, double value)
{
    auto* box = new QDoubleSpinBox;
    box->setDecimals(decimals);
    box->setRange(low, high);
    box->setValue(value);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(kNumberWidth);
    return box;
}

QComboBox* choice(std::initializer_list<std::pair<QString, int>> items)
{
    auto* box = new QComboBox;
    for (const auto& [text, value] : items)
        box->addItem(text, value);
    return box;
}

FormRow* addOptionRow(QVBoxLayout* column, const char* parameter, QWidget* editor)
{
    return addOptionRow(column, trainParameter(parameter), editor);
}

FormRow* addOptionRow(QVBoxLayout* column, const ParamSpec& parameter, QWidget* editor)
{
    auto* row = new FormRow(parameterLabel(parameter), editor);
    const QString help = plainToolTip(parameterHelp(parameter));
    row->setToolTip(help);
    editor->setToolTip(help);
    if (auto* box = qobject_cast<QComboBox*>(editor))
        box->setMinimumWidth(kChoiceWidth);
    column->addWidget(row);
    return row;
}

} // namespace embedscope
