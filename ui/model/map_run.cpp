// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/map_run.h"

#include "ui/jobs/job_runner.h"
#include "ui/model/map_coordinates.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr int kPollMilliseconds = 16;
constexpr Index kMoreIterations = 250; // as long as the early phase of t-SNE
constexpr double kSpeedSeconds = 0.5;

/// What matters to the method alone, so that min_dist does not make a t-SNE map old.
MapOptions relevant(MapOptions options)
{
    if (options.method != MapMethod::Tsne)
        options.tsne = {};
    if (options.method != MapMethod::Umap)
        options.umap = {};
    return options;
}

/// A layout can take these on without being made anew.
bool isSameLayout(const MapOptions& one, const MapOptions& other)
{
    return one.method == other.method && one.dims == other.dims && one.pca_dims == other.pca_dims &&
           one.seed == other.seed && one.init == other.init;
}

bool isSame(const ChosenRows& one, const ChosenRows& other)
{
    return one == other || (one && other && *one == *other);
}

MapOptions withMoreSteps(MapOptions options, const MapLayout& layout)
{
    if (options.method == MapMethod::Tsne)
        options.tsne.iterations = std::max(options.tsne.iterations, layout.stepsDone() + kMoreIterations);
    else
        options.umap.n_epochs = std::max(options.umap.n_epochs, layout.stepsDone() + kMoreIterations);
    return options;
}

} // namespace

MapRun::MapRun(Document* document, JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_jobs(jobs)
{
    m_options.method = MapMethod::Tsne;
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &MapRun::poll);
    connect(document, &Document::wholeTableComing, this, [this] { m_tableGrows = true; });
    connect(document, &Document::wholeTableShown, this, [this] { m_tableGrows = false; });
    connect(document, &Document::tableChanged, this, &MapRun::onTable);
    connect(document, &Document::weightsChanged, this, [this] {
        ++m_tableState;
        Q_EMIT mapsChanged();
    });
}

MapRun::~MapRun()
{
    m_job.cancel();
}

void MapRun::setOptions(const MapOptions& options)
{
    if (options == m_options)
        return;
    m_options = options;
    Q_EMIT optionsChanged();
}

void MapRun::setRows(ChosenRows rows)
{
    if (rows && rows->empty())
        rows.reset();
    if (isSame(rows, m_rows))
        return;
    m_rows = std::move(rows);
    Q_EMIT rowsChanged();
}

void MapRun::setLabelColumn(const std::string& name)
{
    if (name == m_labelColumn)
        return;
    m_labelColumn = name;
    Q_EMIT optionsChanged();
}

bool MapRun::fits(const Neighbours& found) const
{
    return found.tableState == m_tableState && isSame(found.rows, m_rows) && found.metric == m_options.metric &&
           found.pcaDims == m_options.pca_dims;
}

std::shared_ptr<const NeighborGraph> MapRun::graph() const
{
    return fits(m_neighbours) ? m_neighbours.graph : nullptr;
}

std::shared_ptr<const MapPoints> MapRun::points() const
{
    return fits(m_neighbours) ? m_neighbours.points : nullptr;
}

std::shared_ptr<const MapPoints> MapRun::pointsOf(const ComputedMap& map) const
{
    const MapOptions& options = map.frame.options;
    const bool same = m_neighbours.tableState == map.tableState && isSame(m_neighbours.rows, map.rows) &&
                      m_neighbours.metric == options.metric && m_neighbours.pcaDims == options.pca_dims;
    return same ? m_neighbours.points : nullptr;
}

void MapRun::start()
{
    if (!m_document->hasTable() || m_options.method == MapMethod::Pca)
        return;
    dropJob();
    m_layout.reset();
    // Approximate neighbours depend on the seed, and the same seed shall give the same map.
    const auto known = graph();
    const bool reusable = known && (known->exact || m_neighbours.seed == m_options.seed);
    begin({.table = m_document->snapshot().table,
           .options = m_options,
           .rows = m_rows,
           .labelColumn = m_labelColumn,
           .points = points(),
           .graph = reusable ? known : nullptr,
           .layout = nullptr,
           .perturb = std::nullopt});
}

