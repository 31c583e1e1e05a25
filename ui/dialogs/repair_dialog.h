// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/repair.h"
#include "ui/dialogs/export_format.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace embedscope {

class FormRow;
class HelpText;
class ToggleSwitch;

/// What a clean copy is asked to be.
struct RepairRequest
{
    RepairOptions options;
    Format format = Format::Safetensors;
    QString path;
};

/// What may be mended in the open table.
struct RepairOffer
{
    QString tableName;
    QString folder; // where the suggested file lies
    LoadReport report;
    QString limit; // "first 10,000 of 400,000 rows"; empty where all rows are open
};

/// Asks what to mend, how and where to. It writes nothing itself, and the open table is never changed.
class RepairDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RepairDialog(const RepairOffer& offer, QWidget* parent = nullptr);

    [[nodiscard]] RepairRequest request() const;
    void setPath(const QString& path);

private:
    void createEditors(const RepairOffer& offer);
    QWidget* makePathRow();
    void formatChosen();
    void refresh();
    void browse();
    [[nodiscard]] const ExportFormatInfo& info() const;

    QVector<ExportFormatInfo> m_formats;
    QComboBox* m_repeated = nullptr;
    QComboBox* m_nan = nullptr;
    ToggleSwitch* m_zero = nullptr;
    ToggleSwitch* m_utf8 = nullptr;
    ToggleSwitch* m_join = nullptr;
    QLineEdit* m_blank = nullptr;
    QComboBox* m_format = nullptr;
    QLineEdit* m_path = nullptr;
    HelpText* m_pathNote = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace embedscope
