// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/export_format.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace embedscope {

class HelpText;
class SectionCaption;
class SegmentedControl;

/// What the user asked to be written.
struct ExportRequest
{
    ExportFormat format = ExportFormat::Safetensors;
    QString path;
};

/// What the dialog may offer.
struct ExportOffer
{
    QString tableName;     // "glove.6B.50d.txt", for the suggested file name
    QString tableShape;    // "9,163 × 50"
    bool hasModel = false; // a trained model is there to be taken away
    QString folder;        // where the suggestion lies
    QString limit;         // "first 10,000 of 400,000 rows"; empty where all rows are open
};

/// Asks what to export, how and where to. It writes nothing itself.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ExportDialog(const ExportOffer& offer, QWidget* parent = nullptr);

    [[nodiscard]] ExportRequest request() const;
    void setPath(const QString& path);

private:
    QWidget* makePathRow();
    QWidget* makePythonBlock();
    void fillFormats();
    void formatChosen();
    void refresh();
    /// What stands in the way of writing to the path, or what is to be known about it; empty where all is well.
    struct PathState
    {
        bool usable = true;
        QString note;
    };
    [[nodiscard]] PathState pathState() const;
    void browse();
    void copyPython();
    [[nodiscard]] const ExportFormatInfo& info() const;

    QVector<ExportFormatInfo> m_formats;
    SegmentedControl* m_subject = nullptr;
    QComboBox* m_format = nullptr;
    HelpText* m_readers = nullptr;
    QLineEdit* m_path = nullptr;
    HelpText* m_pathNote = nullptr;
    SectionCaption* m_pythonCaption = nullptr;
    QPlainTextEdit* m_python = nullptr;
    QPushButton* m_export = nullptr;
};

} // namespace embedscope
