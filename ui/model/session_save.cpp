// SPDX-License-Identifier: GPL-3.0-or-later
// What goes into a session file.
#include "ui/model/session_contents.h"

#include "ui/model/session_history.h"
#include "ui/model/session_map.h"
#include "ui/model/session_names.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace embedscope {

namespace {

const char* originName(Document::Origin origin)
{
    switch (origin) {
    case Document::Origin::File:
        return "file";
    case Document::Origin::Fresh:
        return "fresh";
    case Document::Origin::Trained:
        return "trained";
    case Document::Origin::None:
        break;
    }
    return "none";
}

std::string onOff(bool value)
{
    return value ? "on" : "off";
}

/// A sentence a row; its vector means nothing.
Result<std::shared_ptr<const EmbeddingTable>> tableOfText(const LabelledText& text)
{
    auto table = EmbeddingTable::create(Matrix::Zero(std::ssize(text.texts), 1), Vocabulary(text.texts));
    if (!table)
        return fail(table.error());
    table->addColumn(CategoryColumn{"label", text.classes, text.labels});
    return std::make_shared<const EmbeddingTable>(std::move(*table));
}

/// Puts the parts of one session together.
class Saving
{
public:
    Saving(const SessionContents& contents, const QString& path, const std::stop_token& stop)
        : m_contents(contents)
        , m_path(path.toStdString())
        , m_stop(stop)
    {
    }

    Result<void> write(Progress& progress)
    {
        putSettings();
        if (auto put = putTable(); !put)
            return put;
        if (auto put = putText(); !put)
            return put;
        if (auto put = putRun(); !put)
            return put;
        putMap();
        std::vector<SessionPart> parts;
        if (m_checkpoint)
            parts.push_back({names::kRun, m_checkpoint->pieces()});
        return writeSession(m_session, parts, m_path, m_stop, progress);
    }

private:
    void putSettings();
    Result<void> putTable();
    Result<void> putText();
    Result<void> putRun();
    void putMap();
    /// False where the file is another one now, or gone.
    Result<bool> link(const char* name, const QString& file, const std::optional<FileStamp>& asItWas);
    [[nodiscard]] bool runShowsTable() const { return m_contents.run && m_contents.run->showsTable; }

