// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QElapsedTimer>
#include <QString>

#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace embedscope {

/// What the worker of a job and the GUI share: the way to stop it and how far it is. Outlives both.
struct JobControl
{
    quint64 id = 0;
    QString title;
    QElapsedTimer started;
    std::stop_source stop;
    Progress progress;
    bool background = false; // nobody asked for it; likewise
    bool finished = false;   // read and written on the GUI thread only
};

/// Held by whoever started a job. An empty handle is a job that is over.
class JobHandle
{
public:
    JobHandle() = default;
    explicit JobHandle(std::shared_ptr<JobControl> control)
        : m_control(std::move(control))
    {
    }

    /// Asks the work to stop; its done function is still called, mostly with ErrorCode::Cancelled.
    void cancel() const
    {
        if (m_control)
            m_control->stop.request_stop();
    }

    /// True until the result has been handed over.
    [[nodiscard]] bool isRunning() const { return m_control && !m_control->finished; }
    /// Others are shown before it: nobody waits for its end.
    void setBackground() const
    {
        if (m_control)
            m_control->background = true;
    }
    [[nodiscard]] quint64 id() const { return m_control ? m_control->id : 0; }

private:
    std::shared_ptr<JobControl> m_control;
};

namespace detail {

/// The error that stands for the exception being handled. Call it inside a catch block only.
Error errorOfCurrentException();

/// Work and what to do with its result, whatever their types. Lives and dies on the GUI thread; run() is called once on
/// a pool thread in between.
class Job
{
public:
    explicit Job(std::shared_ptr<JobControl> jobControl)
        : control(std::move(jobControl))
    {
    }
    virtual ~Job() = default;
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    virtual void run() = 0;
    virtual void deliver() = 0;

    const std::shared_ptr<JobControl> control;
};

template <class Work>
using ResultOf = std::invoke_result_t<Work&, std::stop_token, Progress&>;

template <class Work, class Done>
class TypedJob final : public Job
{
public:
    TypedJob(std::shared_ptr<JobControl> jobControl, Work work, Done done)
        : Job(std::move(jobControl))
        , m_work(std::move(work))
        , m_done(std::move(done))
    {
    }

    void run() override
    {
        const std::stop_token stop = control->stop.get_token();
        if (stop.stop_requested()) {
            m_result.emplace(fail(ErrorCode::Cancelled));
            return;
        }
        try {
            m_result.emplace(m_work(stop, control->progress));
        } catch (...) {
            m_result.emplace(fail(errorOfCurrentException()));
        }
    }

    void deliver() override { m_done(std::move(*m_result)); }

private:
    Work m_work;
    Done m_done;
    std::optional<ResultOf<Work>> m_result;
};

} // namespace detail

} // namespace embedscope
