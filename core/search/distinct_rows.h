// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::detail {

/// Which rows are equal, number by number (0 equals -0). Groups are in the order of their first rows.
struct DistinctRows
{
    std::vector<std::int32_t> groupOf; // one a row
    std::vector<std::int32_t> members; // the rows of group 0, of group 1 and so on, each ascending
    std::vector<std::int32_t> starts;  // where a group begins in `members`, and one more

    [[nodiscard]] Index count() const { return static_cast<Index>(starts.size()) - 1; }
    [[nodiscard]] std::span<const std::int32_t> group(Index index) const
    {
        const auto begin = static_cast<std::size_t>(starts[static_cast<std::size_t>(index)]);
        const auto end = static_cast<std::size_t>(starts[static_cast<std::size_t>(index) + 1]);
        return std::span(members).subspan(begin, end - begin);
    }
};

DistinctRows distinctRows(const ConstMatrixRef& rows);

} // namespace embedscope::detail
