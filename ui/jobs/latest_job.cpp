// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/latest_job.h"

#include <utility>

namespace embedscope {

LatestJob::LatestJob(JobRunner* runner, QObject* parent)
    : QObject(parent)
    , m_runner(runner)
{
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &LatestJob::launchWaiting);
}

LatestJob::~LatestJob()
{
    m_run.cancel();
}

void LatestJob::cancel()
{
    m_waiting = nullptr;
    m_delay.stop();
    m_wanted = false;
    m_run.cancel();
}

void LatestJob::supersede(std::function<void()> request, std::chrono::milliseconds delay)
{
    cancel();
    m_waiting = std::move(request);
    if (delay.count() > 0)
        m_delay.start(delay);
    else
        launchWaiting();
}

void LatestJob::launchWaiting()
{
    // While the superseded run still winds up, its accept() comes back here.
    if (m_run.isRunning() || m_delay.isActive() || !m_waiting || !m_runner)
        return;
    std::exchange(m_waiting, nullptr)();
}

bool LatestJob::accept()
{
    const bool wanted = std::exchange(m_wanted, false);
    if (!wanted)
        launchWaiting();
    return wanted;
}

} // namespace embedscope
