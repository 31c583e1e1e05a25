// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace embedscope::detail {

/// A file of core/train/pytorch_project/, as it was when this program was built.
struct ProjectFile
{
    const char* name;
    std::string_view content;
};

std::span<const ProjectFile> projectFiles();

} // namespace embedscope::detail
