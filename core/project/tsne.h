// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/project/map_options.h"
#include "core/search/neighbor_graph.h"

#include <memory>
#include <span>
#include <stop_token>

namespace embedscope {

/// t-SNE as a run that can stop and go on: the same bytes for any number of threads and any cutting into run(n).
class EMBEDSCOPE_EXPORT Tsne
{
public:
    /// Neighbours a graph needs for a perplexity: 3 * perplexity, at most n - 1.
    static Index neighborsFor(double perplexity, Index points);

    /// `start` is n x dims (2 or 3) for the n points of `graph`; scaled so that its first column has a standard
    /// deviation of 1e-4. `labels`: one a point or empty, -1 for none; for options.supervision. Cancelled.
    static Result<Tsne> create(const NeighborGraph& graph, Matrix start, const TsneOptions& options,
                               std::span<const std::int32_t> labels, std::stop_token stop, Progress& progress);

    Tsne(Tsne&&) noexcept;
    Tsne& operator=(Tsne&&) noexcept;
    ~Tsne();

    /// At most `iterations` more steps. Cancelled within 20 ms, between two steps: what was done stays and can go on.
    Result<void> run(Index iterations, std::stop_token stop, Progress& progress);

    [[nodiscard]] Index iteration() const;
    /// n x dims, centred.
    [[nodiscard]] Matrix coordinates() const;
    /// Kullback-Leibler divergence of the map from the affinities without exaggeration, as scikit-learn reports it; of
    /// the map as it is.
    [[nodiscard]] double klDivergence() const;

    /// From the next step on: exaggeration, learning rate, momentum, iterations. Perplexity needs new affinities:
    /// setAffinities.
    void setOptions(const TsneOptions& options);
    [[nodiscard]] const TsneOptions& options() const;
    /// Other neighbours or another perplexity; the points stay where they are and go on from there. Cancelled: nothing
    /// changed.
    Result<void> setAffinities(const NeighborGraph& graph, const TsneOptions& options,
                               std::span<const std::int32_t> labels, std::stop_token stop, Progress& progress);
    /// Moves every point by noise with a standard deviation of `amount` times that of the map, from `seed`.
    void perturb(double amount, std::uint64_t seed);

private:
    struct State;
    explicit Tsne(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace embedscope
