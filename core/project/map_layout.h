// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/project/map_options.h"
#include "core/project/map_points.h"
#include "core/project/pca.h"
#include "core/search/neighbor_graph.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace embedscope {

/// A map of a table under any method, from the rows to the coordinates. PCA is finished when it is made; t-SNE and UMAP
/// are run in pieces, so that one can watch, pause, change settings and go on.
class EMBEDSCOPE_EXPORT MapLayout
{
public:
    struct Input
    {
        ConstMatrixMap weights;              // must outlive create()
        std::vector<Index> rows;             // ascending; empty for all
        std::vector<std::int32_t> labels;    // one a row of the table, -1 for none; empty without supervision
        std::shared_ptr<const Matrix> start; // rows of the table x dims, to go on from another map; null for init
        std::shared_ptr<const NeighborGraph> graph; // of an earlier layout with the same points, to spare the search
        std::shared_ptr<const MapPoints> points;    // likewise
    };

    /// Finds neighbours and affinities. ValueRefused for dims other than 2 or 3, an option out of its range,
    /// or fewer than 4 points for t-SNE and UMAP. Cancelled.
    static Result<MapLayout> create(const Input& input, const MapOptions& options, std::stop_token stop,
                                    Progress& progress);

    MapLayout(MapLayout&&) noexcept;
    MapLayout& operator=(MapLayout&&) noexcept;
    ~MapLayout();

    /// At most `steps` more iterations or epochs; PCA has none. Cancelled: what was done stays.
    Result<void> run(Index steps, std::stop_token stop, Progress& progress);
    [[nodiscard]] Index stepsDone() const;
    [[nodiscard]] Index stepsWanted() const;
    [[nodiscard]] bool finished() const { return stepsDone() >= stepsWanted(); }

    /// Learning rate, exaggeration, iterations and the like from the next step on; perplexity, n_neighbors or metric
    /// find neighbours and affinities anew and go on from where the points are. `method`, `dims`, `pca_dims`: another
    /// layout. Cancelled: nothing changed.
    Result<void> change(const MapOptions& options, std::stop_token stop, Progress& progress);
    void perturb(double amount, std::uint64_t seed);

    [[nodiscard]] const MapOptions& options() const;
    /// Rows of the table x dims; NaN for rows that are not on the map.
    [[nodiscard]] Matrix coordinates() const;
    [[nodiscard]] std::shared_ptr<const MapPoints> points() const;
    [[nodiscard]] std::shared_ptr<const NeighborGraph> graph() const; // null for PCA
    [[nodiscard]] std::shared_ptr<const Pca> pca() const;             // of the points; null where there was none
    [[nodiscard]] double klDivergence() const;                        // t-SNE; else NaN
    [[nodiscard]] double neighborsSeconds() const;

private:
    struct State;
    explicit MapLayout(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace embedscope
