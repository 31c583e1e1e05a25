// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace embedscope {

/// A named dense array of a .npz or safetensors file: C order, float32, int64 or bytes.
struct Tensor
{
    std::vector<Index> shape;
    std::variant<std::vector<float>, std::vector<std::int64_t>, std::vector<std::uint8_t>> data;

    static EMBEDSCOPE_EXPORT Tensor fromMatrix(const ConstMatrixRef& matrix); // rows x cols
    static EMBEDSCOPE_EXPORT Tensor fromVector(const float* values, Index size);
    [[nodiscard]] EMBEDSCOPE_EXPORT Index size() const; // product of the shape
};

using TensorMap = std::map<std::string, Tensor>;

struct TensorFile
{
    TensorMap tensors;
    std::map<std::string, std::string> metadata; // safetensors only
};

/// numpy's .npz (np.load reads it, np.savez wrote it): stored or deflated zip of .npy. float64 and float16 are
/// converted to float32, other integers to int64; uint8 stays bytes.
EMBEDSCOPE_EXPORT Result<TensorFile> readNpz(const std::filesystem::path& path);
EMBEDSCOPE_EXPORT Result<void> writeNpz(const TensorFile& file, const std::filesystem::path& path);

/// huggingface/safetensors.
EMBEDSCOPE_EXPORT Result<TensorFile> readSafetensors(const std::filesystem::path& path);
/// The same of bytes that lie in memory; `place` names them in errors.
EMBEDSCOPE_EXPORT Result<TensorFile> readSafetensors(std::string_view bytes, const std::string& place);
EMBEDSCOPE_EXPORT Result<void> writeSafetensors(const TensorFile& file, const std::filesystem::path& path);

/// A state dict that torch.save() wrote, of either layout; its tensors under the names that findTensors() gives them.
/// Nothing of it is run; FormatRefused names what a file asks for beyond tensors. FileDamaged.
EMBEDSCOPE_EXPORT Result<TensorFile> readPyTorch(const std::filesystem::path& path);

} // namespace embedscope
