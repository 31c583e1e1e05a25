// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/io/tensor_view.h"
#include "core/table/vocabulary.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Texts that go along with the tensors, such as the tokens of the rows.
struct PyTorchTexts
{
    std::string name; // of an attribute in Python
    std::vector<std::string_view> texts;
};

PyTorchTexts textsOf(const std::string& name, const Vocabulary& vocabulary);

/// Writes a state dict that torch.load() reads, with weights_only=True as well: the layout of PyTorch 1.6, numbers
/// aligned to 64 bytes, the same input the same bytes.
///
/// The dict holds the tensors and nothing else, so that load_state_dict() takes it, strictly, and
/// `torch.load(path)["embedding.weight"]` is the table. The texts are attributes of the dict, as the versions are that
/// PyTorch itself keeps with a state dict (`_metadata`): `torch.load(path).vocabulary` is a list of str. They could not
/// be keys, since load_state_dict() refuses keys that the module does not have; nor a file beside, which gets lost and
/// cannot keep every token.
///
/// FormatRefused where a text is not UTF-8 or PyTorch has no such type of number; FileUnwritable, DiskFull, Cancelled.
Result<void> writePyTorch(const std::vector<TensorView>& tensors, const std::vector<PyTorchTexts>& texts,
                          const std::filesystem::path& path, const std::stop_token& stop, Progress& progress);

} // namespace embedscope
