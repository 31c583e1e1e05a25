// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_file.h"

#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

namespace embedscope::fuzz {

namespace {

using ReadTensors = Result<TensorFile> (*)(const std::filesystem::path&);

std::string problemOfTensors(const Result<TensorFile>& file)
{
    if (!file)
        return problemOf(file.error());
    for (const auto& [name, tensor] : file->tensors) {
        const auto held = std::visit([](const auto& data) { return std::ssize(data); }, tensor.data);
        if (held != tensor.size())
            return "a tensor holds another number of values than its shape says";
    }
    return {};
}

} // namespace

/// Files of several tensors, as runs and checkpoints are.
static const AddTarget kAdded("tensor_file", [](std::string_view bytes) {
    static const MemoryFile file;
    file.write(bytes);
    for (const ReadTensors read : {&readNpz, &readSafetensors})
        if (auto problem = problemOfTensors(read(file.path())); !problem.empty())
            return problem;
    return std::string();
});

} // namespace embedscope::fuzz
