// SPDX-License-Identifier: GPL-3.0-or-later
// What comes out of a session file. Nothing in it is believed.
#include "ui/model/session_contents.h"

#include "core/base/strings.h"
#include "core/train/restored_run.h"
#include "ui/model/map_coordinates.h"
#include "ui/model/sample.h"
#include "ui/model/session_history.h"
#include "ui/model/session_map.h"
#include "ui/model/session_names.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

Document::Origin originOf(const std::string& name)
{
    if (name == "file")
        return Document::Origin::File;
    if (name == "fresh")
        return Document::Origin::Fresh;
    return name == "trained" ? Document::Origin::Trained : Document::Origin::None;
}

bool isOn(const std::string& value)
{
    return value == "on";
}

/// Takes one session apart.
class Opening
{
public:
    Opening(const QString& path, const QString& found, const std::stop_token& stop, Progress& progress)
        : m_path(path.toStdString())
        , m_found(found)
        , m_stop(stop)
        , m_progress(progress)
    {
    }

    Result<OpenedSession> open()
    {
        auto session = readSession(m_path, m_stop, m_progress);
        if (!session)
            return fail(session.error());
        m_session = std::move(*session);
        takeSettings();
        if (auto taken = takeText(); !taken)
            return fail(taken.error());
        if (auto taken = takeRun(); !taken)
            return fail(taken.error());
        if (auto taken = takeTable(); !taken)
            return fail(taken.error());
        if (const auto* shown = shownTable())
            m_out.maps = takeComputedMaps(m_session, shown->rows());
        return std::move(m_out);
    }

private:
    void takeSettings();
    Result<void> takeText();
    Result<void> takeRun();
    Result<void> takeTable();
    /// The one on screen; null where there is none.
    [[nodiscard]] const EmbeddingTable* shownTable() const
    {
        if (m_out.run && m_out.run->snapshot)
            return m_out.run->snapshot->table.get();
        return m_out.snapshot ? m_out.snapshot->table.get() : nullptr;
    }
    [[nodiscard]] Result<std::shared_ptr<const EmbeddingTable>> initialTable(const Checkpoint& checkpoint) const;
    Result<TableSnapshot> snapshot(EmbeddingTable table);
    [[nodiscard]] Result<std::shared_ptr<const Pca>> axes(Index dim) const;
    Result<std::filesystem::path> located(const char* link) const;
    [[nodiscard]] std::shared_ptr<const EmbeddingTable> stored(const char* name) const;
    template <class Array>
    [[nodiscard]] const Array* array(const char* name) const;
    [[nodiscard]] tl::unexpected<Error> damaged(const char* what, const char* why) const
    {
        return fail(ErrorCode::FileDamaged, {m_path.string(), what, why});
    }

    std::filesystem::path m_path;
    QString m_found;
    const std::stop_token& m_stop;
    Progress& m_progress;
    Session m_session;
    OpenedSession m_out;
};

std::shared_ptr<const EmbeddingTable> Opening::stored(const char* name) const
{
    const auto found = m_session.tables.find(name);
    return found == m_session.tables.end() ? nullptr : found->second;
}

template <class Array>
const Array* Opening::array(const char* name) const
{
    const auto found = m_session.arrays.find(name);
    return found == m_session.arrays.end() ? nullptr : std::get_if<Array>(&found->second);
}

void Opening::takeSettings()
{
    m_out.view = m_session.sections;
    m_out.keepInside = isOn(m_session.field(names::kSession, "keep_inside"));
    m_out.sessionPath = QString::fromStdString(m_session.field(names::kSession, "path"));
    if (const auto row = parseInteger(m_session.field(names::kSelection, "row")))
        m_out.selected = static_cast<Index>(*row);
    m_out.tableName = QString::fromStdString(m_session.field(names::kTableSection, "name"));
    m_out.origin = originOf(m_session.field(names::kTableSection, "origin"));
}

