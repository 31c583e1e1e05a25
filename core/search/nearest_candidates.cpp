// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nearest_candidates.h"

#include <algorithm>

namespace embedscope::detail {

double NearestCandidates::choose(const ComparableRows& points, Index row, std::span<const std::int32_t> candidates,
                                 Index k, std::int32_t* rows, float* distances)
{
    m_all.clear();
    for (const std::int32_t other : candidates) {
        const double key = points.exactKey(row, other);
        m_all.push_back({points.distance(key), other, key});
    }
    return write(k, rows, distances);
}

void NearestCandidates::chooseFromAll(const ComparableRows& points, Index row, Index k, std::int32_t* rows,
                                      float* distances)
{
    m_all.clear();
    for (Index other = 0; other < points.count(); ++other) {
        if (other == row)
            continue;
        const double key = points.exactKey(row, other);
        m_all.push_back({points.distance(key), static_cast<std::int32_t>(other), key});
    }
    write(k, rows, distances);
}

double NearestCandidates::write(Index k, std::int32_t* rows, float* distances)
{
    const Index count = std::min(k, static_cast<Index>(m_all.size()));
    if (count == 0)
        return 0;
    std::nth_element(m_all.begin(), m_all.begin() + count - 1, m_all.end());
    std::sort(m_all.begin(), m_all.begin() + count);
    double farthest = m_all.front().key;
    for (Index place = 0; place < count; ++place) {
        const Candidate& candidate = m_all[static_cast<std::size_t>(place)];
        rows[place] = candidate.row;
        distances[place] = candidate.distance;
        farthest = std::max(farthest, candidate.key);
    }
    return farthest;
}

} // namespace embedscope::detail
