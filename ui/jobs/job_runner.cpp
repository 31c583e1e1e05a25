// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include <QThread>

#include <algorithm>
#include <exception>
#include <new>

namespace embedscope {

namespace {

// A look-up must not queue behind two long jobs on a small machine; the work inside shares its cores through
// parallel.h.
constexpr int kFewestThreads = 6;

} // namespace

Error detail::errorOfCurrentException()
{
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return {ErrorCode::Internal, {"out of memory"}};
    } catch (const std::exception& exception) {
        return {ErrorCode::Internal, {exception.what()}};
    } catch (...) {
        return {ErrorCode::Internal, {"an exception of an unknown type"}};
    }
}

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(std::max(QThread::idealThreadCount(), kFewestThreads));
}

JobRunner::~JobRunner()
{
    cancelAll();
    m_pool.waitForDone();
    for (const auto& [id, running] : m_jobs)
        running.job->control->finished = true;
}

std::shared_ptr<JobControl> JobRunner::newControl(const QString& title)
{
    auto control = std::make_shared<JobControl>();
    control->id = m_nextId++;
    control->title = title;
    control->started.start();
    return control;
}

JobHandle JobRunner::launch(QObject* context, std::unique_ptr<detail::Job> job)
{
    const auto control = job->control;
    const quint64 id = control->id;
    detail::Job* const running = job.get();
    const auto gone = connect(context, &QObject::destroyed, this, [control] { control->stop.request_stop(); });
    m_jobs.emplace(id, Running{std::move(job), context, gone});
    m_pool.start([this, running, id] {
        running->run();
        // From here on the job belongs to the GUI thread again.
        QMetaObject::invokeMethod(
            this, [this, id] { finish(id); }, Qt::QueuedConnection);
    });
    Q_EMIT jobStarted(id);
    return JobHandle(control);
}

void JobRunner::finish(quint64 id)
{
    auto node = m_jobs.extract(id);
    const Running& running = node.mapped();
    disconnect(running.contextGone);
    running.job->control->finished = true;
    Q_EMIT jobFinished(id);
    // Last, because the receiver may do anything, even destroy this runner.
    if (running.context)
        running.job->deliver();
}

void JobRunner::cancel(quint64 id)
{
    if (const auto found = m_jobs.find(id); found != m_jobs.end())
        found->second.job->control->stop.request_stop();
}

void JobRunner::cancelAll()
{
    for (const auto& [id, running] : m_jobs)
        running.job->control->stop.request_stop();
}

std::vector<JobRunner::JobInfo> JobRunner::jobs() const
{
    std::vector<JobInfo> out;
    out.reserve(m_jobs.size());
    for (const auto& [id, running] : m_jobs) {
        const JobControl& control = *running.job->control;
        out.push_back({id, control.title, control.progress.fraction(), control.started.elapsed(), control.background});
    }
    return out;
}

} // namespace embedscope
