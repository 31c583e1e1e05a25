// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/comparable_rows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::detail {

/// Points side by side that one step of a product takes: two registers of AVX2, or four of SSE.
inline constexpr Index kPanel = 16;

/// Points in panels of 16 columns, in the order in which a product reads them: the first coordinate of all 16, the
/// second and so on. A column that holds no point has an infinite half, so that no key with it is small.
class PackedRows
{
public:
    /// Column i holds row rowOf[i], or nothing where that is negative or i is beyond the end.
    PackedRows(const ComparableRows& points, std::vector<std::int32_t> rowOf);
    /// Column i holds row i of `centres`, which lie among the prepared rows of some points.
    explicit PackedRows(const Matrix& centres);

    [[nodiscard]] Index columns() const { return static_cast<Index>(m_rowOf.size()); } // a multiple of 16
    [[nodiscard]] const float* panel(Index column) const { return m_panels.data() + column * m_dim; }
    [[nodiscard]] const float* halves(Index column) const { return m_halves.data() + column; }
    [[nodiscard]] std::int32_t rowOf(Index column) const { return m_rowOf[static_cast<std::size_t>(column)]; }

private:
    void pack(const Matrix& rows, std::span<const float> halves);

    Index m_dim;
    std::vector<std::int32_t> m_rowOf;
    std::vector<float> m_halves;
    Eigen::VectorXf m_panels; // aligned for any register
};

} // namespace embedscope::detail
