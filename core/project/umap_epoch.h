// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/project/umap.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace embedscope {

/// The fuzzy graph as a time table: an edge attracts in `frequency` / 2^32 of the epochs.
struct UmapEdges
{
    std::vector<Index> offsets;           // n + 1
    std::vector<std::int32_t> tails;      // ascending in a row
    std::vector<std::uint32_t> frequency; // the share of the strongest edge's weight, which attracts in every epoch

    [[nodiscard]] Index points() const { return static_cast<Index>(offsets.size()) - 1; }
};

UmapEdges umapEdges(const FuzzyGraph& graph);

/// Where points lie, for vector loads: rows of 2 or 4 floats.
struct UmapPlaces
{
    Index dims = 2;
    Matrix rows; // n x 2, or n x 4 with a last column of zeros where dims is 3
};

struct UmapStep
{
    UmapCurve curve;
    Index epoch = 0;
    double alpha = 1; // learning rate of this epoch
    double repulsion_strength = 1;
    double negative_sample_rate = 5;
    std::uint64_t seed = 0;
};

/// One epoch of stochastic gradient descent on the fuzzy set cross entropy. The points move in a few rounds, every
/// eighth point in each: those that move together see one another where they were before the round, all others where
/// they are. So the result depends on nothing but the arguments, while two ends of an edge nearly always move one after
/// the other, as in umap-learn. There an edge that is due moves both ends twice, once for each direction it is stored
/// in; here each end takes two steps in its own turn. Each step has negative_sample_rate negative samples, where
/// umap-learn has as many on average. False where it was stopped, within 5 ms; `places` is then as it was before.
bool moveThroughEpoch(const UmapEdges& edges, const UmapStep& step, UmapPlaces& places, const std::stop_token& stop);

} // namespace embedscope
