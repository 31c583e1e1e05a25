// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/recurrent.h"
#include "tests/parity/kinds.h"
#include "tests/parity/ragged.h"

namespace embedscope::test {

namespace {

RecurrentOptions optionsOf(const ParityCase& c)
{
    return {.kind = c.kind() == "lstm" ? RecurrentKind::Lstm : RecurrentKind::Gru,
            .input_size = c.option<std::int64_t>("input_size").value(),
            .hidden_size = c.option<std::int64_t>("hidden_size").value(),
            .num_layers = c.option<std::int64_t>("num_layers").value(),
            .bidirectional = c.flag("bidirectional")};
}

/// Layers * directions of sentences x hidden, one below the other.
Tensor stacked(const std::vector<Matrix>& parts)
{
    Matrix out(static_cast<Index>(parts.size()) * parts.front().rows(), parts.front().cols());
    for (std::size_t i = 0; i < parts.size(); ++i)
        out.middleRows(static_cast<Index>(i) * parts[i].rows(), parts[i].rows()) = parts[i];
    return shaped(out, {static_cast<Index>(parts.size()), parts.front().rows(), parts.front().cols()});
}

} // namespace

TensorMap runRecurrent(const ParityCase& c)
{
    Random random;
    auto net = must(Recurrent::create(optionsOf(c), random));
    for (const NamedWeight& weight : net.weights())
        *weight.value = c.matrix(weight.name);
    const Ragged batch(c.integers("lengths"), c.shape("x").at(1));
    RecurrentResult out;
    net.forward(batch.take(c.matrix("x")), batch.offsets(), random, out);

    RecurrentResult grad{.output = batch.take(c.matrix("grad_output"))};
    const Matrix lastGrad = c.matrix("grad_h_n");
    for (std::size_t i = 0; i < out.h_n.size(); ++i)
        grad.h_n.emplace_back(lastGrad.middleRows(static_cast<Index>(i) * batch.sentences(), batch.sentences()));
    Matrix xGrad;
    net.backward(batch.offsets(), grad, &xGrad);

    TensorMap results = {{"output", batch.pad(out.output)}, {"h_n", stacked(out.h_n)}, {"x_grad", batch.pad(xGrad)}};
    if (!out.c_n.empty())
        results["c_n"] = stacked(out.c_n);
    for (const NamedWeight& weight : net.weights())
        results["grad." + weight.name] = weight.dims == 1 ? Tensor::fromVector(weight.grad->data(), weight.grad->size())
                                                          : Tensor::fromMatrix(*weight.grad);
    return results;
}

} // namespace embedscope::test
