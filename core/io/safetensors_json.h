// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/safetensors.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// What is wrong with a JSON header, in words.
using JsonProblem = std::optional<std::string>;

/// Reads the JSON of a header into `header`; the offsets stay relative to the data. Refuses doubled keys, unknown
/// fields and everything nested deeper than a header is.
JsonProblem parseSafetensorsJson(std::string_view json, SafetensorsHeader& header);

/// ["the", "of", ...]; nullopt for anything else.
std::optional<std::vector<std::string>> parseJsonStrings(std::string_view json);

} // namespace embedscope
