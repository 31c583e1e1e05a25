// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/document.h"

#include "core/io/session_file.h"
#include "core/table/row_subset.h"
#include "core/train/run.h"
#include "ui/jobs/job_runner.h"
#include "ui/model/ratings_guess.h"
#include "ui/model/sample.h"

#include <QFileInfo>
#include <QStringList>

#include <utility>
#include <variant>

namespace embedscope {

namespace {

std::filesystem::path toPath(const QString& path)
{
    return path.toStdString();
}

/// Ratings parted by blanks can be vectors too, of two or three dimensions.
constexpr Index kRatingsDim = 3;

struct OpenedTable
{
    TableSnapshot snapshot;
    bool likeRatings = false;
};
struct OpenedRatings
{
};
struct OpenedSession
{
};
using Opened = std::variant<OpenedTable, LabelledText, OpenedRatings, OpenedSession>;

/// Vectors, or else ratings, or else labelled sentences. Where it is none, the sentence about vectors is the one that
/// helps.
Result<Opened> openEither(const QString& path, const std::stop_token& stop, Progress& progress)
{
    if (isSessionFile(toPath(path)))
        return Opened(OpenedSession());
    auto vectors = loadToShow(toPath(path), {}, stop, progress);
    if (vectors) {
        const bool likeRatings = vectors->table->dim() <= kRatingsDim && looksLikeRatings(toPath(path), stop);
        return Opened(OpenedTable{std::move(*vectors), likeRatings});
    }
    if (vectors.error().code == ErrorCode::Cancelled)
        return fail(vectors.error());
    if (looksLikeRatings(toPath(path), stop))
        return Opened(OpenedRatings());
    if (vectors.error().code != ErrorCode::FormatUnknown)
        return fail(vectors.error());
    auto text = readLabelledText(toPath(path), {}, stop, progress);
    if (text)
        return Opened(std::move(*text));
    return fail(text.error().code == ErrorCode::TooFewClasses ? text.error() : vectors.error());
}

Result<TableSnapshot> freshSnapshot(const std::shared_ptr<const LabelledText>& data, const std::stop_token& stop,
                                    Progress& progress)
{
    RunInput input{.data = data};
    input.options.embedding_dim = 50;
    auto prepared = prepareRun(std::move(input));
    if (!prepared)
        return fail(prepared.error());
    auto table = tableOf(*prepared, prepared->weight);
    if (!table)
        return fail(table.error());
    return snapshotOf(std::move(*table), nullptr, stop, progress);
}

} // namespace

Document::Document(JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_rest(jobs)
    , m_coverageJob(jobs)
{
    connectRest();
}

void Document::open(const QString& path)
{
    m_jobs->start(
        this, tr("Opening %1").arg(QFileInfo(path).fileName()),
        [path](const std::stop_token& stop, Progress& progress) { return openEither(path, stop, progress); },
        [this, path](Result<Opened> result) {
            if (!result) {
                refuse(path, {}, result.error());
                return;
            }
            if (auto* table = std::get_if<OpenedTable>(&*result)) {
                takeVectors(path, {}, std::move(table->snapshot));
                if (table->likeRatings)
                    Q_EMIT ratingsFound(path, true);
            } else if (std::holds_alternative<OpenedRatings>(*result)) {
                Q_EMIT ratingsFound(path, false);
            } else if (std::holds_alternative<OpenedSession>(*result)) {
                Q_EMIT sessionFound(path);
            } else {
                takeText(path, std::move(std::get<LabelledText>(*result)), TableForText::Keep);
            }
        });
}

void Document::openVectors(const QString& path)
{
    openAs(path, {});
}

void Document::openText(const QString& path)
{
    readText(path, TableForText::Keep);
}

void Document::openSample()
{
    // The sample shows a table that learns from nothing; other vectors would only hide that.
    if (const auto path = sampleFile())
        readText(*path, TableForText::Fresh);
    else
        Q_EMIT failed(path.error());
}

void Document::readText(const QString& path, TableForText table)
{
    m_jobs->start(
        this, tr("Reading %1").arg(QFileInfo(path).fileName()),
        [path](const std::stop_token& stop, Progress& progress) {
            return readLabelledText(toPath(path), {}, stop, progress);
        },
        [this, path, table](Result<LabelledText> result) {
            if (!result)
                Q_EMIT failed(result.error());
            else
                takeText(path, std::move(*result), table);
        });
}

bool Document::textIsSample() const
{
    const auto sample = sampleFile();
    return sample && m_text.path == *sample;
}

void Document::takeText(const QString& path, LabelledText data, TableForText table)
{
    LabelledTextOptions options{.format = data.report.format};
    if (!data.report.textColumn.empty())
        options.text_column = data.report.textColumn;
    if (!data.report.labelColumn.empty())
        options.label_column = data.report.labelColumn;
    m_text = {std::make_shared<const LabelledText>(std::move(data)), path, options};
    Q_EMIT textChanged();
    Q_EMIT opened(path);
    countCoverage();
    // Vectors from a file stay: they are what one wants to train on.
    if (table == TableForText::Fresh || m_origin != Origin::File)
        makeFreshTable();
}

void Document::restoreText(OpenText text)
{
    m_text = std::move(text);
    Q_EMIT textChanged();
    countCoverage();
}

void Document::makeFreshTable()
{
    m_jobs->start(
        this, tr("Making a fresh table"),
        [data = m_text.data](const std::stop_token& stop, Progress& progress) {
            return freshSnapshot(data, stop, progress);
        },
        [this, path = m_text.path, before = m_snapshot.table](Result<TableSnapshot> result) {
            if (m_snapshot.table != before)
                return; // vectors were opened meanwhile; they are what is wanted
            if (!result)
                Q_EMIT failed(result.error());
            else
                setTable(std::move(*result), Origin::Fresh, QFileInfo(path).completeBaseName());
        });
}

void Document::countCoverage()
{
    m_coverage.reset();
    Q_EMIT coverageChanged();
    if (!hasTable() || !hasText())
        return;
    m_coverageJob.start(
        tr("Counting covered words"),
        [data = m_text.data, table = m_snapshot.table](const std::stop_token&, Progress&) -> Result<double> {
            return vocabularyFromVectors(*data, {}, table->vocabulary()).coverage();
        },
        [this](Result<double> result) {
            if (result)
                m_coverage = *result;
            Q_EMIT coverageChanged();
        });
}

void Document::saveTable(const QString& path, Format format)
{
    m_jobs->start(
        this, tr("Writing %1").arg(QFileInfo(path).fileName()),
        [path, format, table = m_snapshot.table](const std::stop_token& stop, Progress& progress) {
            return writeTable(*table, toPath(path), format, stop, progress);
        },
        [this](const Result<WriteReport>& result) { takeWritten(result); });
}

void Document::saveRows(const QString& path, Format format, std::shared_ptr<const std::vector<Index>> rows)
{
    m_jobs->start(
        this, tr("Writing %1").arg(QFileInfo(path).fileName()),
        [path, format, rows = std::move(rows), table = m_snapshot.table](const std::stop_token& stop,
                                                                         Progress& progress) -> Result<WriteReport> {
            auto subset = rowSubset(*table, *rows, stop, progress);
            if (!subset)
                return fail(subset.error());
            return writeTable(*subset, toPath(path), format, stop, progress);
        },
        [this](const Result<WriteReport>& result) { takeWritten(result); });
}

void Document::takeWritten(const Result<WriteReport>& result)
{
    if (!result) {
        Q_EMIT failed(result.error());
        return;
    }
    QStringList files;
    for (const auto& file : result->files)
        files.append(QString::fromStdString(file.string()));
    Q_EMIT saved(files);
}

void Document::attachMetadata(const QString& path)
{
    m_jobs->start(
        this, tr("Attaching %1").arg(QFileInfo(path).fileName()),
        [path, table = m_snapshot.table](const std::stop_token& stop, Progress& progress) {
            return embedscope::attachMetadata(*table, toPath(path), stop, progress);
        },
        [this, path, before = m_snapshot.table](Result<AttachedTable> result) {
            if (m_snapshot.table != before)
                return; // another table was opened meanwhile; the file was not meant for it
            if (!result)
                Q_EMIT failed(result.error());
            else
                takeAttached(path, std::move(*result));
        });
}

void Document::takeAttached(const QString& path, AttachedTable attached)
{
    TableSnapshot snapshot = m_snapshot;
    snapshot.table = std::make_shared<const EmbeddingTable>(std::move(attached.table));
    if (attached.report.renamed) {
        // What was found in the names of before no longer holds.
        snapshot.report.reset();
        setTable(std::move(snapshot), m_origin, m_tableName, m_tablePath);
    } else {
        m_snapshot = std::move(snapshot);
        Q_EMIT columnsChanged();
    }
    Q_EMIT this->attached(path, attached.report);
}

void Document::setTable(TableSnapshot snapshot, Origin origin, const QString& name, const QString& path)
{
    m_rest.forget();
    replaceTable(std::move(snapshot), origin, name, path);
}

void Document::replaceTable(TableSnapshot snapshot, Origin origin, const QString& name, const QString& path)
{
    m_snapshot = std::move(snapshot);
    m_origin = origin;
    m_tableName = name;
    m_tablePath = path;
    Q_EMIT tableChanged();
    countCoverage();
}

void Document::setWeights(TableSnapshot snapshot)
{
    m_snapshot = std::move(snapshot);
    m_origin = Origin::Trained;
    m_tablePath.clear();
    Q_EMIT weightsChanged();
}

void Document::showFrame(const TrainingFrame& frame)
{
    m_snapshot.axes = frame.axes;
    m_snapshot.coordinates = frame.coordinates;
    m_snapshot.norms = frame.norms;
    Q_EMIT pictureChanged();
}

} // namespace embedscope
