// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/embedding.h"
#include "core/nn/embedding_bag.h"
#include "tests/parity/kinds.h"

#include <limits>

namespace embedscope::test {

namespace {

/// norm_type is a number, or the text "inf", which JSON has no number for.
double normType(const ParityCase& parityCase)
{
    const auto value = parityCase.option<nlohmann::json>("norm_type").value_or(2.0);
    return value.is_string() ? std::numeric_limits<double>::infinity() : value.get<double>();
}

Embedding layerOf(const ParityCase& parityCase)
{
    EmbeddingOptions options;
    options.num_embeddings = parityCase.option<std::int64_t>("num_embeddings").value();
    options.embedding_dim = parityCase.option<std::int64_t>("embedding_dim").value();
    options.padding_idx = parityCase.option<std::int64_t>("padding_idx");
    options.max_norm = parityCase.option<double>("max_norm");
    options.norm_type = normType(parityCase);
    options.scale_grad_by_freq = parityCase.flag("scale_grad_by_freq");
    options.sparse = parityCase.flag("sparse");
    return must(Embedding::create(options, parityCase.matrix("weight")));
}

Tensor denseTensor(const RowGradient& gradient, const Embedding& embedding)
{
    return Tensor::fromMatrix(toDense(gradient, embedding.weight().rows(), embedding.weight().cols()));
}

BagMode modeOf(const ParityCase& parityCase)
{
    const auto mode = parityCase.option<std::string>("mode").value();
    if (mode == "sum")
        return BagMode::Sum;
    return mode == "mean" ? BagMode::Mean : BagMode::Max;
}

/// The given offsets, or those of bags that are the rows of a matrix of indices.
std::vector<std::int64_t> offsetsOf(const ParityCase& parityCase)
{
    if (parityCase.has("offsets"))
        return parityCase.integers("offsets");
    const auto& shape = parityCase.shape("indices");
    std::vector<std::int64_t> out(static_cast<std::size_t>(shape.at(0)));
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::int64_t>(i) * shape.at(1);
    return out;
}

} // namespace

TensorMap runEmbedding(const ParityCase& parityCase)
{
    auto embedding = layerOf(parityCase);
    const auto& indices = parityCase.integers("indices");
    Matrix out;
    must(embedding.forward(indices, out));
    return {{"output", shaped(out, parityCase.shape("grad_output"))},
            {"weight", Tensor::fromMatrix(embedding.weight())},
            {"weight_grad", denseTensor(embedding.backward(indices, parityCase.matrix("grad_output")), embedding)}};
}

TensorMap runEmbeddingBag(const ParityCase& parityCase)
{
    auto embedding = layerOf(parityCase);
    auto bag = must(EmbeddingBag::create(embedding, modeOf(parityCase)));
    const auto offsets = offsetsOf(parityCase);
    Bags bags{.indices = parityCase.integers("indices"),
              .offsets = offsets,
              .include_last_offset = parityCase.flag("include_last_offset")};
    if (parityCase.has("per_sample_weights"))
        bags.per_sample_weights = parityCase.floats("per_sample_weights");
    Matrix out;
    must(bag.forward(bags, out));
    const auto gradient = bag.backward(bags, parityCase.matrix("grad_output"));
    const auto& factors = gradient.per_sample_weights;
    return {{"output", Tensor::fromMatrix(out)},
            {"weight", Tensor::fromMatrix(embedding.weight())},
            {"weight_grad", denseTensor(gradient.weight, embedding)},
            {"per_sample_weights_grad", Tensor::fromVector(factors.data(), static_cast<Index>(factors.size()))}};
}

} // namespace embedscope::test
