// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// What rows of a table held before they were first touched: what a run with sparse gradients can go back to, at a cost
/// that grows with the rows touched and not with the table.
class RowBackup
{
public:
    /// Forgets all rows; from here on they count as untouched.
    void start(Index rows);
    /// Keeps those of `rows` that were not touched before.
    void keep(const Matrix& table, std::span<const std::int64_t> rows);
    void restore(Matrix& table) const;

private:
    std::vector<bool> m_isKept;
    std::vector<std::int64_t> m_rows;
    std::vector<Matrix> m_blocks; // of kept rows in their order; grows without moving what is there
};

} // namespace embedscope
