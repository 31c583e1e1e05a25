// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/tensor_file.h"

#include <string>

namespace embedscope::test {

/// What is wrong with the results, one line an array; empty where each expected array was produced, with its shape, and
/// |got - expected| <= tolerance * max(1, |expected|) for all its elements.
std::string differences(const TensorMap& got, const TensorMap& expected, double tolerance);

} // namespace embedscope::test
