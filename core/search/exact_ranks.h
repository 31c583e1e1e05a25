// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/comparable_rows.h"
#include "core/search/packed_rows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::detail {

/// Neighbours and ranks of some points among all, exact although most of the work is done by float32 products: what
/// their rounding leaves in doubt is compared directly. Ties by row. Each thread takes one of its own.
class ExactRanks
{
public:
    ExactRanks(const ComparableRows& points, const PackedRows& all)
        : m_points(points)
        , m_all(all)
    {
    }

    /// Keys of these rows and all points, for the calls below: rows.size() x n floats.
    void prepare(std::span<const std::int32_t> rows);

    /// The k nearest of the i-th of the rows, ascending by row.
    std::vector<std::int32_t> nearest(std::size_t i, Index k);
    /// How many others are nearer to the i-th of the rows than `other`, and 1.
    Index rank(std::size_t i, std::int32_t other) const;

private:
    [[nodiscard]] std::span<const float> keys(std::size_t i) const
    {
        return std::span(m_keys).subspan(i * static_cast<std::size_t>(m_all.columns()),
                                         static_cast<std::size_t>(m_points.count()));
    }

    const ComparableRows& m_points;
    const PackedRows& m_all;
    std::span<const std::int32_t> m_rows;
    std::vector<float> m_keys;
};

} // namespace embedscope::detail
