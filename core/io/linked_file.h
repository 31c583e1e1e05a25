// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/fields.h"
#include "core/io/run_directory.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace embedscope {

/// A file that another one is made from but does not hold: where it was, seen from anywhere and from there, and how to
/// tell that it is still the same.
struct LinkedFile
{
    FileStamp stamp;
    std::string relative; // from the folder of the file that has the link; empty where no way leads there
    Fields options;       // how it was read

    bool operator==(const LinkedFile&) const = default;
};

/// Reads all of `file` for its checksum. FileNotFound, FileUnreadable, Cancelled.
EMBEDSCOPE_EXPORT Result<LinkedFile> linkTo(const std::filesystem::path& file, const std::filesystem::path& from,
                                            const std::stop_token& stop = {});

/// Where the linked file is now: the same way from `from`, else where it was, else beside `from`; the first that has
/// the size and checksum of the link. LinkMissing, or LinkChanged where only others stand there; FileUnreadable,
/// Cancelled.
EMBEDSCOPE_EXPORT Result<std::filesystem::path> locate(const LinkedFile& link, const std::filesystem::path& from,
                                                       const std::stop_token& stop = {});

} // namespace embedscope
