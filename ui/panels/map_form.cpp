// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_form.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/form_row.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QStringList>
#include <QVBoxLayout>

namespace embedscope {

namespace {

constexpr int kChoiceWidth = 124;

/// Context of the texts of this file.
struct MapForm
{
    Q_DECLARE_TR_FUNCTIONS(MapForm)
};

QString effectText(MapEffect effect)
{
    switch (effect) {
    case MapEffect::AtOnce:
        return MapForm::tr("Takes effect at once.");
    case MapEffect::WithRun:
        return MapForm::tr("Takes effect with Run.");
    case MapEffect::WithGoOn:
        break;
    }
    return MapForm::tr("Takes effect with Run, or with Go On from where the points are.");
}

} // namespace

FormRow* addMapRow(QVBoxLayout* column, const QString& label, QWidget* editor, const QString& what,
                   const QString& technicalName, MapEffect effect)
{
    auto* row = new FormRow(label, editor);
    const QString name = MapForm::tr("Technical name: %1.").arg(technicalName);
    const QString help = plainToolTip(QStringList{what, name, effectText(effect)}.join(QLatin1Char('\n')));
    row->setToolTip(help);
    editor->setToolTip(help);
    if (auto* box = qobject_cast<QComboBox*>(editor))
        box->setFixedWidth(kChoiceWidth);
    column->addWidget(row);
    return row;
}

QVBoxLayout* formColumn(QWidget* parent)
{
    auto* column = new QVBoxLayout(parent);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    return column;
}

} // namespace embedscope
