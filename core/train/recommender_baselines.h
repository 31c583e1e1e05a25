// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/train/recommender_metrics.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace embedscope {

/// How strongly the biases are pulled towards zero: so many ratings of just the mean are added to each row.
struct BiasStrength
{
    double user = 5;
    double item = 5;

    bool operator==(const BiasStrength&) const = default;
};

/// prediction = mean + user[u] + item[i]: what a recommender has to beat.
struct BiasModel
{
    double mean = 0;
    std::vector<double> user;
    std::vector<double> item;
    BiasStrength strength;

    [[nodiscard]] double predict(Index u, Index i) const
    {
        return mean + user[static_cast<std::size_t>(u)] + item[static_cast<std::size_t>(i)];
    }
};

/// Minimises sum (r - mean - b_u - b_i)^2 + strength.user * sum b_u^2 + strength.item * sum b_i^2 by alternating least
/// squares (Koren 2010, "Factor in the neighbors", section 2.1). Rows without ratings stay 0. Cancelled.
EMBEDSCOPE_EXPORT Result<BiasModel> fitBiases(std::span<const Rating> ratings, Index users, Index items,
                                              const BiasStrength& strength, std::stop_token stop);

/// The same with the strengths that do best on a tenth of the ratings that is held back by the seed, then fitted to
/// all.
EMBEDSCOPE_EXPORT Result<BiasModel> fitBestBiases(std::span<const Rating> ratings, Index users, Index items,
                                                  std::uint64_t seed, std::stop_token stop);

/// Ratings of each item: to recommend what most people have, which is hard to beat where few items are very popular.
EMBEDSCOPE_EXPORT Eigen::VectorXf popularity(std::span<const Rating> ratings, Index items);

} // namespace embedscope
