// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_layout.h"
#include "core/table/embedding_table.h"

#include <condition_variable>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// A map as far as it has come, with what it was made by.
struct MapFrame
{
    MapOptions options;
    std::shared_ptr<const Matrix> coordinates; // rows of the table x dims; NaN off the map
    Index step = 0;
    Index steps = 0;                                      // wanted
    double kl = std::numeric_limits<double>::quiet_NaN(); // of t-SNE
    Index points = 0;                                     // on the map
    bool exact = true;                                    // the neighbours
    double recall = 1;
};

/// What the GUI thread and the job of a map say to each other. Orders are taken between two steps; a frame is copied
/// only once the last one was taken, so that nobody waits for a picture.
class MapExchange
{
public:
    struct Orders
    {
        bool stop = false; // keep what was reached
        bool paused = false;
        std::optional<MapOptions> change;
        std::optional<std::uint64_t> perturb; // seed
    };

    void pause(bool paused);
    void stop();
    void change(const MapOptions& options);
    void perturb(std::uint64_t seed);
    [[nodiscard]] std::optional<MapFrame> takeFrame();
    /// A change that the layout refused; it goes on as before.
    [[nodiscard]] std::optional<Error> takeRefusal();

    /// The job's side: waits while there is nothing to do.
    [[nodiscard]] Orders next(const std::stop_token& stop);
    [[nodiscard]] bool isPaused();
    [[nodiscard]] bool wantsFrame();
    void leave(MapFrame frame);
    void leave(const Error& refusal);

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Orders m_orders;
    std::optional<MapFrame> m_frame;
    std::optional<Error> m_refusal;
};

/// Rows of a table, or none for all of them.
using ChosenRows = std::shared_ptr<const std::vector<Index>>;

/// A map to make from the start, or, with `layout`, to go on with.
struct MapTask
{
    std::shared_ptr<const EmbeddingTable> table;
    MapOptions options;
    ChosenRows rows;
    std::string labelColumn;                 // of categories, for options.tsne.supervision
    std::shared_ptr<const MapPoints> points; // of an earlier map of the same rows, metric and pca_dims
    std::shared_ptr<const NeighborGraph> graph;
    std::shared_ptr<MapLayout> layout;
    std::optional<std::uint64_t> perturb; // seed; before the first step
};

struct MapOutcome
{
    std::shared_ptr<MapLayout> layout;
    MapFrame frame;
};

/// Runs until the layout has the iterations it wants, or is told to stop. Errors of MapLayout; Cancelled.
Result<MapOutcome> makeMap(const MapTask& task, MapExchange& exchange, const std::stop_token& stop, Progress& progress);

} // namespace embedscope
