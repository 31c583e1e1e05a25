// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/candidate_lists.h"

#include "core/search/packed_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::detail {

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

Index countBelow(std::span<const float> keys, float bound)
{
    std::int32_t count = 0;
    for (const float key : keys)
        count += key < bound ? 1 : 0;
    return count;
}

} // namespace

float boundFor(std::span<const float> keys, Index least, Index most)
{
    const Eigen::Map<const Eigen::ArrayXf> all(keys.data(), static_cast<Index>(keys.size()));
    float low = all.minCoeff(); // nothing is below it
    float high = std::nextafter(all.maxCoeff(), kInfinity);
    while (countBelow(keys, high) > most) {
        const float middle = low + (high - low) / 2;
        if (!(middle > low && middle < high))
            break;
        (countBelow(keys, middle) < least ? low : high) = middle;
    }
    return high;
}

CandidateLists::CandidateLists(Index lists, Index keep)
    : m_keep(keep)
    , m_room(std::max<Index>(8, keep / 8))
    , m_capacity(keep + m_room + std::clamp<Index>(keep, 64, 256))
    , m_keys(std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(lists * m_capacity)))
    , m_rows(std::make_unique_for_overwrite<std::int32_t[]>(static_cast<std::size_t>(lists * m_capacity)))
    , m_sizes(static_cast<std::size_t>(lists))
    , m_limits(static_cast<std::size_t>(lists + kPanel), kInfinity)
{
}

void CandidateLists::cut(Index list, Index room)
{
    const Index size = m_sizes[static_cast<std::size_t>(list)];
    if (size <= m_keep + room)
        return;
    float* keys = m_keys.get() + list * m_capacity;
    std::int32_t* rows = m_rows.get() + list * m_capacity;
    float bound = boundFor({keys, static_cast<std::size_t>(size)}, m_keep, m_keep + room);
    // So many equal keys that no bound parts them: all of them would fill the list for ever.
    if (countBelow({keys, static_cast<std::size_t>(size)}, bound) == m_capacity)
        bound = std::nextafter(bound, -kInfinity);
    Index kept = 0;
    for (Index i = 0; i < size; ++i) {
        keys[kept] = keys[i];
        rows[kept] = rows[i];
        kept += keys[i] < bound ? 1 : 0;
    }
    m_sizes[static_cast<std::size_t>(list)] = static_cast<std::int32_t>(kept);
    m_limits[static_cast<std::size_t>(list)] = bound;
}

void CandidateLists::clear(Index list)
{
    m_sizes[static_cast<std::size_t>(list)] = 0;
    m_limits[static_cast<std::size_t>(list)] = kInfinity;
}

std::span<const std::int32_t> CandidateLists::rows(Index list) const
{
    return {m_rows.get() + list * m_capacity, static_cast<std::size_t>(m_sizes[static_cast<std::size_t>(list)])};
}

} // namespace embedscope::detail
