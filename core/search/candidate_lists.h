// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace embedscope::detail {

/// For each point those with the smallest keys so far: at least `keep` of them, in no order. A list that is full is cut
/// to a few more than `keep`, and from then on takes only what is below the key that it was cut at. Cutting by a bound
/// found by bisection takes a fraction of what a heap or nth_element needs.
class CandidateLists
{
public:
    CandidateLists(Index lists, Index keep);

    void offer(Index list, float key, std::int32_t row)
    {
        const Index at = list * m_capacity + m_sizes[static_cast<std::size_t>(list)]++;
        m_keys[static_cast<std::size_t>(at)] = key;
        m_rows[static_cast<std::size_t>(at)] = row;
        if (m_sizes[static_cast<std::size_t>(list)] == m_capacity)
            cut(list, m_room);
    }

    /// Offers below the limit only. Whatever the list does not hold has a key of at least this.
    [[nodiscard]] float limit(Index list) const { return m_limits[static_cast<std::size_t>(list)]; }
    [[nodiscard]] const float* limits(Index list) const { return m_limits.data() + list; }
    void setLimit(Index list, float limit) { m_limits[static_cast<std::size_t>(list)] = limit; }

    /// Cuts to at most `keep` + `room`, unless equal keys forbid it.
    void cut(Index list, Index room);
    /// Empties a list and takes everything again.
    void clear(Index list);
    [[nodiscard]] Index size(Index list) const { return m_sizes[static_cast<std::size_t>(list)]; }
    [[nodiscard]] std::span<const std::int32_t> rows(Index list) const;

private:
    Index m_keep;
    Index m_room;     // what may be left over `keep` by a cut
    Index m_capacity; // of each list
    std::unique_ptr<float[]> m_keys;
    std::unique_ptr<std::int32_t[]> m_rows;
    std::vector<std::int32_t> m_sizes;
    std::vector<float> m_limits; // with room for one panel more, which products read in whole
};

/// A bound with at least `least` and, where equal keys allow it, at most `most` keys below it.
float boundFor(std::span<const float> keys, Index least, Index most);

} // namespace embedscope::detail
