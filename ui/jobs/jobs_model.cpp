// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs_model.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kPollMs = 33;
constexpr qint64 kShowAfterMs = 150;

auto findJob(const std::vector<JobRunner::JobInfo>& jobs, quint64 id)
{
    return std::find_if(jobs.begin(), jobs.end(), [id](const auto& job) { return job.id == id; });
}

} // namespace

JobsModel::JobsModel(JobRunner* runner, QObject* parent)
    : QAbstractListModel(parent)
    , m_runner(runner)
{
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &JobsModel::refresh);
    connect(runner, &JobRunner::jobStarted, this, &JobsModel::startPolling);
    connect(runner, &JobRunner::jobFinished, this, &JobsModel::refresh);
    if (!runner->isIdle())
        startPolling();
}

void JobsModel::cancel(quint64 id)
{
    if (m_runner)
        m_runner->cancel(id);
}

void JobsModel::startPolling()
{
    // Starting it anew with each job would keep it from ever firing while jobs come quickly.
    if (!m_poll.isActive())
        m_poll.start();
}

int JobsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& job = m_shown[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return job.title;
    case FractionRole:
        return job.fraction;
    case IdRole:
        return job.id;
    case BackgroundRole:
        return job.background;
    default:
        return {};
    }
}

void JobsModel::refresh()
{
    const auto jobs = m_runner ? m_runner->jobs() : std::vector<JobRunner::JobInfo>{};
    removeFinished(jobs);
    updateShown(jobs);
    appendNew(jobs);
    if (jobs.empty())
        m_poll.stop();
}

void JobsModel::removeFinished(const std::vector<JobRunner::JobInfo>& jobs)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto shown = m_shown.begin() + row;
        if (findJob(jobs, shown->id) != jobs.end())
            continue;
        beginRemoveRows({}, row, row);
        m_shown.erase(shown);
        endRemoveRows();
    }
}

void JobsModel::updateShown(const std::vector<JobRunner::JobInfo>& jobs)
{
    for (int row = 0; row < rowCount(); ++row) {
        auto& shown = m_shown[static_cast<std::size_t>(row)];
        const double fraction = findJob(jobs, shown.id)->fraction;
        if (fraction == shown.fraction)
            continue;
        shown.fraction = fraction;
        Q_EMIT dataChanged(index(row), index(row), {FractionRole});
    }
}

void JobsModel::appendNew(const std::vector<JobRunner::JobInfo>& jobs)
{
    for (const auto& job : jobs) {
        if (job.elapsedMs < kShowAfterMs || findJob(m_shown, job.id) != m_shown.end())
            continue;
        beginInsertRows({}, rowCount(), rowCount());
        m_shown.push_back(job);
        endInsertRows();
    }
}

} // namespace embedscope
