// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QVBoxLayout;
class QWidget;

namespace embedscope {

class FormRow;

/// When an option of a map counts: at once, with the next map alone, or for the points where they are too.
enum class MapEffect { AtOnce, WithRun, WithGoOn };

/// A row whose tooltip says what the option does, its technical name and when it takes effect.
FormRow* addMapRow(QVBoxLayout* column, const QString& label, QWidget* editor, const QString& what,
                   const QString& technicalName, MapEffect effect);

/// A column without margins in `parent`, its rows as far apart as those of other forms.
QVBoxLayout* formColumn(QWidget* parent);

} // namespace embedscope
