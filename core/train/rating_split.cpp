// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/rating_split.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace embedscope {

namespace {

std::size_t heldOutCount(std::size_t count, double share)
{
    const auto wanted = static_cast<std::size_t>(std::llround(share * static_cast<double>(count)));
    return std::min(wanted, count == 0 ? 0 : count - 1);
}

/// Marks a random share of the positions, which get shuffled.
void hold(std::span<std::size_t> positions, double share, Random& random, std::vector<bool>& held)
{
    random.shuffle(positions);
    for (const std::size_t position : positions.first(heldOutCount(positions.size(), share)))
        held[position] = true;
}

RatingSplit parted(std::span<const Rating> ratings, const std::vector<bool>& held)
{
    RatingSplit out;
    for (std::size_t i = 0; i < ratings.size(); ++i)
        (held[i] ? out.heldOut : out.train).push_back(ratings[i]);
    return out;
}

std::vector<std::size_t> positionsOf(std::span<const Rating> ratings)
{
    std::vector<std::size_t> positions(ratings.size());
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    return positions;
}

} // namespace

RatingSplit splitRatings(std::span<const Rating> ratings, double share, std::uint64_t seed)
{
    Random random(seed);
    std::vector<bool> held(ratings.size());
    auto positions = positionsOf(ratings);
    hold(positions, share, random, held);
    return parted(ratings, held);
}

RatingSplit splitRatingsByUser(std::span<const Rating> ratings, double share, std::uint64_t seed)
{
    Random random(seed);
    std::vector<bool> held(ratings.size());
    auto positions = positionsOf(ratings);
    const auto userAt = [&ratings](std::size_t position) { return ratings[position].user; };
    std::ranges::stable_sort(positions, {}, userAt);
    for (auto begin = positions.begin(); begin != positions.end();) {
        const auto end = std::find_if(begin, positions.end(),
                                      [&](std::size_t position) { return userAt(position) != userAt(*begin); });
        hold({begin, end}, share, random, held);
        begin = end;
    }
    return parted(ratings, held);
}

std::vector<Rating> positivesOf(std::span<const Rating> ratings, double threshold)
{
    std::vector<Rating> out;
    for (const Rating& rating : ratings)
        if (static_cast<double>(rating.value) >= threshold)
            out.push_back({rating.user, rating.item, 1.0F});
    return out;
}

UserItems::UserItems(std::span<const Rating> ratings, Index users)
    : m_starts(static_cast<std::size_t>(users) + 1)
    , m_items(ratings.size())
{
    for (const Rating& rating : ratings)
        ++m_starts[static_cast<std::size_t>(rating.user) + 1];
    std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
    std::vector<std::size_t> next = m_starts;
    for (const Rating& rating : ratings)
        m_items[next[static_cast<std::size_t>(rating.user)]++] = rating.item;
    for (std::size_t user = 0; user + 1 < m_starts.size(); ++user)
        std::sort(m_items.begin() + static_cast<std::ptrdiff_t>(m_starts[user]),
                  m_items.begin() + static_cast<std::ptrdiff_t>(m_starts[user + 1]));
}

std::int32_t UserItems::missing(Index user, std::int64_t k) const
{
    // items[i] - i items are missing below items[i]: count the user's items that lie below the one looked for.
    const auto items = of(user);
    std::size_t low = 0;
    std::size_t high = items.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (items[middle] - static_cast<std::int64_t>(middle) <= k)
            low = middle + 1;
        else
            high = middle;
    }
    return static_cast<std::int32_t>(k + static_cast<std::int64_t>(low));
}

} // namespace embedscope
