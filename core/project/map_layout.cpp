// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/map_layout.h"

#include "core/base/random.h"
#include "core/project/tsne.h"
#include "core/project/umap.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kFewestPoints = 4; // of t-SNE and UMAP; up to three points have no neighbourhoods to keep

Error refuse(const char* name, const std::string& value, const char* allowed)
{
    return {ErrorCode::ValueRefused, {name, value, allowed}};
}

std::optional<Error> refusalOf(const UmapOptions& umap)
{
    if (umap.n_neighbors < 2)
        return refuse("n_neighbors", std::to_string(umap.n_neighbors), "2 or more");
    if (!(umap.spread > 0 && umap.spread < 1e6))
        return refuse("spread", std::to_string(umap.spread), "above 0");
    if (!(umap.min_dist >= 0 && umap.min_dist <= umap.spread))
        return refuse("min_dist", std::to_string(umap.min_dist), "0 to spread");
    if (umap.n_epochs < 0)
        return refuse("n_epochs", std::to_string(umap.n_epochs), "0 or more");
    if (!(umap.learning_rate >= 0 && umap.learning_rate < 1e6))
        return refuse("learning_rate", std::to_string(umap.learning_rate), "0 or more");
    if (!(umap.negative_sample_rate >= 0 && umap.negative_sample_rate <= 1000))
        return refuse("negative_sample_rate", std::to_string(umap.negative_sample_rate), "0 to 1000");
    if (!(umap.repulsion_strength >= 0 && umap.repulsion_strength < 1e6))
        return refuse("repulsion_strength", std::to_string(umap.repulsion_strength), "0 or more");
    if (!(umap.set_op_mix_ratio >= 0 && umap.set_op_mix_ratio <= 1))
        return refuse("set_op_mix_ratio", std::to_string(umap.set_op_mix_ratio), "0 to 1");
    if (!(umap.local_connectivity >= 0 && umap.local_connectivity <= 1000))
        return refuse("local_connectivity", std::to_string(umap.local_connectivity), "0 or more");
    return std::nullopt;
}

std::optional<Error> refusal(const MapOptions& options)
{
    const TsneOptions& tsne = options.tsne;
    const UmapOptions& umap = options.umap;
    if (options.dims != 2 && options.dims != 3)
        return refuse("dims", std::to_string(options.dims), "2 or 3");
    if (options.pca_dims < 0)
        return refuse("pca_dims", std::to_string(options.pca_dims), "0 or more");
    if (options.method == MapMethod::Tsne && !(tsne.perplexity >= 2 && tsne.perplexity <= 500))
        return refuse("perplexity", std::to_string(tsne.perplexity), "2 to 500");
    if (options.method == MapMethod::Tsne && !(tsne.early_exaggeration >= 1 && tsne.exaggeration >= 1))
        return refuse("exaggeration", std::to_string(std::min(tsne.early_exaggeration, tsne.exaggeration)),
                      "1 or more");
    if (options.method == MapMethod::Tsne && !(tsne.learning_rate >= 0 && tsne.learning_rate < 1e9))
        return refuse("learning_rate", std::to_string(tsne.learning_rate), "0 or more");
    if (options.method == MapMethod::Tsne && !(tsne.momentum >= 0 && tsne.momentum < 1))
        return refuse("momentum", std::to_string(tsne.momentum), "0 to 1");
    return options.method == MapMethod::Umap ? refusalOf(umap) : std::nullopt;
}

Index neighborsNeeded(const MapOptions& options, Index points)
{
    const Index wanted = options.method == MapMethod::Tsne ? Tsne::neighborsFor(options.tsne.perplexity, points)
                                                           : options.umap.n_neighbors - 1;
    return std::min(wanted, points - 1);
}

/// The first k columns: a graph found for more neighbours serves for fewer.
std::shared_ptr<const NeighborGraph> cutTo(const std::shared_ptr<const NeighborGraph>& graph, Index k)
{
    if (graph->k() == k)
        return graph;
    auto out = std::make_shared<NeighborGraph>(*graph);
    out->rows = graph->rows.leftCols(k).eval();
    out->distances = graph->distances.leftCols(k).eval();
    return out;
}

bool serves(const NeighborGraph& graph, const MapPoints& points, const MapOptions& options)
{
    return graph.points() == points.count() && graph.metric == options.metric &&
           graph.k() >= neighborsNeeded(options, points.count()) &&
           (graph.exact || options.neighbors != NeighborSearch::Exact);
}

/// Whether the same neighbours give the same weights.
bool sameFuzzyGraph(const UmapOptions& a, const UmapOptions& b)
{
    return a.n_neighbors == b.n_neighbors && a.set_op_mix_ratio == b.set_op_mix_ratio &&
           a.local_connectivity == b.local_connectivity;
}

