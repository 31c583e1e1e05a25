// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/model/session_keeper.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <map>
#include <memory>
#include <vector>

namespace embedscope {

class AppSettings;

/// A session that a program left behind which ended without saying so.
struct LeftSession
{
    QString path;
    std::int64_t step = 0; // of the run in it
    QDateTime saved;
};

/// Saves the session by itself while a run goes on, and where it pauses or ends: to a file of this process that a clean
/// end removes. What is left there by a process that is gone is offered by the next one.
class Autosave : public QObject
{
    Q_OBJECT

public:
    Autosave(SessionKeeper* sessions, TrainingRun* run, JobRunner* jobs, const AppSettings* settings,
             const QString& folder = defaultFolder(), QObject* parent = nullptr);
    ~Autosave() override;

    [[nodiscard]] static QString defaultFolder();
    /// Where this process saves; there is no file before the first time.
    [[nodiscard]] const QString& path() const { return m_path; }

    /// Those that were found and neither restored nor discarded.
    [[nodiscard]] std::vector<LeftSession> left() const;
    /// Looks for sessions of processes that are gone; each is told once, and kept for us alone from then on.
    void findLeft();
    /// Opens it, saves it as ours, and removes it only then.
    void restore(const QString& left);
    void discard(const QString& left);

Q_SIGNALS:
    void leftFound(const embedscope::LeftSession& session);
    void saved(const QString& path);

private:
    void onState();
    void onTimer();
    void onSteps();
    void saveNow();
    void write(std::shared_ptr<const SessionContents> contents);
    void removeWhenSaved();
    bool lock();

    SessionKeeper* m_sessions;
    TrainingRun* m_run;
    JobRunner* m_jobs;
    const AppSettings* m_settings;
    QString m_folder;
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    struct Left
    {
        LeftSession session;
        std::unique_ptr<QLockFile> lock;
    };
    std::map<QString, Left> m_left;
    QString m_restored; // to be removed once we have saved it ourselves
    QTimer m_timer;
    JobHandle m_job;
    bool m_again = false; // asked for while a job was writing
    std::shared_ptr<std::atomic<bool>> m_over = std::make_shared<std::atomic<bool>>(false);
};

} // namespace embedscope
