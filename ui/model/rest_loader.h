// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/model/table_snapshot.h"

#include <QObject>
#include <QString>

#include <memory>

namespace embedscope {

/// Of a large file, the rows that are shown before the rest is read.
inline constexpr Index kFirstRows = 10000;

/// Vectors as they are shown first: the first rows of a file that takes long, unless a limit was asked for; else all.
Result<TableSnapshot> loadToShow(const std::filesystem::path& path, const ReadOptions& options, std::stop_token stop,
                                 Progress& progress);

/// Reads all of a file whose first rows are open. Belongs to the GUI thread.
class RestLoader : public QObject
{
    Q_OBJECT

public:
    /// Cancelled and Failed: the first rows are all there is, until another table comes.
    enum class State { None, Loading, Cancelled, Failed };

    explicit RestLoader(JobRunner* jobs, QObject* parent = nullptr);

    /// `axes` of the first rows give the signs, so that the map does not turn around.
    void start(const QString& path, const ReadOptions& options, std::shared_ptr<const Pca> axes);
    /// Another table is open, or the first rows are wanted as they are: what comes is not delivered any more.
    void forget();

    [[nodiscard]] State state() const { return m_state; }

Q_SIGNALS:
    void stateChanged();
    /// The state is None again.
    void loaded(const embedscope::TableSnapshot& whole);
    void failed(const embedscope::Error& error);

private:
    void take(Result<TableSnapshot> result);
    void setState(State state);

    JobRunner* m_jobs;
    JobHandle m_job;
    quint64 m_wanted = 0; // counts the loads; that of a job tells whether it is still wanted
    State m_state = State::None;
};

} // namespace embedscope
