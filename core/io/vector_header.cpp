// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vector_header.h"

#include "core/base/strings.h"
#include "core/io/text_lines.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr std::size_t kLongestLine = 64;

/// Digits only: no sign, no blanks.
std::optional<Index> parseCount(std::string_view text)
{
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? parseInteger(text) : std::nullopt;
}

} // namespace

std::optional<VectorHeader> parseVectorHeader(std::string_view bytes)
{
    std::size_t end = 0;
    const std::string_view line = withoutTrailingBlanks(nextLine(bytes.substr(0, kLongestLine), end));
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || (end == kLongestLine && bytes[end - 1] != '\n'))
        return std::nullopt;
    const auto rows = parseCount(line.substr(0, blank));
    const auto dim = parseCount(line.substr(blank + 1));
    if (!rows || !dim || *dim < 1)
        return std::nullopt;
    return VectorHeader{*rows, *dim, end};
}

} // namespace embedscope
