// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/io/format.h"
#include "core/io/source.h"

#include <cstddef>
#include <filesystem>
#include <limits>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// What a reader is to be given for `path`: the file itself, or what is inside where it is gzipped or a zip archive
/// that is no format by itself (.npz and .pt are). Of an archive with several files, options.entry names the one
/// wanted. `most`: unpack no more than these bytes, for a look at the beginning; the result may then end anywhere.
/// FileDamaged, FormatRefused (what would fill the memory), EntryNeeded, ValueRefused (no such entry), Cancelled, and
/// the errors of Source::open().
Result<Source> openSource(const std::filesystem::path& path, const ReadOptions& options, const std::stop_token& stop,
                          Progress& progress, std::size_t most = std::numeric_limits<std::size_t>::max());

/// The files in a zip archive that can be chosen from: no folders, nothing that an operating system added. Empty where
/// `bytes` is no archive.
std::vector<std::string> entriesToChoose(std::string_view bytes, const std::string& place);

} // namespace embedscope
