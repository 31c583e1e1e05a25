// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/element_type.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>

namespace embedscope {

namespace {

static_assert(std::endian::native == std::endian::little, "files are little-endian; a big-endian machine must swap");

struct ElementInfo
{
    ElementType type;
    std::size_t size;
    std::string_view name;
    std::string_view numpy;
    std::string_view safetensors;
};

constexpr ElementInfo kElements[] = {
    {ElementType::Bool, 1, "bool", "b1", "BOOL"},       {ElementType::Int8, 1, "int8", "i1", "I8"},
    {ElementType::UInt8, 1, "uint8", "u1", "U8"},       {ElementType::Int16, 2, "int16", "i2", "I16"},
    {ElementType::UInt16, 2, "uint16", "u2", "U16"},    {ElementType::Int32, 4, "int32", "i4", "I32"},
    {ElementType::UInt32, 4, "uint32", "u4", "U32"},    {ElementType::Int64, 8, "int64", "i8", "I64"},
    {ElementType::UInt64, 8, "uint64", "u8", "U64"},    {ElementType::Float16, 2, "float16", "f2", "F16"},
    {ElementType::BFloat16, 2, "bfloat16", "", "BF16"}, {ElementType::Float32, 4, "float32", "f4", "F32"},
    {ElementType::Float64, 8, "float64", "f8", "F64"},
};

const ElementInfo& info(ElementType type)
{
    return *std::find_if(std::begin(kElements), std::end(kElements), [type](const auto& e) { return e.type == type; });
}

template <class T>
T load(const char* in, bool bigEndian)
{
    std::array<char, sizeof(T)> bytes{};
    std::memcpy(bytes.data(), in, sizeof(T));
    if (bigEndian)
        std::reverse(bytes.begin(), bytes.end());
    return std::bit_cast<T>(bytes);
}

/// Calls use(i, value) for each number, read as T.
template <class T, class Use>
void forEach(const char* in, bool bigEndian, Index count, const Use& use)
{
    for (Index i = 0; i < count; ++i)
        use(i, load<T>(in + i * static_cast<Index>(sizeof(T)), bigEndian));
}

template <class T>
void toFloat(const char* in, bool bigEndian, Index count, float* out)
{
    forEach<T>(in, bigEndian, count, [out](Index i, T value) { out[i] = static_cast<float>(value); });
}

void halfToFloat(const char* in, bool bigEndian, Index count, float* out)
{
    forEach<std::uint16_t>(in, bigEndian, count, [out](Index i, std::uint16_t bits) {
        out[i] = static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(bits));
    });
}

void bfloatToFloat(const char* in, bool bigEndian, Index count, float* out)
{
    forEach<std::uint16_t>(in, bigEndian, count, [out](Index i, std::uint16_t bits) {
        out[i] = std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
    });
}

template <class T>
bool toInt64(const char* in, bool bigEndian, Index count, std::int64_t* out)
{
    bool fits = true;
    forEach<T>(in, bigEndian, count, [&](Index i, T value) {
        if constexpr (std::is_same_v<T, std::uint64_t>)
            fits = fits && value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        out[i] = static_cast<std::int64_t>(value);
    });
    return fits;
}

} // namespace

std::string_view elementName(ElementType type)
{
    return info(type).name;
}

std::size_t elementSize(ElementType type)
{
    return info(type).size;
}

bool isFloatingPoint(ElementType type)
{
    return type == ElementType::Float16 || type == ElementType::BFloat16 || type == ElementType::Float32 ||
           type == ElementType::Float64;
}

std::string_view numpyCode(ElementType type)
{
    return info(type).numpy;
}

std::optional<ElementType> elementFromNumpyCode(std::string_view code)
{
    for (const ElementInfo& element : kElements)
        if (!code.empty() && element.numpy == code)
            return element.type;
    return std::nullopt;
}

std::string_view safetensorsCode(ElementType type)
{
    return info(type).safetensors;
}

std::optional<ElementType> elementFromSafetensorsCode(std::string_view code)
{
    for (const ElementInfo& element : kElements)
        if (element.safetensors == code)
            return element.type;
    return std::nullopt;
}

void convertToFloat(const char* in, ElementLayout layout, Index count, float* out)
{
    const bool big = layout.bigEndian;
    switch (layout.type) {
    case ElementType::Bool:
    case ElementType::UInt8:
        return toFloat<std::uint8_t>(in, big, count, out);
    case ElementType::Int8:
        return toFloat<std::int8_t>(in, big, count, out);
    case ElementType::Int16:
        return toFloat<std::int16_t>(in, big, count, out);
    case ElementType::UInt16:
        return toFloat<std::uint16_t>(in, big, count, out);
    case ElementType::Int32:
        return toFloat<std::int32_t>(in, big, count, out);
    case ElementType::UInt32:
        return toFloat<std::uint32_t>(in, big, count, out);
    case ElementType::Int64:
        return toFloat<std::int64_t>(in, big, count, out);
    case ElementType::UInt64:
        return toFloat<std::uint64_t>(in, big, count, out);
    case ElementType::Float16:
        return halfToFloat(in, big, count, out);
    case ElementType::BFloat16:
        return bfloatToFloat(in, big, count, out);
    case ElementType::Float32:
        return toFloat<float>(in, big, count, out);
    case ElementType::Float64:
        return toFloat<double>(in, big, count, out);
    }
}

bool convertToInt64(const char* in, ElementLayout layout, Index count, std::int64_t* out)
{
    const bool big = layout.bigEndian;
    switch (layout.type) {
    case ElementType::Bool:
    case ElementType::UInt8:
        return toInt64<std::uint8_t>(in, big, count, out);
    case ElementType::Int8:
        return toInt64<std::int8_t>(in, big, count, out);
    case ElementType::Int16:
        return toInt64<std::int16_t>(in, big, count, out);
    case ElementType::UInt16:
        return toInt64<std::uint16_t>(in, big, count, out);
    case ElementType::Int32:
        return toInt64<std::int32_t>(in, big, count, out);
    case ElementType::UInt32:
        return toInt64<std::uint32_t>(in, big, count, out);
    case ElementType::Int64:
        return toInt64<std::int64_t>(in, big, count, out);
    case ElementType::UInt64:
        return toInt64<std::uint64_t>(in, big, count, out);
    default:
        return false;
    }
}

} // namespace embedscope
