// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace embedscope {

/// What stands between the columns of a file of ratings.
enum class RatingSeparator { Tab, DoubleColon, Comma, Blanks };
/// "tab", "::", "comma", "blanks".
EMBEDSCOPE_EXPORT std::string_view ratingSeparatorName(RatingSeparator separator);

struct Rating
{
    std::int32_t user = 0; // row of the users' vocabulary
    std::int32_t item = 0;
    float value = 1; // 1 where the file has no ratings

    bool operator==(const Rating&) const = default;
};

struct RatingFileReport
{
    RatingSeparator separator = RatingSeparator::Blanks;
    bool header = false;
    std::int64_t lines = 0; // with the header and empty ones
    std::int64_t emptyLines = 0;
    std::int64_t invalidUtf8 = 0; // lines with ill-formed bytes, which were replaced by U+FFFD
    std::int64_t kept = 0;        // ratings that were not replaced by a later one
};

/// Who rated what. Users and items are numbered in the order in which they first occur.
struct RatingSet
{
    Vocabulary users;
    Vocabulary items;
    std::vector<Rating> ratings; // in the order of the files and their lines
    bool hasValues = true;       // false: the files only say who had to do with what
    std::int64_t duplicates = 0; // ratings replaced by a later one of the same user and item, in any of the files
    std::vector<RatingFileReport> files;
};

/// Reads `user item [rating [time]]`, one a line, from one file or several as if they were one. Users and items are any
/// text; ratings are finite numbers; times are not looked at. Separator, header and whether there are ratings are found
/// by content, for each file. UTF-8, with or without a byte order mark, CRLF or a final line end.
/// Errors: FileNotFound, FileUnreadable, FileEmpty, FileNotText, FormatRefused (no such columns, columns in another
/// order, one file with and one without ratings), FileDamaged (with the line), Cancelled.
EMBEDSCOPE_EXPORT Result<RatingSet> readRatings(std::span<const std::filesystem::path> paths, std::stop_token stop,
                                                Progress& progress);

} // namespace embedscope
