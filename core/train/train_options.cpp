// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options.h"

#include "core/base/strings.h"
#include "core/base/translate.h"

#include <charconv>

namespace embedscope {

namespace {

constexpr ParamSpec kParameters[] = {
    {"encoder", EMBEDSCOPE_TRANSLATE("Parameter", "Encoder"),
     EMBEDSCOPE_TRANSLATE("Parameter", "How the words of a sentence become one vector. bag: the mean, sum or maximum "
                                       "of their vectors (EmbeddingBag).")},
    {"mode", EMBEDSCOPE_TRANSLATE("Parameter", "Pooling"),
     EMBEDSCOPE_TRANSLATE("Parameter", "mode of EmbeddingBag: mean, sum or max of the word vectors of a sentence.")},
    {"embedding_dim", EMBEDSCOPE_TRANSLATE("Parameter", "Dimensions"),
     EMBEDSCOPE_TRANSLATE("Parameter", "embedding_dim: numbers in each word's vector. Usual: 50-100 for small data "
                                       "sets, 100-300 for medium, 300-500 for large ones.")},
    {"optimizer", EMBEDSCOPE_TRANSLATE("Parameter", "Optimizer"),
     EMBEDSCOPE_TRANSLATE("Parameter", "The rule that turns gradients into steps, as in torch.optim.")},
    {"weight_decay", EMBEDSCOPE_TRANSLATE("Parameter", "Weight decay"),
     EMBEDSCOPE_TRANSLATE("Parameter", "weight_decay: pulls all weights towards zero in each step, those of unseen "
                                       "words and of the padding row too.")},
    {"batch_size", EMBEDSCOPE_TRANSLATE("Parameter", "Batch size"),
     EMBEDSCOPE_TRANSLATE("Parameter", "batch_size: sentences in a step.")},
    {"epochs", EMBEDSCOPE_TRANSLATE("Parameter", "Epochs"),
     EMBEDSCOPE_TRANSLATE("Parameter", "epochs: how often the run goes through all sentences.")},
    {"seed", EMBEDSCOPE_TRANSLATE("Parameter", "Seed"),
     EMBEDSCOPE_TRANSLATE("Parameter",
                          "seed: the same seed, data, options and switches give the same weights, bit for bit.")},
    {"max_length", EMBEDSCOPE_TRANSLATE("Parameter", "Longest sentence"),
     EMBEDSCOPE_TRANSLATE("Parameter", "max_length: words of a sentence beyond this number are cut off.")},
    {"min_count", EMBEDSCOPE_TRANSLATE("Parameter", "Rarest word"),
     EMBEDSCOPE_TRANSLATE("Parameter", "min_count: words that occur less often share the row <unk>.")},
    {"sparse", EMBEDSCOPE_TRANSLATE("Parameter", "Sparse gradients"),
     EMBEDSCOPE_TRANSLATE("Parameter",
                          "sparse: only the rows that were looked up are touched by a step; not with Adam and AdamW.")},
    {"freeze_epochs", EMBEDSCOPE_TRANSLATE("Parameter", "Epochs frozen first"),
     EMBEDSCOPE_TRANSLATE("Parameter", "freeze_epochs: the table is frozen for so many epochs and learns afterwards.")},
    {"early_stop", EMBEDSCOPE_TRANSLATE("Parameter", "Early stop"),
     EMBEDSCOPE_TRANSLATE("Parameter",
                          "early_stop: ends the run after so many epochs without a better validation accuracy.")},
    {"freeze", EMBEDSCOPE_TRANSLATE("Parameter", "Freeze the table"),
     EMBEDSCOPE_TRANSLATE(
         "Parameter", "freeze: the word vectors get no gradient and no step of the optimizer, from the next step on."),
     true},
    {"padding_idx", EMBEDSCOPE_TRANSLATE("Parameter", "Padding row"),
     EMBEDSCOPE_TRANSLATE("Parameter", "padding_idx: this row gets no gradient and does not count in a sentence's "
                                       "mean, from the next step on. Its content stays as it is."),
     true},
    {"lr", EMBEDSCOPE_TRANSLATE("Parameter", "Learning rate"),
     EMBEDSCOPE_TRANSLATE("Parameter", "lr: the size of a step, from the next step on."), true},
    {"max_norm", EMBEDSCOPE_TRANSLATE("Parameter", "Largest norm"),
     EMBEDSCOPE_TRANSLATE("Parameter", "max_norm: rows with a larger norm are scaled down when they are looked up, in "
                                       "a frozen table too, from the next step on."),
     true},
    {"norm_type", EMBEDSCOPE_TRANSLATE("Parameter", "Kind of norm"),
     EMBEDSCOPE_TRANSLATE("Parameter",
                          "norm_type: the p of the p-norm that max_norm limits; 2 is the Euclidean length."),
     true},
    {"scale_grad_by_freq", EMBEDSCOPE_TRANSLATE("Parameter", "Scale by frequency"),
     EMBEDSCOPE_TRANSLATE("Parameter", "scale_grad_by_freq: divides the gradient of a row by the number of times its "
                                       "word occurs in the batch, from the next step on."),
     true},
};

const char* modeName(BagMode mode)
{
    return mode == BagMode::Sum ? "sum" : mode == BagMode::Mean ? "mean" : "max";
}

tl::unexpected<Error> refused(const std::string& name, const std::string& value, const char* allowed)
{
    return fail(ErrorCode::ValueRefused, {name, value, allowed});
}

Result<BagMode> modeFrom(const std::string& name)
{
    for (const BagMode mode : {BagMode::Sum, BagMode::Mean, BagMode::Max})
        if (name == modeName(mode))
            return mode;
    return refused("mode", name, "it is sum, mean or max");
}

/// Reads a whole number of any integer type where the field is there.
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

Result<void> readNumbers(const Fields& fields, TrainOptions& o)
{
    std::int64_t max_length = 0;
    for (const auto& read :
         {readWhole(fields, "embedding_dim", o.embedding_dim), readWhole(fields, "batch_size", o.batch_size),
          readWhole(fields, "epochs", o.epochs), readWhole(fields, "seed", o.seed),
          readWhole(fields, "max_length", max_length), readWhole(fields, "min_count", o.min_count),
          readWhole(fields, "freeze_epochs", o.freeze_epochs), readWhole(fields, "early_stop", o.early_stop)})
        if (!read)
            return read;
    if (max_length > 0)
        o.max_length = max_length;
    return {};
}

} // namespace

double defaultLearningRate(std::string_view optimizer)
{
    // torch.optim's own for the Adam family. A mean over some twenty words divides each word's gradient by as much,
    // which Adam makes up for and the others do not.
    if (optimizer == "sgd")
        return 0.5;
    if (optimizer == "adagrad")
        return 0.05;
    return 0.001;
}

Result<OptimizerOptions> optimizerOptions(const TrainOptions& options)
{
    auto out = optimizerFromName(options.optimizer);
    if (!out)
        return refused("optimizer", options.optimizer, "it is sgd, adagrad, adam, adamw or sparse_adam");
    setLearningRate(*out, options.live.lr);
    if (auto* sgd = std::get_if<SgdOptions>(&*out))
        sgd->weight_decay = options.weight_decay;
    else if (auto* adagrad = std::get_if<AdagradOptions>(&*out))
        adagrad->weight_decay = options.weight_decay;
    else if (auto* adam = std::get_if<AdamOptions>(&*out))
        adam->weight_decay = options.weight_decay;
    else if (options.weight_decay != 0)
        return fail(ErrorCode::OptionsConflict,
                    {"weight_decay", "sparse_adam", "Choose adagrad or adamw for weight decay."});
    return *out;
}

Result<void> check(const TrainOptions& options)
{
    if (options.embedding_dim < 1 || options.embedding_dim > 100000)
        return refused("embedding_dim", std::to_string(options.embedding_dim), "it is from 1 to 100000");
    if (options.batch_size < 1)
        return refused("batch_size", std::to_string(options.batch_size), "it is at least 1");
    if (options.epochs < 1)
        return refused("epochs", std::to_string(options.epochs), "it is at least 1");
    if (options.min_count < 1)
        return refused("min_count", std::to_string(options.min_count), "it is at least 1");
    if (options.freeze_epochs < 0)
        return refused("freeze_epochs", std::to_string(options.freeze_epochs), "it is at least 0");
    if (options.early_stop < 0)
        return refused("early_stop", std::to_string(options.early_stop), "it is at least 0");
    const auto chosen = optimizerOptions(options);
    if (!chosen)
        return fail(chosen.error());
    const auto optimizer = makeOptimizer(*chosen);
    if (!optimizer)
        return fail(optimizer.error());
    if (options.sparse)
        return (*optimizer)->accepts(true);
    if (options.optimizer == "sparse_adam")
        return fail(ErrorCode::OptionsConflict,
                    {"sparse_adam", "dense gradients", "Switch on sparse, or choose adam."});
    return {};
}

Fields toFields(const TrainOptions& o)
{
    return {{"encoder", "bag"},
            {"mode", modeName(o.mode)},
            {"embedding_dim", std::to_string(o.embedding_dim)},
            {"optimizer", o.optimizer},
            {"weight_decay", formatNumber(o.weight_decay)},
            {"batch_size", std::to_string(o.batch_size)},
            {"epochs", std::to_string(o.epochs)},
            {"seed", std::to_string(o.seed)},
            {"max_length", std::to_string(o.max_length.value_or(0))},
            {"min_count", std::to_string(o.min_count)},
            {"sparse", o.sparse ? "on" : "off"},
            {"freeze_epochs", std::to_string(o.freeze_epochs)},
            {"early_stop", std::to_string(o.early_stop)}};
}

Result<TrainOptions> trainOptionsFrom(const Fields& fields)
{
    TrainOptions out;
    const auto text = [&fields](const char* name, const char* otherwise) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string(otherwise) : found->second;
    };
    if (text("encoder", "bag") != "bag")
        return refused("encoder", text("encoder", "bag"), "it is bag");
    const auto mode = modeFrom(text("mode", "mean"));
    if (!mode)
        return fail(mode.error());
    out.mode = *mode;
    out.optimizer = text("optimizer", "adam");
    const auto weight_decay = parseNumber(text("weight_decay", "0"));
    if (!weight_decay)
        return refused("weight_decay", text("weight_decay", "0"), "it is a number");
    out.weight_decay = *weight_decay;
    out.sparse = text("sparse", "off") == "on";
    if (auto read = readNumbers(fields, out); !read)
        return fail(read.error());
    return out;
}

std::span<const ParamSpec> trainParameters()
{
    return kParameters;
}

const ParamSpec& trainParameter(std::string_view name)
{
    for (const ParamSpec& parameter : kParameters)
        if (name == parameter.name)
            return parameter;
    return kParameters[0];
}

} // namespace embedscope
