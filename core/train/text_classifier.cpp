// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/text_classifier.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <utility>

namespace embedscope {

namespace {

constexpr std::int64_t kSentencesPerChunk = 128;

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
    batch.offsets.reserve(rows.size());
    batch.labels.reserve(rows.size());
    for (const auto row : rows) {
        const auto sentence = data.sentence(row);
        batch.offsets.push_back(static_cast<std::int64_t>(batch.tokens.size()));
        batch.tokens.insert(batch.tokens.end(), sentence.begin(), sentence.end());
        batch.labels.push_back(data.labels[static_cast<std::size_t>(row)]);
    }
    return batch;
}

TextClassifier::TextClassifier(std::unique_ptr<Embedding> embedding, EmbeddingBag bag, BagMode mode, Linear classifier)
    : m_embedding(std::move(embedding))
    , m_bag(std::move(bag))
    , m_mode(mode)
    , m_classifier(std::move(classifier))
{
}

Result<TextClassifier> TextClassifier::create(Embedding embedding, BagMode mode, Index classes, Random& random)
{
    Linear linear = Linear::create(embedding.weight().cols(), classes, random);
    return create(std::move(embedding), mode, std::move(linear.weight), std::move(linear.bias));
}

Result<TextClassifier> TextClassifier::create(Embedding embedding, BagMode mode, Matrix weight, Matrix bias)
{
    if (weight.cols() != embedding.weight().cols() || bias.cols() != weight.rows())
        return fail(ErrorCode::ShapeMismatch,
                    {"classifier.weight", std::to_string(embedding.weight().cols()) + " columns",
                     std::to_string(weight.cols())});
    auto owned = std::make_unique<Embedding>(std::move(embedding));
    auto bag = EmbeddingBag::create(*owned, mode);
    if (!bag)
        return fail(bag.error());
    return TextClassifier(std::move(owned), std::move(*bag), mode,
                          Linear{std::move(weight), std::move(bias), Matrix(), Matrix()});
}

Result<void> TextClassifier::forward(const Batch& batch, Matrix& logits)
{
    const Bags bags{.indices = batch.tokens, .offsets = batch.offsets};
    if (auto pooled = m_bag.forward(bags, m_pooled); !pooled)
        return pooled;
    m_classifier.forward(m_pooled, logits);
    return {};
}

void TextClassifier::backward(const Batch& batch, const ConstMatrixRef& logits_grad)
{
    const bool learns = !m_embedding->frozen();
    m_classifier.backward(m_pooled, logits_grad, learns ? &m_pooledGrad : nullptr);
    if (learns)
        m_embeddingGrad = m_bag.backward({.indices = batch.tokens, .offsets = batch.offsets}, m_pooledGrad).weight;
}

std::vector<Parameter> TextClassifier::parameters()
{
    return {{.name = "embedding.weight",
             .value = &m_embedding->weight(),
             .row_grad = m_embedding->frozen() ? nullptr : &m_embeddingGrad,
             .sparse = m_embedding->options().sparse},
            {.name = "classifier.weight", .value = &m_classifier.weight, .grad = &m_classifier.weight_grad},
            {.name = "classifier.bias", .value = &m_classifier.bias, .grad = &m_classifier.bias_grad}};
}

Result<Matrix> TextClassifier::predictBatch(const Batch& batch) const
{
    SmallTable small = smallTable(*m_embedding, batch);
    const auto& options = m_embedding->options();
    if (options.max_norm && !batch.tokens.empty())
        renormalizeRows(small.weight, small.batch.tokens, *options.max_norm, options.norm_type);
    const EmbeddingOptions table{
        .num_embeddings = small.weight.rows(), .embedding_dim = small.weight.cols(), .padding_idx = small.padding_idx};
    auto embedding = Embedding::create(table, std::move(small.weight));
    if (!embedding)
        return fail(embedding.error());
    auto bag = EmbeddingBag::create(*embedding, m_mode);
    if (!bag)
        return fail(bag.error());
    Matrix pooled;
    if (auto done = bag->forward({.indices = small.batch.tokens, .offsets = small.batch.offsets}, pooled); !done)
        return fail(done.error());
    Matrix logits;
    m_classifier.forward(pooled, logits);
    return logits;
}

Result<Matrix> TextClassifier::predict(const DataSet& data, std::stop_token stop) const
{
    if (auto inside = checkIndices(data.tokens, m_embedding->weight().rows()); !inside)
        return fail(inside.error());
    Matrix logits(data.size(), classes());
    std::mutex mutex;
    Result<void> outcome;
    parallelFor(data.size(), kSentencesPerChunk, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        std::vector<std::int64_t> rows(static_cast<std::size_t>(end - begin));
        std::iota(rows.begin(), rows.end(), begin);
        auto part = predictBatch(makeBatch(data, rows));
        if (part) {
            logits.middleRows(begin, end - begin) = *part;
        } else {
            const std::scoped_lock lock(mutex);
            outcome = fail(part.error());
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (!outcome)
        return fail(outcome.error());
    return logits;
}

} // namespace embedscope
