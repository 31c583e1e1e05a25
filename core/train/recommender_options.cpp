// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_options.h"

#include "core/base/strings.h"
#include "core/base/translate.h"

#include <array>
#include <charconv>
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

tl::unexpected<Error> refused(const std::string& name, const std::string& value, const char* allowed)
{
    return fail(ErrorCode::ValueRefused, {name, value, allowed});
}

template <class T>
Result<void> readWhole(const Fields& fields, const char* name, T& target)
{
    const auto found = fields.find(name);
    if (found == fields.end())
        return {};
    const std::string& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
    if (error != std::errc{} || end != text.data() + text.size())
        return refused(name, text, "it is a whole number");
    return {};
}

Result<void> readNumber(const Fields& fields, const char* name, double& target)
{
    const auto found = fields.find(name);
    if (found == fields.end())
        return {};
    const auto number = parseNumber(found->second);
    if (!number)
        return refused(name, found->second, "it is a number");
    target = *number;
    return {};
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

std::string_view lossName(RecommenderLoss loss)
{
    switch (loss) {
    case RecommenderLoss::Bpr:
        return "bpr";
    case RecommenderLoss::Softmax:
        return "softmax";
    case RecommenderLoss::Squared:
        break;
    }
    return "squared";
}

std::optional<RecommenderLoss> lossFromName(std::string_view name)
{
    for (const auto loss : {RecommenderLoss::Squared, RecommenderLoss::Bpr, RecommenderLoss::Softmax})
        if (name == lossName(loss))
            return loss;
    return std::nullopt;
}

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

Fields toFields(const RecommenderOptions& o)
{
    return {{"loss", std::string(lossName(o.loss))},
            {"embedding_dim", std::to_string(o.embedding_dim)},
            {"optimizer", o.optimizer},
            {"lr", formatNumber(o.lr)},
            {"reg", formatNumber(o.reg)},
            {"batch_size", std::to_string(o.batch_size)},
            {"epochs", std::to_string(o.epochs)},
            {"negatives", std::to_string(o.negatives)},
            {"init_std", formatNumber(o.init_std)},
            {"early_stop", std::to_string(o.early_stop)},
            {"seed", std::to_string(o.seed)}};
}

Result<RecommenderOptions> recommenderOptionsFrom(const Fields& fields)
{
    const auto text = [&fields](const char* name, const char* otherwise) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string(otherwise) : found->second;
    };
    const auto loss = lossFromName(text("loss", "squared"));
    if (!loss)
        return refused("loss", text("loss", "squared"), "it is squared, bpr or softmax");
    RecommenderOptions out = defaultsFor(*loss, text("optimizer", "adagrad"));
    for (const auto& read :
         {readWhole(fields, "embedding_dim", out.embedding_dim), readWhole(fields, "batch_size", out.batch_size),
          readWhole(fields, "epochs", out.epochs), readWhole(fields, "negatives", out.negatives),
          readWhole(fields, "early_stop", out.early_stop), readWhole(fields, "seed", out.seed),
          readNumber(fields, "lr", out.lr), readNumber(fields, "reg", out.reg),
          readNumber(fields, "init_std", out.init_std)})
        if (!read)
            return fail(read.error());
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
