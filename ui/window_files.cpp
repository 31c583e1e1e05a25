// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_files.h"

#include "ui/bridge/qt_text.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/load_report_dialog.h"
#include "ui/dialogs/repair_dialog.h"
#include "ui/model/table_repair.h"
#include "ui/widgets/message_bar.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>

#include <utility>

namespace embedscope {

namespace {

QString grouped(Index number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

/// Files that cannot be looked into have no preview.
bool hasPreview(const Error& error)
{
    return error.code != ErrorCode::FileNotFound && error.code != ErrorCode::FileUnreadable &&
           error.code != ErrorCode::FileEmpty;
}

} // namespace

WindowFiles::WindowFiles(Workspace* workspace, MapView* map, MessageBar* messages, QWidget* window)
    : QObject(window)
    , m_workspace(workspace)
    , m_map(map)
    , m_messages(messages)
    , m_window(window)
{
    connectDocument();
}

void WindowFiles::connectDocument()
{
    const Document* document = &m_workspace->document;
    connect(document, &Document::refused, this, &WindowFiles::onRefused);
    connect(document, &Document::restChanged, this, &WindowFiles::onRestChanged);
    connect(document, &Document::restFailed, this, &WindowFiles::onRestFailed);
    connect(document, &Document::wholeTableComing, this, &WindowFiles::rememberPlace);
    connect(document, &Document::wholeTableShown, this, &WindowFiles::restorePlace);
    connect(&m_workspace->run, &TrainingRun::startsFromFirstRows, this, &WindowFiles::onTrainingOnFirstRows);
}

void WindowFiles::choosePreview()
{
    AppSettings& settings = m_workspace->settings;
    const QString path =
        QFileDialog::getOpenFileName(m_window, tr("Open with Preview"), settings.lastFolder(FolderUse::OpenVectors));
    if (path.isEmpty())
        return;
    settings.setLastFolder(FolderUse::OpenVectors, path);
    preview(path);
}

void WindowFiles::preview(const QString& path, const ReadOptions& options, const std::optional<Error>& refusal)
{
    delete m_dialog;
    m_dialog = new ImportDialog(&m_workspace->jobs, path, options, refusal, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this,
            [this] { m_workspace->document.openAs(m_dialog->path(), m_dialog->options()); });
    m_dialog->open();
}

void WindowFiles::onRefused(const QString& path, const ReadOptions& options, const Error& error,
                            std::optional<ReadChoice> choice)
{
    if (isCancelled(error))
        return;
    if (choice && !m_dialog) {
        preview(path, options, error);
        return;
    }
    Message message{Message::Kind::Error, errorText(error), {}, {}, {}};
    if (hasPreview(error)) {
        message.actionText = tr("Preview…");
        message.action = [this, path, options, error] { preview(path, options, error); };
    }
    m_messages->post(std::move(message));
}

void WindowFiles::onRestChanged()
{
    Document& document = m_workspace->document;
    if (document.rest() != RestLoader::State::Cancelled)
        return;
    m_messages->post({Message::Kind::Info,
                      tr("Loading was cancelled: only the first %1 rows of %2 are open.")
                          .arg(grouped(document.snapshot().table->rows()), document.tableName()),
                      {},
                      tr("Load the Rest"),
                      [&document] { document.loadRest(); }});
}

void WindowFiles::onRestFailed(const Error& error)
{
    const Document& document = m_workspace->document;
    const QString path = document.restPath();
    m_messages->post(
        {Message::Kind::Error,
         tr("%1 The first %2 rows stay open.").arg(errorText(error), grouped(document.snapshot().table->rows())),
         {},
         tr("Preview…"),
         [this, path, options = document.restOptions(), error] { preview(path, options, error); }});
}

void WindowFiles::onTrainingOnFirstRows()
{
    const Document& document = m_workspace->document;
    m_messages->post({Message::Kind::Info,
                      tr("Training starts from the rows that are open (%1); the rest of %2 takes no part.")
                          .arg(document.limitNote(), document.tableName()),
                      {},
                      {},
                      {}});
}

void WindowFiles::showFindings()
{
    const auto& report = m_workspace->document.snapshot().report;
    // While the rest of a file is read there is more to come.
    if (!report || report->warnings.empty() || m_workspace->document.rest() == RestLoader::State::Loading)
        return;
    QStringList lines;
    for (const Warning& warning : report->warnings)
        lines.append(warningText(warning));
    m_messages->post(
        {Message::Kind::Warning, lines.join(QLatin1Char(' ')), {}, tr("Load Report"), [this] { showReport(); }});
}

void WindowFiles::showReport()
{
    const Document& document = m_workspace->document;
    if (!document.snapshot().report)
        return;
    auto* dialog = new LoadReportDialog(document.tableName(), *document.snapshot().report, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LoadReportDialog::repairRequested, this, &WindowFiles::repair);
    dialog->open();
}

void WindowFiles::repair()
{
    const Document& document = m_workspace->document;
    const TableSnapshot snapshot = document.snapshot();
    if (!snapshot.report)
        return;
    RepairDialog dialog({document.tableName(), m_workspace->settings.lastFolder(FolderUse::Export), *snapshot.report,
                         document.limitNote()},
                        m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const RepairRequest request = dialog.request();
    m_workspace->settings.setLastFolder(FolderUse::Export, request.path);
    m_workspace->jobs.start(
        this, tr("Writing %1").arg(QFileInfo(request.path).fileName()),
        [request, table = snapshot.table](const std::stop_token& stop, Progress& progress) {
            return writeCleanCopy(*table, request.options, request.path.toStdString(), request.format, stop, progress);
        },
        [this, request](Result<CleanCopy> result) {
            if (!result && isCancelled(result.error()))
                return;
            if (!result) {
                m_messages->post({Message::Kind::Error, errorText(result.error()), {}, {}, {}});
                return;
            }
            const RepairCounts& counts = result->counts;
            m_messages->post({Message::Kind::Info,
                              tr("Clean copy written: %1. Rows left out: %2. Rows made zeros: %3. Tokens changed: %4.")
                                  .arg(request.path, grouped(counts.dropped()), grouped(counts.nanZeroed),
                                       grouped(counts.tokensEncoded + counts.tokensJoined)),
                              {},
                              {},
                              {}});
        });
}

std::optional<WindowFiles::Place> WindowFiles::placeOf(std::optional<Index> row) const
{
    const auto& table = m_workspace->document.snapshot().table;
    if (!row || !table || *row >= table->rows())
        return std::nullopt;
    return Place{std::string(table->vocabulary()[*row]), *row};
}

std::optional<Index> WindowFiles::rowOf(const std::optional<Place>& place) const
{
    if (!place)
        return std::nullopt;
    const Vocabulary& vocabulary = m_workspace->document.snapshot().table->vocabulary();
    if (place->row < vocabulary.size() && vocabulary[place->row] == place->token)
        return place->row;
    return vocabulary.find(place->token);
}

void WindowFiles::rememberPlace()
{
    m_selected = placeOf(m_workspace->selection.selected());
    m_anchor = m_map->anchor();
    m_anchorPlace = m_anchor ? placeOf(m_anchor->row) : std::nullopt;
}

void WindowFiles::restorePlace()
{
    if (const auto row = rowOf(m_selected))
        m_workspace->selection.select(row);
    if (const auto row = rowOf(m_anchorPlace)) {
        m_anchor->row = *row;
        m_map->restore(*m_anchor);
    }
}

} // namespace embedscope
