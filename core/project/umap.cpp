// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/umap.h"

#include "core/base/random.h"
#include "core/project/graph_parts.h"
#include "core/project/spectral_start.h"
#include "core/project/umap_epoch.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope {

namespace {

constexpr float kExtent = 10;   // of the start in each direction, as in umap-learn
constexpr double kNoise = 1e-4; // parts points that start in one place

Index defaultEpochs(Index points)
{
    return points <= 10000 ? 500 : 200;
}

/// 0 to 10 in each direction, with a little noise. A direction without extent has the noise alone.
UmapPlaces startingPlaces(const Matrix& start, Index dims, std::uint64_t seed)
{
    UmapPlaces places{dims, Matrix::Zero(start.rows(), dims == 2 ? 2 : 4)};
    Random random(seed);
    for (Index i = 0; i < start.rows(); ++i)
        for (Index d = 0; d < dims; ++d)
            places.rows(i, d) = static_cast<float>(kNoise * random.normal());
    for (Index d = 0; d < dims; ++d) {
        const float low = start.col(d).minCoeff();
        const float extent = start.col(d).maxCoeff() - low;
        if (extent > 0)
            places.rows.col(d).array() += (start.col(d).array() - low) * (kExtent / extent);
    }
    return places;
}

/// umap-learn keeps the edges of a full run where only a few epochs are wanted.
Result<FuzzyGraph> attractingEdges(const NeighborGraph& graph, const UmapOptions& options, std::stop_token stop,
                                   Progress& progress)
{
    const auto fuzzy = fuzzyGraph(graph, options, stop, progress);
    if (!fuzzy)
        return fuzzy;
    const Index epochs = options.n_epochs > 10 ? options.n_epochs : defaultEpochs(graph.points());
    FuzzyGraph out = strongEdges(*fuzzy, epochs, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return out;
}

} // namespace

struct Umap::State
{
    UmapOptions options;
    UmapCurve curve;
    std::uint64_t seed = 0;
    UmapEdges edges;
    UmapPlaces places;
    Index done = 0;

    [[nodiscard]] Index epochs() const
    {
        return options.n_epochs > 0 ? options.n_epochs : defaultEpochs(edges.points());
    }
    [[nodiscard]] UmapStep nextStep() const;
};

/// The rate falls in a straight line to 0; umap-learn lowers it at the end of an epoch.
UmapStep Umap::State::nextStep() const
{
    const auto past = static_cast<double>(std::max<Index>(0, done - 1));
    return {.curve = curve,
            .epoch = done,
            .alpha = options.learning_rate * (1 - past / static_cast<double>(epochs())),
            .repulsion_strength = options.repulsion_strength,
            .negative_sample_rate = options.negative_sample_rate,
            .seed = seed};
}

Umap::Umap(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Umap::Umap(Umap&&) noexcept = default;
Umap& Umap::operator=(Umap&&) noexcept = default;
Umap::~Umap() = default;

Result<Umap> Umap::create(const NeighborGraph& graph, Matrix start, Index dims, const UmapOptions& options,
                          std::uint64_t seed, std::stop_token stop, Progress& progress)
{
    const auto edges = attractingEdges(graph, options, stop, progress);
    if (!edges)
        return fail(edges.error());
    if (start.size() == 0) {
        auto spectral = spectralStart(*edges, dims, seed, stop, progress);
        if (!spectral)
            return fail(spectral.error());
        start = *std::move(spectral);
    }
    auto state = std::make_unique<State>();
    state->options = options;
    state->curve = umapCurve(options.spread, options.min_dist);
    state->seed = seed;
    state->edges = umapEdges(*edges);
    state->places = startingPlaces(start, dims, seed);
    return Umap(std::move(state));
}

Result<void> Umap::run(Index epochs, std::stop_token stop, Progress& progress)
{
    State& state = *m_state;
    const Index end = std::min(state.done + epochs, state.epochs());
    progress.start(end - state.done);
    while (state.done < end) {
        if (!moveThroughEpoch(state.edges, state.nextStep(), state.places, stop))
            return fail(ErrorCode::Cancelled);
        ++state.done;
        progress.add(1);
    }
    return {};
}

Index Umap::epoch() const
{
    return m_state->done;
}

Index Umap::epochs() const
{
    return m_state->epochs();
}

Matrix Umap::coordinates() const
{
    return m_state->places.rows.leftCols(m_state->places.dims);
}

void Umap::setOptions(const UmapOptions& options)
{
    m_state->options = options;
    m_state->curve = umapCurve(options.spread, options.min_dist);
}

Result<void> Umap::setGraph(const NeighborGraph& graph, const UmapOptions& options, std::stop_token stop,
                            Progress& progress)
{
    const auto edges = attractingEdges(graph, options, stop, progress);
    if (!edges)
        return fail(edges.error());
    m_state->edges = umapEdges(*edges);
    m_state->done = 0;
    setOptions(options);
    return {};
}

void Umap::perturb(double amount, std::uint64_t seed)
{
    auto places = m_state->places.rows.leftCols(m_state->places.dims);
    const double spread = std::sqrt(static_cast<double>((places.rowwise() - places.colwise().mean()).squaredNorm()) /
                                    static_cast<double>(places.size()));
    Random random(seed);
    for (Index i = 0; i < places.rows(); ++i)
        for (Index d = 0; d < places.cols(); ++d)
            places(i, d) += static_cast<float>(amount * spread * random.normal());
}

} // namespace embedscope
