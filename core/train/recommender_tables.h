// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/table/embedding_table.h"
#include "core/text/ratings.h"
#include "core/train/recommender.h"

#include <span>
#include <string>

namespace embedscope {

enum class RatingSide { Users, Items };

/// What is known of each row besides its vector.
struct RatingFacts
{
    std::vector<std::int64_t> count; // ratings in the training data
    std::vector<double> mean;        // of them; 0 where there are none
    std::vector<float> bias;
};
EMBEDSCOPE_EXPORT RatingFacts factsOf(const Recommender& model, RatingSide side, std::span<const Rating> train);

/// The vectors of one side as a table for the map, with their ids as tokens and the columns "ratings", "mean rating"
/// and "bias" in steps; a column with only one step is left out.
EMBEDSCOPE_EXPORT Result<EmbeddingTable> tableOf(const Recommender& model, RatingSide side, const Vocabulary& tokens,
                                                 const RatingFacts& facts);

/// One line a row, under the names of the columns: token, ratings, mean_rating, bias; parted by tabs. Tabs and line
/// breaks within a token become blanks.
EMBEDSCOPE_EXPORT std::string factsText(const Vocabulary& tokens, const RatingFacts& facts);

} // namespace embedscope
