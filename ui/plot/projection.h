// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

namespace embedscope {

/// From map coordinates to pixels: pixel = (coordinate - origin) * scale; scaleY is negative where y grows upwards.
struct PixelTransform
{
    double originX = 0;
    double originY = 0;
    double scaleX = 1;
    double scaleY = 1;
};

/// How a map in space is looked at: orthographic, so that a distance across the view means the same near and far.
/// position seen = axes * (position - centre): right, up, and towards the eye.
struct SolidView
{
    Eigen::Vector3f centre = Eigen::Vector3f::Zero();
    Eigen::Matrix3f axes = Eigen::Matrix3f::Identity(); // rows: right, up, near
    float radius = 1;                                   // of a ball around `centre` that holds all points

    [[nodiscard]] Eigen::Vector3f seen(const Eigen::Vector3f& position) const { return axes * (position - centre); }
};

} // namespace embedscope