/// 1 - cosine of unit rows is half their squared distance.
void toCosine(NeighborGraph& graph)
{
    graph.metric = Metric::Cosine;
    graph.distances = graph.distances.cwiseAbs2() / 2;
}

Matrix randomStart(Index points, Index dims, std::uint64_t seed)
{
    Random random(seed);
    Matrix start(points, dims);
    for (float& value : start.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    return start;
}

} // namespace

struct MapLayout::State
{
    MapOptions options;
    Index tableRows = 0;
    std::vector<std::int32_t> labels; // one a point
    std::shared_ptr<const MapPoints> points;
    std::shared_ptr<const NeighborGraph> graph;
    std::shared_ptr<const Pca> pca;
    std::optional<Tsne> tsne;
    std::optional<Umap> umap;
    Matrix fixed; // the coordinates of PCA, one row a point

    [[nodiscard]] Matrix placed() const { return tsne ? tsne->coordinates() : umap ? umap->coordinates() : fixed; }

    Result<void> choosePoints(const Input& input, std::stop_token stop, Progress& progress);
    [[nodiscard]] Result<std::shared_ptr<const NeighborGraph>>
    findGraph(const MapOptions& wanted, const std::shared_ptr<const NeighborGraph>& known, std::stop_token stop,
              Progress& progress) const;
    Result<void> fitAxes(Index components, std::stop_token stop, Progress& progress);
    [[nodiscard]] Result<Matrix> startOf(const Input& input, std::stop_token stop, Progress& progress);
    Result<void> begin(const Input& input, std::stop_token stop, Progress& progress);
};

/// PCA takes the rows as they are: its axes belong to the table.
Result<void> MapLayout::State::choosePoints(const Input& input, std::stop_token stop, Progress& progress)
{
    tableRows = input.weights.rows();
    points = input.points;
    if (!points) {
        const Index reduced = options.method == MapMethod::Pca ? 0 : options.pca_dims;
        auto found = mapPoints(input.weights, input.rows, options.metric, reduced, stop, progress);
        if (!found)
            return fail(found.error());
        points = std::make_shared<const MapPoints>(*std::move(found));
    }
    if (!input.labels.empty())
        for (const Index row : points->rows)
            labels.push_back(input.labels[static_cast<std::size_t>(row)]);
    if (options.method != MapMethod::Pca && points->count() < kFewestPoints)
        return fail(ErrorCode::ValueRefused, {"Points on the map", std::to_string(points->count()),
                                              "4 or more for t-SNE and UMAP; PCA shows any number"});
    return {};
}

Result<std::shared_ptr<const NeighborGraph>>
MapLayout::State::findGraph(const MapOptions& wanted, const std::shared_ptr<const NeighborGraph>& known,
                            std::stop_token stop, Progress& progress) const
{
    const Index k = neighborsNeeded(wanted, points->count());
    if (known && serves(*known, *points, wanted))
        return cutTo(known, k);
    const NeighborOptions search{
        .k = k, .metric = metricOfPoints(wanted.metric), .search = wanted.neighbors, .seed = wanted.seed};
    auto found = findNeighbors(points->points, search, stop, progress);
    if (!found)
        return fail(found.error());
    if (wanted.metric == Metric::Cosine)
        toCosine(*found);
    return std::make_shared<const NeighborGraph>(*std::move(found));
}

Result<void> MapLayout::State::fitAxes(Index components, std::stop_token stop, Progress& progress)
{
    auto found = fitPca(points->points, components, stop, progress);
    if (!found)
        return fail(found.error());
    pca = std::make_shared<const Pca>(*std::move(found));
    return {};
}

/// An axis that the points do not have is zero.
Result<Matrix> MapLayout::State::startOf(const Input& input, std::stop_token stop, Progress& progress)
{
    Matrix start = Matrix::Zero(points->count(), options.dims);
    if (input.start) {
        for (Index i = 0; i < points->count(); ++i)
            start.row(i) = input.start->row(points->rows[static_cast<std::size_t>(i)]).leftCols(options.dims);
        return start;
    }
    if (options.init == MapInit::Random)
        return randomStart(points->count(), options.dims, options.seed);
    if (auto fitted = fitAxes(options.dims, stop, progress); !fitted)
        return fail(fitted.error());
    const Matrix projected = pca->project(points->points);
    start.leftCols(projected.cols()) = projected;
    return start;
}

