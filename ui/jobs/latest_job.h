// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

namespace embedscope {

/// One interactive request at a time: a new one stops the one before and drops its result. At most one runs and one
/// waits, however fast the requests come. Make it a member of the object that its done functions capture: they die
/// together.
class LatestJob : public QObject
{
    Q_OBJECT

public:
    explicit LatestJob(JobRunner* runner, QObject* parent = nullptr);
    /// Lets the run stop on its own; its result is dropped.
    ~LatestJob() override;

    /// As JobRunner::start, for copyable functions, after `delay` without another request (0: at once).
    template <class Work, class Done>
    void start(const QString& title, Work work, Done done, std::chrono::milliseconds delay = {})
    {
        supersede([this, title, work = std::move(work), done = std::move(done)] { launch(title, work, done); }, delay);
    }

    /// Its runs are of the kind that nobody asked for.
    void setBackground(bool background) { m_background = background; }

    /// Stops the run and drops what waits; nothing is delivered.
    void cancel();

    /// True while a request waits or runs whose result is still wanted.
    [[nodiscard]] bool isBusy() const { return m_waiting || m_wanted; }

private:
    void supersede(std::function<void()> request, std::chrono::milliseconds delay);
    void launchWaiting();
    /// Called for each result; true where it is the one that is still wanted.
    bool accept();

    template <class Work, class Done>
    void launch(const QString& title, Work work, Done done)
    {
        m_wanted = true;
        m_run = m_runner->start(this, title, std::move(work),
                                [this, done = std::move(done)](detail::ResultOf<Work> result) mutable {
                                    if (accept())
                                        done(std::move(result));
                                });
        if (m_background)
            m_run.setBackground();
    }

    QPointer<JobRunner> m_runner;
    QTimer m_delay;
    std::function<void()> m_waiting;
    JobHandle m_run;
    bool m_wanted = false;
    bool m_background = false;
};

} // namespace embedscope
