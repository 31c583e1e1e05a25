// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/nn/named_weight.h"
#include "core/nn/panel_matrix.h"
#include "core/nn/sequence_layout.h"

#include <span>
#include <string>
#include <vector>

namespace embedscope::detail {

/// Memory that each pass fills anew: asking the system for it every time takes longer than some of the products.
struct RecurrentScratch
{
    PanelMatrix rows; // of weights, on their way to columns
    PanelMatrix inputWeights;
    PanelMatrix recurrentWeights;
    PanelMatrix transposed;
};

/// What one direction of one layer remembers of a forward pass. Rows are those of the layout.
struct RecurrentTape
{
    PanelMatrix input;
    PanelMatrix gates; // slots x padded hidden units; backward() turns them into gradients
    PanelMatrix hidden;
    PanelMatrix state;     // LSTM only
    PanelMatrix tanhState; // LSTM only
    RecurrentScratch scratch;
};

/// Some columns of a matrix, from `column` on; no matrix: zeros.
struct Columns
{
    const Matrix* matrix = nullptr;
    Index column = 0;
};

/// One direction of one layer of torch.nn.LSTM or GRU. It computes with its weights in panels, where the hidden units
/// are padded to whole panels: weights of zero keep those units at zero.
class RecurrentDirection
{
public:
    RecurrentDirection(bool lstm, Index input_size, Index hidden_size, bool reversed);

    /// All four tensors uniform in +-1 / sqrt(hidden_size), in PyTorch's order.
    void initialize(Random& random);
    [[nodiscard]] std::vector<NamedWeight> weights(const std::string& suffix);
    [[nodiscard]] bool reversed() const { return m_reversed; }

    /// x: tokens of the batch x input_size.
    void forward(const ConstMatrixRef& x, const SequenceLayout& layout, RecurrentTape& tape) const;

    /// Sets the gradients of the weights from those of the hidden states of all tokens (tokens x ...) and of the last
    /// ones (sentences x hidden). x_grad (tokens x input_size), where wanted, is added to.
    void backward(const SequenceLayout& layout, Columns outputGrad, const Matrix* lastGrad, RecurrentTape& tape,
                  Matrix* x_grad);

private:
    template <class Cell>
    void runForward(const SequenceLayout& layout, RecurrentTape& tape) const;
    template <class Cell>
    void stepForward(const Shard& shard, std::size_t step, const PanelMatrix& recurrent, RecurrentTape& tape) const;
    template <class Cell>
    void runBackward(const SequenceLayout& layout, Columns outputGrad, const Matrix* lastGrad, RecurrentTape& tape);
    template <class Cell>
    void weightGradients(const SequenceLayout& layout, RecurrentTape& tape);
    template <class Cell>
    void inputGradient(const SequenceLayout& layout, RecurrentTape& tape, Matrix& x_grad) const;

    bool m_lstm;
    bool m_reversed;
    Index m_hidden;
    Matrix m_weightIh; // gates * hidden x input
    Matrix m_weightHh; // gates * hidden x hidden
    Matrix m_biasIh;   // 1 x gates * hidden
    Matrix m_biasHh;
    Matrix m_weightIhGrad;
    Matrix m_weightHhGrad;
    Matrix m_biasIhGrad;
    Matrix m_biasHhGrad;
};

} // namespace embedscope::detail
