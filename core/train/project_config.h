// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/run_directory.h"

#include <string>
#include <string_view>

namespace embedscope::detail {

/// What config.json of every exported project holds, and no other file is likely to.
inline constexpr std::string_view kProjectKind = "embedscope-pytorch-project";

/// config.json of an exported project: the options of model and training, how text becomes rows of the table, and how
/// labelled data was read. ValueRefused where the record has options that make no sense, RunDirectory where the weights
/// are not those of the record.
Result<std::string> projectConfig(const RunDirectory& run);

} // namespace embedscope::detail