Result<void> MapLayout::State::begin(const Input& input, std::stop_token stop, Progress& progress)
{
    if (options.method == MapMethod::Pca) {
        auto placedAt = startOf({.weights = input.weights}, stop, progress);
        if (!placedAt)
            return fail(placedAt.error());
        fixed = *std::move(placedAt);
        return {};
    }
    auto found = findGraph(options, input.graph, stop, progress);
    if (!found)
        return fail(found.error());
    graph = *std::move(found);
    const bool spectral = options.method == MapMethod::Umap && options.init == MapInit::Spectral && !input.start;
    auto start = spectral ? Result<Matrix>(Matrix()) : startOf(input, stop, progress);
    if (!start)
        return fail(start.error());
    if (options.method == MapMethod::Tsne) {
        auto made = Tsne::create(*graph, *std::move(start), options.tsne, labels, stop, progress);
        if (!made)
            return fail(made.error());
        tsne.emplace(*std::move(made));
    } else {
        auto made = Umap::create(*graph, *std::move(start), options.dims, options.umap, options.seed, stop, progress);
        if (!made)
            return fail(made.error());
        umap.emplace(*std::move(made));
    }
    return {};
}

Result<MapLayout> MapLayout::create(const Input& input, const MapOptions& options, std::stop_token stop,
                                    Progress& progress)
{
    if (const auto error = refusal(options))
        return fail(*error);
    auto state = std::make_unique<State>();
    state->options = options;
    if (auto done = state->choosePoints(input, stop, progress); !done)
        return fail(done.error());
    if (auto done = state->begin(input, stop, progress); !done)
        return fail(done.error());
    return MapLayout(std::move(state));
}

MapLayout::MapLayout(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

MapLayout::MapLayout(MapLayout&&) noexcept = default;
MapLayout& MapLayout::operator=(MapLayout&&) noexcept = default;
MapLayout::~MapLayout() = default;

Result<void> MapLayout::run(Index steps, std::stop_token stop, Progress& progress)
{
    const Index left = std::min(steps, stepsWanted() - stepsDone());
    if (left <= 0)
        return {};
    return m_state->tsne ? m_state->tsne->run(left, stop, progress) : m_state->umap->run(left, stop, progress);
}

Index MapLayout::stepsDone() const
{
    return m_state->tsne ? m_state->tsne->iteration() : m_state->umap ? m_state->umap->epoch() : 0;
}

Index MapLayout::stepsWanted() const
{
    return m_state->tsne ? m_state->options.tsne.iterations : m_state->umap ? m_state->umap->epochs() : 0;
}

Result<void> MapLayout::change(const MapOptions& options, std::stop_token stop, Progress& progress)
{
    if (const auto error = refusal(options))
        return fail(*error);
    State& state = *m_state;
    const MapOptions& before = state.options;
    const bool sameGraph = before.metric == options.metric && before.neighbors == options.neighbors;
    if (state.tsne && sameGraph && before.tsne.perplexity == options.tsne.perplexity &&
        before.tsne.supervision == options.tsne.supervision) {
        state.tsne->setOptions(options.tsne);
    } else if (state.umap && sameGraph && sameFuzzyGraph(before.umap, options.umap)) {
        state.umap->setOptions(options.umap);
    } else if (options.method != MapMethod::Pca) {
        auto found = state.findGraph(options, state.graph, stop, progress);
        if (!found)
            return fail(found.error());
        if (state.tsne) {
            auto done = state.tsne->setAffinities(**found, options.tsne, state.labels, stop, progress);
            if (!done)
                return fail(done.error());
        } else {
            if (auto done = state.umap->setGraph(**found, options.umap, stop, progress); !done)
                return fail(done.error());
        }
        state.graph = *std::move(found);
    }
    state.options = options;
    return {};
}

void MapLayout::perturb(double amount, std::uint64_t seed)
{
    if (m_state->tsne)
        m_state->tsne->perturb(amount, seed);
    if (m_state->umap)
        m_state->umap->perturb(amount, seed);
}

const MapOptions& MapLayout::options() const
{
    return m_state->options;
}

Matrix MapLayout::coordinates() const
{
    const Matrix placed = m_state->placed();
    if (placed.rows() == m_state->tableRows)
        return placed;
    Matrix out = Matrix::Constant(m_state->tableRows, m_state->options.dims, std::numeric_limits<float>::quiet_NaN());
    for (Index i = 0; i < placed.rows(); ++i)
        out.row(m_state->points->rows[static_cast<std::size_t>(i)]) = placed.row(i);
    return out;
}

std::shared_ptr<const MapPoints> MapLayout::points() const
{
    return m_state->points;
}

std::shared_ptr<const NeighborGraph> MapLayout::graph() const
{
    return m_state->graph;
}

std::shared_ptr<const Pca> MapLayout::pca() const
{
    return m_state->pca;
}

double MapLayout::klDivergence() const
{
    return m_state->tsne ? m_state->tsne->klDivergence() : std::numeric_limits<double>::quiet_NaN();
}

double MapLayout::neighborsSeconds() const
{
    return m_state->graph ? m_state->graph->seconds : 0;
}

} // namespace embedscope
