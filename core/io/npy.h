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

/// What the header of a .npy file says of any kind of array (numpy.lib.format, versions 1 to 3).
struct NpyDescription
{
    std::string descr; // "<f4" and the like
    bool fortranOrder = false;
    std::vector<Index> shape;
    std::size_t dataOffset = 0;
};

/// The same of an array of plain numbers.
struct NpyHeader
{
    ElementLayout layout;
    bool fortranOrder = false;
    std::vector<Index> shape;
    std::size_t dataOffset = 0;
};

bool startsAsNpy(std::string_view bytes);

/// Reads the header alone; `start` need not hold what follows it. FileDamaged, FormatRefused (records).
Result<NpyDescription> readNpyDescription(std::string_view start, const std::string& place);

/// The longest beginning of a file that readNpyDescription() looks at.
inline constexpr std::size_t kNpyStart = 10012;

/// Reads the header and checks that exactly the announced values follow. `place` names the file in errors:
/// FileDamaged, FileTruncated, FormatRefused (Python objects, text, complex numbers, records).
Result<NpyHeader> readNpyHeader(std::string_view bytes, const std::string& place);

/// The header of an array that can be a table: of two dimensions, none of them 0.
/// Also FormatRefused (another shape) and FileEmpty.
Result<NpyHeader> readNpyTableHeader(std::string_view bytes, const std::string& place);

/// Reads a whole .npy as a tensor in C order.
Result<Tensor> readNpyTensor(std::string_view bytes, const std::string& place);

/// The header of version 1.0 that numpy would write for an array in C order.
std::string npyHeaderFor(const TensorView& view);
std::string npyHeaderFor(const std::string& descr, const std::vector<Index>& shape);

} // namespace embedscope
