// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/project/affinities.h"

#include <stop_token>

namespace embedscope {

/// The attractive part of the gradient of t-SNE: for each point sum_j p_ij q_ij (y_i - y_j), q = 1 / (1 + |y_i -
/// y_j|^2). `points` n x 2 or n x 3, `forces` likewise. On a stop request forces are worthless.
EMBEDSCOPE_EXPORT void attract(const Affinities& affinities, const Matrix& points, Matrix& forces,
                               const std::stop_token& stop);

/// sum_ij p_ij (log p_ij - log q_ij): with log Z added, the Kullback-Leibler divergence of the map.
EMBEDSCOPE_EXPORT double crossEntropyGap(const Affinities& affinities, const Matrix& points);

} // namespace embedscope
