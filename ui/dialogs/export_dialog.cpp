// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/export_dialog.h"

#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/segmented_control.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope {

namespace {

constexpr int kModelSegment = 1;
constexpr int kPythonLines = 4;

QString suggestedPath(const ExportOffer& offer)
{
    const QString name = QFileInfo(offer.tableName).completeBaseName();
    return offer.folder % u'/' % (name.isEmpty() ? QStringLiteral("embedding") : name % QStringLiteral("-export"));
}

} // namespace

ExportDialog::ExportDialog(const ExportOffer& offer, QWidget* parent)
    : QDialog(parent)
    , m_subject(new SegmentedControl(tr("What to export")))
    , m_format(new QComboBox)
    , m_readers(new HelpText)
    , m_path(new QLineEdit(suggestedPath(offer)))
    , m_pathNote(new HelpText)
{
    setWindowTitle(tr("Export"));
    m_subject->addSegment(offer.tableShape.isEmpty() ? tr("&Table") : tr("&Table %1").arg(offer.tableShape));
    if (offer.hasModel)
        m_subject->addSegment(tr("Trained &model"));
    m_format->setMinimumWidth(220);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addWidget(new FormRow(tr("What"), m_subject));
    if (!offer.limit.isEmpty())
        column->addWidget(new HelpText(
            tr("The table holds the %1; what is open when you press Export is written.").arg(offer.limit)));
    column->addWidget(new FormRow(tr("&Format"), m_format));
    column->addWidget(m_readers);
    column->addWidget(makePathRow());
    column->addWidget(m_pathNote);
    column->addWidget(makePythonBlock());
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(540);

    connect(m_subject, &SegmentedControl::currentChanged, this, &ExportDialog::fillFormats);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChosen);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fillFormats();
}

QWidget* ExportDialog::makePathRow()
{
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    m_path->setAccessibleName(tr("File to write"));
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_path, 1);
    layout->addWidget(browseButton);
    return row;
}

QWidget* ExportDialog::makePythonBlock()
{
    m_python = new QPlainTextEdit;
    m_python->setReadOnly(true);
    m_python->setAccessibleName(tr("Lines of Python that read the file"));
    m_python->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_python->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_python->setTabChangesFocus(true);
    m_python->setFixedHeight(m_python->fontMetrics().lineSpacing() * kPythonLines + 26);
    auto* copy = new QToolButton;
    copy->setIcon(icon(IconName::Copy));
    copy->setText(tr("&Copy"));
    copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    copy->setAutoRaise(true);
    copy->setFocusPolicy(Qt::StrongFocus);
    copy->setAccessibleName(tr("Copy the lines of Python"));
    connect(copy, &QToolButton::clicked, this, &ExportDialog::copyPython);

    auto* block = new QWidget;
    auto* column = new QVBoxLayout(block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->addWidget(new SectionCaption(tr("To read it in Python")), 1);
    head->addWidget(copy);
    column->addLayout(head);
    column->addWidget(m_python);
    return block;
}

void ExportDialog::fillFormats()
{
    const bool model = m_subject->currentIndex() == kModelSegment;
    m_formats = model ? modelExportFormats() : tableExportFormats();
    const QSignalBlocker quiet(m_format);
    m_format->clear();
    for (const ExportFormatInfo& each : m_formats)
        m_format->addItem(tr("%1 (%2)").arg(each.name, each.ending), static_cast<int>(each.format));
    const auto usual = model ? ExportFormat::ModelSafetensors : ExportFormat::Safetensors;
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(usual)));
    formatChosen();
}

const ExportFormatInfo& ExportDialog::info() const
{
    return m_formats.at(m_format->currentIndex());
}

void ExportDialog::formatChosen()
{
    m_readers->setText(info().readers);
    m_format->setAccessibleDescription(info().readers);
    m_path->setText(withEnding(m_path->text(), info()));
    refresh();
}

void ExportDialog::refresh()
{
    const QFileInfo file(m_path->text());
    const QFileInfo folder(file.absolutePath());
    const bool named = !m_path->text().trimmed().isEmpty() && !file.isDir();
    const bool writable = folder.isDir() && folder.isWritable();
    m_python->setPlainText(pythonSnippet(info(), file.absoluteFilePath()));
    m_export->setEnabled(named && writable);
    m_pathNote->setVisible(!named || !writable || file.exists());
    m_pathNote->setText(!named      ? tr("Give the file a name.")
                        : !writable ? tr("Choose another folder: this one does not exist or cannot be written.")
                                    : tr("This file exists. Export replaces it."));
}

void ExportDialog::browse()
{
    const QString filter = tr("%1 (*%2)").arg(info().name, info().ending);
    const QString path = QFileDialog::getSaveFileName(this, tr("Export To"), m_path->text(), filter);
    if (!path.isEmpty())
        setPath(withEnding(path, info()));
}

void ExportDialog::copyPython()
{
    QGuiApplication::clipboard()->setText(m_python->toPlainText());
}

void ExportDialog::setPath(const QString& path)
{
    m_path->setText(path);
}

ExportRequest ExportDialog::request() const
{
    return {info().format, QFileInfo(m_path->text()).absoluteFilePath()};
}

} // namespace embedscope
