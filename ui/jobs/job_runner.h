// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"

#include <QMetaObject>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <map>
#include <memory>
#include <vector>

namespace embedscope {

/// The one place where bounded work leaves the GUI thread. All of its functions belong to the GUI thread.
///
/// The work sees only its own job, never a QObject. Its result is posted to the runner, which outlives its jobs, and is
/// handed on from there, on the GUI thread, if the context is still alive.
class JobRunner : public QObject
{
    Q_OBJECT

public:
    struct JobInfo
    {
        quint64 id = 0;
        QString title;
        double fraction = -1; // -1 where the work cannot say
        qint64 elapsedMs = 0;
        bool background = false; // nobody asked for it
    };

    explicit JobRunner(QObject* parent = nullptr);
    /// Stops every job and waits for it; nothing is delivered any more.
    ~JobRunner() override;

    /// Runs `work(std::stop_token, Progress&) -> Result<T>` on a pool thread, then `done(Result<T>)` on the GUI thread.
    /// When `context` dies, the work is asked to stop and `done` is never called. A cancelled job delivers what its
    /// work returns, which is ErrorCode::Cancelled for work that keeps its promise; an exception becomes
    /// ErrorCode::Internal.
    template <class Work, class Done>
    JobHandle start(QObject* context, const QString& title, Work work, Done done)
    {
        auto control = newControl(title);
        return launch(context, std::make_unique<detail::TypedJob<Work, Done>>(std::move(control), std::move(work),
                                                                              std::move(done)));
    }

    void cancel(quint64 id);
    void cancelAll();

    /// The jobs whose results are not delivered yet, in the order of their start.
    [[nodiscard]] std::vector<JobInfo> jobs() const;
    [[nodiscard]] bool isIdle() const { return m_jobs.empty(); }

Q_SIGNALS:
    void jobStarted(quint64 id);
    void jobFinished(quint64 id);

private:
    struct Running
    {
        std::unique_ptr<detail::Job> job;
        QPointer<QObject> context;
        QMetaObject::Connection contextGone;
    };

    std::shared_ptr<JobControl> newControl(const QString& title);
    JobHandle launch(QObject* context, std::unique_ptr<detail::Job> job);
    void finish(quint64 id);

    std::map<quint64, Running> m_jobs;
    quint64 m_nextId = 1;
    QThreadPool m_pool;
};

} // namespace embedscope
