// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/search/neighbors.h"
#include "core/table/embedding_table.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace embedscope {

/// A map and the space it is of.
struct JudgedMap
{
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const Matrix> coordinates; // rows of the table x 2 or 3; NaN off the map
    Metric metric = Metric::Euclidean;         // of the space

    bool operator==(const JudgedMap&) const = default;
};

/// The rows of the space that the map shows beside a row, those it does not, and those it shows without cause.
struct NeighbourCheck
{
    Index row = 0;
    std::vector<Index> kept;  // near in the space and on the map
    std::vector<Index> torn;  // near in the space, elsewhere on the map
    std::vector<Index> faked; // near on the map, elsewhere in the space
};

/// Of the k nearest by the metric of the space and the k nearest on the map; each list nearest first. Cancelled;
/// ValueRefused for a row that is not on the map or has no neighbours by the metric.
Result<NeighbourCheck> checkNeighbours(const JudgedMap& map, Index row, Index k, const std::stop_token& stop);

} // namespace embedscope
