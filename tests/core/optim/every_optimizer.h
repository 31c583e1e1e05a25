// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optim/optimizer.h"

#include <memory>
#include <utility>
#include <vector>

namespace embedscope::test {

using NamedOptions = std::pair<const char*, OptimizerOptions>;

/// Every optimizer that takes dense gradients, each with the options that change its arithmetic.
inline std::vector<NamedOptions> denseOptimizers()
{
    return {
        {"plain SGD", SgdOptions{.lr = 0.1}},
        {"SGD with momentum", SgdOptions{.lr = 0.1, .momentum = 0.9, .dampening = 0.2}},
        {"SGD with weight decay", SgdOptions{.lr = 0.1, .weight_decay = 0.01}},
        {"SGD with Nesterov momentum", SgdOptions{.lr = 0.1, .momentum = 0.9, .weight_decay = 0.01, .nesterov = true}},
        {"Adagrad", AdagradOptions{.lr = 0.1, .lr_decay = 0.1}},
        {"Adagrad with weight decay", AdagradOptions{.lr = 0.1, .weight_decay = 0.1, .initial_accumulator_value = 0.3}},
        {"Adam", AdamOptions{.lr = 0.01}},
        {"Adam with weight decay", AdamOptions{.lr = 0.01, .weight_decay = 0.1}},
        {"Adam with amsgrad and a small beta1", AdamOptions{.lr = 0.01, .beta1 = 0.4, .beta2 = 0.9, .amsgrad = true}},
        {"AdamW", AdamOptions{.lr = 0.01, .weight_decay = 0.1, .decoupled = true}},
    };
}

inline std::unique_ptr<Optimizer> optimizer(const OptimizerOptions& options)
{
    return std::move(makeOptimizer(options).value());
}

inline Parameter dense(Matrix& value, const Matrix& grad)
{
    return {.name = "weight", .value = &value, .grad = &grad};
}

inline Parameter rows(Matrix& value, const RowGradient& gradient, bool sparse = false)
{
    return {.name = "weight", .value = &value, .row_grad = &gradient, .sparse = sparse};
}

} // namespace embedscope::test
