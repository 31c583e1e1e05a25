// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/import_preview.h"

#include <QFileInfo>

#include <utility>

namespace embedscope {

namespace {
/// So that a number that is being typed is not looked up digit by digit.
constexpr std::chrono::milliseconds kTypingDelay{150};
} // namespace

ImportPreview::ImportPreview(JobRunner* jobs, const QString& path, const ReadOptions& options, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_options(options)
    , m_job(jobs)
{
    look({});
}

void ImportPreview::setOptions(const ReadOptions& options)
{
    if (options == m_options)
        return;
    m_options = options;
    look(kTypingDelay);
}

void ImportPreview::look(std::chrono::milliseconds delay)
{
    m_job.start(
        tr("Looking at %1").arg(QFileInfo(m_path).fileName()),
        [path = std::filesystem::path(m_path.toStdString()), options = m_options](
            const std::stop_token& stop, Progress& progress) -> Result<std::shared_ptr<const TablePreview>> {
            auto preview = previewTable(path, options, stop, progress);
            if (!preview)
                return fail(preview.error());
            return std::make_shared<const TablePreview>(std::move(*preview));
        },
        [this](Result<std::shared_ptr<const TablePreview>> result) { take(std::move(result)); }, delay);
    Q_EMIT changed();
}

void ImportPreview::take(Result<std::shared_ptr<const TablePreview>> result)
{
    if (result) {
        m_result = std::move(*result);
        m_problem = m_result->problem;
    } else {
        m_problem = result.error();
    }
    Q_EMIT changed();
}

} // namespace embedscope
