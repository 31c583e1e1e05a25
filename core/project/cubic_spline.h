// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace embedscope {

/// Weights of the four nodes round a place between two of them, 0 <= t < 1 from the second to the third.
inline Eigen::Array4f splineWeights(float t)
{
    const float s = 1 - t;
    return {s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6};
}

/// Their derivatives by t.
inline Eigen::Array4f splineSlopes(float t)
{
    const float s = 1 - t;
    return {-s * s / 2, (3 * t - 4) * t / 2, (4 - 3 * s) * s / 2, t * t / 2};
}

} // namespace embedscope
