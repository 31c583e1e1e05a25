// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/distinct_rows.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <bit>

namespace embedscope::detail {

namespace {

constexpr Index kRowsPerChunk = 1024;

std::uint64_t hashOf(const ConstMatrixRef& rows, Index row)
{
    std::uint64_t hash = 0;
    for (Index column = 0; column < rows.cols(); ++column) {
        const auto bits = std::bit_cast<std::uint32_t>(rows(row, column) + 0.0F); // -0 becomes 0
        hash = (std::rotl(hash, 23) ^ bits) * 0x9E3779B97F4A7C15U;
    }
    return hash ^ (hash >> 32);
}

/// Open addressing, at most half full: the first row of each group, found by the numbers of any of its rows.
class FirstRows
{
public:
    explicit FirstRows(const ConstMatrixRef& rows)
        : m_rows(rows)
        , m_hashes(static_cast<std::size_t>(rows.rows()))
        , m_slots(std::bit_ceil(static_cast<std::size_t>(rows.rows()) * 2 + 1), -1)
    {
        parallelFor(rows.rows(), kRowsPerChunk, [&](Index begin, Index end) {
            for (Index row = begin; row < end; ++row)
                m_hashes[static_cast<std::size_t>(row)] = hashOf(rows, row);
        });
    }

    /// The first row that equals this one; `row` itself where there was none.
    std::int32_t firstOf(std::int32_t row)
    {
        const std::uint64_t hash = m_hashes[static_cast<std::size_t>(row)];
        for (std::size_t slot = hash;; ++slot) {
            std::int32_t& first = m_slots[slot & (m_slots.size() - 1)];
            if (first < 0)
                return first = row;
            if (m_hashes[static_cast<std::size_t>(first)] == hash && m_rows.row(first) == m_rows.row(row))
                return first;
        }
    }

private:
    const ConstMatrixRef& m_rows;
    std::vector<std::uint64_t> m_hashes;
    std::vector<std::int32_t> m_slots;
};

} // namespace

DistinctRows distinctRows(const ConstMatrixRef& rows)
{
    DistinctRows out;
    FirstRows firstRows(rows);
    out.groupOf.resize(static_cast<std::size_t>(rows.rows()));
    std::vector<std::int32_t> sizes;
    for (std::int32_t row = 0; row < rows.rows(); ++row) {
        const std::int32_t first = firstRows.firstOf(row);
        std::int32_t& group = out.groupOf[static_cast<std::size_t>(row)];
        group = first == row ? static_cast<std::int32_t>(sizes.size()) : out.groupOf[static_cast<std::size_t>(first)];
        if (first == row)
            sizes.push_back(0);
        ++sizes[static_cast<std::size_t>(group)];
    }
    out.starts.assign(1, 0);
    for (const std::int32_t size : sizes)
        out.starts.push_back(out.starts.back() + size);
    out.members.resize(out.groupOf.size());
    std::vector<std::int32_t> next(out.starts.begin(), out.starts.end() - 1);
    for (std::int32_t row = 0; row < rows.rows(); ++row)
        out.members[static_cast<std::size_t>(
            next[static_cast<std::size_t>(out.groupOf[static_cast<std::size_t>(row)])]++)] = row;
    return out;
}

} // namespace embedscope::detail
