// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/train/rating_split.h"
#include "core/train/recommender.h"
#include "core/train/recommender_options.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope {

/// What a recommender learns from. The numbers of users and items are those of the whole data, so that what is held
/// out has its rows too.
struct RecommenderData
{
    Index users = 0;
    Index items = 0;
    std::vector<Rating> train;
};

struct RecommenderStep
{
    std::int64_t step = 0;    // number of this step, from 0
    double loss = 0;          // mean over the batch, before the update, without regularisation
    std::int64_t ratings = 0; // of the batch
    bool epochEnded = false;
};

/// A training run that its caller steps: no threads of its own, no clock, no files. A run is a function of data and
/// options, whatever the number of threads.
class EMBEDSCOPE_EXPORT RecommenderTrainer
{
public:
    /// ValueRefused for bad options; FormatRefused where nothing can be learned: no ratings, or, for bpr and softmax,
    /// no user who leaves out an item.
    static Result<RecommenderTrainer> create(const RecommenderOptions& options,
                                             std::shared_ptr<const RecommenderData> data);

    /// One batch: scores, loss, gradients, update. TrainingDiverged where a number is not finite: the weights go back
    /// to those of the epoch's start.
    Result<RecommenderStep> step();

    [[nodiscard]] std::int64_t stepsDone() const { return m_step; }
    [[nodiscard]] std::int64_t stepsPerEpoch() const;
    [[nodiscard]] std::int64_t totalSteps() const { return stepsPerEpoch() * m_options.epochs; }
    [[nodiscard]] bool finished() const { return m_step >= totalSteps(); }

    [[nodiscard]] const Recommender& model() const { return m_model; }
    [[nodiscard]] const RecommenderOptions& options() const { return m_options; }
    [[nodiscard]] const RecommenderData& data() const { return *m_data; }

private:
    RecommenderTrainer(const RecommenderOptions& options, std::shared_ptr<const RecommenderData> data,
                       Recommender model, std::unique_ptr<Optimizer> optimizer, const Random& random);

    void chooseExamples();
    void startEpoch();
    [[nodiscard]] bool ranks() const { return m_options.loss != RecommenderLoss::Squared; }
    [[nodiscard]] std::int64_t negatives() const;
    void fillBatch(std::int64_t begin, std::int64_t count);
    void addNegatives(Index user);
    Result<double> loss();
    tl::unexpected<Error> diverged();

    RecommenderOptions m_options;
    std::shared_ptr<const RecommenderData> m_data;
    Recommender m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    Random m_random;
    UserItems m_known;                // of the training ratings, for bpr and softmax
    std::vector<std::size_t> m_order; // ratings of this epoch, shuffled
    std::int64_t m_step = 0;

    RecommenderBatch m_batch;
    Matrix m_scores;
    Matrix m_scoresGrad;
    Recommender m_lastGood; // as it was when the epoch started
    std::int64_t m_goodStep = 0;
};

} // namespace embedscope
