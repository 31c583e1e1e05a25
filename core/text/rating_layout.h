// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/text/ratings.h"
#include "core/text/records.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// How the lines of one file of ratings are to be read.
struct RatingLayout
{
    RatingSeparator separator = RatingSeparator::Blanks;
    std::size_t columns = 0; // 2 to 4
    bool header = false;
    bool hasValues = true; // the third column is the rating
};

/// How a file with this separator falls into records.
CellSyntax syntaxOf(RatingSeparator separator);

/// The cells of a record without blanks around them and without quotes.
void splitRating(std::string_view record, RatingSeparator separator, std::vector<std::string>& cells);

/// Judges the first lines. FormatRefused where they are no ratings, or a header names the columns in another order.
Result<RatingLayout> guessRatingLayout(std::string_view content, const std::string& path);

} // namespace embedscope
