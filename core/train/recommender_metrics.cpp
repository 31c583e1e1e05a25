// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_metrics.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace embedscope {

namespace {

constexpr Index kRatingsPerChunk = 8192;
constexpr Index kUsersPerChunk = 8;

/// What a hit at `place`, from 0, counts.
double gain(Index place)
{
    return 1 / std::log2(static_cast<double>(place) + 2);
}

/// The first k items by score that are not in `known`.
std::vector<std::int32_t> bestItems(const Eigen::VectorXf& scores, std::span<const std::int32_t> known, Index k)
{
    std::vector<std::int32_t> items;
    auto next = known.begin();
    for (std::int32_t item = 0; item < scores.size(); ++item) {
        if (next != known.end() && *next == item)
            ++next;
        else
            items.push_back(item);
    }
    const auto better = [&scores](std::int32_t a, std::int32_t b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    };
    const auto count = std::min<std::ptrdiff_t>(k, std::ssize(items));
    std::partial_sort(items.begin(), items.begin() + count, items.end(), better);
    items.resize(static_cast<std::size_t>(count));
    return items;
}

} // namespace

Result<RatingError> ratingError(std::span<const Rating> ratings, const Predict& predict, std::stop_token stop)
{
    struct Sums
    {
        double squares = 0, absolute = 0;
    };
    if (ratings.empty())
        return RatingError{};
    const Index count = std::ssize(ratings);
    std::vector<Sums> sums(static_cast<std::size_t>(chunkCount(count, kRatingsPerChunk)));
    parallelChunks(count, kRatingsPerChunk, [&](Index chunk, Index begin, Index end) {
        Sums& sum = sums[static_cast<std::size_t>(chunk)];
        for (Index i = begin; i < end && !stop.stop_requested(); ++i) {
            const Rating& rating = ratings[static_cast<std::size_t>(i)];
            const double error = predict(rating.user, rating.item) - static_cast<double>(rating.value);
            sum.squares += error * error;
            sum.absolute += std::abs(error);
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    RatingError out;
    for (const Sums& sum : sums) {
        out.rmse += sum.squares;
        out.mae += sum.absolute;
    }
    return RatingError{std::sqrt(out.rmse / static_cast<double>(count)), out.mae / static_cast<double>(count)};
}

RankingQuality rankingOf(std::span<const std::int32_t> ranked, std::span<const std::int32_t> relevant, Index k)
{
    double hits = 0;
    double found = 0;
    const Index places = std::min<Index>(k, std::ssize(ranked));
    for (Index place = 0; place < places; ++place) {
        if (!std::ranges::binary_search(relevant, ranked[static_cast<std::size_t>(place)]))
            continue;
        ++hits;
        found += gain(place);
    }
    double best = 0;
    for (Index place = 0; place < std::min<Index>(k, std::ssize(relevant)); ++place)
        best += gain(place);
    return {hits / static_cast<double>(relevant.size()), found / best, 1};
}

Result<RankingQuality> rankingQuality(const UserItems& heldOut, const UserItems& train, Index items, Index k,
                                      const ScoreItems& score, std::stop_token stop)
{
    std::vector<RankingQuality> each(static_cast<std::size_t>(heldOut.users()));
    parallelFor(heldOut.users(), kUsersPerChunk, [&](Index begin, Index end) {
        Eigen::VectorXf scores(items);
        for (Index user = begin; user < end && !stop.stop_requested(); ++user) {
            if (heldOut.of(user).empty())
                continue;
            score(user, scores);
            each[static_cast<std::size_t>(user)] = rankingOf(bestItems(scores, train.of(user), k), heldOut.of(user), k);
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    RankingQuality out;
    for (const RankingQuality& one : each) {
        out.recall += one.recall;
        out.ndcg += one.ndcg;
        out.users += one.users;
    }
    const double divisor = out.users > 0 ? static_cast<double>(out.users) : 1.0;
    return RankingQuality{out.recall / divisor, out.ndcg / divisor, out.users};
}

Predict predictionOf(const Recommender& model)
{
    return [&model](Index user, Index item) { return model.score(user, item); };
}

ScoreItems scoresOf(const Recommender& model)
{
    return [&model](Index user, Eigen::VectorXf& scores) {
        scores.noalias() = model.itemVectors() * model.userVectors().row(user).transpose();
        scores += model.itemBias().col(0);
    };
}

} // namespace embedscope
