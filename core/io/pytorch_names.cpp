// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pytorch_names.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace embedscope {

namespace {

constexpr PyTorchStorageType kStorages[] = {
    {"torch.FloatStorage", "float32", 4, ElementType::Float32},
    {"torch.HalfStorage", "float16", 2, ElementType::Float16},
    {"torch.BFloat16Storage", "bfloat16", 2, ElementType::BFloat16},
    {"torch.DoubleStorage", "float64", 8, ElementType::Float64},
    {"torch.LongStorage", "int64", 8, ElementType::Int64},
    {"torch.IntStorage", "int32", 4, ElementType::Int32},
    {"torch.ShortStorage", "int16", 2, ElementType::Int16},
    {"torch.CharStorage", "int8", 1, ElementType::Int8},
    {"torch.ByteStorage", "uint8", 1, ElementType::UInt8},
    {"torch.BoolStorage", "bool", 1, ElementType::Bool},
    {"torch.ComplexFloatStorage", "complex64", 8},
    {"torch.ComplexDoubleStorage", "complex128", 16},
    // Early versions named the storages of a graphics card apart; they are stored as the others are.
    {"torch.cuda.FloatStorage", "float32", 4, ElementType::Float32},
    {"torch.cuda.HalfStorage", "float16", 2, ElementType::Float16},
    {"torch.cuda.BFloat16Storage", "bfloat16", 2, ElementType::BFloat16},
    {"torch.cuda.DoubleStorage", "float64", 8, ElementType::Float64},
    {"torch.cuda.LongStorage", "int64", 8, ElementType::Int64},
    {"torch.cuda.IntStorage", "int32", 4, ElementType::Int32},
    {"torch.cuda.ShortStorage", "int16", 2, ElementType::Int16},
    {"torch.cuda.CharStorage", "int8", 1, ElementType::Int8},
    {"torch.cuda.ByteStorage", "uint8", 1, ElementType::UInt8},
    {"torch.cuda.BoolStorage", "bool", 1, ElementType::Bool},
};

// How tensors are put together, and values that stand beside them in checkpoints. None of it is ever called.
constexpr std::string_view kOtherNames[] = {
    kOrderedDict,
    "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_parameter",
    "torch._utils._rebuild_parameter_with_state",
    "torch.Size",
    "torch.device",
    "torch.float16",
    "torch.bfloat16",
    "torch.float32",
    "torch.float64",
    "torch.int8",
    "torch.uint8",
    "torch.int16",
    "torch.int32",
    "torch.int64",
    "torch.bool",
    "__builtin__.set",
    "builtins.set",
};

constexpr const char* kSaveTheState = "In Python, save the weights alone: torch.save(model.state_dict(), path).";

const std::vector<std::string_view>& allNames()
{
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all(std::begin(kOtherNames), std::end(kOtherNames));
        for (const PyTorchStorageType& type : kStorages)
            all.push_back(type.name);
        return all;
    }();
    return names;
}

/// The state of a module has these two behind its class, before anything large.
bool isModule(std::string_view follows)
{
    constexpr std::size_t kWindow = 65536;
    const std::string_view near = follows.substr(0, kWindow);
    return near.find("_parameters") != std::string_view::npos && near.find("_buffers") != std::string_view::npos;
}

/// Whether an object of the class that was just named is made: by (), or within the identifier of a whole module.
bool makesObject(std::string_view follows)
{
    constexpr std::size_t kWindow = 12; // with room for instructions that remember values
    return follows.substr(0, kWindow).find('\x81') != std::string_view::npos ||
           follows.substr(0, kWindow).find('X') != std::string_view::npos;
}

Error refusal(const std::string& place, const std::string& name, std::string_view follows)
{
    const std::string why = "it is Python code, and nothing of it was run";
    if (name.starts_with("__torch__"))
        return {ErrorCode::FormatRefused, {place, "a TorchScript model (" + name + ")", why, kSaveTheState}};
    if (makesObject(follows) && isModule(follows))
        return {ErrorCode::FormatRefused, {place, "a whole model (" + name + ")", why, kSaveTheState}};
    return {ErrorCode::FormatRefused,
            {place, "a PyTorch file that asks for " + name, "it is no part of a tensor, and nothing was run",
             kSaveTheState}};
}

} // namespace

const PyTorchStorageType* pyTorchStorageType(std::string_view name)
{
    const auto* found = std::find_if(std::begin(kStorages), std::end(kStorages),
                                     [name](const PyTorchStorageType& type) { return type.name == name; });
    return found == std::end(kStorages) ? nullptr : found;
}

std::string_view pyTorchStorageClass(ElementType element)
{
    constexpr std::string_view kModule = "torch.";
    const auto* found = std::find_if(std::begin(kStorages), std::end(kStorages),
                                     [element](const PyTorchStorageType& type) { return type.element == element; });
    return found == std::end(kStorages) ? std::string_view() : found->name.substr(kModule.size());
}

PickleRules pyTorchRules(const std::string& place)
{
    return {allNames(),
            [place](const std::string& name, std::string_view follows) { return refusal(place, name, follows); },
            place};
}

} // namespace embedscope
