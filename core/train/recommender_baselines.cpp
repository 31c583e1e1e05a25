// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_baselines.h"

#include <array>
#include <cmath>
#include <limits>

namespace embedscope {

namespace {

constexpr int kMostSweeps = 50;
constexpr double kSettled = 1e-6; // of the largest change of a bias in a sweep
constexpr double kValidationShare = 0.1;
constexpr std::array<double, 9> kStrengths{0.5, 1, 2, 3, 5, 7, 10, 15, 25};

/// The best biases of one side for given biases of the other; returns the largest change.
double solveSide(std::span<const Rating> ratings, double mean, std::int32_t Rating::*own, std::int32_t Rating::*other,
                 double strength, const std::vector<double>& otherBias, std::vector<double>& bias)
{
    std::vector<double> sum(bias.size());
    std::vector<double> count(bias.size());
    for (const Rating& rating : ratings) {
        const auto row = static_cast<std::size_t>(rating.*own);
        sum[row] += static_cast<double>(rating.value) - mean - otherBias[static_cast<std::size_t>(rating.*other)];
        ++count[row];
    }
    double change = 0;
    for (std::size_t row = 0; row < bias.size(); ++row) {
        const double best = count[row] > 0 ? sum[row] / (count[row] + strength) : 0;
        change = std::max(change, std::abs(best - bias[row]));
        bias[row] = best;
    }
    return change;
}

double meanOf(std::span<const Rating> ratings)
{
    double sum = 0;
    for (const Rating& rating : ratings)
        sum += static_cast<double>(rating.value);
    return ratings.empty() ? 0 : sum / static_cast<double>(ratings.size());
}

/// Tries strengths on a part of the ratings and judges them by the rest.
class StrengthSearch
{
public:
    StrengthSearch(std::span<const Rating> ratings, Index users, Index items, std::uint64_t seed, std::stop_token stop)
        : m_split(splitRatings(ratings, kValidationShare, seed))
        , m_users(users)
        , m_items(items)
        , m_stop(std::move(stop))
    {
    }

    /// One side after the other, until neither gets better.
    Result<BiasStrength> run()
    {
        for (BiasStrength before; !m_split.heldOut.empty();) {
            for (double BiasStrength::*side : {&BiasStrength::item, &BiasStrength::user})
                if (auto tried = improve(side); !tried)
                    return fail(tried.error());
            if (m_best == before)
                break;
            before = m_best;
        }
        return m_best;
    }

private:
    Result<void> improve(double BiasStrength::*side)
    {
        for (const double value : kStrengths) {
            BiasStrength candidate = m_best;
            candidate.*side = value;
            const auto model = fitBiases(m_split.train, m_users, m_items, candidate, m_stop);
            if (!model)
                return fail(model.error());
            const auto error = ratingError(
                m_split.heldOut, [&model](Index u, Index i) { return model->predict(u, i); }, m_stop);
            if (!error)
                return fail(error.error());
            if (error->rmse < m_rmse) {
                m_rmse = error->rmse;
                m_best = candidate;
            }
        }
        return {};
    }

    RatingSplit m_split;
    Index m_users;
    Index m_items;
    std::stop_token m_stop;
    BiasStrength m_best;
    double m_rmse = std::numeric_limits<double>::infinity();
};

} // namespace

Result<BiasModel> fitBiases(std::span<const Rating> ratings, Index users, Index items, const BiasStrength& strength,
                            std::stop_token stop)
{
    BiasModel model{.mean = meanOf(ratings),
                    .user = std::vector<double>(static_cast<std::size_t>(users)),
                    .item = std::vector<double>(static_cast<std::size_t>(items)),
                    .strength = strength};
    for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const double change = std::max(
            solveSide(ratings, model.mean, &Rating::item, &Rating::user, strength.item, model.user, model.item),
            solveSide(ratings, model.mean, &Rating::user, &Rating::item, strength.user, model.item, model.user));
        if (change < kSettled)
            break;
    }
    return model;
}

Result<BiasModel> fitBestBiases(std::span<const Rating> ratings, Index users, Index items, std::uint64_t seed,
                                std::stop_token stop)
{
    const auto strength = StrengthSearch(ratings, users, items, seed, stop).run();
    if (!strength)
        return fail(strength.error());
    return fitBiases(ratings, users, items, *strength, stop);
}

Eigen::VectorXf popularity(std::span<const Rating> ratings, Index items)
{
    Eigen::VectorXf counts = Eigen::VectorXf::Zero(items);
    for (const Rating& rating : ratings)
        ++counts[rating.item];
    return counts;
}

} // namespace embedscope
