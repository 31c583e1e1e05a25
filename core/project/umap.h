// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/project/map_options.h"
#include "core/search/neighbor_graph.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace embedscope {

/// UMAP as a run that can stop and go on: the same bytes for any number of threads and any cutting into run(n).
class EMBEDSCOPE_EXPORT Umap
{
public:
    /// `graph` has n_neighbors - 1 neighbours a point (umap-learn counts the point itself). `start` is n x dims, or
    /// empty for the spectral one (spectral_start.h); either is stretched to 0 to 10 in each direction, with noise of
    /// 1e-4.
    static Result<Umap> create(const NeighborGraph& graph, Matrix start, Index dims, const UmapOptions& options,
                               std::uint64_t seed, std::stop_token stop, Progress& progress);

    Umap(Umap&&) noexcept;
    Umap& operator=(Umap&&) noexcept;
    ~Umap();

    /// At most `epochs` more. Cancelled within 20 ms: what was done stays and can go on.
    Result<void> run(Index epochs, std::stop_token stop, Progress& progress);
    [[nodiscard]] Index epoch() const;
    [[nodiscard]] Index epochs() const; // n_epochs, or what 0 stands for
    [[nodiscard]] Matrix coordinates() const;
    /// Learning rate, repulsion and negative samples, from the next epoch on; epochs may grow.
    void setOptions(const UmapOptions& options);
    /// Other neighbours of the same points, or other options of their graph. The points stay where they are, and all
    /// epochs are to come again. Cancelled: nothing changed.
    Result<void> setGraph(const NeighborGraph& graph, const UmapOptions& options, std::stop_token stop,
                          Progress& progress);
    /// Moves every point by noise with a standard deviation of `amount` times that of the map, from `seed`.
    void perturb(double amount, std::uint64_t seed);

private:
    struct State;
    explicit Umap(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The fuzzy simplicial set as a symmetric sparse matrix in compressed rows: umap-learn's fuzzy_simplicial_set.
struct FuzzyGraph
{
    std::vector<Index> offsets;        // n + 1
    std::vector<std::int32_t> columns; // ascending in a row
    std::vector<float> weights;
};
EMBEDSCOPE_EXPORT Result<FuzzyGraph> fuzzyGraph(const NeighborGraph& graph, const UmapOptions& options,
                                                std::stop_token stop, Progress& progress);

/// a and b of the curve 1 / (1 + a x^2b) that fits min_dist and spread, as umap-learn's find_ab_params.
struct UmapCurve
{
    double a = 0;
    double b = 0;
};
EMBEDSCOPE_EXPORT UmapCurve umapCurve(double spread, double min_dist);

} // namespace embedscope
