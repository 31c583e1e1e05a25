// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/rest_loader.h"

#include "core/io/preview.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kMapAxes = 2;

Result<std::shared_ptr<const Pca>> alignedAxes(const EmbeddingTable& table, const Pca& like,
                                               const std::stop_token& stop, Progress& progress)
{
    auto axes = fitPca(table.weights(), kMapAxes, stop, progress);
    if (!axes)
        return fail(axes.error());
    const Index common = std::min(axes->components.rows(), like.components.rows());
    for (Index axis = 0; axis < common && axes->components.cols() == like.components.cols(); ++axis)
        if (axes->components.row(axis).dot(like.components.row(axis)) < 0)
            axes->components.row(axis) *= -1;
    return std::make_shared<const Pca>(std::move(*axes));
}

Result<TableSnapshot> loadWhole(const std::filesystem::path& path, const ReadOptions& options, const Pca& like,
                                const std::stop_token& stop, Progress& progress)
{
    auto loaded = readTable(path, options, stop, progress);
    if (!loaded)
        return fail(loaded.error());
    Progress unwatched; // the bar has come to its end
    auto axes = alignedAxes(loaded->table, like, stop, unwatched);
    if (!axes)
        return fail(axes.error());
    auto snapshot = snapshotOf(std::move(loaded->table), std::move(*axes), stop, unwatched);
    if (snapshot)
        snapshot->report = std::move(loaded->report);
    return snapshot;
}

} // namespace

Result<TableSnapshot> loadToShow(const std::filesystem::path& path, const ReadOptions& options, std::stop_token stop,
                                 Progress& progress)
{
    if (options.limit || !takesLong(path))
        return loadSnapshot(path, options, std::move(stop), progress);
    ReadOptions first = options;
    first.limit = kFirstRows;
    auto loaded = readFirstRows(path, first, stop, progress);
    if (!loaded)
        return fail(loaded.error());
    auto snapshot = snapshotOf(std::move(loaded->table), nullptr, std::move(stop), progress);
    if (snapshot)
        snapshot->report = std::move(loaded->report);
    return snapshot;
}

RestLoader::RestLoader(JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
{
}

void RestLoader::start(const QString& path, const ReadOptions& options, std::shared_ptr<const Pca> axes)
{
    forget();
    m_job = m_jobs->start(
        this, tr("Loading the rest of %1").arg(QFileInfo(path).fileName()),
        [path = std::filesystem::path(path.toStdString()), options, axes = std::move(axes)](const std::stop_token& stop,
                                                                                            Progress& progress) {
            return loadWhole(path, options, *axes, stop, progress);
        },
        [this, wanted = m_wanted](Result<TableSnapshot> result) {
            if (wanted == m_wanted)
                take(std::move(result));
        });
    setState(State::Loading);
}

void RestLoader::forget()
{
    ++m_wanted;
    m_job.cancel();
    setState(State::None);
}

void RestLoader::take(Result<TableSnapshot> result)
{
    if (result) {
        setState(State::None);
        Q_EMIT loaded(*result);
        return;
    }
    const bool cancelled = result.error().code == ErrorCode::Cancelled;
    setState(cancelled ? State::Cancelled : State::Failed);
    if (!cancelled)
        Q_EMIT failed(result.error());
}

void RestLoader::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace embedscope