/// The file that a person pointed to counts where it is the right one.
Result<std::filesystem::path> Opening::located(const char* link) const
{
    LinkedFile wanted = m_session.links.at(link);
    if (!m_found.isEmpty()) {
        LinkedFile elsewhere = wanted;
        elsewhere.relative.clear();
        elsewhere.stamp.path = m_found.toStdString();
        if (auto place = locate(elsewhere, m_path, m_stop); place || place.error().code == ErrorCode::Cancelled)
            return place;
    }
    return locate(wanted, m_path, m_stop);
}

Result<void> Opening::takeText()
{
    const auto section = m_session.sections.find(names::kTextSection);
    if (section == m_session.sections.end())
        return {};
    Fields fields = section->second;
    m_out.text.path = QString::fromStdString(fields["path"]);
    const bool sample = isOn(fields["sample"]);
    fields.erase("path");
    fields.erase("sample");
    const auto options = labelledTextOptionsFrom(fields);
    if (!options)
        return fail(options.error());
    m_out.text.options = *options;
    if (const auto table = stored(names::kText)) {
        LabelledText text;
        if (table->columns().size() != 1)
            return damaged("its sentences", "they have no labels");
        text.classes = table->columns()[0].categories;
        text.labels = table->columns()[0].values;
        for (Index row = 0; row < table->rows(); ++row)
            text.texts.emplace_back(table->vocabulary()[row]);
        if (text.texts.empty() || std::count(text.labels.begin(), text.labels.end(), -1) > 0)
            return damaged("its sentences", "some have no label");
        if (options->format)
            text.report.format = *options->format;
        m_out.text.data = std::make_shared<const LabelledText>(std::move(text));
        return {};
    }
    if (sample) {
        const auto file = sampleFile();
        if (!file)
            return fail(file.error());
        m_out.text.path = *file;
    } else {
        if (!m_session.links.contains(names::kText))
            return damaged("its sentences", "they are not there");
        const auto place = located(names::kText);
        if (!place)
            return fail(place.error());
        m_out.text.path = QString::fromStdString(place->string());
    }
    auto text = readLabelledText(m_out.text.path.toStdString(), *options, m_stop, m_progress);
    if (!text)
        return fail(text.error());
    m_out.text.data = std::make_shared<const LabelledText>(std::move(*text));
    return {};
}

Result<std::shared_ptr<const EmbeddingTable>> Opening::initialTable(const Checkpoint& checkpoint) const
{
    if (auto table = stored(names::kInitial))
        return table;
    const auto words = stored(names::kWords);
    if (!words)
        return std::shared_ptr<const EmbeddingTable>();
    const auto weight = checkpoint.weights.find("embedding.weight");
    if (weight == checkpoint.weights.end() || weight->second.rows() < words->rows())
        return damaged("the run", "it has fewer rows than words");
    auto table = EmbeddingTable::create(Matrix::Zero(words->rows(), weight->second.cols()), words->vocabulary());
    if (!table)
        return fail(table.error());
    return std::make_shared<const EmbeddingTable>(std::move(*table));
}

Result<void> Opening::takeRun()
{
    const auto part = m_session.parts.find(names::kRun);
    if (part == m_session.parts.end())
        return {};
    if (!m_out.text.data)
        return damaged("the run", "its sentences are not there");
    auto checkpoint = readCheckpoint(part->second, m_path.string());
    if (!checkpoint)
        return fail(checkpoint.error());
    std::string().swap(part->second);
    RunStart start;
    start.stamps.data = checkpoint->record.data;
    start.stamps.data_options = checkpoint->record.data_options;
    start.stamps.vectors = checkpoint->record.vectors;
    if (m_session.links.contains(names::kText))
        start.stamps.data.path = m_out.text.path.toStdString(); // where it is now
    start.initial = stored(names::kInitial);
    const auto initial = initialTable(*checkpoint);
    if (!initial)
        return fail(initial.error());
    auto run = restoreRun(std::move(*checkpoint), m_out.text.data, *initial);
    if (!run)
        return fail(run.error());
    start.prepared = std::move(run->prepared);
    start.trainer = std::make_shared<Trainer>(std::move(run->trainer));
    auto past = takeHistory(m_session, start.trainer->stepsPerEpoch(), m_path.string());
    if (!past)
        return fail(past.error());
    start.past = std::move(*past);
    start.axesFollow = isOn(m_session.field(names::kRunSection, "axes_follow"));
    if (isOn(m_session.field(names::kRunSection, "shows_table"))) {
        auto table = tableOf(start.prepared, start.trainer->model().embedding().weight());
        if (!table)
            return fail(table.error());
        auto shown = snapshot(std::move(*table));
        if (!shown)
            return fail(shown.error());
        start.snapshot = std::move(*shown);
    }
    m_out.run = std::move(start);
    return {};
}