void MapRun::begin(MapTask task)
{
    auto& kept = slot(task.options.method);
    m_before = kept;
    m_running = task;
    m_runningTableState = m_tableState;
    m_stepsPerSecond = 0;
    m_sinceFirstStep.invalidate();
    m_exchange = std::make_shared<MapExchange>();
    const QString title = task.options.method == MapMethod::Tsne ? tr("t-SNE map") : tr("UMAP map");
    m_job = m_jobs->start(
        this, title,
        [task = std::move(task), exchange = m_exchange](const std::stop_token& stop, Progress& progress) {
            return makeMap(task, *exchange, stop, progress);
        },
        [this, exchange = m_exchange](Result<MapOutcome> result) {
            if (exchange == m_exchange) // else it was given up
                take(std::move(result));
        });
    m_running.layout.reset();
    m_poll.start();
    setState(State::Preparing);
    Q_EMIT started();
}

bool MapRun::canGoOn() const
{
    if (m_state == State::Running || m_state == State::Paused)
        return isSameLayout(m_options, m_running.options) && isSame(m_rows, m_running.rows);
    return m_state == State::Idle && m_layout && isSameLayout(m_options, m_layout->options()) &&
           isSame(m_rows, m_layoutOf.rows) && m_layoutOf.tableState == m_tableState &&
           m_layoutOf.labelColumn == m_labelColumn;
}

void MapRun::goOn()
{
    if (!canGoOn())
        return;
    if (active()) {
        m_exchange->change(m_options);
        m_running.options = m_options;
        resume();
        return;
    }
    setOptions(withMoreSteps(m_options, *m_layout));
    begin({.table = m_document->snapshot().table,
           .options = m_options,
           .rows = m_rows,
           .labelColumn = m_labelColumn,
           .points = nullptr,
           .graph = nullptr,
           .layout = std::exchange(m_layout, nullptr),
           .perturb = std::nullopt});
}

bool MapRun::canPerturb() const
{
    return active() ? m_state != State::Preparing && method() == MapMethod::Tsne
                    : m_options.method == MapMethod::Tsne && canGoOn();
}

void MapRun::perturb()
{
    if (!canPerturb())
        return;
    const auto seed = m_options.seed + static_cast<std::uint64_t>(slot(MapMethod::Tsne)->frame.step);
    if (!active())
        goOn();
    m_exchange->perturb(seed);
}

void MapRun::pause()
{
    if (!active() || m_state == State::Paused)
        return;
    m_exchange->pause(true);
    setState(State::Paused);
}

void MapRun::resume()
{
    if (m_state != State::Paused)
        return;
    m_exchange->pause(false);
    m_sinceFirstStep.invalidate();
    setState(State::Running);
}

void MapRun::stop()
{
    if (m_state == State::Preparing)
        m_job.cancel(); // there is nothing yet to keep
    else if (active())
        m_exchange->stop();
}

void MapRun::cancel()
{
    m_job.cancel();
}

/// The result of a run that was given up is not wanted any more.
void MapRun::dropJob()
{
    if (!active())
        return;
    m_job.cancel();
    m_poll.stop();
    m_exchange.reset();
    slot(method()) = std::exchange(m_before, std::nullopt);
    setState(State::Idle);
}

void MapRun::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void MapRun::poll()
{
    if (const auto refusal = m_exchange->takeRefusal())
        Q_EMIT changeRefused(*refusal);
    auto frame = m_exchange->takeFrame();
    if (!frame)
        return;
    if (m_state == State::Preparing)
        setState(State::Running);
    measureSpeed(*frame);
    show(std::move(*frame));
}

