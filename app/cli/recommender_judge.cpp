// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recommender_judge.h"

#include "core/train/recommender_baselines.h"

#include <utility>

namespace embedscope::cli {

namespace {

constexpr Index kPlaces = 10;

template <class T>
Json keyed(const std::optional<T>& found, double T::*part)
{
    return found ? number((*found).*part) : Json();
}

} // namespace

RecommenderJudge::RecommenderJudge(bool ranks, std::vector<Rating> heldOut, const std::vector<Rating>& known,
                                   Index users, Index items)
    : m_ranks(ranks)
    , m_heldOut(std::move(heldOut))
    , m_users(users)
    , m_items(items)
{
    if (!ranks)
        return;
    m_heldOutItems = UserItems(m_heldOut, users);
    m_knownItems = UserItems(known, users);
}

Result<std::optional<RatingError>> RecommenderJudge::error(const Predict& predict) const
{
    if (m_heldOut.empty())
        return std::optional<RatingError>();
    return ratingError(m_heldOut, predict, interruptToken()).map([](const RatingError& e) { return std::optional(e); });
}

Result<std::optional<RankingQuality>> RecommenderJudge::ranking(const ScoreItems& score) const
{
    if (m_heldOut.empty())
        return std::optional<RankingQuality>();
    return rankingQuality(m_heldOutItems, m_knownItems, m_items, kPlaces, score, interruptToken())
        .map([](const RankingQuality& q) { return std::optional(q); });
}

Result<Json> RecommenderJudge::judge(const Recommender& model) const
{
    if (m_ranks)
        return ranking(scoresOf(model)).map([](const auto& q) -> Json {
            return {{"recall_at_10", keyed(q, &RankingQuality::recall)},
                    {"ndcg_at_10", keyed(q, &RankingQuality::ndcg)}};
        });
    return error(predictionOf(model)).map([](const auto& e) -> Json {
        return {{"rmse", keyed(e, &RatingError::rmse)}, {"mae", keyed(e, &RatingError::mae)}};
    });
}

Result<double> RecommenderJudge::goodness(const Recommender& model) const
{
    if (m_ranks)
        return ranking(scoresOf(model)).map([](const auto& q) { return q ? q->recall : 0.0; });
    return error(predictionOf(model)).map([](const auto& e) { return e ? -e->rmse : 0.0; });
}

Result<Json> RecommenderJudge::baselines(const std::vector<Rating>& known, std::uint64_t seed) const
{
    if (m_ranks) {
        const Eigen::VectorXf counts = popularity(known, m_items);
        return ranking([&counts](Index, Eigen::VectorXf& scores) { scores = counts; }).map([](const auto& q) -> Json {
            return {{"baseline_popular_recall_at_10", keyed(q, &RankingQuality::recall)},
                    {"baseline_popular_ndcg_at_10", keyed(q, &RankingQuality::ndcg)}};
        });
    }
    const auto biases = fitBestBiases(known, m_users, m_items, seed, interruptToken());
    if (!biases)
        return fail(biases.error());
    const auto ofMean = error([&biases](Index, Index) { return biases->mean; });
    const auto ofBiases = error([&biases](Index user, Index item) { return biases->predict(user, item); });
    if (!ofMean || !ofBiases)
        return fail(ofMean ? ofBiases.error() : ofMean.error());
    return Json{{"baseline_mean_rmse", keyed(*ofMean, &RatingError::rmse)},
                {"baseline_bias_rmse", keyed(*ofBiases, &RatingError::rmse)}};
}

} // namespace embedscope::cli
