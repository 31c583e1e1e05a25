// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <optional>
#include <string>
#include <string_view>

namespace embedscope {

/// Byte offset of the first byte that is not part of well-formed UTF-8, or nullopt where all is well.
EMBEDSCOPE_EXPORT std::optional<std::size_t> firstInvalidUtf8(std::string_view bytes);

/// The bytes with each byte of an ill-formed sequence replaced by U+FFFD: for display and for formats that demand
/// UTF-8.
EMBEDSCOPE_EXPORT std::string toValidUtf8(std::string_view bytes);

/// Decodes the code point at `position` and moves behind it; U+FFFD for an ill-formed byte (moves one byte).
EMBEDSCOPE_EXPORT char32_t nextCodePoint(std::string_view bytes, std::size_t& position);
/// Appends U+FFFD for a surrogate and for what lies above U+10FFFF.
EMBEDSCOPE_EXPORT void appendUtf8(std::string& out, char32_t codePoint);

/// Whole-string numbers, correctly rounded and whatever the locale; nullopt where anything is left over
/// and for a value outside the range of the type (1e400, 1e-400).
EMBEDSCOPE_EXPORT std::optional<double> parseNumber(std::string_view text);
EMBEDSCOPE_EXPORT std::optional<long long> parseInteger(std::string_view text);

/// Shortest text that reads back as the same float32 (or float64), whatever the locale.
EMBEDSCOPE_EXPORT std::string formatNumber(float value);
EMBEDSCOPE_EXPORT std::string formatNumber(double value);

} // namespace embedscope
