// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/transformer_encoder_layer.h"
#include "tests/parity/kinds.h"

#include <cstdint>
#include <string>
#include <vector>

namespace embedscope::test {

namespace {

TransformerEncoderLayer layerOf(const ParityCase& parityCase)
{
    TransformerEncoderLayerOptions options;
    options.d_model = parityCase.option<Index>("d_model").value();
    options.nhead = parityCase.option<Index>("nhead").value();
    options.dim_feedforward = parityCase.option<Index>("dim_feedforward").value();
    options.norm_first = parityCase.flag("norm_first");
    options.activation =
        parityCase.option<std::string>("activation").value() == "gelu" ? Activation::Gelu : Activation::Relu;
    options.dropout = 0;
    Random random(0);
    auto layer = must(TransformerEncoderLayer::create(options, random));
    for (const NamedWeight& weight : layer.weights())
        *weight.value = parityCase.matrix(weight.name);
    return layer;
}

/// The rows of sentences that PyTorch has padded to one length, without the padding; and back, with zeros for it.
class Padding
{
public:
    Padding(const std::vector<std::int64_t>& lengths, Index padded)
        : m_padded(padded)
    {
        for (const std::int64_t length : lengths)
            m_offsets.push_back(m_offsets.back() + length);
    }

    [[nodiscard]] const std::vector<std::int64_t>& offsets() const { return m_offsets; }

    [[nodiscard]] Matrix removed(const Matrix& padded) const
    {
        Matrix out(m_offsets.back(), padded.cols());
        forEach([&](Index at, Index paddedAt, Index length) {
            out.middleRows(at, length) = padded.middleRows(paddedAt, length);
        });
        return out;
    }

    [[nodiscard]] Matrix added(const Matrix& ragged) const
    {
        Matrix out = Matrix::Zero(static_cast<Index>(m_offsets.size() - 1) * m_padded, ragged.cols());
        forEach([&](Index at, Index paddedAt, Index length) {
            out.middleRows(paddedAt, length) = ragged.middleRows(at, length);
        });
        return out;
    }

private:
    template <class Body>
    void forEach(Body&& body) const
    {
        for (std::size_t i = 0; i + 1 < m_offsets.size(); ++i)
            body(m_offsets[i], static_cast<Index>(i) * m_padded, m_offsets[i + 1] - m_offsets[i]);
    }

    Index m_padded;
    std::vector<std::int64_t> m_offsets = {0};
};

} // namespace

TensorMap runTransformerEncoderLayer(const ParityCase& parityCase)
{
    auto layer = layerOf(parityCase);
    const auto& shape = parityCase.shape("x");
    const Padding padding(parityCase.integers("lengths"), shape.at(1));
    Matrix out;
    Matrix xGrad;
    layer.forward(padding.removed(parityCase.matrix("x")), padding.offsets(), nullptr, out);
    layer.backward(padding.removed(parityCase.matrix("grad_output")), &xGrad);
    TensorMap results = {{"output", shaped(padding.added(out), shape)},
                         {"x_grad", shaped(padding.added(xGrad), shape)}};
    for (const NamedWeight& weight : layer.weights())
        results.emplace("grad." + weight.name, weight.dims == 1
                                                   ? Tensor::fromVector(weight.grad->data(), weight.grad->size())
                                                   : Tensor::fromMatrix(*weight.grad));
    return results;
}

} // namespace embedscope::test