    const SessionContents& m_contents;
    std::filesystem::path m_path;
    const std::stop_token& m_stop;
    Session m_session;
    std::optional<CheckpointBytes> m_checkpoint;
};

void Saving::putSettings()
{
    m_session.program = "embedscope " + QCoreApplication::applicationVersion().toStdString();
    m_session.sections = m_contents.view;
    for (const char* ours : {names::kTableSection, names::kTextSection, names::kRunSection, names::kMapSection,
                             names::kTsneSection, names::kUmapSection, names::kSelection, names::kSession})
        m_session.sections.erase(ours); // of the session that was opened
    m_session.sections[names::kSession] = {{"keep_inside", onOff(m_contents.keepInside)},
                                           {"path", m_contents.sessionPath.toStdString()}};
    if (m_contents.selected)
        m_session.sections[names::kSelection] = {{"row", std::to_string(*m_contents.selected)}};
}

Result<bool> Saving::link(const char* name, const QString& file, const std::optional<FileStamp>& asItWas)
{
    auto linked = linkTo(file.toStdString(), m_path, m_stop);
    if (!linked && linked.error().code == ErrorCode::Cancelled)
        return fail(linked.error());
    if (!linked || (asItWas && (linked->stamp.bytes != asItWas->bytes || linked->stamp.crc32 != asItWas->crc32)))
        return false;
    m_session.links[name] = std::move(*linked);
    return true;
}

Result<void> Saving::putTable()
{
    Fields& section = m_session.sections[names::kTableSection];
    section = {{"name", m_contents.tableName.toStdString()}, {"origin", originName(m_contents.origin)}};
    if (!m_contents.snapshot.table || runShowsTable())
        return {}; // the run has it
    const EmbeddingTable& table = *m_contents.snapshot.table;
    section["rows"] = std::to_string(table.rows());
    section["dim"] = std::to_string(table.dim());
    const bool large = table.rows() * table.dim() * std::int64_t{sizeof(float)} > kStoredTableBytes;
    if (large && !m_contents.keepInside && m_contents.tableFile.holds()) {
        const auto linked = link(names::kTable, m_contents.tableFile.path, {});
        if (!linked)
            return fail(linked.error());
        if (*linked)
            return {};
    }
    m_session.tables[names::kTable] = m_contents.snapshot.table;
    return {};
}

Result<void> Saving::putText()
{
    if (!m_contents.text.data)
        return {};
    Fields section = toFields(m_contents.text.options);
    section["path"] = m_contents.text.path.toStdString();
    section["sample"] = onOff(m_contents.textIsSample);
    m_session.sections[names::kTextSection] = std::move(section);
    if (m_contents.textIsSample)
        return {}; // it comes with the program
    if (!m_contents.keepInside && m_contents.textFile.holds()) {
        // The run was made from the file as it was when it began.
        const auto linked = link(names::kText, m_contents.text.path,
                                 m_contents.run ? std::optional(m_contents.run->record.data) : std::nullopt);
        if (!linked)
            return fail(linked.error());
        if (*linked)
            return {};
    }
    auto table = tableOfText(*m_contents.text.data);
    if (!table)
        return fail(table.error());
    m_session.tables[names::kText] = std::move(*table);
    return {};
}

Result<void> Saving::putRun()
{
    if (!m_contents.run)
        return {};
    const CapturedRun& run = *m_contents.run;
    auto bytes = run.copy ? checkpointBytes(*run.copy) : checkpointBytes(*run.trainer, run.record);
    if (!bytes)
        return fail(bytes.error());
    m_checkpoint = std::move(*bytes);
    m_session.sections[names::kRunSection] = {{"shows_table", onOff(run.showsTable)},
                                              {"axes_follow", onOff(run.axesFollow)},
                                              {"step", std::to_string(run.record.steps)}};
    putHistory(run.past, m_session);
    const TrainingVocabulary& vocabulary = run.prepared->vocabulary;
    if (run.initial) {
        m_session.tables[names::kInitial] = run.initial;
    } else if (vocabulary.vectorRows > 0) {
        // Going on needs to know which words had a vector; their numbers are those of the checkpoint by now.
        Vocabulary words;
        for (Index row = 0; row < vocabulary.vectorRows; ++row)
            words.add(vocabulary.vocabulary[row]);
        auto table = EmbeddingTable::create(Matrix::Zero(vocabulary.vectorRows, 1), std::move(words));
        if (!table)
            return fail(table.error());
        m_session.tables[names::kWords] = std::make_shared<const EmbeddingTable>(std::move(*table));
    }
    return {};
}

void Saving::putMap()
{
    const TableSnapshot& snapshot = m_contents.snapshot;
    if (!snapshot.axes || !snapshot.coordinates)
        return;
    m_session.sections[names::kMapSection] = {{"method", "pca"},
                                              {"rows_left_out", std::to_string(snapshot.axes->rows_left_out)}};
    m_session.arrays[names::kCoordinates] = *snapshot.coordinates;
    m_session.arrays[names::kComponents] = snapshot.axes->components;
    m_session.arrays[names::kMean] = Matrix(snapshot.axes->mean);
    m_session.arrays[names::kVariance] = snapshot.axes->explained_variance;
    m_session.arrays[names::kVarianceRatio] = snapshot.axes->explained_variance_ratio;
    for (const ComputedMap& map : m_contents.maps)
        putComputedMap(map, m_session);
}

} // namespace

FileState FileState::of(const QString& path)
{
    const QFileInfo info(path);
    return {path, info.exists() ? info.size() : 0, info.lastModified()};
}

Result<void> saveSession(const SessionContents& contents, const QString& path, const std::stop_token& stop,
                         Progress& progress)
{
    return Saving(contents, path, stop).write(progress);
}

} // namespace embedscope
