// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/repair_dialog.h"

#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kEditorWidth = 220;
constexpr int kBlankWidth = 60;

QComboBox* makeCombo()
{
    auto* combo = new QComboBox;
    combo->setMinimumWidth(kEditorWidth);
    return combo;
}

/// How often something was found; nothing is to be said of what was not.
QString foundText(Index count)
{
    return count == 0 ? RepairDialog::tr("None was found.")
                      : RepairDialog::tr("Found: %1.").arg(QLocale().toString(static_cast<qlonglong>(count)));
}

Index countOf(const LoadReport& report, WarningCode code)
{
    const auto found = std::find_if(report.warnings.begin(), report.warnings.end(),
                                    [code](const Warning& warning) { return warning.code == code; });
    return found == report.warnings.end() ? 0 : static_cast<Index>(QString::fromStdString(found->args[0]).toLongLong());
}

} // namespace

RepairDialog::RepairDialog(const RepairOffer& offer, QWidget* parent)
    : QDialog(parent)
    , m_formats(tableExportFormats())
    , m_path(
          new QLineEdit(offer.folder % u'/' % QFileInfo(offer.tableName).completeBaseName() % QStringLiteral("-clean")))
    , m_pathNote(new HelpText)
{
    setWindowTitle(tr("Repair and Save a Clean Copy"));
    createEditors(offer);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    auto* blanks = new QWidget;
    auto* blankRow = new QHBoxLayout(blanks);
    blankRow->setContentsMargins(0, 0, 0, 0);
    blankRow->setSpacing(8);
    blankRow->addWidget(m_blank);
    blankRow->addWidget(m_join);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(12);
    column->addWidget(new SectionCaption(tr("What to mend")));
    const LoadReport& report = offer.report;
    const auto add = [column](const QString& label, QWidget* editor, const QString& help) {
        auto* row = new FormRow(label, editor);
        row->setHelp(help);
        column->addWidget(row);
    };
    add(tr("Repeated &tokens"), m_repeated, foundText(report.duplicates));
    add(tr("Rows with &NaN"), m_nan, foundText(report.nanRows));
    add(tr("Drop rows of &zeros"), m_zero, foundText(report.zeroRows));
    add(tr("Make tokens &UTF-8"), m_utf8,
        tr("Each ill-formed byte becomes U+FFFD. %1").arg(foundText(report.invalidUtf8)));
    add(tr("Replace &blanks in tokens by"), blanks,
        tr("The word2vec formats cannot express blanks. %1")
            .arg(foundText(countOf(report, WarningCode::TokensWithBlanks))));
    column->addSpacing(6);
    column->addWidget(new SectionCaption(tr("The clean copy")));
    column->addWidget(new FormRow(tr("&Format"), m_format));
    column->addWidget(makePathRow());
    column->addWidget(m_pathNote);
    if (!offer.limit.isEmpty())
        column->addWidget(new HelpText(tr("The table holds the %1; the copy will too.").arg(offer.limit)));
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(560);

    connect(m_format, &QComboBox::currentIndexChanged, this, &RepairDialog::formatChosen);
    connect(m_path, &QLineEdit::textChanged, this, &RepairDialog::refresh);
    connect(m_join, &ToggleSwitch::toggled, this, &RepairDialog::refresh);
    connect(m_blank, &QLineEdit::textChanged, this, &RepairDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    formatChosen();
}

void RepairDialog::createEditors(const RepairOffer& offer)
{
    m_repeated = makeCombo();
    m_repeated->addItem(tr("Keep all rows"), static_cast<int>(RepeatedTokens::Keep));
    m_repeated->addItem(tr("Keep the first row"), static_cast<int>(RepeatedTokens::KeepFirst));
    m_repeated->addItem(tr("Keep the last row"), static_cast<int>(RepeatedTokens::KeepLast));
    m_repeated->setCurrentIndex(offer.report.duplicates > 0 ? 1 : 0);
    m_nan = makeCombo();
    m_nan->addItem(tr("Keep"), static_cast<int>(NanRows::Keep));
    m_nan->addItem(tr("Drop"), static_cast<int>(NanRows::Drop));
    m_nan->addItem(tr("Make them zeros"), static_cast<int>(NanRows::Zero));
    m_nan->setCurrentIndex(offer.report.nanRows > 0 ? 1 : 0);
    m_zero = new ToggleSwitch;
    m_utf8 = new ToggleSwitch;
    m_utf8->setChecked(offer.report.invalidUtf8 > 0);
    m_join = new ToggleSwitch;
    m_join->setAccessibleName(tr("Replace blanks in tokens"));
    m_join->setChecked(countOf(offer.report, WarningCode::TokensWithBlanks) > 0);
    m_blank = new QLineEdit(QStringLiteral("_"));
    m_blank->setFixedWidth(kBlankWidth);
    m_blank->setAccessibleName(tr("What stands for a blank"));
    m_format = makeCombo();
    for (const ExportFormatInfo& each : m_formats)
        m_format->addItem(tr("%1 (%2)").arg(each.name, each.ending), static_cast<int>(each.format));
    // The format that the table came in is what its readers expect.
    for (int i = 0; i < m_formats.size(); ++i)
        if (tableFormat(m_formats.at(i).format) == offer.report.format)
            m_format->setCurrentIndex(i);
}

QWidget* RepairDialog::makePathRow()
{
    auto* button = new QPushButton(tr("&Browse…"));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, &RepairDialog::browse);
    m_path->setAccessibleName(tr("File to write"));
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_path, 1);
    layout->addWidget(button);
    return row;
}

const ExportFormatInfo& RepairDialog::info() const
{
    return m_formats.at(m_format->currentIndex());
}

void RepairDialog::formatChosen()
{
    m_path->setText(withEnding(m_path->text(), info()));
    refresh();
}

void RepairDialog::refresh()
{
    const QFileInfo file(m_path->text());
    const QFileInfo folder(file.absolutePath());
    const bool named = !m_path->text().trimmed().isEmpty() && !file.isDir();
    const bool writable = folder.isDir() && folder.isWritable();
    m_blank->setEnabled(m_join->isChecked());
    m_save->setEnabled(named && writable && (!m_join->isChecked() || !m_blank->text().isEmpty()));
    m_pathNote->setVisible(!named || !writable || file.exists());
    m_pathNote->setText(!named      ? tr("Give the file a name.")
                        : !writable ? tr("Choose another folder: this one does not exist or cannot be written.")
                                    : tr("This file exists. Saving replaces it."));
}

void RepairDialog::browse()
{
    const QString filter = tr("%1 (*%2)").arg(info().name, info().ending);
    const QString path = QFileDialog::getSaveFileName(this, tr("Save a Clean Copy"), m_path->text(), filter);
    if (!path.isEmpty())
        setPath(withEnding(path, info()));
}

void RepairDialog::setPath(const QString& path)
{
    m_path->setText(path);
}

RepairRequest RepairDialog::request() const
{
    RepairRequest request;
    request.options.repeated_tokens = static_cast<RepeatedTokens>(m_repeated->currentData().toInt());
    request.options.nan_rows = static_cast<NanRows>(m_nan->currentData().toInt());
    request.options.drop_zero_rows = m_zero->isChecked();
    request.options.valid_utf8 = m_utf8->isChecked();
    if (m_join->isChecked())
        request.options.blank = m_blank->text().toStdString();
    request.format = tableFormat(info().format).value_or(Format::Safetensors);
    request.path = QFileInfo(m_path->text()).absoluteFilePath();
    return request;
}

} // namespace embedscope
