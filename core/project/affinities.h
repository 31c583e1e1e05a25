// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/neighbor_graph.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace embedscope {

/// The affinities p_ij of t-SNE: symmetric, sum 1, compressed rows.
struct Affinities
{
    std::vector<Index> offsets;        // n + 1
    std::vector<std::int32_t> columns; // ascending in a row, until the points are put into another order
    std::vector<float> values;

    [[nodiscard]] Index points() const { return static_cast<Index>(offsets.size()) - 1; }
};

/// The perplexity that so many points allow: at most a third of the neighbours there are, at least 1.
EMBEDSCOPE_EXPORT double allowedPerplexity(double perplexity, Index points);

/// p_j|i by a Gaussian round each point whose width gives the perplexity (van der Maaten and Hinton 2008, eq. 1), made
/// symmetric: (p_j|i + p_i|j) / 2n. Squared distances of the graph: d^2; for cosine that of the unit vectors, 2 (1 -
/// cos); for dot minus the dot product, since a constant in a row does not matter. `labels`, one a point or empty:
/// affinities between different labels are multiplied by (1 - `supervision`)^2, and the sum made 1 again; -1 is no
/// label. Cancelled.
EMBEDSCOPE_EXPORT Result<Affinities> affinitiesOf(const NeighborGraph& graph, double perplexity,
                                                  std::span<const std::int32_t> labels, double supervision,
                                                  std::stop_token stop, Progress& progress);

/// The same affinities of points in another order: point i is what was point order[i]. On a stop request worthless.
EMBEDSCOPE_EXPORT Affinities reordered(const Affinities& affinities, std::span<const std::int32_t> order,
                                       const std::stop_token& stop);

} // namespace embedscope
