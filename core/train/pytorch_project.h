// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/io/run_directory.h"

#include <filesystem>
#include <vector>

namespace embedscope {

/// Writes the trained model of a run as a folder to go on with in PyTorch: the same classifier as a module, its
/// weights, vocabulary and options, and programs that predict and train (README.md in the folder). The folder appears
/// when it is whole; of a project that is there already each file is replaced, and others stay. FileUnwritable for a
/// folder with anything else in it, DiskFull, RunDirectory where the run's parts do not fit together. The paths
/// written.
EMBEDSCOPE_EXPORT Result<std::vector<std::filesystem::path>> exportProject(const RunDirectory& run,
                                                                           const std::filesystem::path& folder);

/// Whether the folder holds such a project, whose files exportProject() replaces.
EMBEDSCOPE_EXPORT bool isPyTorchProject(const std::filesystem::path& folder);

} // namespace embedscope
