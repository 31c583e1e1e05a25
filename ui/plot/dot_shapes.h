// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/dot_raster.h"

#include <memory>

namespace embedscope {

/// Shapes of dots by one or two columns of numbers: 8 diameters from 0.6 to 2.2 times the usual one, 8 opacities from
/// 0.2 to 1, from the 1st to the 99th percentile. A row without a finite value gets the smallest and the faintest.
struct DotShapes
{
    std::shared_ptr<const std::vector<std::uint8_t>> shapeOfPoint; // null for dots that are all alike
    std::vector<DotShape> shapes;
};

/// Null for a column that does not matter; both have the same length.
DotShapes dotShapes(const std::vector<float>* sizes, const std::vector<float>* opacities);

} // namespace embedscope
