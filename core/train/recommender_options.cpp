// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_options.h"

#include "core/base/strings.h"
#include "core/base/translate.h"
#include "core/train/option_fields.h"

#include <cmath>

namespace embedscope {

namespace {

constexpr ParamSpec kParameters[] = {
    {"loss", EMBEDSCOPE_TRANSLATE("Parameter", "Loss"),
     EMBEDSCOPE_TRANSLATE("Parameter", "loss: squared predicts ratings; bpr and softmax rank what a user may like "
                                       "above other items.")},
    {"embedding_dim", EMBEDSCOPE_TRANSLATE("Parameter", "Dimensions"),
     EMBEDSCOPE_TRANSLATE("Parameter", "embedding_dim: numbers in the vector of each user and item.")},
    {"optimizer", EMBEDSCOPE_TRANSLATE("Parameter", "Optimizer"),
     EMBEDSCOPE_TRANSLATE("Parameter", "The rule that turns gradients into steps, as in torch.optim: sgd, adagrad, "
                                       "adam or sparse_adam.")},
    {"lr", EMBEDSCOPE_TRANSLATE("Parameter", "Learning rate"),
     EMBEDSCOPE_TRANSLATE("Parameter", "lr: the size of a step.")},
    {"reg", EMBEDSCOPE_TRANSLATE("Parameter", "Regularisation"),
     EMBEDSCOPE_TRANSLATE("Parameter", "reg: pulls the vectors and biases that a step looks up towards zero; more of "
                                       "it for little data.")},
    {"batch_size", EMBEDSCOPE_TRANSLATE("Parameter", "Batch size"),
     EMBEDSCOPE_TRANSLATE("Parameter", "batch_size: ratings in a step.")},
    {"epochs", EMBEDSCOPE_TRANSLATE("Parameter", "Epochs"),
     EMBEDSCOPE_TRANSLATE("Parameter", "epochs: how often the run goes through all ratings.")},
    {"negatives", EMBEDSCOPE_TRANSLATE("Parameter", "Random other items"),
     EMBEDSCOPE_TRANSLATE("Parameter", "negatives: items without a rating of the user that softmax draws for each "
                                       "rating; bpr draws one.")},
    {"init_std", EMBEDSCOPE_TRANSLATE("Parameter", "Spread at the start"),
     EMBEDSCOPE_TRANSLATE("Parameter", "init_std: standard deviation of the random numbers that the tables start "
                                       "with.")},
    {"early_stop", EMBEDSCOPE_TRANSLATE("Parameter", "Early stop"),
     EMBEDSCOPE_TRANSLATE("Parameter", "early_stop: holds back a tenth of the training ratings, ends the run after so "
                                       "many epochs without a better result on them and keeps the best epoch.")},
    {"seed", EMBEDSCOPE_TRANSLATE("Parameter", "Seed"),
     EMBEDSCOPE_TRANSLATE("Parameter", "seed: the same seed, data and options give the same weights, bit for bit.")},
};

constexpr detail::Choice<RecommenderLoss> kLosses[] = {
    {"squared", RecommenderLoss::Squared}, {"bpr", RecommenderLoss::Bpr}, {"softmax", RecommenderLoss::Softmax}};

/// The fields of a record, each once.
template <class Options, class Visitor>
void visit(Options& o, Visitor& field)
{
    field("loss", o.loss, kLosses);
    field("embedding_dim", o.embedding_dim);
    field("optimizer", o.optimizer);
    field("lr", o.lr);
    field("reg", o.reg);
    field("batch_size", o.batch_size);
    field("epochs", o.epochs);
    field("negatives", o.negatives);
    field("init_std", o.init_std);
    field("early_stop", o.early_stop);
    field("seed", o.seed);
}

tl::unexpected<Error> refused(const std::string& name, const std::string& value, const char* allowed)
{
    return fail(ErrorCode::ValueRefused, {name, value, allowed});
}

Result<void> checkAtLeast(const char* name, std::int64_t value, std::int64_t least)
{
    if (value >= least)
        return {};
    return fail(ErrorCode::ValueRefused, {name, std::to_string(value), "it is at least " + std::to_string(least)});
}

Result<void> checkNotNegative(const char* name, double value)
{
    if (value >= 0 && std::isfinite(value))
        return {};
    return refused(name, formatNumber(value), "it is a finite number of at least 0");
}

double defaultRate(std::string_view optimizer)
{
    if (optimizer == "adam" || optimizer == "sparse_adam")
        return 0.001;
    return optimizer == "sgd" ? 1.0 : 0.03;
}

} // namespace

RecommenderOptions defaultsFor(RecommenderLoss loss, std::string_view optimizer)
{
    RecommenderOptions out;
    out.loss = loss;
    out.optimizer = optimizer;
    out.lr = defaultRate(optimizer);
    if (loss != RecommenderLoss::Squared)
        out.reg = 0.01;
    return out;
}

Result<OptimizerOptions> optimizerOptions(const RecommenderOptions& options)
{
    const std::string& name = options.optimizer;
    auto out = optimizerFromName(name);
    if (!out || name == "adamw")
        return refused("optimizer", name, "it is sgd, adagrad, adam or sparse_adam");
    setLearningRate(*out, options.lr);
    return *out;
}

Result<void> check(const RecommenderOptions& o)
{
    if (o.embedding_dim < 1 || o.embedding_dim > 100000)
        return refused("embedding_dim", std::to_string(o.embedding_dim), "it is from 1 to 100000");
    if (o.negatives < 1 || o.negatives > 100000)
        return refused("negatives", std::to_string(o.negatives), "it is from 1 to 100000");
    const auto optimizer = optimizerOptions(o);
    if (!optimizer)
        return fail(optimizer.error());
    return checkAtLeast("batch_size", o.batch_size, 1)
        .and_then([&] { return checkAtLeast("epochs", o.epochs, 1); })
        .and_then([&] { return checkAtLeast("early_stop", o.early_stop, 0); })
        .and_then([&] { return checkNotNegative("lr", o.lr); })
        .and_then([&] { return checkNotNegative("reg", o.reg); })
        .and_then([&] { return checkNotNegative("init_std", o.init_std); });
}

Fields toFields(const RecommenderOptions& options)
{
    detail::FieldWriter writer;
    visit(options, writer);
    return writer.take();
}

Result<RecommenderOptions> recommenderOptionsFrom(const Fields& fields)
{
    RecommenderOptions out;
    // First for the loss and the optimizer, on which the defaults of the others depend.
    for (int pass = 0; pass < 2; ++pass) {
        out = defaultsFor(out.loss, out.optimizer);
        detail::FieldReader reader(fields);
        visit(out, reader);
        if (!reader.outcome())
            return fail(reader.outcome().error());
    }
    if (auto checked = check(out); !checked)
        return fail(checked.error());
    return out;
}

std::span<const ParamSpec> recommenderParameters()
{
    return kParameters;
}

const ParamSpec& recommenderParameter(std::string_view name)
{
    for (const ParamSpec& parameter : kParameters)
        if (name == parameter.name)
            return parameter;
    return kParameters[0];
}

} // namespace embedscope
