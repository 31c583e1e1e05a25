// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/train/rating_split.h"
#include "core/train/recommender.h"

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace embedscope {

/// How far predictions are from ratings.
struct RatingError
{
    double rmse = 0; // square root of the mean squared error
    double mae = 0;  // mean absolute error
};

/// What somebody predicts for a user and an item. Called from several threads at once.
using Predict = std::function<double(Index user, Index item)>;

/// All zero where there are no ratings. Cancelled.
EMBEDSCOPE_EXPORT Result<RatingError> ratingError(std::span<const Rating> ratings, const Predict& predict,
                                                  std::stop_token stop);

/// How well the items that users turned out to have stand in front. Means over the users who have any.
struct RankingQuality
{
    double recall = 0; // share of a user's held-out items among the first k
    double ndcg = 0;   // each hit at place r counts 1 / log2(r + 1); divided by the best that k places can give
    Index users = 0;   // who have held-out items
};

/// Writes a score for every item. Called from several threads at once.
using ScoreItems = std::function<void(Index user, Eigen::VectorXf& scores)>;

/// Of one user: `ranked` are the first k items, `relevant` (rising, not empty) those looked for.
EMBEDSCOPE_EXPORT RankingQuality rankingOf(std::span<const std::int32_t> ranked, std::span<const std::int32_t> relevant,
                                           Index k);

/// Ranks for each user all items but those in `train`; of equal scores the lower row comes first. Both have the same
/// users. k >= 1. Cancelled.
EMBEDSCOPE_EXPORT Result<RankingQuality> rankingQuality(const UserItems& heldOut, const UserItems& train, Index items,
                                                        Index k, const ScoreItems& score, std::stop_token stop);

/// The scores of a trained model.
EMBEDSCOPE_EXPORT Predict predictionOf(const Recommender& model);
EMBEDSCOPE_EXPORT ScoreItems scoresOf(const Recommender& model);

} // namespace embedscope
