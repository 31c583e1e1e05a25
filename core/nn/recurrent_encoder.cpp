// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/recurrent_encoder.h"

#include "core/nn/dropout.h"
#include "core/nn/linear_weights.h"
#include "core/nn/recurrent.h"

namespace embedscope::detail {

namespace {

class RecurrentEncoder final : public SentenceEncoder
{
public:
    RecurrentEncoder(Recurrent net, double dropout)
        : m_net(std::move(net))
        , m_dropout(dropout)
    {
        m_result.wants_output = false;
    }

    [[nodiscard]] Index outputDim() const override { return m_net.options().hidden_size * directions(); }
    Result<void> forward(Embedding& table, const Sentences& sentences, Random& random, Matrix& out) override;
    Result<void> predict(Embedding& table, const Sentences& sentences, Matrix& out) const override;
    void backward(const Embedding& table, const Sentences& sentences, const Matrix& gradOutput,
                  RowGradient* table_grad) override;
    [[nodiscard]] std::vector<NamedWeight> weights() override;

private:
    [[nodiscard]] Index directions() const { return m_net.options().bidirectional ? 2 : 1; }
    /// The final states of the last layer, the directions side by side.
    void finalStates(const RecurrentResult& result, Matrix& out) const;

    Recurrent m_net;
    Dropout m_dropout;
    Matrix m_words; // tokens x dim, of the last forward()
    Matrix m_wordsGrad;
    RecurrentResult m_result;
};

Result<void> RecurrentEncoder::forward(Embedding& table, const Sentences& sentences, Random& random, Matrix& out)
{
    if (auto found = table.forward(sentences.tokens, m_words); !found)
        return found;
    m_dropout.forward(m_words, random);
    m_net.forward(m_words, sentences.offsets, random, m_result);
    finalStates(m_result, out);
    return {};
}

Result<void> RecurrentEncoder::predict(Embedding& table, const Sentences& sentences, Matrix& out) const
{
    Matrix words;
    if (auto found = table.forward(sentences.tokens, words); !found)
        return found;
    RecurrentResult result{.wants_output = false};
    m_net.predict(words, sentences.offsets, result);
    finalStates(result, out);
    return {};
}

void RecurrentEncoder::finalStates(const RecurrentResult& result, Matrix& out) const
{
    const Index hidden = m_net.options().hidden_size;
    const auto first = result.h_n.size() - static_cast<std::size_t>(directions());
    out.resize(result.h_n[first].rows(), outputDim());
    for (Index i = 0; i < directions(); ++i)
        out.middleCols(i * hidden, hidden) = result.h_n[first + static_cast<std::size_t>(i)];
}

void RecurrentEncoder::backward(const Embedding& table, const Sentences& sentences, const Matrix& gradOutput,
                                RowGradient* table_grad)
{
    const Index hidden = m_net.options().hidden_size;
    RecurrentResult grad;
    grad.h_n.resize(m_result.h_n.size());
    const std::size_t first = grad.h_n.size() - static_cast<std::size_t>(directions());
    for (Index i = 0; i < directions(); ++i)
        grad.h_n[first + static_cast<std::size_t>(i)] = gradOutput.middleCols(i * hidden, hidden);
    m_net.backward(sentences.offsets, grad, table_grad != nullptr ? &m_wordsGrad : nullptr);
    if (table_grad == nullptr)
        return;
    m_dropout.backward(m_wordsGrad);
    *table_grad = table.backward(sentences.tokens, m_wordsGrad);
}

std::vector<NamedWeight> RecurrentEncoder::weights()
{
    std::vector<NamedWeight> out;
    appendWeights(out, "rnn.", m_net.weights());
    return out;
}

} // namespace

Result<std::unique_ptr<SentenceEncoder>> makeRecurrentEncoder(const EncoderOptions& options, Index embedding_dim,
                                                              Random& random)
{
    auto net = Recurrent::create({.kind = options.kind == EncoderKind::Lstm ? RecurrentKind::Lstm : RecurrentKind::Gru,
                                  .input_size = embedding_dim,
                                  .hidden_size = options.hidden_dim,
                                  .num_layers = options.num_layers,
                                  .bidirectional = options.bidirectional,
                                  .dropout = options.dropout},
                                 random);
    if (!net)
        return fail(net.error());
    return std::make_unique<RecurrentEncoder>(std::move(*net), options.dropout);
}

} // namespace embedscope::detail
