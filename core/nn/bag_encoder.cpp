// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/bag_encoder.h"

#include <optional>

namespace embedscope::detail {

namespace {

class BagEncoder final : public SentenceEncoder
{
public:
    BagEncoder(BagMode mode, Index dim)
        : m_mode(mode)
        , m_dim(dim)
    {
    }

    [[nodiscard]] Index outputDim() const override { return m_dim; }
    Result<void> forward(Embedding& table, const Sentences& sentences, Random& random, Matrix& out) override;
    Result<void> predict(Embedding& table, const Sentences& sentences, Matrix& out) const override;
    void backward(const Embedding& table, const Sentences& sentences, const Matrix& gradOutput,
                  RowGradient* table_grad) override;
    [[nodiscard]] std::vector<NamedWeight> weights() override { return {}; }

private:
    BagMode m_mode;
    Index m_dim;
    std::optional<EmbeddingBag> m_bag; // of the last forward()
};

Bags bagsOf(const Sentences& sentences)
{
    return {.indices = sentences.tokens, .offsets = sentences.offsets, .include_last_offset = true};
}

Result<void> BagEncoder::forward(Embedding& table, const Sentences& sentences, Random& /*random*/, Matrix& out)
{
    auto bag = EmbeddingBag::create(table, m_mode);
    if (!bag)
        return fail(bag.error());
    m_bag = std::move(*bag);
    return m_bag->forward(bagsOf(sentences), out);
}

Result<void> BagEncoder::predict(Embedding& table, const Sentences& sentences, Matrix& out) const
{
    auto bag = EmbeddingBag::create(table, m_mode);
    if (!bag)
        return fail(bag.error());
    return bag->forward(bagsOf(sentences), out);
}

void BagEncoder::backward(const Embedding& /*table*/, const Sentences& sentences, const Matrix& gradOutput,
                          RowGradient* table_grad)
{
    if (table_grad != nullptr)
        *table_grad = m_bag->backward(bagsOf(sentences), gradOutput).weight;
}

} // namespace

Result<std::unique_ptr<SentenceEncoder>> makeBagEncoder(const EncoderOptions& options, Index embedding_dim)
{
    return std::make_unique<BagEncoder>(options.mode, embedding_dim);
}

} // namespace embedscope::detail
