// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/form_row.h"

#include "ui/widgets/help_text.h"
#include "ui/widgets/mnemonic.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>

namespace embedscope {

FormRow::FormRow(const QString& label, QWidget* editor, QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel(label))
    , m_editor(editor)
    , m_help(new HelpText)
{
    m_label->setForegroundRole(QPalette::PlaceholderText);
    m_label->setBuddy(editor);
    if (editor->accessibleName().isEmpty())
        editor->setAccessibleName(withoutMnemonic(label));
    m_help->hide();
    keepWheelFrom(editor);
    for (QWidget* part : editor->findChildren<QWidget*>())
        keepWheelFrom(part);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_label, 0, 0, Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(editor, 0, 1, Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(m_help, 1, 0, 1, 2);
}

void FormRow::keepWheelFrom(QWidget* editor)
{
    if (qobject_cast<QAbstractSpinBox*>(editor) == nullptr && qobject_cast<QComboBox*>(editor) == nullptr)
        return;
    editor->setFocusPolicy(Qt::StrongFocus);
    editor->installEventFilter(this);
}

bool FormRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus())
        return QWidget::eventFilter(watched, event);
    event->ignore();
    return true;
}

QString FormRow::help() const
{
    return m_help->text();
}

void FormRow::setHelp(const QString& text)
{
    m_help->setText(text);
    m_help->setVisible(!text.isEmpty());
    m_editor->setAccessibleDescription(text);
}

} // namespace embedscope
