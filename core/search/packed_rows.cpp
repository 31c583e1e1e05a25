// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/packed_rows.h"

#include "core/base/parallel.h"

#include <limits>
#include <numeric>
#include <utility>

namespace embedscope::detail {

PackedRows::PackedRows(const ComparableRows& points, std::vector<std::int32_t> rowOf)
    : m_dim(points.dim())
    , m_rowOf(std::move(rowOf))
{
    pack(points.rows(), points.halves());
}

PackedRows::PackedRows(const Matrix& centres)
    : m_dim(centres.cols())
    , m_rowOf(static_cast<std::size_t>(centres.rows()))
{
    std::iota(m_rowOf.begin(), m_rowOf.end(), 0);
    const Eigen::VectorXf halves = centres.rowwise().squaredNorm() / 2;
    pack(centres, {halves.data(), m_rowOf.size()});
}

void PackedRows::pack(const Matrix& rows, std::span<const float> halves)
{
    m_rowOf.resize(static_cast<std::size_t>(chunkCount(columns(), kPanel) * kPanel), -1);
    m_halves.assign(m_rowOf.size(), std::numeric_limits<float>::infinity());
    m_panels.resize(columns() * m_dim);
    parallelFor(columns(), kPanel * 16, [&](Index begin, Index end) {
        for (Index column = begin; column < end; ++column) {
            const Index row = rowOf(column);
            float* to = m_panels.data() + column / kPanel * kPanel * m_dim + column % kPanel;
            for (Index k = 0; k < m_dim; ++k)
                to[k * kPanel] = row < 0 ? 0 : rows(row, k);
            if (row >= 0)
                m_halves[static_cast<std::size_t>(column)] = halves[static_cast<std::size_t>(row)];
        }
    });
}

} // namespace embedscope::detail
