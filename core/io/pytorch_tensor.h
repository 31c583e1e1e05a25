// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/io/pickle_heap.h"
#include "core/io/pytorch_names.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace embedscope {

/// The numbers of one or more tensors.
struct PyTorchStorage
{
    std::string_view key; // under which the file holds it; a part of the pickle
    const PyTorchStorageType* type = nullptr;
    std::size_t count = 0;  // of numbers
    std::size_t offset = 0; // where a view of it begins; in files of before 2018 only

    [[nodiscard]] std::size_t bytes() const { return count * type->size; }
};

/// A view of a storage: number (i, j, ...) lies at offset + i * strides[0] + j * strides[1] + ...
struct PyTorchTensor
{
    std::string name;
    PyTorchStorage storage;
    std::size_t offset = 0;
    std::vector<Index> shape;
    std::vector<Index> strides;

    /// Whether its numbers lie one after the other, in the order of their indices.
    [[nodiscard]] bool isContiguous() const;
};

/// By the value that stands for them in the pickle.
using PyTorchStorages = std::unordered_map<PickleRef, PyTorchStorage>;

/// What a Persistent of the pickle describes. FileDamaged.
Result<PyTorchStorage> pyTorchStorage(const PickleHeap& heap, PickleRef persistent, const std::string& place);

/// Whether a value is a call that would put a tensor or a parameter together.
bool makesTensor(const PickleHeap& heap, PickleRef value);

/// What such a call describes, still without a name; it does not reach beyond its storage. FileDamaged, FormatRefused
/// (a tensor that repeats its numbers).
Result<PyTorchTensor> pyTorchTensor(const PickleHeap& heap, PickleRef call, const PyTorchStorages& storages,
                                    const std::string& place);

} // namespace embedscope
