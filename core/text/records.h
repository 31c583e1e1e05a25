// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <limits>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// How the lines of a file fall into cells; '\0' where they do not.
struct CellSyntax
{
    char delimiter = '\0';
    bool quoted = false; // as in RFC 4180: a quoted cell may hold delimiters, line breaks and doubled quotes
};

/// One line, or several where a quoted cell holds line breaks. The view has no line end.
struct Record
{
    std::string_view raw;
    std::int64_t line = 0; // of its first character, from 1
};

struct Records
{
    std::vector<Record> records; // those that are not blank
    std::int64_t lines = 0;
    std::int64_t emptyLines = 0;
};

struct RecordLimits
{
    std::size_t records = std::numeric_limits<std::size_t>::max();
    std::size_t bytes = std::numeric_limits<std::size_t>::max();
};

/// Cuts the content into records, at most as many as the limits say.
/// Errors: FileDamaged (a quote that is never closed, a line that is too long for a sentence), Cancelled.
Result<Records> splitRecords(std::string_view content, const CellSyntax& syntax, const std::string& path,
                             std::stop_token stop, const RecordLimits& limits = {});

/// The raw cells of a record, quotes included.
std::vector<std::string_view> splitCells(std::string_view record, const CellSyntax& syntax);

/// What a raw cell means: without its quotes, doubled quotes single, blanks at both ends gone.
std::string cellText(std::string_view cell, const CellSyntax& syntax);

/// Without ASCII blanks at both ends.
std::string_view trimmed(std::string_view text);

} // namespace embedscope
