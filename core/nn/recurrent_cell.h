// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <array>

namespace embedscope::detail {

using Numbers = Eigen::Map<Eigen::ArrayXf>;
using ConstNumbers = Eigen::Map<const Eigen::ArrayXf>;

/// Pointers to the numbers of one step: `size` of them each, hidden units of several sentences.
template <class Cell>
struct CellForward
{
    Index size;
    std::array<float*, Cell::kSlots> slots; // sums of products in, what backward needs out
    const float* previousHidden;            // null in the first step, when it is zero
    const float* previousState;             // likewise; LSTM only
    float* hidden;
    float* state;     // LSTM only
    float* tanhState; // LSTM only
};

template <class Cell>
struct CellBackward
{
    Index size;
    std::array<float*, Cell::kSlots> slots; // what forward left in, gradients of the sums out
    const float* previousHidden;
    const float* previousState;
    const float* tanhState;
    float* hiddenGrad; // in: of this step's hidden state; out: the part that goes to the one before around the products
    float* stateGrad;  // LSTM only
};

/// A cell's gates stand in four slots. The input fills the slots [kInputFirst, + gates), the hidden state those from
/// kRecurrentFirst on; where both do, they are added. kInputGates and kRecurrentGates tell which of PyTorch's stacked
/// gates belongs into each of those slots.

/// torch.nn.LSTM: gates i, f, g, o; c = f c + i g, h = o tanh(c) (aten/src/ATen/native/RNN.cpp).
struct LstmCell
{
    static constexpr int kGates = 4;
    static constexpr int kSlots = 4;
    static constexpr Index kInputFirst = 0;
    static constexpr Index kRecurrentFirst = 0;
    static constexpr std::array<Index, kGates> kInputGates = {0, 1, 2, 3};
    static constexpr std::array<Index, kGates> kRecurrentGates = {0, 1, 2, 3};
    static constexpr bool kHasState = true;

    static void forward(const CellForward<LstmCell>& x);
    static void backward(const CellBackward<LstmCell>& x);
};

/// torch.nn.GRU: gates r, z, n with n = tanh(W_in x + b_in + r (W_hn h + b_hn)) and h' = (h - n) z + n. The two parts
/// of n stay apart, since r multiplies one of them: slots n of the input, r, z, n of the hidden state.
struct GruCell
{
    static constexpr int kGates = 3;
    static constexpr int kSlots = 4;
    static constexpr Index kInputFirst = 0;
    static constexpr Index kRecurrentFirst = 1;
    static constexpr std::array<Index, kGates> kInputGates = {2, 0, 1};
    static constexpr std::array<Index, kGates> kRecurrentGates = {0, 1, 2};
    static constexpr bool kHasState = false;

    static void forward(const CellForward<GruCell>& x);
    static void backward(const CellBackward<GruCell>& x);
};

} // namespace embedscope::detail
