// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options.h"

#include "core/base/strings.h"
#include "core/base/translate.h"
#include "core/train/option_fields.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace embedscope {

namespace {

using detail::Choice;
using detail::FieldReader;
using detail::FieldWriter;

constexpr std::int64_t kLargestDim = 100000;
constexpr std::int64_t kMostLayers = 64;

constexpr ParamSpec kParameters[] = {
    {"encoder", EMBEDSCOPE_TRANSLATE("Parameter", "Encoder"),
     EMBEDSCOPE_TRANSLATE("Parameter",
                          "How the words of a sentence become one vector. bag: the mean, sum or maximum of their "
                          "vectors (EmbeddingBag). lstm, gru: they are read one after the other, and the last state "
                          "counts. transformer: each word looks at all others, and their mean counts.")},
    {"mode", EMBEDSCOPE_TRANSLATE("Parameter", "Pooling"),
     EMBEDSCOPE_TRANSLATE("Parameter", "mode of EmbeddingBag: mean, sum or max of the word vectors of a sentence.")},
    {"hidden_dim", EMBEDSCOPE_TRANSLATE("Parameter", "Hidden units"),
     EMBEDSCOPE_TRANSLATE("Parameter", "hidden_dim: numbers in the state of an LSTM or GRU (hidden_size), or inside a "
                                       "Transformer's feed-forward part (dim_feedforward).")},
    {"num_layers", EMBEDSCOPE_TRANSLATE("Parameter", "Layers"),
     EMBEDSCOPE_TRANSLATE("Parameter",
                          "num_layers: layers of the LSTM, GRU or Transformer, each on top of the other.")},
    {"bidirectional", EMBEDSCOPE_TRANSLATE("Parameter", "Both directions"),
     EMBEDSCOPE_TRANSLATE("Parameter",
                          "bidirectional: a second LSTM or GRU reads the sentence from its end to its start.")},
    {"nhead", EMBEDSCOPE_TRANSLATE("Parameter", "Heads"),
     EMBEDSCOPE_TRANSLATE("Parameter", "nhead: how many different ways a Transformer's words look at each other; it "
                                       "divides the dimensions.")},
    {"positions", EMBEDSCOPE_TRANSLATE("Parameter", "Positions"),
     EMBEDSCOPE_TRANSLATE("Parameter", "How a Transformer knows the order of words: learned vectors for each place, or "
                                       "sinusoidal ones that never change.")},
    {"norm_first", EMBEDSCOPE_TRANSLATE("Parameter", "Normalise first"),
     EMBEDSCOPE_TRANSLATE("Parameter", "norm_first: a Transformer layer normalises what goes in (pre-norm) in place of "
                                       "what comes out (post-norm).")},
    {"gelu", EMBEDSCOPE_TRANSLATE("Parameter", "GELU"),
     EMBEDSCOPE_TRANSLATE("Parameter", "activation: GELU in place of ReLU inside a Transformer.")},
    {"dropout", EMBEDSCOPE_TRANSLATE("Parameter", "Dropout"),
     EMBEDSCOPE_TRANSLATE("Parameter", "dropout: while training, this share of the numbers becomes zero: of the word "
                                       "vectors, between layers, and before the classifier; of a bag only the last.")},
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
    {"valid_split", EMBEDSCOPE_TRANSLATE("Parameter", "Validation share"),
     EMBEDSCOPE_TRANSLATE("Parameter", "valid_split: this share of the sentences is not trained on but measures how "
                                       "well the model does on sentences that it has not seen.")},
    {"class_weight", EMBEDSCOPE_TRANSLATE("Parameter", "Class weights"),
     EMBEDSCOPE_TRANSLATE("Parameter", "class_weight: none; balanced, where rare classes count as much as frequent "
                                       "ones; or a number for each class, such as 1,2.5.")},
    {"label_smoothing", EMBEDSCOPE_TRANSLATE("Parameter", "Label smoothing"),
     EMBEDSCOPE_TRANSLATE("Parameter", "label_smoothing: this share of each target is spread over all classes.")},
    {"clip_norm", EMBEDSCOPE_TRANSLATE("Parameter", "Gradient clipping"),
     EMBEDSCOPE_TRANSLATE("Parameter", "clip_norm: where all gradients together are longer than this, they are "
                                       "shortened to it (clip_grad_norm_). 0: never.")},
    {"schedule", EMBEDSCOPE_TRANSLATE("Parameter", "Schedule"),
     EMBEDSCOPE_TRANSLATE("Parameter", "How the learning rate goes on: constant, or linear or cosine down to zero at "
                                       "the last step.")},
    {"warmup_steps", EMBEDSCOPE_TRANSLATE("Parameter", "Warm-up"),
     EMBEDSCOPE_TRANSLATE("Parameter", "warmup_steps: the learning rate rises from zero over so many steps.")},
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

constexpr Choice<EncoderKind> kEncoders[] = {{"bag", EncoderKind::Bag},
                                             {"lstm", EncoderKind::Lstm},
                                             {"gru", EncoderKind::Gru},
                                             {"transformer", EncoderKind::Transformer}};
constexpr Choice<BagMode> kModes[] = {{"sum", BagMode::Sum}, {"mean", BagMode::Mean}, {"max", BagMode::Max}};
constexpr Choice<PositionKind> kPositions[] = {{"learned", PositionKind::Learned},
                                               {"sinusoidal", PositionKind::Sinusoidal}};
constexpr Choice<Schedule> kSchedules[] = {
    {"constant", Schedule::Constant}, {"linear", Schedule::Linear}, {"cosine", Schedule::Cosine}};

/// All fields but `live`, which has its own.
template <class Options, class Visitor>
void visit(Options& o, Visitor& field)
{
    field("encoder", o.encoder.kind, kEncoders);
    field("mode", o.encoder.mode, kModes);
    field("hidden_dim", o.encoder.hidden_dim);
    field("num_layers", o.encoder.num_layers);
    field("bidirectional", o.encoder.bidirectional);
    field("nhead", o.encoder.nhead);
    field("positions", o.encoder.positions, kPositions);
    field("max_positions", o.encoder.max_positions);
    field("norm_first", o.encoder.norm_first);
    field("gelu", o.encoder.gelu);
    field("dropout", o.encoder.dropout);
    field("embedding_dim", o.embedding_dim);
    field("optimizer", o.optimizer);
    field("weight_decay", o.weight_decay);
    field("batch_size", o.batch_size);
    field("epochs", o.epochs);
    field("seed", o.seed);
    field("max_length", o.max_length);
    field("min_count", o.min_count);
    field("sparse", o.sparse);
    field("freeze_epochs", o.freeze_epochs);
    field("early_stop", o.early_stop);
    field("valid_split", o.valid_split);
    field("class_weight", o.class_weight);
    field("label_smoothing", o.label_smoothing);
    field("clip_norm", o.clip_norm);
    field("schedule", o.schedule, kSchedules);
    field("warmup_steps", o.warmup_steps);
}

tl::unexpected<Error> refused(const std::string& name, const std::string& value, const std::string& allowed)
{
    return fail(ErrorCode::ValueRefused, {name, value, allowed});
}

Result<void> checkAtLeast(const char* name, std::int64_t value, std::int64_t least)
{
    if (value >= least)
        return {};
    return refused(name, std::to_string(value), "it is at least " + std::to_string(least));
}

/// NaN is outside of everything.
Result<void> checkShare(const char* name, double value)
{
    if (value >= 0 && value < 1)
        return {};
    return refused(name, formatNumber(value), "it is from 0 to below 1");
}

Result<void> checkSizes(const TrainOptions& o)
{
    if (o.embedding_dim < 1 || o.embedding_dim > kLargestDim)
        return refused("embedding_dim", std::to_string(o.embedding_dim), "it is from 1 to 100000");
    if (o.encoder.hidden_dim < 1 || o.encoder.hidden_dim > kLargestDim)
        return refused("hidden_dim", std::to_string(o.encoder.hidden_dim), "it is from 1 to 100000");
    if (o.encoder.num_layers < 1 || o.encoder.num_layers > kMostLayers)
        return refused("num_layers", std::to_string(o.encoder.num_layers), "it is from 1 to 64");
    for (const auto& checked :
         {checkAtLeast("batch_size", o.batch_size, 1), checkAtLeast("epochs", o.epochs, 1),
          checkAtLeast("min_count", o.min_count, 1), checkAtLeast("freeze_epochs", o.freeze_epochs, 0),
          checkAtLeast("early_stop", o.early_stop, 0), checkAtLeast("warmup_steps", o.warmup_steps, 0),
          checkAtLeast("max_length", o.max_length.value_or(1), 1),
          checkAtLeast("nhead", o.encoder.nhead.value_or(1), 1), checkShare("dropout", o.encoder.dropout),
          checkShare("valid_split", o.valid_split), checkShare("label_smoothing", o.label_smoothing)})
        if (!checked)
            return checked;
    if (!std::isfinite(o.clip_norm) || o.clip_norm < 0)
        return refused("clip_norm", formatNumber(o.clip_norm), "it is a number from 0 on; 0 is any norm");
    return {};
}

Result<std::vector<float>> listedWeights(const std::string& text, Index classes)
{
    std::vector<float> weights;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const auto number = parseNumber(std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
        if (!number || !(*number >= 0) || !std::isfinite(*number))
            return refused("class_weight", text, "it is none, balanced, or a number from 0 on for each class");
        weights.push_back(static_cast<float>(*number));
    }
    if (static_cast<Index>(weights.size()) != classes)
        return refused("class_weight", text, "there are " + std::to_string(classes) + " classes");
    return weights;
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
    if (auto sizes = checkSizes(options); !sizes)
        return sizes;
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

double rateFactor(const TrainOptions& options, std::int64_t step, std::int64_t totalSteps)
{
    if (step < options.warmup_steps)
        return static_cast<double>(step + 1) / static_cast<double>(options.warmup_steps);
    if (options.schedule == Schedule::Constant)
        return 1;
    const auto left = static_cast<double>(std::max<std::int64_t>(totalSteps - options.warmup_steps, 1));
    const double done = std::min(static_cast<double>(step - options.warmup_steps) / left, 1.0);
    return options.schedule == Schedule::Linear ? 1 - done : (1 + std::cos(std::numbers::pi * done)) / 2;
}

Result<std::vector<float>> classWeights(const std::string& class_weight, std::span<const std::int32_t> labels,
                                        Index classes)
{
    if (class_weight == "none")
        return std::vector<float>();
    if (class_weight != "balanced")
        return listedWeights(class_weight, classes);
    std::vector<double> counts(static_cast<std::size_t>(classes), 0.0);
    for (const std::int32_t label : labels)
        ++counts[static_cast<std::size_t>(label)];
    std::vector<float> weights;
    for (const double count : counts)
        weights.push_back(static_cast<float>(static_cast<double>(labels.size()) /
                                             (static_cast<double>(classes) * std::max(count, 1.0))));
    return weights;
}

Fields toFields(const TrainOptions& options)
{
    FieldWriter writer;
    visit(options, writer);
    return writer.take();
}

Result<TrainOptions> trainOptionsFrom(const Fields& fields)
{
    TrainOptions out;
    FieldReader reader(fields);
    visit(out, reader);
    if (!reader.outcome())
        return fail(reader.outcome().error());
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
