// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/base/result.h"
#include "core/train/recommender_metrics.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::cli {

/// How good a recommender is on what was held out: errors of ratings, or places in a ranking.
class RecommenderJudge
{
public:
    /// `known` are the ratings that may be used to learn from: what a ranking leaves out.
    RecommenderJudge(bool ranks, std::vector<Rating> heldOut, const std::vector<Rating>& known, Index users,
                     Index items);

    /// rmse and mae, or recall_at_10 and ndcg_at_10; null where nothing is held out.
    [[nodiscard]] Result<Json> judge(const Recommender& model) const;
    /// The first of them, negative where less is better: what early stopping goes by.
    [[nodiscard]] Result<double> goodness(const Recommender& model) const;
    /// The same numbers of those who did not learn: baseline_mean_rmse and baseline_bias_rmse, or
    /// baseline_popular_recall_at_10 and baseline_popular_ndcg_at_10.
    [[nodiscard]] Result<Json> baselines(const std::vector<Rating>& known, std::uint64_t seed) const;

    [[nodiscard]] const std::vector<Rating>& heldOut() const { return m_heldOut; }

private:
    [[nodiscard]] Result<std::optional<RatingError>> error(const Predict& predict) const;
    [[nodiscard]] Result<std::optional<RankingQuality>> ranking(const ScoreItems& score) const;

    bool m_ranks;
    std::vector<Rating> m_heldOut;
    UserItems m_heldOutItems;
    UserItems m_knownItems;
    Index m_users;
    Index m_items;
};

} // namespace embedscope::cli
