// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/text/ratings.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace embedscope {

/// Both parts keep the order of the ratings.
struct RatingSplit
{
    std::vector<Rating> train;
    std::vector<Rating> heldOut;
};

/// Holds back a random share, in [0, 1), rounded to whole ratings; at least one stays to learn from.
EMBEDSCOPE_EXPORT RatingSplit splitRatings(std::span<const Rating> ratings, double share, std::uint64_t seed);

/// Holds back a random share of each user's ratings, rounded; each user keeps at least one.
EMBEDSCOPE_EXPORT RatingSplit splitRatingsByUser(std::span<const Rating> ratings, double share, std::uint64_t seed);

/// Those of at least `threshold`, each with the value 1.
EMBEDSCOPE_EXPORT std::vector<Rating> positivesOf(std::span<const Rating> ratings,
                                                  double threshold = -std::numeric_limits<double>::infinity());

/// The items of each user.
class EMBEDSCOPE_EXPORT UserItems
{
public:
    UserItems() = default;
    UserItems(std::span<const Rating> ratings, Index users);

    [[nodiscard]] Index users() const { return static_cast<Index>(m_starts.size()) - 1; }
    /// Rising.
    [[nodiscard]] std::span<const std::int32_t> of(Index user) const
    {
        const auto u = static_cast<std::size_t>(user);
        return std::span(m_items).subspan(m_starts[u], m_starts[u + 1] - m_starts[u]);
    }
    /// The item with number `k`, from 0, among those that the user does not have.
    [[nodiscard]] std::int32_t missing(Index user, std::int64_t k) const;

private:
    std::vector<std::size_t> m_starts{0}; // users + 1
    std::vector<std::int32_t> m_items;
};

} // namespace embedscope
