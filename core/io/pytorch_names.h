// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/element_type.h"
#include "core/io/pickle.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace embedscope {

/// What numbers a storage of PyTorch holds.
struct PyTorchStorageType
{
    std::string_view name;                             // of its class, such as "torch.FloatStorage"
    std::string_view dtype;                            // "float32"
    std::size_t size = 0;                              // of one number, in bytes
    std::optional<ElementType> element = std::nullopt; // none for what is no plain number
};

/// Null for another name.
const PyTorchStorageType* pyTorchStorageType(std::string_view name);
/// The class of storages of a type, such as "FloatStorage" in the module torch; empty where it has none.
std::string_view pyTorchStorageClass(ElementType type);

/// How the file's pickle is to be read: the names that tensors need and no others. `place` names the file in errors.
PickleRules pyTorchRules(const std::string& place);

} // namespace embedscope
