// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nearest_candidates.h"

#include <algorithm>
#include <bit>

namespace embedscope::detail {

namespace {

constexpr std::uint32_t kSign = 0x80000000U;

/// Numbers of the order of the floats.
std::uint32_t orderOf(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F); // -0 becomes 0
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

float valueOf(std::uint32_t order)
{
    return std::bit_cast<float>((order & kSign) != 0 ? order & ~kSign : ~order);
}

} // namespace

double NearestCandidates::choose(const ComparableRows& points, Index row, std::span<const std::int32_t> candidates,
                                 Index k, std::int32_t* rows, float* distances)
{
    m_all.clear();
    for (const std::int32_t other : candidates)
        add(points, row, other);
    const Index count = write(k, rows, distances);
    return count > 0 ? points.exactKey(row, rows[count - 1]) : 0;
}

void NearestCandidates::chooseFromAll(const ComparableRows& points, Index row, Index k, std::int32_t* rows,
                                      float* distances)
{
    m_all.clear();
    for (Index other = 0; other < points.count(); ++other)
        if (other != row)
            add(points, row, other);
    write(k, rows, distances);
}

void NearestCandidates::add(const ComparableRows& points, Index row, Index other)
{
    const std::uint64_t distance = orderOf(points.distance(points.exactKey(row, other)));
    m_all.push_back(distance << 32 | static_cast<std::uint64_t>(other));
}

Index NearestCandidates::write(Index k, std::int32_t* rows, float* distances)
{
    const Index count = std::min(k, static_cast<Index>(m_all.size()));
    if (count < static_cast<Index>(m_all.size()))
        std::nth_element(m_all.begin(), m_all.begin() + count, m_all.end());
    std::sort(m_all.begin(), m_all.begin() + count);
    for (Index place = 0; place < count; ++place) {
        const std::uint64_t candidate = m_all[static_cast<std::size_t>(place)];
        rows[place] = static_cast<std::int32_t>(candidate & 0xFFFFFFFFU);
        distances[place] = valueOf(static_cast<std::uint32_t>(candidate >> 32));
    }
    return count;
}

} // namespace embedscope::detail
