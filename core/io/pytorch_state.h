// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/array_choice.h"
#include "core/io/pickle.h"
#include "core/io/pytorch_tensor.h"
#include "core/table/vocabulary.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// What a state dict holds, however it is nested.
struct PyTorchState
{
    Pickle pickle;
    std::vector<PyTorchTensor> tensors;   // no one reaches beyond its storage
    std::vector<PyTorchStorage> storages; // all that the pickle names, those of no tensor as well
    std::vector<PickleRef> vocabularies;  // lists and dicts under a name such as "vocab"
};

/// Finds the tensors in a pickle that was read by pyTorchRules(). Their names are the keys of the dicts, and the
/// positions in the lists, that lead to them, with dots between; a tensor alone is called "tensor". Other values are
/// left out. `place` names the file in errors: FileDamaged, FormatRefused (a tensor that repeats its numbers),
/// Cancelled.
Result<PyTorchState> findTensors(Pickle pickle, const std::string& place, const std::stop_token& stop);

std::vector<ArrayInfo> arraysOf(const PyTorchState& state);

/// The tokens of the first `wanted` of `rows` rows, where a list of texts in the state has one for each row, or a dict
/// from tokens to row numbers (or back) has each row once.
std::optional<Vocabulary> findVocabulary(const PyTorchState& state, Index rows, Index wanted);

} // namespace embedscope
