// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/fields.h"
#include "core/base/param_spec.h"
#include "core/base/result.h"
#include "core/optim/optimizer.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace embedscope {

/// What a recommender learns to do; in files and on the command line squared, bpr, softmax.
enum class RecommenderLoss {
    Squared, // predict ratings: mean of (prediction - rating)^2 (Koren, Bell, Volinsky 2009)
    Bpr,     // rank an item of the user above a random other one: -ln sigmoid(difference) (Rendle et al. 2009)
    Softmax, // find it among `negatives` random other ones: cross-entropy over their scores
};

/// Everything that decides a run besides its data. The defaults of lr, reg, epochs and batch_size are those of the
/// loss: see defaultsFor().
struct RecommenderOptions
{
    RecommenderLoss loss = RecommenderLoss::Squared;
    std::int64_t embedding_dim = 32;
    std::string optimizer = "adagrad"; // or sgd, adam, sparse_adam
    double lr = 0.03;
    double reg = 0.1;
    std::int64_t batch_size = 128;
    std::int64_t epochs = 30;
    std::int64_t negatives = 10; // of softmax, for each rating
    double init_std = 0.05;      // of the tables; biases start at 0
    std::int64_t early_stop = 0; // stop after so many epochs without a better validation; 0: never
    std::uint64_t seed = 0;
};

/// The options that suit a loss and an optimizer where nothing else is said: chosen on validation parts of training
/// data, never on what is reported.
EMBEDSCOPE_EXPORT RecommenderOptions defaultsFor(RecommenderLoss loss, std::string_view optimizer = "adagrad");

/// ValueRefused where they make no sense.
EMBEDSCOPE_EXPORT Result<void> check(const RecommenderOptions& options);
/// Without weight decay: that is `reg`, which reaches only the rows that were looked up.
EMBEDSCOPE_EXPORT Result<OptimizerOptions> optimizerOptions(const RecommenderOptions& options);

EMBEDSCOPE_EXPORT Fields toFields(const RecommenderOptions& options);
/// What `fields` does not name comes from defaultsFor(). ValueRefused.
EMBEDSCOPE_EXPORT Result<RecommenderOptions> recommenderOptionsFrom(const Fields& fields);

/// Texts of the options, for the window and the headless tool.
EMBEDSCOPE_EXPORT std::span<const ParamSpec> recommenderParameters();
/// The one with this name, which exists.
EMBEDSCOPE_EXPORT const ParamSpec& recommenderParameter(std::string_view name);

} // namespace embedscope
