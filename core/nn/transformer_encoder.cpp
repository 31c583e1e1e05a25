// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/transformer_encoder.h"

#include "core/nn/dropout.h"
#include "core/nn/linear_weights.h"
#include "core/nn/transformer_encoder_layer.h"

#include <algorithm>
#include <string>

namespace embedscope::detail {

namespace {

class TransformerEncoder final : public SentenceEncoder
{
public:
    TransformerEncoder(PositionEmbedding positions, std::vector<TransformerEncoderLayer> layers, double dropout)
        : m_positions(std::move(positions))
        , m_layers(std::move(layers))
        , m_dropout(dropout)
    {
    }

    [[nodiscard]] Index outputDim() const override { return m_positions.options().embedding_dim; }
    Result<void> forward(Embedding& table, const Sentences& sentences, Random& random, Matrix& out) override;
    Result<void> predict(Embedding& table, const Sentences& sentences, Matrix& out) const override;
    void backward(const Embedding& table, const Sentences& sentences, const Matrix& gradOutput,
                  RowGradient* table_grad) override;
    [[nodiscard]] std::vector<NamedWeight> weights() override;

private:
    PositionEmbedding m_positions;
    std::vector<TransformerEncoderLayer> m_layers;
    Dropout m_dropout;
};

void meanOfSentences(const Matrix& rows, std::span<const std::int64_t> offsets, Matrix& out)
{
    out.setZero(static_cast<Index>(offsets.size()) - 1, rows.cols());
    for (Index i = 0; i < out.rows(); ++i) {
        const Index begin = offsets[static_cast<std::size_t>(i)];
        const Index length = offsets[static_cast<std::size_t>(i) + 1] - begin;
        if (length > 0)
            out.row(i) = rows.middleRows(begin, length).colwise().sum() / static_cast<float>(length);
    }
}

Matrix meanOfSentencesGrad(const Matrix& grad, std::span<const std::int64_t> offsets)
{
    Matrix out(offsets.back(), grad.cols());
    for (Index i = 0; i < grad.rows(); ++i) {
        const Index begin = offsets[static_cast<std::size_t>(i)];
        const Index length = offsets[static_cast<std::size_t>(i) + 1] - begin;
        out.middleRows(begin, length).rowwise() = grad.row(i) / static_cast<float>(std::max<Index>(length, 1));
    }
    return out;
}

Result<void> TransformerEncoder::forward(Embedding& table, const Sentences& sentences, Random& random, Matrix& out)
{
    Matrix words;
    if (auto found = table.forward(sentences.tokens, words); !found)
        return found;
    Matrix rows;
    if (auto placed = m_positions.forward(words, sentences.offsets, rows); !placed)
        return placed;
    m_dropout.forward(rows, random);
    for (TransformerEncoderLayer& layer : m_layers) {
        layer.forward(rows, sentences.offsets, &random, words);
        rows.swap(words);
    }
    meanOfSentences(rows, sentences.offsets, out);
    return {};
}

Result<void> TransformerEncoder::predict(Embedding& table, const Sentences& sentences, Matrix& out) const
{
    Matrix words;
    if (auto found = table.forward(sentences.tokens, words); !found)
        return found;
    Matrix rows;
    if (auto placed = m_positions.predict(words, sentences.offsets, rows); !placed)
        return placed;
    for (const TransformerEncoderLayer& layer : m_layers) {
        layer.predict(rows, sentences.offsets, words);
        rows.swap(words);
    }
    meanOfSentences(rows, sentences.offsets, out);
    return {};
}

void TransformerEncoder::backward(const Embedding& table, const Sentences& sentences, const Matrix& gradOutput,
                                  RowGradient* table_grad)
{
    Matrix grad = meanOfSentencesGrad(gradOutput, sentences.offsets);
    Matrix inputGrad;
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer) {
        layer->backward(grad, &inputGrad);
        grad.swap(inputGrad);
    }
    m_dropout.backward(grad);
    m_positions.backward(grad, nullptr);
    if (table_grad != nullptr)
        *table_grad = table.backward(sentences.tokens, grad);
}

std::vector<NamedWeight> TransformerEncoder::weights()
{
    std::vector<NamedWeight> out;
    appendWeights(out, "position_embedding.", m_positions.weights());
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        appendWeights(out, "transformer.layers." + std::to_string(i) + ".", m_layers[i].weights());
    return out;
}

} // namespace

Result<std::unique_ptr<SentenceEncoder>> makeTransformerEncoder(const EncoderOptions& options, Index embedding_dim,
                                                                Random& random)
{
    auto positions = PositionEmbedding::create(
        {.kind = options.positions, .max_length = options.max_positions, .embedding_dim = embedding_dim}, random);
    if (!positions)
        return fail(positions.error());
    if (options.num_layers < 1)
        return fail(ErrorCode::ValueRefused, {"num_layers", std::to_string(options.num_layers), "it is at least 1"});
    std::vector<TransformerEncoderLayer> layers;
    for (std::int64_t i = 0; i < options.num_layers; ++i) {
        auto layer = TransformerEncoderLayer::create({.d_model = embedding_dim,
                                                      .nhead = headsFor(options, embedding_dim),
                                                      .dim_feedforward = options.hidden_dim,
                                                      .dropout = options.dropout,
                                                      .activation = options.gelu ? Activation::Gelu : Activation::Relu,
                                                      .norm_first = options.norm_first},
                                                     random);
        if (!layer)
            return fail(layer.error());
        layers.push_back(std::move(*layer));
    }
    return std::make_unique<TransformerEncoder>(std::move(*positions), std::move(layers), options.dropout);
}

} // namespace embedscope::detail
