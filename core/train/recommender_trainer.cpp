// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_trainer.h"

#include "core/base/strings.h"
#include "core/nn/cross_entropy.h"
#include "core/train/recommender_loss.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace embedscope {

namespace {

float meanOf(const std::vector<Rating>& ratings)
{
    double sum = 0;
    for (const Rating& rating : ratings)
        sum += static_cast<double>(rating.value);
    return static_cast<float>(sum / static_cast<double>(ratings.size()));
}

tl::unexpected<Error> nothingToLearn(const char* why)
{
    return fail(ErrorCode::FormatRefused,
                {"Ratings", "this data", why, "Choose data with more ratings, or a lower threshold."});
}

} // namespace

RecommenderTrainer::RecommenderTrainer(const RecommenderOptions& options, std::shared_ptr<const RecommenderData> data,
                                       Recommender model, std::unique_ptr<Optimizer> optimizer, const Random& random)
    : m_options(options)
    , m_data(std::move(data))
    , m_model(std::move(model))
    , m_optimizer(std::move(optimizer))
    , m_random(random)
    , m_lastGood(m_model)
{
    if (ranks())
        m_known = UserItems(m_data->train, m_data->users);
    else
        m_model.setGlobalMean(meanOf(m_data->train));
    chooseExamples();
}

Result<RecommenderTrainer> RecommenderTrainer::create(const RecommenderOptions& options,
                                                      std::shared_ptr<const RecommenderData> data)
{
    if (auto checked = check(options); !checked)
        return fail(checked.error());
    if (data->train.empty())
        return nothingToLearn("it has no ratings to learn from");
    auto optimizer = makeOptimizer(*optimizerOptions(options));
    if (!optimizer)
        return fail(optimizer.error());
    Random random(options.seed);
    const bool sparse = (*optimizer)->accepts(true).has_value();
    auto model = Recommender::create(data->users, data->items, options.embedding_dim, options.init_std, sparse,
                                     data->train, random);
    if (!model)
        return fail(model.error());
    RecommenderTrainer trainer(options, std::move(data), std::move(*model), std::move(*optimizer), random);
    if (trainer.m_order.empty())
        return nothingToLearn("every user has every item");
    return trainer;
}

void RecommenderTrainer::chooseExamples()
{
    const auto& train = m_data->train;
    for (std::size_t i = 0; i < train.size(); ++i)
        // A user who has every item leaves none to rank below.
        if (!ranks() || std::ssize(m_known.of(train[i].user)) < m_data->items)
            m_order.push_back(i);
}

std::int64_t RecommenderTrainer::stepsPerEpoch() const
{
    return (std::ssize(m_order) + m_options.batch_size - 1) / m_options.batch_size;
}

void RecommenderTrainer::startEpoch()
{
    // From the same order each time, so that an epoch does not depend on how the one before went.
    std::ranges::sort(m_order);
    m_random.shuffle(std::span(m_order));
    m_lastGood = m_model;
    m_goodStep = m_step;
}

std::int64_t RecommenderTrainer::negatives() const
{
    if (!ranks())
        return 0;
    return m_options.loss == RecommenderLoss::Bpr ? 1 : m_options.negatives;
}

void RecommenderTrainer::addNegatives(Index user)
{
    const auto others = static_cast<std::uint64_t>(m_data->items - std::ssize(m_known.of(user)));
    for (std::int64_t k = 0; k < negatives(); ++k)
        m_batch.items.push_back(m_known.missing(user, static_cast<std::int64_t>(m_random.below(others))));
}

void RecommenderTrainer::fillBatch(std::int64_t begin, std::int64_t count)
{
    m_batch = {};
    for (std::int64_t i = begin; i < begin + count; ++i) {
        const Rating& rating = m_data->train[m_order[static_cast<std::size_t>(i)]];
        m_batch.users.push_back(rating.user);
        m_batch.items.push_back(rating.item);
        m_batch.values.push_back(rating.value);
        if (ranks())
            addNegatives(rating.user);
    }
}

Result<double> RecommenderTrainer::loss()
{
    if (!ranks())
        return squaredLoss(m_scores, m_batch.values, m_scoresGrad);
    return rankingLoss(m_scores, m_scoresGrad);
}

tl::unexpected<Error> RecommenderTrainer::diverged()
{
    const std::string step = std::to_string(m_step);
    m_model = m_lastGood;
    m_step = m_goodStep;
    return fail(ErrorCode::TrainingDiverged,
                {step, "a number is not finite any more at learning rate " + formatNumber(m_options.lr)});
}

Result<RecommenderStep> RecommenderTrainer::step()
{
    const std::int64_t inEpoch = m_step % stepsPerEpoch();
    if (inEpoch == 0)
        startEpoch();
    const std::int64_t begin = inEpoch * m_options.batch_size;
    const std::int64_t count = std::min(m_options.batch_size, std::ssize(m_order) - begin);
    fillBatch(begin, count);
    if (auto done = m_model.forward(m_batch, m_scores); !done)
        return fail(done.error());
    const auto value = loss();
    if (!value)
        return fail(value.error());
    if (!std::isfinite(*value))
        return diverged();
    m_model.backward(m_batch, m_scoresGrad, m_options.reg, !ranks());
    m_optimizer->step(m_model.parameters());

    const bool ended = begin + count == std::ssize(m_order);
    // The loss of the next step would tell, but there may be none.
    if (ended && !m_model.allFinite())
        return diverged();
    return RecommenderStep{.step = m_step++, .loss = *value, .ratings = count, .epochEnded = ended};
}

} // namespace embedscope
