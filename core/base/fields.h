// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

namespace embedscope {

/// Name -> value as text: how options stand in a run log and in files.
using Fields = std::map<std::string, std::string>;

} // namespace embedscope
