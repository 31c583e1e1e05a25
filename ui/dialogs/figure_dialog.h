// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/figure_export.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace embedscope {

class HelpText;

/// Asks how large a figure of the map shall be, in which colours, and where to. It writes nothing itself.
class FigureDialog : public QDialog
{
    Q_OBJECT

public:
    /// `path`: a suggestion; `size`: that of the map on screen.
    FigureDialog(const QString& path, QSize size, QWidget* parent = nullptr);

    [[nodiscard]] QString path() const;
    [[nodiscard]] FigureOptions options() const;
    void setPath(const QString& path);

private:
    QWidget* makePathRow();
    QWidget* makeSizeRow();
    void browse();
    void refresh();

    QLineEdit* m_path;
    HelpText* m_note;
    QSpinBox* m_width;
    QSpinBox* m_height;
    QComboBox* m_scale;
    QComboBox* m_colours;
    QCheckBox* m_transparent;
    QPushButton* m_export = nullptr;
};

} // namespace embedscope