void MapRun::measureSpeed(const MapFrame& frame)
{
    if (!m_sinceFirstStep.isValid()) {
        m_firstStep = frame.step;
        m_sinceFirstStep.start();
        return;
    }
    const double seconds = static_cast<double>(m_sinceFirstStep.nsecsElapsed()) / 1e9;
    if (seconds < kSpeedSeconds)
        return;
    m_stepsPerSecond = static_cast<double>(frame.step - m_firstStep) / seconds;
    m_firstStep = frame.step;
    m_sinceFirstStep.restart();
}

void MapRun::show(MapFrame frame)
{
    frame.coordinates = forRows(frame.coordinates, m_document->snapshot().table->rows());
    slot(frame.options.method) = {std::move(frame), m_running.rows, m_running.labelColumn, m_runningTableState};
    Q_EMIT frameChanged();
}

void MapRun::take(Result<MapOutcome> result)
{
    m_poll.stop();
    m_exchange.reset();
    const auto before = std::exchange(m_before, std::nullopt);
    if (!result) {
        slot(method()) = before;
        setState(State::Idle);
        Q_EMIT cancelled();
        if (result.error().code != ErrorCode::Cancelled)
            Q_EMIT failed(result.error());
        return;
    }
    m_layout = std::move(result->layout);
    keepNeighbours(*m_layout);
    m_state = State::Idle;
    show(std::move(result->frame));
    m_layoutOf = *slot(m_layout->options().method);
    Q_EMIT stateChanged();
    Q_EMIT finished();
}

void MapRun::keepNeighbours(const MapLayout& layout)
{
    const MapOptions& options = layout.options();
    m_neighbours = {m_runningTableState, m_running.rows,  options.metric, options.pca_dims,
                    options.seed,        layout.points(), layout.graph()};
}

const ComputedMap* MapRun::map(MapMethod method) const
{
    const auto& found = m_maps.at(static_cast<std::size_t>(method));
    return found ? &*found : nullptr;
}

std::vector<ComputedMap> MapRun::currentMaps() const
{
    std::vector<ComputedMap> out;
    for (const auto& map : m_maps) {
        if (!map)
            continue;
        const bool moves = active() && map->frame.options.method == method();
        const auto& settled = moves ? m_before : map;
        if (settled && !isOfOlderTable(*settled))
            out.push_back(*settled);
    }
    return out;
}

void MapRun::restore(const ComputedMap& map)
{
    dropJob();
    m_layout.reset();
    auto& kept = slot(map.frame.options.method);
    kept = map;
    kept->tableState = m_tableState;
    m_labelColumn = map.labelColumn;
    setRows(map.rows);
    setOptions(map.frame.options);
    Q_EMIT mapsChanged();
}

bool MapRun::hasOtherSettings(const ComputedMap& map) const
{
    MapOptions wanted = m_options;
    wanted.method = map.frame.options.method;
    const bool supervised = wanted.method == MapMethod::Tsne && wanted.tsne.supervision > 0;
    return relevant(wanted) != relevant(map.frame.options) || (supervised && map.labelColumn != m_labelColumn);
}

bool MapRun::hasOtherRows(const ComputedMap& map) const
{
    return !isSame(map.rows, m_rows);
}

bool MapRun::isOfOlderTable(const ComputedMap& map) const
{
    return map.tableState != m_tableState;
}

void MapRun::onTable()
{
    ++m_tableState;
    if (m_tableGrows) {
        growMaps();
        return;
    }
    dropJob();
    m_layout.reset();
    m_neighbours = {};
    m_maps = {};
    m_labelColumn.clear();
    m_rows.reset();
    Q_EMIT rowsChanged();
    Q_EMIT mapsChanged();
}

/// The rows that came are not on the maps of the first ones.
void MapRun::growMaps()
{
    for (auto& map : m_maps)
        if (map)
            map->frame.coordinates = forRows(map->frame.coordinates, m_document->snapshot().table->rows());
    Q_EMIT mapsChanged();
}

} // namespace embedscope
