// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"

#include <QAbstractListModel>
#include <QTimer>

#include <vector>

namespace embedscope {

/// The running jobs that a person should know of, oldest first: those that are over at once never show. Polls the
/// runner 30 times a second, and only while something runs.
class JobsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        FractionRole = Qt::UserRole, // double in [0, 1], or -1 where the work cannot say
        IdRole,                      // quint64
        BackgroundRole,              // bool: nobody asked for it
    };

    explicit JobsModel(JobRunner* runner, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    void cancel(quint64 id);

private:
    void startPolling();
    void refresh();
    void removeFinished(const std::vector<JobRunner::JobInfo>& jobs);
    void updateShown(const std::vector<JobRunner::JobInfo>& jobs);
    void appendNew(const std::vector<JobRunner::JobInfo>& jobs);

    QPointer<JobRunner> m_runner;
    std::vector<JobRunner::JobInfo> m_shown;
    QTimer m_poll;
};

} // namespace embedscope
