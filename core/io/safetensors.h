// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/tensor_view.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// One tensor as the header of a safetensors file announces it.
struct SafetensorsEntry
{
    std::string name;
    std::string dtype;
    std::vector<Index> shape;
    std::size_t begin = 0; // in bytes, from the start of the file
    std::size_t end = 0;
};

struct SafetensorsHeader
{
    std::vector<SafetensorsEntry> entries; // in the order of their bytes
    std::map<std::string, std::string> metadata;
};

/// Whether the length and the first sign of a header stand where they must.
bool startsAsSafetensors(std::string_view bytes);

/// Reads the header and holds it against the file: tensors fill the data without holes or overlaps, each as long as its
/// type and shape say. `place` names the file in errors: FileDamaged, FormatRefused (unknown types).
Result<SafetensorsHeader> readSafetensorsHeader(std::string_view bytes, const std::string& place);

struct SafetensorsLayout
{
    std::string header;                   // length and JSON, padded so that the data starts at a multiple of 8
    std::vector<const TensorView*> order; // as the data follow: widest type first, then by name
};

/// FormatRefused where a name or a metadata text is not UTF-8, or the header would be longer than readers accept.
Result<SafetensorsLayout> layOutSafetensors(const std::vector<TensorView>& tensors,
                                            const std::map<std::string, std::string>& metadata,
                                            const std::string& place);

} // namespace embedscope
