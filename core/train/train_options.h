// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/param_spec.h"
#include "core/base/result.h"
#include "core/nn/sentence_encoder.h"
#include "core/optim/optimizer.h"
#include "core/train/live_settings.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace embedscope {

/// How the learning rate goes on after its warm-up, as a factor of the live one.
enum class Schedule {
    Constant,
    Linear, // to zero at the last step
    Cosine  // to zero at the last step, along half a cosine (Loshchilov and Hutter 2017)
};

/// Everything that decides a run besides its data and its live switches.
struct TrainOptions
{
    EncoderOptions encoder;
    std::int64_t embedding_dim = 128; // that of the vectors where they are given
    std::string optimizer = "adam";
    double weight_decay = 0;
    std::int64_t batch_size = 32;
    std::int64_t epochs = 10;
    std::uint64_t seed = 0;
    std::optional<std::int64_t> max_length = {}; // longer sentences are cut at their end
    std::int64_t min_count = 1;                  // rarer words are unknown
    bool sparse = false;
    std::int64_t freeze_epochs = 0;    // frozen for so many epochs, then learning
    std::int64_t early_stop = 0;       // stop after so many epochs without a better validation accuracy; 0: never
    double valid_split = 0;            // this share of the sentences is held out for validation
    std::string class_weight = "none"; // "none", "balanced" (n / (classes * count)), or one number a class: "1,2.5"
    double label_smoothing = 0;        // in [0, 1)
    double clip_norm = 0;              // largest norm of all gradients together, as clip_grad_norm_; 0: any
    Schedule schedule = Schedule::Constant;
    std::int64_t warmup_steps = 0; // the rate rises linearly over so many steps
    LiveSettings live;             // those of step 0
};

/// The factor of the live learning rate at a step, counted from 0.
EMBEDSCOPE_EXPORT double rateFactor(const TrainOptions& options, std::int64_t step, std::int64_t totalSteps);

/// A weight for each class from class_weight and how often each class occurs; empty for none. ValueRefused.
EMBEDSCOPE_EXPORT Result<std::vector<float>> classWeights(const std::string& class_weight,
                                                          std::span<const std::int32_t> labels, Index classes);

/// The learning rate that suits the optimizer on a bag of words, where none is given.
EMBEDSCOPE_EXPORT double defaultLearningRate(std::string_view optimizer);

/// With weight decay and rate filled in. ValueRefused or OptionsConflict where they make no sense.
EMBEDSCOPE_EXPORT Result<OptimizerOptions> optimizerOptions(const TrainOptions& options);
EMBEDSCOPE_EXPORT Result<void> check(const TrainOptions& options);

/// All fields but `live`, which has its own.
EMBEDSCOPE_EXPORT Fields toFields(const TrainOptions& options);
EMBEDSCOPE_EXPORT Result<TrainOptions> trainOptionsFrom(const Fields& fields);

/// Texts of the options and live settings, for the window and the headless tool.
EMBEDSCOPE_EXPORT std::span<const ParamSpec> trainParameters();
/// The one with this name, which exists.
EMBEDSCOPE_EXPORT const ParamSpec& trainParameter(std::string_view name);

} // namespace embedscope
