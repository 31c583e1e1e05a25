// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <initializer_list>
#include <utility>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QVBoxLayout;
class QWidget;

namespace embedscope {

class FormRow;
struct ParamSpec;

/// Editors of a run's options: all numbers equally wide, right-aligned.
QSpinBox* wholeNumber(int low, int high, int value);
QDoubleSpinBox* realNumber(double low, double high, int decimals, double value);
/// Texts with what they stand for.
QComboBox* choice(std::initializer_list<std::pair<QString, int>> items);

/// A row with label and tooltip of the option with this name, below what `column` holds so far.
FormRow* addOptionRow(QVBoxLayout* column, const char* parameter, QWidget* editor);
FormRow* addOptionRow(QVBoxLayout* column, const ParamSpec& parameter, QWidget* editor);

} // namespace embedscope
