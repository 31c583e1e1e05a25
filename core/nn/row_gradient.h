// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// The gradient of a table: only the rows that have one, each once, by rising row number (PyTorch's coalesced sparse
/// tensor). Whether the other rows count as zero or as absent is the optimizer's business.
struct RowGradient
{
    std::vector<std::int64_t> rows; // rising
    Matrix values;                  // rows.size() x dim

    [[nodiscard]] bool empty() const { return rows.empty(); }
};

/// V x D with zeros where there is no gradient.
EMBEDSCOPE_EXPORT Matrix toDense(const RowGradient& gradient, Index rows, Index dim);

/// The distinct rows of a list of indices, and which positions hold them: what backward, renormalisation and frequency
/// scaling share. Positions of a row stay in input order, so that sums are repeatable.
class EMBEDSCOPE_EXPORT RowGroups
{
public:
    RowGroups() = default;
    explicit RowGroups(std::span<const std::int64_t> indices);

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] const std::vector<std::int64_t>& rows() const { return m_rows; }
    [[nodiscard]] std::int64_t row(std::size_t group) const { return m_rows[group]; }
    /// Positions in the input, rising.
    [[nodiscard]] std::span<const std::int32_t> positions(std::size_t group) const
    {
        return std::span(m_positions).subspan(m_starts[group], m_starts[group + 1] - m_starts[group]);
    }

private:
    std::vector<std::int64_t> m_rows;  // rising
    std::vector<std::size_t> m_starts; // size() + 1
    std::vector<std::int32_t> m_positions;
};

} // namespace embedscope
