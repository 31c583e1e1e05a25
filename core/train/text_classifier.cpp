// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/text_classifier.h"

#include "core/base/parallel.h"
#include "core/nn/linear_weights.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <utility>

namespace embedscope {

namespace {

constexpr std::int64_t kSentencesPerChunk = 64;

/// The rows that a batch looks up as a small table of their own, with the batch's tokens renumbered to it.
struct SmallTable
{
    Matrix weight;
    Batch batch;
    std::optional<std::int64_t> padding_idx;
};

SmallTable smallTable(const Embedding& embedding, const Batch& batch)
{
    const RowGroups groups(batch.tokens);
    SmallTable out{Matrix(static_cast<Index>(groups.size()), embedding.weight().cols()), batch, std::nullopt};
    for (std::size_t group = 0; group < groups.size(); ++group) {
        const auto small = static_cast<Index>(group);
        out.weight.row(small) = embedding.weight().row(groups.row(group));
        for (const auto position : groups.positions(group))
            out.batch.tokens[static_cast<std::size_t>(position)] = small;
        if (embedding.options().padding_idx == groups.row(group))
            out.padding_idx = small;
    }
    return out;
}

} // namespace

Batch makeBatch(const DataSet& data, std::span<const std::int64_t> rows)
{
    Batch batch;
    batch.offsets.reserve(rows.size() + 1);
    batch.offsets.push_back(0);
    batch.labels.reserve(rows.size());
    for (const auto row : rows) {
        const auto sentence = data.sentence(row);
        batch.tokens.insert(batch.tokens.end(), sentence.begin(), sentence.end());
        batch.offsets.push_back(static_cast<std::int64_t>(batch.tokens.size()));
        batch.labels.push_back(data.labels[static_cast<std::size_t>(row)]);
    }
    return batch;
}

TextClassifier::TextClassifier(Embedding embedding, const EncoderOptions& options,
                               std::unique_ptr<SentenceEncoder> encoder, Linear classifier)
    : m_embedding(std::move(embedding))
    , m_options(options)
    , m_encoder(std::move(encoder))
    , m_dropout(options.dropout)
    , m_classifier(std::move(classifier))
{
}

Result<TextClassifier> TextClassifier::create(Embedding embedding, const EncoderOptions& options, Index classes,
                                              Random& random)
{
    auto encoder = makeEncoder(options, embedding.weight().cols(), random);
    if (!encoder)
        return fail(encoder.error());
    Linear linear = Linear::create((*encoder)->outputDim(), classes, random);
    return TextClassifier(std::move(embedding), options, std::move(*encoder), std::move(linear));
}

Result<void> TextClassifier::forward(const Batch& batch, Random& random, Matrix& logits)
{
    if (auto encoded = m_encoder->forward(m_embedding, {batch.tokens, batch.offsets}, random, m_encoded); !encoded)
        return encoded;
    m_dropout.forward(m_encoded, random);
    m_classifier.forward(m_encoded, logits);
    return {};
}

void TextClassifier::backward(const Batch& batch, const ConstMatrixRef& logits_grad)
{
    m_classifier.backward(m_encoded, logits_grad, &m_encodedGrad);
    m_dropout.backward(m_encodedGrad);
    m_encoder->backward(m_embedding, {batch.tokens, batch.offsets}, m_encodedGrad,
                        m_embedding.frozen() ? nullptr : &m_embeddingGrad);
}

std::vector<NamedWeight> TextClassifier::weights()
{
    std::vector<NamedWeight> out = m_encoder->weights();
    detail::appendWeights(out, "classifier.", detail::weightsOf(m_classifier));
    return out;
}

std::vector<Parameter> TextClassifier::parameters()
{
    std::vector<Parameter> out = {{.name = "embedding.weight",
                                   .value = &m_embedding.weight(),
                                   .row_grad = m_embedding.frozen() ? nullptr : &m_embeddingGrad,
                                   .sparse = m_embedding.options().sparse}};
    for (const NamedWeight& weight : weights())
        out.push_back({.name = weight.name, .value = weight.value, .grad = weight.grad});
    return out;
}

std::vector<NamedTensor> TextClassifier::tensors() const
{
    std::vector<NamedTensor> out = {{"embedding.weight", &m_embedding.weight(), 2}};
    for (const NamedWeight& weight : m_encoder->weights())
        out.push_back({weight.name, weight.value, weight.dims});
    out.push_back({"classifier.weight", &m_classifier.weight, 2});
    out.push_back({"classifier.bias", &m_classifier.bias, 1});
    return out;
}

Result<void> TextClassifier::predictBatch(const Batch& batch, MatrixRef logits) const
{
    SmallTable small = smallTable(m_embedding, batch);
    const auto& options = m_embedding.options();
    if (options.max_norm && !batch.tokens.empty())
        renormalizeRows(small.weight, small.batch.tokens, *options.max_norm, options.norm_type);
    const EmbeddingOptions table{
        .num_embeddings = small.weight.rows(), .embedding_dim = small.weight.cols(), .padding_idx = small.padding_idx};
    auto embedding = Embedding::create(table, std::move(small.weight));
    if (!embedding)
        return fail(embedding.error());
    Matrix encoded;
    if (auto done = m_encoder->predict(*embedding, {small.batch.tokens, small.batch.offsets}, encoded); !done)
        return done;
    Matrix part;
    m_classifier.forward(encoded, part);
    logits = part;
    return {};
}

Result<Matrix> TextClassifier::predict(const DataSet& data, std::stop_token stop) const
{
    if (auto inside = checkIndices(data.tokens, m_embedding.weight().rows()); !inside)
        return fail(inside.error());
    Matrix logits(data.size(), classes());
    std::mutex mutex;
    Result<void> outcome;
    parallelFor(data.size(), kSentencesPerChunk, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        std::vector<std::int64_t> rows(static_cast<std::size_t>(end - begin));
        std::iota(rows.begin(), rows.end(), begin);
        if (auto done = predictBatch(makeBatch(data, rows), logits.middleRows(begin, end - begin)); !done) {
            const std::scoped_lock lock(mutex);
            outcome = done;
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (!outcome)
        return fail(outcome.error());
    return logits;
}

} // namespace embedscope
