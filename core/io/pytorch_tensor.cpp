// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pytorch_tensor.h"

#include "core/io/tensor_view.h"

#include <limits>
#include <utility>

namespace embedscope {

namespace {

using Refs = std::span<const PickleRef>;

constexpr std::size_t kMostExtents = 16;
constexpr std::size_t kMostWrappers = 8; // Parameter around tensor

tl::unexpected<Error> damaged(const std::string& place, const std::string& what)
{
    return fail(ErrorCode::FileDamaged, {place, "its state dict", what});
}

/// The name of what a Call calls; empty for other values.
std::string_view calleeOf(const PickleHeap& heap, PickleRef value)
{
    return heap.kind(value) == PickleKind::Call ? heap.text(heap.items(value)[0]).value_or("") : "";
}

Refs argumentsOf(const PickleHeap& heap, PickleRef call)
{
    return heap.items(heap.items(call)[1]);
}

Result<std::vector<Index>> extentsOf(const PickleHeap& heap, PickleRef value, const std::string& place)
{
    // torch.Size((3, 4)) is the tuple.
    if (calleeOf(heap, value) == "torch.Size" && argumentsOf(heap, value).size() == 1)
        value = argumentsOf(heap, value).front();
    const Refs items = heap.items(value);
    std::vector<Index> extents;
    if ((heap.kind(value) != PickleKind::Tuple && heap.kind(value) != PickleKind::List) || items.size() > kMostExtents)
        return damaged(place, "a shape is no list of numbers");
    for (const PickleRef item : items) {
        const auto number = heap.integer(item);
        if (!number || *number < 0)
            return damaged(place, "a shape is no list of numbers");
        extents.push_back(*number);
    }
    return extents;
}

/// Whether the last number of a tensor lies in its storage.
bool fits(const PyTorchTensor& tensor)
{
    const std::size_t count = tensor.storage.count;
    std::size_t last = tensor.offset;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        const auto steps = static_cast<std::size_t>(tensor.shape[i]) - 1;
        const auto stride = static_cast<std::size_t>(tensor.strides[i]);
        if (last >= count || (steps != 0 && stride > (count - last) / steps))
            return false;
        last += steps * stride;
    }
    return last < count;
}

/// _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks), of which _rebuild_tensor has the first
/// four.
Result<PyTorchTensor> rebuild(const PickleHeap& heap, PickleRef call, const PyTorchStorages& storages,
                              const std::string& place)
{
    const auto callee = calleeOf(heap, call);
    if (!callee.starts_with("torch._utils._rebuild_tensor"))
        return damaged(place, "a parameter has no tensor");
    const Refs arguments = argumentsOf(heap, call);
    const auto storage = arguments.size() >= 4 ? storages.find(arguments[0]) : storages.end();
    if (storage == storages.end())
        return damaged(place, "a tensor has no storage");
    const auto offset = heap.integer(arguments[1]);
    auto shape = extentsOf(heap, arguments[2], place);
    auto strides = extentsOf(heap, arguments[3], place);
    if (!offset || *offset < 0 || !shape || !strides || shape->size() != strides->size())
        return damaged(place, "offset, size or stride of a tensor is no number");
    PyTorchTensor tensor{
        {}, storage->second, static_cast<std::size_t>(*offset), std::move(*shape), std::move(*strides)};
    tensor.offset += tensor.storage.offset;
    const auto count = elementCount(tensor.shape);
    if (!count || (*count > 0 && !fits(tensor)))
        return damaged(place, "a tensor of shape " + shapeText(tensor.shape) + " reaches beyond its storage of " +
                                  std::to_string(tensor.storage.count) + " numbers");
    if (*count > tensor.storage.count)
        return fail(ErrorCode::FormatRefused,
                    {place, "an expanded tensor of shape " + shapeText(tensor.shape), "its numbers are stored once",
                     "In Python, call .contiguous() on it before saving."});
    return tensor;
}

} // namespace

bool PyTorchTensor::isContiguous() const
{
    Index expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] != 1 && strides[i] != expected)
            return false;
        expected *= shape[i];
    }
    return true;
}

/// ("storage", type, key, device, count) and, in the legacy layout, None or (key of the view, offset, count).
Result<PyTorchStorage> pyTorchStorage(const PickleHeap& heap, PickleRef persistent, const std::string& place)
{
    const Refs fields = heap.items(heap.items(persistent).front());
    if ((fields.size() != 5 && fields.size() != 6) || heap.text(fields[0]) != "storage")
        return damaged(place, "a value outside the pickle is no storage");
    PyTorchStorage storage;
    if (const auto name = heap.text(fields[1]); name && heap.kind(fields[1]) == PickleKind::Name)
        storage.type = pyTorchStorageType(*name);
    const auto key = heap.text(fields[2]);
    const auto count = heap.integer(fields[4]);
    if (storage.type == nullptr || !key || !count || *count < 0 ||
        *count > std::numeric_limits<std::int64_t>::max() / 16)
        return damaged(place, "a storage is described wrongly");
    storage.key = *key;
    storage.count = static_cast<std::size_t>(*count);
    if (fields.size() == 6 && fields[5] != PickleHeap::kNone) {
        const Refs view = heap.items(fields[5]);
        const auto offset = view.size() == 3 ? heap.integer(view[1]) : std::nullopt;
        if (!offset || *offset < 0 || *offset > *count)
            return damaged(place, "the view of a storage is described wrongly");
        storage.offset = static_cast<std::size_t>(*offset);
    }
    return storage;
}

bool makesTensor(const PickleHeap& heap, PickleRef value)
{
    return calleeOf(heap, value).starts_with("torch._utils._rebuild");
}

Result<PyTorchTensor> pyTorchTensor(const PickleHeap& heap, PickleRef call, const PyTorchStorages& storages,
                                    const std::string& place)
{
    // A parameter is its tensor.
    for (std::size_t i = 0; calleeOf(heap, call).starts_with("torch._utils._rebuild_parameter"); ++i) {
        const Refs arguments = argumentsOf(heap, call);
        if (arguments.empty() || i == kMostWrappers)
            return damaged(place, "a parameter has no tensor");
        call = arguments.front();
    }
    return rebuild(heap, call, storages, place);
}

} // namespace embedscope
