// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/exact_ranks.h"

#include "core/search/candidate_lists.h"
#include "core/search/pair_product.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace embedscope::detail {

namespace {

constexpr std::size_t kKeysAtATime = 256;

Index countBelow(std::span<const float> keys, float bound)
{
    std::int32_t count = 0;
    for (const float key : keys)
        count += key < bound ? 1 : 0;
    return count;
}

/// Calls body(row) for the keys in [low, high), of which there are few.
template <class Body>
void eachBetween(std::span<const float> keys, float low, float high, Body&& body)
{
    for (std::size_t begin = 0; begin < keys.size(); begin += kKeysAtATime) {
        const auto part = keys.subspan(begin, std::min(kKeysAtATime, keys.size() - begin));
        std::int32_t inside = 0;
        for (const float key : part)
            inside += (key >= low ? 1 : 0) & (key < high ? 1 : 0);
        for (std::size_t i = 0; inside > 0 && i < part.size(); ++i)
            if (part[i] >= low && part[i] < high)
                body(static_cast<std::int32_t>(begin + i));
    }
}

} // namespace

void ExactRanks::prepare(std::span<const std::int32_t> rows)
{
    m_rows = rows;
    const auto width = static_cast<std::size_t>(m_all.columns());
    m_keys.resize(rows.size() * width);
    writeKeys(m_points, rows, m_all, 0, m_all.columns(), m_keys.data(), m_all.columns());
    for (std::size_t i = 0; i < rows.size(); ++i)
        m_keys[i * width + static_cast<std::size_t>(rows[i])] = std::numeric_limits<float>::infinity();
}

std::vector<std::int32_t> ExactRanks::nearest(std::size_t i, Index k)
{
    // k keys are below the bound, so the k-th true one is at most one error above it, and its computed key two.
    const double bound = static_cast<double>(boundFor(keys(i), k, k + k / 4 + 4));
    const double error = m_points.errorBound(m_rows[i], bound);
    std::vector<std::pair<double, std::int32_t>> found;
    eachBetween(keys(i), -std::numeric_limits<float>::infinity(), static_cast<float>(bound + 3 * error),
                [&](std::int32_t row) { found.emplace_back(m_points.exactKey(m_rows[i], row), row); });
    std::partial_sort(found.begin(), found.begin() + k, found.end());
    std::vector<std::int32_t> rows;
    for (Index place = 0; place < k; ++place)
        rows.push_back(found[static_cast<std::size_t>(place)].second);
    std::sort(rows.begin(), rows.end());
    return rows;
}

Index ExactRanks::rank(std::size_t i, std::int32_t other) const
{
    const std::pair exact(m_points.exactKey(m_rows[i], other), other);
    const double error = 2 * m_points.errorBound(m_rows[i], exact.first);
    const auto low = static_cast<float>(exact.first - error);
    const auto high = static_cast<float>(exact.first + error);
    Index nearer = countBelow(keys(i), low);
    eachBetween(keys(i), low, high,
                [&](std::int32_t row) { nearer += std::pair(m_points.exactKey(m_rows[i], row), row) < exact ? 1 : 0; });
    return nearer + 1;
}

} // namespace embedscope::detail
