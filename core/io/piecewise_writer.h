// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/io/atomic_file.h"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace embedscope {

/// Writes `bytes` in pieces, so that it can be stopped and watched. Errors of AtomicFile::write(), or Cancelled.
Result<void> writePiecewise(AtomicFile& file, std::string_view bytes, const std::stop_token& stop, Progress& progress);

/// The shortest text that reads back as the same float32.
void appendNumber(std::string& out, float value);

/// Appends what a file holds for the rows [begin, end). Called from several threads at once.
using FormatRows = std::function<void(Index begin, Index end, std::string& out)>;

/// Writes the rows in their order, a few hundred kilobytes at a time, formatted in parallel.
Result<void> writeRows(AtomicFile& file, Index rows, Index dim, const FormatRows& format, const std::stop_token& stop,
                       Progress& progress);

} // namespace embedscope
