// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/cross_entropy.h"
#include "core/nn/embedding.h"
#include "core/nn/embedding_bag.h"
#include "core/nn/linear.h"
#include "core/optim/optimizer.h"
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

/// Embedding bag (mean) and a linear layer, trained by Adam.
struct BagClassifier
{
    Embedding embedding;
    Linear classifier;
    std::unique_ptr<Optimizer> optimizer;

    /// One step on sentences of `length` tokens, padding included; returns the loss before it.
    double step(std::span<const std::int64_t> tokens, std::span<const std::int64_t> labels);
    void update(const RowGradient& gradient);
};

double BagClassifier::step(std::span<const std::int64_t> tokens, std::span<const std::int64_t> labels)
{
    std::vector<std::int64_t> offsets(labels.size());
    for (std::size_t i = 0; i < offsets.size(); ++i)
        offsets[i] = static_cast<std::int64_t>(i * (tokens.size() / labels.size()));
    auto bag = must(EmbeddingBag::create(embedding, BagMode::Mean));
    const Bags bags{.indices = tokens, .offsets = offsets};
    Matrix pooled;
    Matrix logits;
    Matrix logitsGrad;
    Matrix pooledGrad;
    must(bag.forward(bags, pooled));
    classifier.forward(pooled, logits);
    const double loss = must(crossEntropy(logits, labelsOf(labels), {}, logitsGrad));
    classifier.backward(pooled, logitsGrad, &pooledGrad);
    update(bag.backward(bags, pooledGrad).weight);
    return loss;
}

void BagClassifier::update(const RowGradient& gradient)
{
    optimizer->step({{.name = "embedding.weight",
                      .value = &embedding.weight(),
                      .row_grad = embedding.frozen() ? nullptr : &gradient},
                     {.name = "classifier.weight", .value = &classifier.weight, .grad = &classifier.weight_grad},
                     {.name = "classifier.bias", .value = &classifier.bias, .grad = &classifier.bias_grad}});
}

BagClassifier classifierOf(const ParityCase& c)
{
    auto embedding = must(
        Embedding::fromPretrained(c.matrix("weights.embedding.weight"),
                                  {.freeze = c.flag("freeze"), .padding_idx = c.option<std::int64_t>("padding_idx")}));
    Linear linear{c.matrix("weights.classifier.weight"), c.matrix("weights.classifier.bias"), {}, {}};
    return {std::move(embedding), std::move(linear), must(makeOptimizer(optimizerOptions(c)))};
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
    const Index steps = parityCase.shape("tokens").at(0);
    std::vector<float> losses;
    for (Index step = 0; step < steps; ++step)
        losses.push_back(static_cast<float>(model.step(piece(parityCase.integers("tokens"), step, steps),
                                                       piece(parityCase.integers("labels"), step, steps))));
    return {
        {"losses", Tensor::fromVector(losses.data(), steps)},
        {"weights.embedding.weight", Tensor::fromMatrix(model.embedding.weight())},
        {"weights.classifier.weight", Tensor::fromMatrix(model.classifier.weight)},
        {"weights.classifier.bias", Tensor::fromVector(model.classifier.bias.data(), model.classifier.bias.size())}};
}

} // namespace embedscope::test
