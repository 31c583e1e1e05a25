// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace embedscope {

/// The kinds of number that .npy and safetensors files hold.
enum class ElementType {
    Bool,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float16,
    BFloat16,
    Float32,
    Float64,
};

/// "float32" and so on, as numpy and PyTorch spell it.
std::string_view elementName(ElementType type);
std::size_t elementSize(ElementType type);
bool isFloatingPoint(ElementType type);

/// numpy's two characters, such as "f4"; empty for bfloat16, which numpy does not know.
std::string_view numpyCode(ElementType type);
std::optional<ElementType> elementFromNumpyCode(std::string_view code);

/// The name in a safetensors header, such as "F32".
std::string_view safetensorsCode(ElementType type);
std::optional<ElementType> elementFromSafetensorsCode(std::string_view code);

/// How numbers lie in a file.
struct ElementLayout
{
    ElementType type = ElementType::Float32;
    bool bigEndian = false;
};

/// Converts `count` numbers at `in`, of any alignment, to the nearest float32.
void convertToFloat(const char* in, ElementLayout layout, Index count, float* out);

/// The same to int64, for integers and booleans; false where an uint64 does not fit.
bool convertToInt64(const char* in, ElementLayout layout, Index count, std::int64_t* out);

} // namespace embedscope
