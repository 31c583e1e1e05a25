// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/element_type.h"
#include "core/io/tensor_view.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// What the header of a .npy file says (numpy.lib.format, versions 1 to 3).
struct NpyHeader
{
    ElementLayout layout;
    bool fortranOrder = false;
    std::vector<Index> shape;
    std::size_t dataOffset = 0;
};

bool startsAsNpy(std::string_view bytes);

/// Reads the header and checks that exactly the announced values follow. `place` names the file in errors:
/// FileDamaged, FileTruncated, FormatRefused (Python objects, text, complex numbers, records).
Result<NpyHeader> readNpyHeader(std::string_view bytes, const std::string& place);

/// Reads a whole .npy as a tensor in C order.
Result<Tensor> readNpyTensor(std::string_view bytes, const std::string& place);

/// The header of version 1.0 that numpy would write for an array in C order.
std::string npyHeaderFor(const TensorView& view);

} // namespace embedscope
