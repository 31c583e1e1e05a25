// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/session_keeper.h"

#include "ui/jobs/job_runner.h"

#include <QFileInfo>

#include <utility>

namespace embedscope {

SessionKeeper::SessionKeeper(Document* document, TrainingRun* run, Selection* selection, JobRunner* jobs,
                             QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_run(run)
    , m_selection(selection)
    , m_jobs(jobs)
{
    connectWork();
}

void SessionKeeper::connectWork()
{
    connect(m_document, &Document::tableChanged, this, &SessionKeeper::noteTable);
    connect(m_document, &Document::opened, this, [this](const QString& path) {
        if (path == m_document->tablePath())
            noteTableFile();
    });
    connect(m_document, &Document::wholeTableShown, this, &SessionKeeper::noteTableFile);
    connect(m_document, &Document::textChanged, this, [this] {
        m_textFile = FileState::of(m_document->text().path);
        if (!m_opening && !m_path.isEmpty())
            markModified();
    });
    connect(m_run, &TrainingRun::begun, this, &SessionKeeper::markModified);
    connect(m_run, &TrainingRun::stepsDone, this, &SessionKeeper::markModified);
    connect(m_run, &TrainingRun::switched, this, &SessionKeeper::markModified);
}

/// A table that a file holds, or that the seed draws again, can be had again.
void SessionKeeper::noteTableFile()
{
    m_tableFile = FileState::of(m_document->tablePath());
    m_fileTable = m_document->snapshot().table;
}

void SessionKeeper::noteTable()
{
    const bool again =
        m_document->origin() == Document::Origin::Fresh || m_document->origin() == Document::Origin::File;
    if (m_document->hasTable() && (!again || !m_path.isEmpty()))
        markModified();
}

void SessionKeeper::markModified()
{
    if (!m_opening)
        setState(m_path, true);
}

void SessionKeeper::setState(const QString& path, bool modified)
{
    if (path == m_path && modified == m_modified)
        return;
    m_path = path;
    m_modified = modified;
    Q_EMIT changed();
}

bool SessionKeeper::canSave() const
{
    return (m_document->hasTable() || m_document->hasText()) && !m_run->preparing();
}

SessionContents SessionKeeper::contents() const
{
    SessionContents out{.snapshot = m_document->snapshot(),
                        .origin = m_document->origin(),
                        .tableName = m_document->tableName(),
                        .tableFile = {},
                        .text = m_document->text(),
                        .textIsSample = m_document->textIsSample(),
                        .textFile = m_textFile,
                        .run = std::nullopt,
                        .selected = m_selection->selected(),
                        .maps = m_maps ? m_maps->currentMaps() : std::vector<ComputedMap>(),
                        .view = m_openedView,
                        .sessionPath = m_path,
                        .keepInside = m_keepInside};
    if (m_fileTable && m_fileTable == out.snapshot.table)
        out.tableFile = m_tableFile;
    if (m_view)
        for (auto& [section, fields] : m_view())
            out.view[section] = std::move(fields);
    return out;
}

void SessionKeeper::capture(std::function<void(std::shared_ptr<const SessionContents>)> done)
{
    if (!m_run->hasModel()) {
        done(std::make_shared<const SessionContents>(contents()));
        return;
    }
    m_run->capture([this, done = std::move(done)](CapturedRun run) {
        SessionContents now = contents();
        now.run = std::move(run);
        done(std::make_shared<const SessionContents>(std::move(now)));
    });
}

void SessionKeeper::save(const QString& path)
{
    if (!canSave())
        return;
    capture([this, path](std::shared_ptr<const SessionContents> contents) {
        const bool before = m_modified;
        setState(m_path, false); // what comes from here on is not in the file
        m_jobs->start(
            this, tr("Writing %1").arg(QFileInfo(path).fileName()),
            [contents = std::move(contents), path](const std::stop_token& stop, Progress& progress) {
                return saveSession(*contents, path, stop, progress);
            },
            [this, path, before](Result<void> result) {
                if (!result) {
                    setState(m_path, m_modified || before);
                    Q_EMIT failed(result.error());
                    return;
                }
                setState(path, m_modified);
                Q_EMIT saved(path);
            });
    });
}

void SessionKeeper::start(const QString& path, const QString& found, std::function<void(Result<OpenedSession>)> done)
{
    m_jobs->start(
        this, tr("Opening %1").arg(QFileInfo(path).fileName()),
        [path, found](const std::stop_token& stop, Progress& progress) {
            return openSession(path, found, stop, progress);
        },
        std::move(done));
}

void SessionKeeper::open(const QString& path, const QString& found)
{
    start(path, found, [this, path](Result<OpenedSession> result) {
        if (!result) {
            const ErrorCode code = result.error().code;
            if (code == ErrorCode::LinkMissing || code == ErrorCode::LinkChanged)
                Q_EMIT fileMissing(path, result.error());
            else
                Q_EMIT failed(result.error());
            return;
        }
        take(std::move(*result));
        setState(path, false);
        Q_EMIT opened(path);
    });
}

void SessionKeeper::openCopy(const QString& path, std::function<void(bool opened)> done)
{
    start(path, {}, [this, done = std::move(done)](Result<OpenedSession> result) {
        if (!result) {
            Q_EMIT failed(result.error());
            done(false);
            return;
        }
        const QString original = result->sessionPath;
        take(std::move(*result));
        setState(original, true);
        done(true);
    });
}

void SessionKeeper::take(OpenedSession session)
{
    m_opening = true;
    m_keepInside = session.keepInside;
    m_openedView = session.view;
    m_document->restoreText(std::move(session.text));
    const bool runIsShown = session.run && session.run->snapshot;
    if (!runIsShown)
        m_document->setTable(session.snapshot ? std::move(*session.snapshot) : TableSnapshot{}, session.origin,
                             session.tableName, session.tablePath);
    m_tableFile = FileState::of(session.tablePath);
    m_fileTable = session.tablePath.isEmpty() ? nullptr : m_document->snapshot().table;
    if (session.run) {
        session.run->tableName = session.tableName;
        m_run->take(std::move(*session.run), TrainingSession::State::Paused);
    } else {
        m_run->forget();
    }
    if (session.selected && m_document->hasTable() && *session.selected >= 0 &&
        *session.selected < m_document->snapshot().table->rows())
        m_selection->select(session.selected);
    for (const ComputedMap& map : session.maps)
        if (m_maps)
            m_maps->restore(map);
    Q_EMIT viewOpened(m_openedView);
    m_opening = false;
}

} // namespace embedscope
