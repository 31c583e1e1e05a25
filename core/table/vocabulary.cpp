// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/vocabulary.h"

#include <bit>
#include <functional>

namespace embedscope {

namespace {
constexpr std::int32_t kFree = -1;
constexpr std::size_t kFirstSlots = 64;
} // namespace

Vocabulary::Vocabulary(const std::vector<std::string>& tokens)
{
    std::size_t bytes = 0;
    for (const auto& token : tokens)
        bytes += token.size();
    reserve(static_cast<Index>(tokens.size()), bytes);
    for (const auto& token : tokens)
        add(token);
}

void Vocabulary::reserve(Index tokens, std::size_t bytes)
{
    m_bytes.reserve(bytes);
    m_ends.reserve(static_cast<std::size_t>(tokens));
    const std::size_t slots = std::bit_ceil(static_cast<std::size_t>(tokens) * 2);
    if (m_ends.empty() && slots > m_slots.size())
        m_slots.assign(slots, kFree);
}

std::string_view Vocabulary::operator[](Index row) const
{
    const auto i = static_cast<std::size_t>(row);
    const std::size_t begin = i == 0 ? 0 : m_ends[i - 1];
    return {m_bytes.data() + begin, m_ends[i] - begin};
}

std::size_t Vocabulary::slotOf(std::string_view token) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(token)&mask;
    while (m_slots[slot] != kFree && (*this)[m_slots[slot]] != token)
        slot = (slot + 1) & mask;
    return slot;
}

void Vocabulary::grow()
{
    std::vector<std::int32_t> old(std::max(kFirstSlots, m_slots.size() * 2), kFree);
    old.swap(m_slots);
    for (const std::int32_t row : old)
        if (row != kFree)
            m_slots[slotOf((*this)[row])] = row;
}

Index Vocabulary::add(std::string_view token)
{
    if (static_cast<std::size_t>(m_used + 1) * 2 > m_slots.size())
        grow();
    const auto row = static_cast<std::int32_t>(size());
    const std::size_t slot = slotOf(token);
    m_bytes.append(token);
    m_ends.push_back(m_bytes.size());
    if (m_slots[slot] == kFree) {
        m_slots[slot] = row;
        ++m_used;
    } else {
        ++m_duplicates;
    }
    return row;
}

std::optional<Index> Vocabulary::find(std::string_view token) const
{
    if (m_slots.empty())
        return std::nullopt;
    const std::int32_t row = m_slots[slotOf(token)];
    return row == kFree ? std::nullopt : std::optional<Index>(row);
}

} // namespace embedscope
