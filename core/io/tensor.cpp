// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_view.h"

#include <limits>
#include <utility>

namespace embedscope {

namespace {

template <class T>
std::string_view bytesOf(const T* values, std::size_t count)
{
    return {reinterpret_cast<const char*>(values), count * sizeof(T)};
}

ElementType elementTypeOf(const Tensor& tensor)
{
    constexpr ElementType kTypes[] = {ElementType::Float32, ElementType::Int64, ElementType::UInt8};
    return kTypes[tensor.data.index()];
}

} // namespace

Tensor Tensor::fromMatrix(const ConstMatrixRef& matrix)
{
    std::vector<float> values(static_cast<std::size_t>(matrix.size()));
    MatrixMap(values.data(), matrix.rows(), matrix.cols()) = matrix;
    return {{matrix.rows(), matrix.cols()}, std::move(values)};
}

Tensor Tensor::fromVector(const float* values, Index size)
{
    return {{size}, std::vector<float>(values, values + size)};
}

Index Tensor::size() const
{
    Index product = 1;
    for (const Index extent : shape)
        product *= extent;
    return product;
}

TensorView viewOf(const std::string& name, const Tensor& tensor)
{
    const auto bytes = std::visit([](const auto& v) { return bytesOf(v.data(), v.size()); }, tensor.data);
    return {name, elementTypeOf(tensor), tensor.shape, bytes};
}

TensorView viewOf(const std::string& name, const Matrix& matrix)
{
    return viewOf(name, ConstMatrixMap(matrix.data(), matrix.rows(), matrix.cols()));
}

TensorView viewOf(const std::string& name, const ConstMatrixMap& matrix)
{
    return {name,
            ElementType::Float32,
            {matrix.rows(), matrix.cols()},
            bytesOf(matrix.data(), static_cast<std::size_t>(matrix.size()))};
}

Result<std::vector<TensorView>> viewsOf(const TensorMap& tensors)
{
    std::vector<TensorView> views;
    for (const auto& [name, tensor] : tensors) {
        views.push_back(viewOf(name, tensor));
        const TensorView& view = views.back();
        const auto count = elementCount(view.shape);
        if (!count || *count * elementSize(view.type) != view.bytes.size())
            return fail(ErrorCode::Internal,
                        {"the values of " + name + " do not fill its shape " + shapeText(view.shape)});
    }
    return views;
}

std::optional<std::size_t> elementCount(const std::vector<Index>& shape)
{
    // An empty array stays empty, however large its other extents are.
    for (const Index extent : shape)
        if (extent == 0)
            return 0;
    // So that the number of bytes can be counted as well.
    constexpr Index kMost = std::numeric_limits<Index>::max() / 16;
    Index product = 1;
    for (const Index extent : shape) {
        if (extent < 0 || product > kMost / extent)
            return std::nullopt;
        product *= extent;
    }
    return static_cast<std::size_t>(product);
}

std::string shapeText(const std::vector<Index>& shape)
{
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    return text + (shape.size() == 1 ? ",)" : ")");
}

Result<Tensor> makeTensor(std::string_view bytes, ElementLayout layout, std::vector<Index> shape,
                          const std::string& place)
{
    const std::size_t count = bytes.size() / elementSize(layout.type);
    const auto signedCount = static_cast<Index>(count);
    Tensor tensor{std::move(shape), {}};
    if (isFloatingPoint(layout.type)) {
        convertToFloat(bytes.data(), layout, signedCount, tensor.data.emplace<0>(count).data());
    } else if (layout.type == ElementType::UInt8 || layout.type == ElementType::Bool) {
        tensor.data.emplace<2>(bytes.begin(), bytes.end());
    } else if (!convertToInt64(bytes.data(), layout, signedCount, tensor.data.emplace<1>(count).data())) {
        return fail(ErrorCode::FormatRefused, {place, "an array of uint64", "some values are above 2^63 - 1",
                                               "Convert it to int64 or a floating-point type first."});
    }
    return tensor;
}

} // namespace embedscope
