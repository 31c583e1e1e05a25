// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/preview.h"
#include "ui/jobs/latest_job.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace embedscope {

/// A file, the choices of how to read it, and what comes of them: found anew in the background whenever one changes.
class ImportPreview : public QObject
{
    Q_OBJECT

public:
    /// Starts looking at once.
    ImportPreview(JobRunner* jobs, const QString& path, const ReadOptions& options, QObject* parent = nullptr);

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] const ReadOptions& options() const { return m_options; }
    void setOptions(const ReadOptions& options);

    /// Null until the first result; belongs to older options while busy().
    [[nodiscard]] const TablePreview* result() const { return m_result.get(); }
    /// Why the file cannot be opened with these options.
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }
    [[nodiscard]] bool busy() const { return m_job.isBusy(); }
    /// What is shown is what would be opened.
    [[nodiscard]] bool canOpen() const { return !busy() && m_result && m_result->table && !m_problem; }

Q_SIGNALS:
    void changed();

private:
    void look(std::chrono::milliseconds delay);
    void take(Result<std::shared_ptr<const TablePreview>> result);

    QString m_path;
    ReadOptions m_options;
    std::shared_ptr<const TablePreview> m_result;
    std::optional<Error> m_problem;
    LatestJob m_job;
};

} // namespace embedscope
