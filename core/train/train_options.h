// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/param_spec.h"
#include "core/base/result.h"
#include "core/nn/embedding_bag.h"
#include "core/optim/optimizer.h"
#include "core/train/live_settings.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace embedscope {

/// How a sentence becomes one vector.
enum class Encoder { Bag };

/// Everything that decides a run besides its data and its live switches.
struct TrainOptions
{
    Encoder encoder = Encoder::Bag;
    BagMode mode = BagMode::Mean;
    std::int64_t embedding_dim = 128; // that of the vectors where they are given
    std::string optimizer = "adam";
    double weight_decay = 0;
    std::int64_t batch_size = 32;
    std::int64_t epochs = 10;
    std::uint64_t seed = 0;
    std::optional<std::int64_t> max_length = {}; // longer sentences are cut at their end
    std::int64_t min_count = 1;                  // rarer words are unknown
    bool sparse = false;
    std::int64_t freeze_epochs = 0; // frozen for so many epochs, then learning
    std::int64_t early_stop = 0;    // stop after so many epochs without a better validation accuracy; 0: never
    LiveSettings live;              // those of step 0
};

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
