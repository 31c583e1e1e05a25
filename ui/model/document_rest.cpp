// SPDX-License-Identifier: GPL-3.0-or-later
// How the document opens vectors, and of a large file the rest behind its first rows.
#include "ui/model/document.h"

#include "ui/bridge/preview_text.h"
#include "ui/jobs/job_runner.h"

#include <QFileInfo>

#include <utility>

namespace embedscope {

void Document::connectRest()
{
    connect(&m_rest, &RestLoader::stateChanged, this, &Document::restChanged);
    connect(&m_rest, &RestLoader::failed, this, &Document::restFailed);
    connect(&m_rest, &RestLoader::loaded, this, &Document::takeWhole);
}

void Document::openAs(const QString& path, const ReadOptions& options)
{
    m_jobs->start(
        this, tr("Opening %1").arg(QFileInfo(path).fileName()),
        [path, options](const std::stop_token& stop, Progress& progress) {
            return loadToShow(path.toStdString(), options, stop, progress);
        },
        [this, path, options](Result<TableSnapshot> result) {
            if (result)
                takeVectors(path, options, std::move(*result));
            else
                refuse(path, options, result.error());
        });
}

void Document::takeVectors(const QString& path, const ReadOptions& options, TableSnapshot snapshot)
{
    m_rest.forget();
    const bool first = !options.limit && isLimited(snapshot);
    m_restPath = path;
    m_restOptions = options;
    // Before the table shows, so that views know that more is to come.
    if (first)
        m_rest.start(path, options, snapshot.axes);
    // A run trained on these numbers reads them from the file again only where it gives them without any choice.
    const bool asItIs = !first && options == ReadOptions();
    replaceTable(std::move(snapshot), Origin::File, QFileInfo(path).fileName(), asItIs ? path : QString());
    Q_EMIT opened(path);
}

void Document::refuse(const QString& path, const ReadOptions& options, const Error& error)
{
    Q_EMIT refused(path, options, error, choiceThatHelps(path.toStdString(), error));
}

QString Document::limitNote() const
{
    if (!hasFirstRowsOnly())
        return {};
    const QString limit = limitText(*m_snapshot.report);
    return rest() == RestLoader::State::Loading ? tr("%1, loading the rest").arg(limit) : limit;
}

void Document::loadRest()
{
    if (m_rest.state() == RestLoader::State::Cancelled || m_rest.state() == RestLoader::State::Failed)
        m_rest.start(m_restPath, m_restOptions, m_snapshot.axes);
}

void Document::takeWhole(const TableSnapshot& whole)
{
    Q_EMIT wholeTableComing();
    replaceTable(whole, Origin::File, m_tableName, m_restOptions == ReadOptions() ? m_restPath : QString());
    Q_EMIT wholeTableShown();
}

} // namespace embedscope
