// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/dropout.h"
#include "core/nn/named_weight.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace embedscope {

enum class RecurrentKind { Lstm, Gru };

/// The parameters of torch.nn.LSTM and torch.nn.GRU, with their names.
struct RecurrentOptions
{
    RecurrentKind kind = RecurrentKind::Lstm;
    std::int64_t input_size = 0;
    std::int64_t hidden_size = 0;
    std::int64_t num_layers = 1;
    bool bidirectional = false;
    double dropout = 0; // on the output of each layer but the last, while training
};

/// What a network says of a batch, or the gradient of it; a matrix without rows counts as zero in a gradient.
struct RecurrentResult
{
    Matrix output;            // tokens x directions * hidden: the last layer's hidden states, forward | backward
    bool wants_output = true; // false: only the last states are asked for, `output` stays as it is
    std::vector<Matrix> h_n;  // layers * directions of sentences x hidden, in PyTorch's order; empty sentences: zeros
    std::vector<Matrix> c_n;  // likewise, LSTM only; has no gradient
};

/// torch.nn.LSTM and torch.nn.GRU (torch/nn/modules/rnn.py) over sentences of their true lengths, as with packed
/// sequences: sentence i has the rows offsets[i] .. offsets[i + 1] of the input, nothing is padded, and the backward
/// direction starts at each sentence's own end.
class EMBEDSCOPE_EXPORT Recurrent
{
public:
    /// All weights uniform in +-1 / sqrt(hidden_size), drawn in PyTorch's order. ValueRefused for sizes below 1 and
    /// dropout outside [0, 1).
    static Result<Recurrent> create(const RecurrentOptions& options, Random& random);
    Recurrent(Recurrent&& other) noexcept;
    Recurrent& operator=(Recurrent&& other) noexcept;
    ~Recurrent();

    /// x: tokens x input_size. `random` decides what dropout drops.
    void forward(const Matrix& x, std::span<const std::int64_t> offsets, Random& random, RecurrentResult& out);
    /// Without dropout, and without a trace in this object: several threads may call it.
    void predict(const Matrix& x, std::span<const std::int64_t> offsets, RecurrentResult& out) const;

    /// Sets the gradients of the weights for that of the last forward()'s result, with the same offsets. x_grad
    /// (tokens x input_size) may be null.
    void backward(std::span<const std::int64_t> offsets, const RecurrentResult& grad, Matrix* x_grad);

    /// weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, then with _reverse, then l1 and so on.
    [[nodiscard]] std::vector<NamedWeight> weights();
    [[nodiscard]] const RecurrentOptions& options() const { return m_options; }

private:
    struct Layers;
    struct Tape;
    explicit Recurrent(const RecurrentOptions& options);
    void run(const Matrix& x, std::span<const std::int64_t> offsets, Random* random, Tape& tape,
             RecurrentResult& out) const;

    RecurrentOptions m_options;
    std::unique_ptr<Layers> m_layers;
    std::unique_ptr<Tape> m_tape; // of the last forward()
};

} // namespace embedscope
