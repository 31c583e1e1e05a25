// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/io/element_type.h"
#include "core/io/tensor_file.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// A named array that lies in somebody's memory in C order, ready to be written.
struct TensorView
{
    std::string name;
    ElementType type = ElementType::Float32;
    std::vector<Index> shape;
    std::string_view bytes;
};

/// huggingface/safetensors, straight from where the numbers lie.
EMBEDSCOPE_EXPORT Result<void> writeSafetensors(const std::vector<TensorView>& tensors,
                                                const std::map<std::string, std::string>& metadata,
                                                const std::filesystem::path& path);

TensorView viewOf(const std::string& name, const Tensor& tensor);
EMBEDSCOPE_EXPORT TensorView viewOf(const std::string& name, const Matrix& matrix);
EMBEDSCOPE_EXPORT TensorView viewOf(const std::string& name, const ConstMatrixMap& matrix);
/// All tensors by name; Internal where the values of one are not as many as its shape says.
Result<std::vector<TensorView>> viewsOf(const TensorMap& tensors);

/// Product of a shape; nullopt where it is negative or too large to count.
std::optional<std::size_t> elementCount(const std::vector<Index>& shape);

/// "(3, 300)"
std::string shapeText(const std::vector<Index>& shape);

/// `bytes` in C order as a tensor: floating point to float32, other numbers to int64, uint8 and bool stay bytes.
/// FormatRefused where an uint64 does not fit. `place` names file and array in the error.
Result<Tensor> makeTensor(std::string_view bytes, ElementLayout layout, std::vector<Index> shape,
                          const std::string& place);

} // namespace embedscope
