// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

namespace embedscope {

bool startsAsGzip(std::string_view bytes);

/// Unpacks at most `most` bytes of a gzip file of one or several members (RFC 1952), each checked against its checksum.
/// FileDamaged, FormatRefused where it is made to fill the memory, Cancelled.
Result<std::string> gunzip(std::string_view bytes, std::size_t most, const std::string& place,
                           const std::stop_token& stop, Progress& progress);

} // namespace embedscope
