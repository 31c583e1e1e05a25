// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Row number <-> token. A token is any bytes, as the file had them; the same token may stand in several rows, and
/// find() answers with the first. All bytes lie in one buffer, so 400,000 tokens are three allocations.
class EMBEDSCOPE_EXPORT Vocabulary
{
public:
    Vocabulary() = default;
    explicit Vocabulary(const std::vector<std::string>& tokens);

    void reserve(Index tokens, std::size_t bytes);
    /// Appends a row and returns its number.
    Index add(std::string_view token);

    [[nodiscard]] Index size() const { return static_cast<Index>(m_ends.size()); }
    [[nodiscard]] std::string_view operator[](Index row) const;
    [[nodiscard]] std::optional<Index> find(std::string_view token) const;
    [[nodiscard]] bool contains(std::string_view token) const { return find(token).has_value(); }
    /// Rows whose token already stands in an earlier row.
    [[nodiscard]] Index duplicates() const { return m_duplicates; }

    bool operator==(const Vocabulary& other) const { return m_bytes == other.m_bytes && m_ends == other.m_ends; }

private:
    [[nodiscard]] std::size_t slotOf(std::string_view token) const;
    void grow();

    std::string m_bytes;
    std::vector<std::size_t> m_ends;
    std::vector<std::int32_t> m_slots; // open addressing over first rows; -1 is free
    Index m_used = 0;
    Index m_duplicates = 0;
};

} // namespace embedscope