Result<void> Opening::takeTable()
{
    if (m_out.run && m_out.run->snapshot)
        return {};
    if (const auto table = stored(names::kTable)) {
        auto shown = snapshot(*table);
        if (!shown)
            return fail(shown.error());
        m_out.snapshot = std::move(*shown);
        return {};
    }
    if (!m_session.links.contains(names::kTable))
        return {};
    const auto place = located(names::kTable);
    if (!place)
        return fail(place.error());
    auto loaded = readTable(*place, {}, m_stop, m_progress);
    if (!loaded)
        return fail(loaded.error());
    if (std::to_string(loaded->table.rows()) != m_session.field(names::kTableSection, "rows") ||
        std::to_string(loaded->table.dim()) != m_session.field(names::kTableSection, "dim"))
        return fail(ErrorCode::LinkChanged, {m_path.string(), place->string()});
    auto shown = snapshot(std::move(loaded->table));
    if (!shown)
        return fail(shown.error());
    shown->report = std::move(loaded->report);
    m_out.snapshot = std::move(*shown);
    m_out.tablePath = QString::fromStdString(place->string());
    return {};
}

/// Null where the session has no map.
Result<std::shared_ptr<const Pca>> Opening::axes(Index dim) const
{
    const auto* components = array<Matrix>(names::kComponents);
    const auto* mean = array<Matrix>(names::kMean);
    const auto* variance = array<std::vector<double>>(names::kVariance);
    const auto* ratio = array<std::vector<double>>(names::kVarianceRatio);
    if (m_session.field(names::kMapSection, "method") != "pca")
        return std::shared_ptr<const Pca>();
    if (components == nullptr || mean == nullptr || variance == nullptr || ratio == nullptr ||
        components->cols() != dim || mean->cols() != dim || mean->rows() != 1 || components->rows() < 1 ||
        components->rows() > 2 || std::ssize(*variance) != components->rows() ||
        std::ssize(*ratio) != components->rows())
        return damaged("the map", "its axes do not fit the table");
    const auto leftOut = parseInteger(m_session.field(names::kMapSection, "rows_left_out"));
    return std::make_shared<const Pca>(
        Pca{mean->row(0), *components, *variance, *ratio, static_cast<Index>(leftOut.value_or(0))});
}

Result<TableSnapshot> Opening::snapshot(EmbeddingTable table)
{
    auto map = axes(table.dim());
    if (!map)
        return fail(map.error());
    auto out = snapshotOf(std::move(table), std::move(*map), m_stop, m_progress);
    const auto* coordinates = array<Matrix>(names::kCoordinates);
    if (!out || coordinates == nullptr)
        return out;
    if (coordinates->rows() != out->table->rows() || coordinates->cols() != 2)
        return damaged("the map", "it has another number of points than the table has rows");
    out->coordinates = std::make_shared<const Matrix>(*coordinates);
    return out;
}

} // namespace

Result<OpenedSession> openSession(const QString& path, const QString& found, const std::stop_token& stop,
                                  Progress& progress)
{
    return Opening(path, found, stop, progress).open();
}

} // namespace embedscope
