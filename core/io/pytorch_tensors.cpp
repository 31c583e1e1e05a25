// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/mapped_file.h"
#include "core/io/pytorch_file.h"
#include "core/io/tensor_view.h"

#include <utility>

namespace embedscope {

namespace {

// Tensors may share a storage, tied weights do; but a small file must not become many large tensors.
constexpr std::size_t kAlwaysFine = std::size_t{16} << 20U;
constexpr std::size_t kMostShared = 4;

/// Appends the numbers of the dimensions from `dimension` on, in the order of their indices.
void gather(std::string_view storage, const PyTorchTensor& tensor, std::size_t dimension, std::size_t first,
            std::string& out)
{
    const std::size_t size = tensor.storage.type->size;
    if (dimension == tensor.shape.size()) {
        out.append(storage.substr(first * size, size));
        return;
    }
    for (Index i = 0; i < tensor.shape[dimension]; ++i)
        gather(storage, tensor, dimension + 1, first + static_cast<std::size_t>(i * tensor.strides[dimension]), out);
}

Result<Tensor> readTensor(const PyTorchFile& file, const PyTorchTensor& tensor, const std::string& place)
{
    const PyTorchStorageType& type = *tensor.storage.type;
    if (!type.element)
        return fail(ErrorCode::FormatRefused, {place, "the type " + std::string(type.dtype) + " of " + tensor.name,
                                               "it is not a plain number", "Save the tensor as float32."});
    std::string owned;
    std::string_view storage;
    if (const auto bytes = file.inPlace(tensor.storage)) {
        storage = *bytes;
    } else {
        owned.resize(tensor.storage.bytes());
        if (const auto read = file.readInto(tensor.storage, owned.data(), {}); !read)
            return fail(read.error());
        storage = owned;
    }
    const ElementLayout layout{*type.element, file.bigEndian()};
    const std::size_t bytes = elementCount(tensor.shape).value_or(0) * type.size;
    if (bytes == 0 || tensor.isContiguous())
        return makeTensor(storage.substr(bytes == 0 ? 0 : tensor.offset * type.size, bytes), layout, tensor.shape,
                          place);
    std::string numbers;
    numbers.reserve(bytes);
    gather(storage, tensor, 0, tensor.offset, numbers);
    return makeTensor(numbers, layout, tensor.shape, place);
}

} // namespace

Result<TensorFile> readPyTorch(const std::filesystem::path& path)
{
    const auto mapped = MappedFile::open(path);
    if (!mapped)
        return fail(mapped.error());
    const std::string place = path.string();
    const auto pytorch = PyTorchFile::open(mapped->bytes(), place, {});
    if (!pytorch)
        return fail(pytorch.error());
    TensorFile file;
    std::size_t budget = kAlwaysFine + kMostShared * mapped->bytes().size();
    for (const PyTorchTensor& tensor : pytorch->state().tensors) {
        if (tensor.storage.bytes() > budget)
            return fail(ErrorCode::FormatRefused,
                        {place, "a file whose tensors share their numbers", "they would be many times as large as it",
                         "In Python, save the tensors that you need alone."});
        budget -= tensor.storage.bytes();
        auto read = readTensor(*pytorch, tensor, place + ": " + tensor.name);
        if (!read)
            return fail(read.error());
        file.tensors.emplace(tensor.name, std::move(*read));
    }
    return file;
}

} // namespace embedscope
