// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/row_gradient.h"

#include <algorithm>
#include <array>
#include <utility>

namespace embedscope {

namespace {

struct Entry
{
    std::int64_t row;
    std::int32_t position;
};

constexpr unsigned kDigitBits = 8;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
/// Below this, clearing the counters of the radix sort costs more than comparing.
constexpr std::size_t kRadixFrom = 128;

std::size_t digit(std::int64_t row, unsigned shift)
{
    return (static_cast<std::size_t>(row) >> shift) & (kDigits - 1);
}

void radixPass(const std::vector<Entry>& from, std::vector<Entry>& to, unsigned shift)
{
    std::array<std::size_t, kDigits> next{};
    for (const Entry& entry : from)
        ++next[digit(entry.row, shift)];
    std::size_t start = 0;
    for (std::size_t& slot : next)
        start += std::exchange(slot, start);
    for (const Entry& entry : from)
        to[next[digit(entry.row, shift)]++] = entry;
}

/// By row, and by position within a row: the passes are stable and the entries come in by position.
void radixSort(std::vector<Entry>& entries)
{
    const auto byRow = [](const Entry& a, const Entry& b) { return a.row < b.row; };
    const std::int64_t highest = std::max_element(entries.begin(), entries.end(), byRow)->row;
    std::vector<Entry> other(entries.size());
    for (unsigned shift = 0; shift < 64 && highest >> shift != 0; shift += kDigitBits) {
        radixPass(entries, other, shift);
        entries.swap(other);
    }
}

void sortEntries(std::vector<Entry>& entries)
{
    if (entries.size() >= kRadixFrom)
        radixSort(entries);
    else
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            return std::pair(a.row, a.position) < std::pair(b.row, b.position);
        });
}

} // namespace

Matrix toDense(const RowGradient& gradient, Index rows, Index dim)
{
    Matrix dense = Matrix::Zero(rows, dim);
    for (std::size_t i = 0; i < gradient.rows.size(); ++i)
        dense.row(gradient.rows[i]) = gradient.values.row(static_cast<Index>(i));
    return dense;
}

RowGroups::RowGroups(std::span<const std::int64_t> indices)
{
    std::vector<Entry> entries(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i)
        entries[i] = {indices[i], static_cast<std::int32_t>(i)};
    sortEntries(entries);
    m_positions.resize(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        m_positions[i] = entries[i].position;
        if (i == 0 || entries[i].row != entries[i - 1].row) {
            m_rows.push_back(entries[i].row);
            m_starts.push_back(i);
        }
    }
    m_starts.push_back(entries.size());
}

} // namespace embedscope
