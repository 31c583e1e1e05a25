// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/autosave.h"

#include "core/base/strings.h"
#include "ui/model/session_names.h"
#include "ui/settings/app_settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

namespace embedscope {

namespace {

using State = TrainingSession::State;

const QString kEnding = QStringLiteral(".embedscope");

QString lockOf(const QString& path)
{
    return path + QStringLiteral(".lock");
}

/// Held by a process as long as it lives: no age makes it stale.
std::unique_ptr<QLockFile> lockFor(const QString& path)
{
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    lock->setStaleLockTime(0);
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

} // namespace

QString Autosave::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/autosave");
}

Autosave::Autosave(SessionKeeper* sessions, TrainingRun* run, JobRunner* jobs, const AppSettings* settings,
                   const QString& folder, QObject* parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_run(run)
    , m_jobs(jobs)
    , m_settings(settings)
    , m_folder(folder)
{
    static std::atomic<int> counter{0};
    m_path = QStringLiteral("%1/%2-%3").arg(folder).arg(QCoreApplication::applicationPid()).arg(counter++) + kEnding;
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::onTimer);
    connect(m_run, &TrainingRun::stateChanged, this, &Autosave::onState);
    connect(m_run, &TrainingRun::stepsDone, this, &Autosave::onSteps);
    connect(m_sessions, &SessionKeeper::saved, this, &Autosave::removeWhenSaved);
}

Autosave::~Autosave()
{
    // A job that writes at this moment removes its file itself.
    m_over->store(true);
    m_job.cancel();
    QFile::remove(m_path);
}

void Autosave::onState()
{
    const State state = m_run->session().state();
    if (state == State::Running) {
        if (!m_timer.isActive() && m_settings->autosaveSeconds() > 0)
            m_timer.start(m_settings->autosaveSeconds() * 1000);
        return;
    }
    m_timer.stop();
    if (state == State::Paused || state == State::Ended)
        saveNow();
}

void Autosave::onTimer()
{
    saveNow();
    if (m_run->session().state() == State::Running)
        onState();
}

/// Single steps of a paused run change no state.
void Autosave::onSteps()
{
    if (!m_timer.isActive() && m_settings->autosaveSeconds() > 0)
        m_timer.start(m_settings->autosaveSeconds() * 1000);
}

void Autosave::saveNow()
{
    // Opened or saved just now: nothing would be lost.
    if (m_settings->autosaveSeconds() == 0 || !m_sessions->modified() || !m_run->hasModel() || m_run->preparing())
        return;
    if (m_job.isRunning()) {
        m_again = true;
        return;
    }
    if (!lock())
        return;
    m_sessions->capture([this](std::shared_ptr<const SessionContents> contents) { write(std::move(contents)); });
}

bool Autosave::lock()
{
    if (!m_lock && QDir().mkpath(m_folder))
        m_lock = lockFor(m_path);
    return m_lock != nullptr;
}

void Autosave::write(std::shared_ptr<const SessionContents> contents)
{
    m_job = m_jobs->start(
        this, tr("Saving by itself"),
        [contents = std::move(contents), path = m_path, over = m_over](const std::stop_token& stop,
                                                                       Progress& progress) {
            auto written = saveSession(*contents, path, stop, progress);
            if (over->load())
                QFile::remove(path);
            return written;
        },
        [this](Result<void> result) {
            if (result) {
                if (!m_restored.isEmpty())
                    discard(std::exchange(m_restored, {}));
                removeWhenSaved();
                Q_EMIT saved(m_path);
            }
            if (std::exchange(m_again, false))
                saveNow();
        });
}

/// The person's own file holds all of it.
void Autosave::removeWhenSaved()
{
    if (m_sessions->modified())
        return;
    QFile::remove(m_path);
    if (!m_restored.isEmpty())
        discard(std::exchange(m_restored, {}));
}

void Autosave::findLeft()
{
    const QDir folder(m_folder);
    for (const QString& name : folder.entryList({QStringLiteral(".embedscope-*.tmp")}, QDir::Files | QDir::Hidden))
        if (QFileInfo(folder.filePath(name)).lastModified().daysTo(QDateTime::currentDateTime()) > 0)
            QFile::remove(folder.filePath(name)); // a writer that was killed
    for (const QString& name : folder.entryList({QLatin1Char('*') + kEnding}, QDir::Files, QDir::Time)) {
        const QString path = folder.filePath(name);
        if (path == m_path || m_left.contains(path))
            continue;
        auto lock = lockFor(path);
        if (!lock)
            continue; // of a process that lives
        const auto summary = readSessionSummary(path.toStdString());
        if (!summary)
            continue; // of a newer program, perhaps
        const auto step = parseInteger(summary->field(names::kRunSection, "step"));
        const LeftSession session{path, step.value_or(0), QFileInfo(path).lastModified()};
        m_left[path] = {session, std::move(lock)};
        Q_EMIT leftFound(session);
    }
}

std::vector<LeftSession> Autosave::left() const
{
    std::vector<LeftSession> out;
    for (const auto& [path, left] : m_left)
        out.push_back(left.session);
    return out;
}

void Autosave::restore(const QString& left)
{
    m_sessions->openCopy(left, [this, left](bool opened) {
        if (!opened)
            return;
        m_restored = left;
        saveNow();
    });
}

void Autosave::discard(const QString& left)
{
    QFile::remove(left);
    m_left.erase(left);
}

} // namespace embedscope
