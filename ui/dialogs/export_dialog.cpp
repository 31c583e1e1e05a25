// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/export_dialog.h"

#include "core/train/pytorch_project.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/segmented_control.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
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
    copy->setAccessibleName(tr("Copy these lines"));
    connect(copy, &QToolButton::clicked, this, &ExportDialog::copyPython);

    auto* block = new QWidget;
    auto* column = new QVBoxLayout(block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* head = new QHBoxLayout;
    m_pythonCaption = new SectionCaption(QString());
    head->addWidget(m_pythonCaption, 1);
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
        m_format->addItem(tr("%1 (%2)").arg(each.name, each.isFolder() ? tr("folder") : each.ending),
                          static_cast<int>(each.format));
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
    m_path->setAccessibleName(info().isFolder() ? tr("Folder to write") : tr("File to write"));
    m_pythonCaption->setText(info().isFolder() ? tr("To go on in a terminal") : tr("To read it in Python"));
    m_python->setAccessibleName(info().isFolder() ? tr("Commands to go on with")
                                                  : tr("Lines of Python that read the file"));
    m_path->setText(withEnding(m_path->text(), info()));
    refresh();
}

ExportDialog::PathState ExportDialog::pathState() const
{
    const QFileInfo target(m_path->text());
    const QFileInfo folder(target.absolutePath());
    const bool isFolder = info().isFolder();
    if (m_path->text().trimmed().isEmpty() || (target.isDir() && !isFolder))
        return {false, isFolder ? tr("Give the folder a name.") : tr("Give the file a name.")};
    if (!folder.isDir() || !folder.isWritable())
        return {false, tr("Choose another folder: this one does not exist or cannot be written.")};
    if (!target.exists() || (isFolder && target.isDir() && QDir(target.filePath()).isEmpty()))
        return {};
    if (!isFolder)
        return {true, tr("This file exists. Export replaces it.")};
    if (target.isDir() && isPyTorchProject(target.absoluteFilePath().toStdString()))
        return {true, tr("This project exists. Export replaces its files and leaves others.")};
    return {false, tr("Choose a new or an empty folder: other files are here.")};
}

void ExportDialog::refresh()
{
    const PathState state = pathState();
    m_python->setPlainText(pythonSnippet(info(), QFileInfo(m_path->text()).absoluteFilePath()));
    m_export->setEnabled(state.usable);
    m_pathNote->setVisible(!state.note.isEmpty());
    m_pathNote->setText(state.note);
}

void ExportDialog::browse()
{
    const QString filter = info().isFolder() ? QString() : tr("%1 (*%2)").arg(info().name, info().ending);
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
