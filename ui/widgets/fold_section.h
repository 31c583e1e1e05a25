// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace embedscope {

class HelpText;

/// A part of a form that opens below its title. While it is closed, a line says what in it matters.
class FoldSection : public QWidget
{
    Q_OBJECT

public:
    FoldSection(const QString& title, QWidget* content, QWidget* parent = nullptr);

    [[nodiscard]] bool isOpen() const;
    void setOpen(bool open);

    [[nodiscard]] QString summary() const;
    void setSummary(const QString& text);

private:
    void unfold(bool open);

    QToolButton* m_button = nullptr;
    HelpText* m_summary = nullptr;
    QWidget* m_content = nullptr;
};

} // namespace embedscope
