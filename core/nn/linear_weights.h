// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/linear.h"
#include "core/nn/named_weight.h"

#include <string_view>
#include <vector>

namespace embedscope::detail {

inline std::vector<NamedWeight> weightsOf(Linear& linear)
{
    return {{"weight", &linear.weight, &linear.weight_grad}, {"bias", &linear.bias, &linear.bias_grad, 1}};
}

/// Adds the weights of a part of a layer under the layer's name for it: "self_attn." + "in_proj_weight".
inline void appendWeights(std::vector<NamedWeight>& out, std::string_view prefix, std::vector<NamedWeight> part)
{
    for (NamedWeight& weight : part) {
        weight.name.insert(0, prefix);
        out.push_back(std::move(weight));
    }
}

} // namespace embedscope::detail
