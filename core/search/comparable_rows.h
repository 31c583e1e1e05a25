// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/search/neighbors.h"

#include <span>
#include <vector>

namespace embedscope::detail {

/// Points made ready for blocked products. The key of two points is half their squared distance, or minus their dot
/// product: the smaller, the nearer, for every metric. From `rows` a key costs one product and loses digits; exactKey
/// takes the rows as they came.
class ComparableRows
{
public:
    /// Keeps a view of `points`, which must stay. All finite; for cosine none of them zero.
    ComparableRows(const ConstMatrixRef& points, Metric metric);

    [[nodiscard]] Index count() const { return m_rows.rows(); }
    [[nodiscard]] Index dim() const { return m_rows.cols(); }
    /// n x d, of values near 1; centred, but for Dot.
    [[nodiscard]] const Matrix& rows() const { return m_rows; }
    /// The term of one row in a key: half its squared length; zero for Dot.
    [[nodiscard]] std::span<const float> halves() const { return m_halves; }
    [[nodiscard]] float half(Index row) const { return m_halves[static_cast<std::size_t>(row)]; }

    /// In float64, exactly 0 for equal rows (but for Dot).
    [[nodiscard]] double exactKey(Index a, Index b) const;
    /// The most by which the key from `rows` of `row` and any other point within `key` may be wrong.
    [[nodiscard]] double errorBound(Index row, double key) const;
    /// From among rows() back to the space of the points.
    [[nodiscard]] RowVector restored(const RowVector& row) const
    {
        return (row + m_mean) / static_cast<float>(m_scale);
    }
    /// How many times larger squares are among rows().
    [[nodiscard]] double squaredScale() const { return m_scale * m_scale; }

    /// What the metric calls the distance.
    [[nodiscard]] float distance(double key) const;

private:
    Metric m_metric;
    Matrix m_unit;           // cosine: the rows brought to length 1
    ConstMatrixRef m_origin; // what exactKey reads
    Matrix m_rows;
    std::vector<float> m_halves;
    std::vector<float> m_lengths;
    RowVector m_mean; // scaled
    double m_scale = 1;
    double m_longest = 0;
};

} // namespace embedscope::detail
