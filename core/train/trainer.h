// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/text/data_set.h"
#include "core/train/live_settings.h"
#include "core/train/text_classifier.h"
#include "core/train/train_options.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope {

/// What one step did.
struct StepReport
{
    std::int64_t step = 0;  // number of this step, from 0
    std::int64_t epoch = 0; // from 0
    double loss = 0;        // mean over the batch, before the update
    std::int64_t right = 0; // sentences of the batch that were classified right, before the update
    std::int64_t sentences = 0;
    std::int64_t tokens = 0;
    bool epochEnded = false;
};

/// A training run that its caller steps: no threads of its own, no clock, no files. A run is a function of data,
/// initial table, options and the log of live switches, whatever the number of threads.
class EMBEDSCOPE_EXPORT Trainer
{
public:
    /// `weight` is the initial table (rows x embedding_dim). The data must not be empty.
    static Result<Trainer> create(const TrainOptions& options, std::shared_ptr<const DataSet> data, Index classes,
                                  Matrix weight);

    /// One batch: forward, loss, backward, update. TrainingDiverged where the loss is not finite: then no update is
    /// made and the weights go back to those of the last epoch's start.
    Result<StepReport> step();

    /// Takes new settings, which hold from the next step on, and logs them unless they are those it has. On an error
    /// nothing changes.
    Result<void> apply(const LiveSettings& settings);

    [[nodiscard]] std::int64_t stepsDone() const { return m_step; }
    [[nodiscard]] std::int64_t stepsPerEpoch() const;
    [[nodiscard]] std::int64_t totalSteps() const { return stepsPerEpoch() * m_options.epochs; }
    [[nodiscard]] bool finished() const { return m_step >= totalSteps(); }

    [[nodiscard]] const TextClassifier& model() const { return m_model; }
    [[nodiscard]] const TrainOptions& options() const { return m_options; }
    [[nodiscard]] const LiveSettings& settings() const { return m_settings; }
    /// Every change of settings after the start, in order.
    [[nodiscard]] const std::vector<LoggedSwitch>& log() const { return m_log; }

private:
    Trainer(const TrainOptions& options, std::shared_ptr<const DataSet> data, TextClassifier model,
            std::unique_ptr<Optimizer> optimizer, const Random& random);

    Result<void> take(const LiveSettings& settings);
    void startEpoch();
    void keepWeights();
    void restoreWeights();
    tl::unexpected<Error> diverged();

    TrainOptions m_options;
    std::shared_ptr<const DataSet> m_data;
    TextClassifier m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    Random m_random;
    LiveSettings m_settings;
    std::vector<LoggedSwitch> m_log;
    std::vector<std::int64_t> m_order; // sentences of this epoch, shuffled
    std::int64_t m_step = 0;

    Matrix m_logits;
    Matrix m_logitsGrad;
    std::vector<Matrix> m_lastGood; // of the parameters that learn, as they were at step m_goodStep
    std::int64_t m_goodStep = 0;
};

} // namespace embedscope
