// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstring>
#include <span>

namespace embedscope::detail {

/// Columns of a panel: two AVX2 registers, or four of SSE.
inline constexpr Index kPanel = 16;

inline Index roundedUp(Index count)
{
    return (count + kPanel - 1) / kPanel * kPanel;
}

/// A matrix cut into panels of 16 columns, each stored row after row; columns and rows beyond its size, up to the next
/// multiple of 16, are there and zero unless somebody writes them. Consecutive rows of a panel are one run of memory:
/// a product reads it in order, and functions of each number see a plain array.
class PanelMatrix
{
public:
    PanelMatrix() = default;
    PanelMatrix(Index rows, Index cols) { resize(rows, cols); }

    /// The content is undefined afterwards, unless both sizes stay as they are.
    void resize(Index rows, Index cols);
    void setZero() { m_data.setZero(); }
    /// Rows from `row` to the end of the storage become zero.
    void zeroRowsFrom(Index row);

    [[nodiscard]] Index rows() const { return m_rows; }
    [[nodiscard]] Index cols() const { return m_cols; }
    [[nodiscard]] Index panels() const { return roundedUp(m_cols) / kPanel; }
    /// Rows of storage in each panel.
    [[nodiscard]] Index capacity() const { return roundedUp(m_rows); }

    [[nodiscard]] float* at(Index panel, Index row) { return m_data.data() + (panel * capacity() + row) * kPanel; }
    [[nodiscard]] const float* at(Index panel, Index row) const
    {
        return m_data.data() + (panel * capacity() + row) * kPanel;
    }

private:
    Index m_rows = 0;
    Index m_cols = 0;
    Eigen::VectorXf m_data; // aligned for any vector register
};

/// One row of a panel: a fixed size, which becomes two moves of registers.
inline void copyPanelRow(const float* from, float* to)
{
    std::memcpy(to, from, kPanel * sizeof(float));
}

/// Row i of the result is row source[i] of `matrix`, or zero where that is negative.
void gatherRows(const ConstMatrixRef& matrix, std::span<const Index> source, PanelMatrix& out);
/// Column j of the result is row source[j] of `matrix`, or zero where that is negative.
void gatherTransposed(const PanelMatrix& matrix, std::span<const Index> source, PanelMatrix& out);

} // namespace embedscope::detail
