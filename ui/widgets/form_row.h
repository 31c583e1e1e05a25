// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace embedscope {

class HelpText;

/// One line of a form: a grey label on the left, the editor on the right, and below both the effective rule in words.
/// The label is the editor's buddy and its accessible name; the help is its accessible description.
class FormRow : public QWidget
{
    Q_OBJECT

public:
    FormRow(const QString& label, QWidget* editor, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* editor() const { return m_editor; }
    [[nodiscard]] QString help() const;

    /// Changes as the settings change; an empty text takes no room.
    void setHelp(const QString& text);

    /// Keeps the wheel for scrolling the form: only an editor that was chosen takes it.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void keepWheelFrom(QWidget* editor);

    QLabel* m_label = nullptr;
    QWidget* m_editor = nullptr;
    HelpText* m_help = nullptr;
};

} // namespace embedscope
