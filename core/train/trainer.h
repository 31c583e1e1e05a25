// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/text/data_set.h"
#include "core/train/live_settings.h"
#include "core/train/row_backup.h"
#include "core/train/text_classifier.h"
#include "core/train/train_options.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
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

/// Sums over the steps of an epoch so far.
struct EpochTotals
{
    double loss = 0; // times sentences
    std::int64_t right = 0;
    std::int64_t sentences = 0;
    std::int64_t tokens = 0;

    [[nodiscard]] double meanLoss() const { return sentences > 0 ? loss / static_cast<double>(sentences) : 0; }
    [[nodiscard]] double accuracy() const
    {
        return sentences > 0 ? static_cast<double>(right) / static_cast<double>(sentences) : 0;
    }
};

/// Where a trainer stands between two steps, besides its weights: with data and options, all that it needs to go on bit
/// for bit.
struct TrainerState
{
    std::int64_t step = 0;
    RandomState random;
    std::vector<std::int64_t> order; // sentences of the epoch, shuffled
    EpochTotals totals;
    LiveSettings settings;
    std::vector<LoggedSwitch> log;
    OptimizerState optimizer;
};

/// A training run that its caller steps: no threads of its own, no clock, no files. A run is a function of data,
/// initial table, options and the log of live switches, whatever the number of threads.
class EMBEDSCOPE_EXPORT Trainer
{
public:
    /// `weight` is the initial table (rows x embedding_dim). The data must not be empty.
    static Result<Trainer> create(const TrainOptions& options, std::shared_ptr<const DataSet> data, Index classes,
                                  Matrix weight);

    /// One batch: forward, loss, backward, update. Thaws by itself where freeze_epochs have passed. TrainingDiverged
    /// where the loss or a gradient is not finite: then no update is made, the weights go back to those of the last
    /// epoch's start, and the optimizer starts anew.
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
    /// Of the epoch that the last step belongs to.
    [[nodiscard]] const EpochTotals& totals() const { return m_totals; }

    /// Without the state of the optimizer, which may be larger than the model: optimizerState() shows it.
    [[nodiscard]] TrainerState state() const;
    [[nodiscard]] const OptimizerState& optimizerState() const { return m_optimizer->state(); }
    /// Goes on from there: `weights` holds every tensor of the model by name. ShapeMismatch where
    /// they, the state of the optimizer or the order of sentences do not fit; then nothing changes.
    Result<void> restore(TrainerState state, const std::map<std::string, Matrix>& weights);

private:
    Trainer(const TrainOptions& options, std::shared_ptr<const DataSet> data, TextClassifier model,
            std::unique_ptr<Optimizer> optimizer, const Random& random);

    Result<void> checkState(const TrainerState& state, const std::map<std::string, Matrix>& weights);
    Result<void> take(const LiveSettings& settings);
    Result<void> thawInTime();
    Result<double> lossAndGradients(const Batch& batch);
    void startEpoch();
    void keepWeights();
    void restoreWeights();
    tl::unexpected<Error> diverged(const Batch& batch);

    TrainOptions m_options;
    std::shared_ptr<const DataSet> m_data;
    TextClassifier m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    Random m_random;
    LiveSettings m_settings;
    std::vector<LoggedSwitch> m_log;
    std::vector<std::int64_t> m_order; // sentences of this epoch, shuffled
    std::vector<float> m_classWeights; // empty: all the same
    std::int64_t m_step = 0;
    EpochTotals m_totals;

    Matrix m_logits;
    Matrix m_logitsGrad;
    std::vector<Matrix> m_lastGood; // of the parameters that learn, as they were at step m_goodStep
    RowBackup m_touchedRows;        // of a table with sparse gradients, since then
    std::int64_t m_goodStep = 0;
};

} // namespace embedscope
