// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/command_item.h"
#include "ui/workspace.h"

#include <functional>

namespace embedscope {

/// Offers the tokens of the open table: the exact one first, then those that begin with what was typed, in row order.
CommandProvider tokenProvider(Workspace* workspace);

/// Offers what was typed as a formula where it has two or more tokens; `run` gets its text.
CommandProvider formulaProvider(Workspace* workspace, std::function<void(const QString&)> run);

} // namespace embedscope
