// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace embedscope {

/// The bytes of a text file without a UTF-8 byte order mark. Starts `progress` with twice the size of the file and adds
/// what is read, so that whoever parses the text can fill the second half.
/// Errors: FileNotFound, FileUnreadable, FileEmpty, FileNotText (a zero byte, as in UTF-16 or binary files), Cancelled.
EMBEDSCOPE_EXPORT Result<std::string> readTextFile(const std::filesystem::path& path, std::stop_token stop,
                                                   Progress& progress);

} // namespace embedscope
