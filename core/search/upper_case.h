// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <string>
#include <string_view>

namespace embedscope {

/// The text in upper case by Unicode's full mapping, whatever the language, as Python's str.upper() has it: "straße"
/// gives "STRASSE". Bytes that are not UTF-8 stay as they are.
EMBEDSCOPE_EXPORT std::string toUpperCase(std::string_view text);

} // namespace embedscope
