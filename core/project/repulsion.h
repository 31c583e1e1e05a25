// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/project/grid_convolution.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace embedscope {

/// The repulsive part of the gradient of t-SNE: for each point sum_j q_ij^2 (y_i - y_j) with q = 1 / (1 + |y_i -
/// y_j|^2), and Z, the sum of all q_ij, i != j. All pairs where the points are few; else the potential sum_j q_ij on a
/// grid, whose gradient is -2 times the force (two transforms a step, where FIt-SNE of Linderman et al. 2019 takes
/// eight).
class EMBEDSCOPE_EXPORT Repulsion
{
public:
    /// Up to here all pairs are computed: as fast as the grid, and exact.
    static constexpr Index kExactPoints = 1024;

    /// `exactUpTo` for tests.
    explicit Repulsion(Index exactUpTo = kExactPoints)
        : m_exactUpTo(exactUpTo)
    {
    }

    /// `points` n x 2 or n x 3, finite; `forces` likewise. On a stop request forces and Z are worthless.
    double compute(const Matrix& points, Matrix& forces, const std::stop_token& stop);

private:
    template <int D>
    double exact(const Matrix& points, Matrix& forces, const std::stop_token& stop) const;
    template <int D>
    double onGrid(const Matrix& points, Matrix& forces, const std::stop_token& stop);
    template <int D>
    void fitGrid(const Matrix& points);
    template <int D>
    void sortIntoBands(const Matrix& points);
    template <int D>
    void spread(const Matrix& points, const std::stop_token& stop);
    template <int D>
    double gather(const Matrix& points, Matrix& forces, const std::stop_token& stop);

    Index m_exactUpTo;
    std::unique_ptr<GridConvolution> m_grid;
    double m_spacing = 0;
    Eigen::RowVector3f m_origin;        // of the first node
    std::vector<Index> m_bandStarts;    // of m_sorted, one a band of the first coordinate and the end
    std::vector<std::int32_t> m_sorted; // points by band
    std::vector<std::uint16_t> m_bandOfPoint;
};

} // namespace embedscope
