// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/metadata.h"
#include "core/io/preview.h"
#include "core/text/labelled_text.h"
#include "ui/jobs/latest_job.h"
#include "ui/jobs/training_session.h"
#include "ui/model/rest_loader.h"
#include "ui/model/table_snapshot.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace embedscope {

class JobRunner;

/// Labelled sentences that are open, and the file they came from.
struct OpenText
{
    std::shared_ptr<const LabelledText> data;
    QString path;
    LabelledTextOptions options; // how it was read, all found out
};

/// What is open: one table with its map, and labelled sentences. Knows no widget. Opening goes through jobs; on an
/// error or a cancel nothing changes. Every method belongs to the GUI thread.
class Document : public QObject
{
    Q_OBJECT

public:
    /// Where the numbers of the table come from.
    enum class Origin { None, File, Fresh, Trained };

    explicit Document(JobRunner* jobs, QObject* parent = nullptr);

    /// Opens vectors or labelled sentences, whichever the file holds.
    void open(const QString& path);
    /// Opens vectors as chosen by a person.
    void openAs(const QString& path, const ReadOptions& options);
    void openVectors(const QString& path);
    void openText(const QString& path);
    /// The sentences that come with the program, and a fresh table for their words.
    void openSample();

    void saveTable(const QString& path, Format format);
    /// Some rows of it, ascending.
    void saveRows(const QString& path, Format format, std::shared_ptr<const std::vector<Index>> rows);
    /// Joins what a vocabulary or metadata file knows of the rows. The numbers and the map stay what they are.
    void attachMetadata(const QString& path);

    [[nodiscard]] bool hasTable() const { return m_snapshot.table != nullptr; }
    [[nodiscard]] const TableSnapshot& snapshot() const { return m_snapshot; }
    [[nodiscard]] Origin origin() const { return m_origin; }
    /// Short name for people: the file's, or that of the text it was made for.
    [[nodiscard]] const QString& tableName() const { return m_tableName; }
    /// Empty unless the numbers are those of this file, all of them and read as it is.
    [[nodiscard]] const QString& tablePath() const { return m_tablePath; }
    [[nodiscard]] const OpenText& text() const { return m_text; }
    [[nodiscard]] bool textIsSample() const;
    [[nodiscard]] bool hasText() const { return m_text.data != nullptr; }

    /// Of a large file the first rows are shown while the rest is read. Where the table changes meanwhile (training,
    /// another file, columns), what was read is not forced over it.
    [[nodiscard]] RestLoader::State rest() const { return m_rest.state(); }
    /// More rows are in the file than in the table.
    [[nodiscard]] bool hasFirstRowsOnly() const { return hasTable() && isLimited(m_snapshot); }
    /// "first 10,000 of 400,000 rows", and whether the rest is being read; empty where all rows are open.
    [[nodiscard]] QString limitNote() const;
    /// The file whose rest is or was to be read, and how.
    [[nodiscard]] const QString& restPath() const { return m_restPath; }
    [[nodiscard]] const ReadOptions& restOptions() const { return m_restOptions; }
    /// Only after a cancel or an error.
    void loadRest();
    /// The first rows are wanted as they are.
    void keepFirstRows() { m_rest.forget(); }

    /// Share of the text's words that have a row in the table; nothing where one of them is not open or it is being
    /// counted.
    [[nodiscard]] std::optional<double> coverage() const { return m_coverage; }

    /// Another table, with rows of its own.
    void setTable(TableSnapshot snapshot, Origin origin, const QString& name, const QString& path = {});
    /// Sentences that were read elsewhere, or none; the table stays.
    void restoreText(OpenText text);
    /// The same rows with other numbers, as training leaves them.
    void setWeights(TableSnapshot snapshot);
    /// The picture of a table that is just being trained: coordinates, axes and norms, and the weights where they came
    /// along.
    void showFrame(const TrainingFrame& frame);

Q_SIGNALS:
    void tableChanged();   // rows and numbers
    void weightsChanged(); // numbers of the same rows
    void columnsChanged(); // categories and numbers that are known of the same rows, nothing else
    void pictureChanged(); // coordinates and norms only
    void textChanged();
    void coverageChanged();
    void opened(const QString& path);
    /// The file holds ratings; `asTable`: it was opened as vectors all the same, which it could be too.
    void ratingsFound(const QString& path, bool asTable);
    /// The file holds a session, which is more than this.
    void sessionFound(const QString& path);
    void saved(const QStringList& files);
    void attached(const QString& path, const embedscope::AttachReport& report);
    void failed(const embedscope::Error& error);
    /// In place of failed(): this file could not be opened so; `choice`, where there is one, would help.
    void refused(const QString& path, const embedscope::ReadOptions& options, const embedscope::Error& error,
                 std::optional<embedscope::ReadChoice> choice);
    void restChanged();
    void restFailed(const embedscope::Error& error);
    /// Around the tableChanged() that puts all rows in the place of the first ones.
    void wholeTableComing();
    void wholeTableShown();

private:
    enum class TableForText { Keep, Fresh };
    void connectRest();
    void takeVectors(const QString& path, const ReadOptions& options, TableSnapshot snapshot);
    void refuse(const QString& path, const ReadOptions& options, const Error& error);
    void takeWhole(const TableSnapshot& whole);
    void replaceTable(TableSnapshot snapshot, Origin origin, const QString& name, const QString& path);
    void readText(const QString& path, TableForText table);
    void takeText(const QString& path, LabelledText data, TableForText table);
    void makeFreshTable();
    void countCoverage();
    void takeWritten(const Result<WriteReport>& result);
    void takeAttached(const QString& path, AttachedTable attached);

    JobRunner* m_jobs;
    RestLoader m_rest;
    QString m_restPath;
    ReadOptions m_restOptions;
    TableSnapshot m_snapshot;
    Origin m_origin = Origin::None;
    QString m_tableName;
    QString m_tablePath;
    OpenText m_text;
    std::optional<double> m_coverage;
    LatestJob m_coverageJob;
};

} // namespace embedscope
