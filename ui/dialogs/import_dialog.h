// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/import_preview.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace embedscope {

class FormRow;
class HelpText;
class PreviewTableModel;
class ToggleSwitch;

/// Shows what a file would be opened as, with its first rows, and lets every guess be changed. Opens nothing itself.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    /// `refusal`: why the file could not be opened with these options, where that was tried.
    ImportDialog(JobRunner* jobs, const QString& path, const ReadOptions& options,
                 const std::optional<Error>& refusal = {}, QWidget* parent = nullptr);

    [[nodiscard]] const ImportPreview& preview() const { return m_preview; }
    [[nodiscard]] const QString& path() const { return m_preview.path(); }
    /// As chosen.
    [[nodiscard]] ReadOptions options() const { return m_preview.options(); }

private:
    QWidget* makeForm();
    QWidget* makeTokensRow();
    QWidget* makePreview();
    FormRow* addRow(QVBoxLayout* column, const QString& label, QWidget* editor);
    void createEditors();
    void connectEditors();
    void choose();
    void chooseTokens();

    void refresh();
    void showFormats(const TablePreview& seen);
    void showEntries(const TablePreview& seen);
    void showArrays(const TablePreview& seen);
    void showHeader(const TablePreview& seen);
    void showDimension(const TablePreview& seen);
    void showEncoding(const TablePreview& seen);
    void showTokens(const TablePreview& seen);
    void showTable();
    void showNote();

    ImportPreview m_preview;
    std::optional<Error> m_refusal;
    ReadOptions m_refused; // the options that the refusal is about
    PreviewTableModel* m_model = nullptr;

    QLabel* m_facts = nullptr;
    HelpText* m_note = nullptr;
    QStackedWidget* m_pages = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_open = nullptr;

    QComboBox* m_format = nullptr;
    QComboBox* m_entry = nullptr;
    QComboBox* m_array = nullptr;
    QComboBox* m_header = nullptr;
    QSpinBox* m_dim = nullptr;
    QComboBox* m_encoding = nullptr;
    QSpinBox* m_limit = nullptr;
    ToggleSwitch* m_skip = nullptr;
    QLineEdit* m_tokens = nullptr;
    FormRow* m_entryRow = nullptr;
    FormRow* m_arrayRow = nullptr;
    FormRow* m_headerRow = nullptr;
    FormRow* m_dimRow = nullptr;
    FormRow* m_encodingRow = nullptr;
    FormRow* m_skipRow = nullptr;
    FormRow* m_tokensRow = nullptr;
};

} // namespace embedscope
