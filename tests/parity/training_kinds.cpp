// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/cross_entropy.h"
#include "core/nn/embedding.h"
#include "core/optim/optimizer.h"
#include "core/train/text_classifier.h"
#include "tests/parity/kinds.h"

#include <memory>
#include <span>

namespace embedscope::test {

namespace {

/// The options under PyTorch's names; those that the case leaves out keep PyTorch's defaults.
OptimizerOptions optimizerOptions(const ParityCase& c)
{
    const auto name = c.option<std::string>("optimizer").value();
    const double lr = c.option<double>("lr").value();
    const auto number = [&c](const char* option, double fallback) {
        return c.option<double>(option).value_or(fallback);
    };
    const auto betas = c.option<std::vector<double>>("betas").value_or(std::vector{0.9, 0.999});
    if (name == "SGD")
        return SgdOptions{lr, number("momentum", 0), number("dampening", 0), number("weight_decay", 0),
                          c.flag("nesterov")};
    if (name == "Adagrad")
        return AdagradOptions{lr, number("lr_decay", 0), number("weight_decay", 0),
                              number("initial_accumulator_value", 0), number("eps", 1e-10)};
    if (name == "SparseAdam")
        return SparseAdamOptions{lr, betas.at(0), betas.at(1), number("eps", 1e-8)};
    if (name != "Adam" && name != "AdamW")
        throw std::runtime_error("no optimizer is called " + name);
    const bool decoupled = name == "AdamW";
    return AdamOptions{lr,
                       betas.at(0),
                       betas.at(1),
                       number("eps", 1e-8),
                       number("weight_decay", decoupled ? 1e-2 : 0),
                       c.flag("amsgrad"),
                       decoupled};
}

/// The i-th of `count` equal pieces.
template <class T>
std::span<const T> piece(const std::vector<T>& all, Index i, Index count)
{
    const std::size_t size = all.size() / static_cast<std::size_t>(count);
    return std::span(all).subspan(static_cast<std::size_t>(i) * size, size);
}

std::vector<std::int32_t> labelsOf(std::span<const std::int64_t> values)
{
    std::vector<std::int32_t> out;
    for (const std::int64_t value : values)
        out.push_back(static_cast<std::int32_t>(value));
    return out;
}

EncoderKind encoderOf(const ParityCase& c)
{
    const auto name = c.option<std::string>("encoder").value();
    return name == "bag" ? EncoderKind::Bag : name == "lstm" ? EncoderKind::Lstm : EncoderKind::Gru;
}

TextClassifier classifierOf(const ParityCase& c)
{
    auto embedding = must(
        Embedding::fromPretrained(c.matrix("weights.embedding.weight"),
                                  {.freeze = c.flag("freeze"), .padding_idx = c.option<std::int64_t>("padding_idx")}));
    Random random;
    auto model = must(TextClassifier::create(
        std::move(embedding), {.kind = encoderOf(c), .hidden_dim = c.option<std::int64_t>("hidden_dim").value()},
        c.option<Index>("num_classes").value(), random));
    for (const NamedWeight& weight : model.weights())
        *weight.value = c.matrix("weights." + weight.name);
    return model;
}

/// The sentences of one step without their padding.
Batch batchOf(std::span<const std::int64_t> tokens, std::span<const std::int64_t> lengths,
              std::span<const std::int64_t> labels)
{
    Batch batch{{}, {0}, labelsOf(labels)};
    const std::size_t steps = tokens.size() / labels.size();
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto sentence = tokens.subspan(i * steps, static_cast<std::size_t>(lengths[i]));
        batch.tokens.insert(batch.tokens.end(), sentence.begin(), sentence.end());
        batch.offsets.push_back(static_cast<std::int64_t>(batch.tokens.size()));
    }
    return batch;
}

/// Returns the loss before the step.
float trainStep(TextClassifier& model, Optimizer& optimizer, const Batch& batch)
{
    Random random;
    Matrix logits;
    Matrix logitsGrad;
    must(model.forward(batch, random, logits));
    const double loss = must(crossEntropy(logits, batch.labels, {}, logitsGrad));
    model.backward(batch, logitsGrad);
    optimizer.step(model.parameters());
    return static_cast<float>(loss);
}

} // namespace

TensorMap runCrossEntropy(const ParityCase& parityCase)
{
    CrossEntropyOptions options{.label_smoothing = parityCase.option<double>("label_smoothing").value_or(0.0)};
    if (parityCase.option<std::string>("reduction") == "sum")
        options.reduction = Reduction::Sum;
    if (parityCase.has("class_weight"))
        options.weight = parityCase.floats("class_weight");
    Matrix grad;
    const auto target = labelsOf(parityCase.integers("target"));
    const auto loss = static_cast<float>(must(crossEntropy(parityCase.matrix("logits"), target, options, grad)));
    return {{"loss", Tensor::fromVector(&loss, 1)}, {"logits_grad", Tensor::fromMatrix(grad)}};
}

TensorMap runOptimizer(const ParityCase& parityCase)
{
    const bool sparse = parityCase.flag("sparse");
    auto embedding = must(Embedding::fromPretrained(parityCase.matrix("weight"), {.freeze = false, .sparse = sparse}));
    const auto optimizer = must(makeOptimizer(optimizerOptions(parityCase)));
    must(optimizer->accepts(sparse));
    const Index steps = parityCase.shape("indices").at(0);
    const Index count = parityCase.shape("indices").at(1);
    const Matrix gradOutput = parityCase.matrix("grad_output");
    Matrix after(steps * embedding.weight().rows(), embedding.weight().cols());
    for (Index step = 0; step < steps; ++step) {
        const auto indices = piece(parityCase.integers("indices"), step, steps);
        const auto gradient = embedding.backward(indices, gradOutput.middleRows(step * count, count));
        optimizer->step({{.name = "weight", .value = &embedding.weight(), .row_grad = &gradient, .sparse = sparse}});
        after.middleRows(step * embedding.weight().rows(), embedding.weight().rows()) = embedding.weight();
    }
    return {{"weights", shaped(after, {steps, embedding.weight().rows(), embedding.weight().cols()})}};
}

TensorMap runTextClassifier(const ParityCase& parityCase)
{
    auto model = classifierOf(parityCase);
    const auto optimizer = must(makeOptimizer(optimizerOptions(parityCase)));
    const Index steps = parityCase.shape("tokens").at(0);
    std::vector<float> losses;
    for (Index step = 0; step < steps; ++step)
        losses.push_back(trainStep(model, *optimizer,
                                   batchOf(piece(parityCase.integers("tokens"), step, steps),
                                           piece(parityCase.integers("lengths"), step, steps),
                                           piece(parityCase.integers("labels"), step, steps))));
    TensorMap results = {{"losses", Tensor::fromVector(losses.data(), steps)}};
    for (const auto& [name, value, dims] : model.tensors())
        results["weights." + name] =
            dims == 1 ? Tensor::fromVector(value->data(), value->size()) : Tensor::fromMatrix(*value);
    return results;
}

} // namespace embedscope::test
