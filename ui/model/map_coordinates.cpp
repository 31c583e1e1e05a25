// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/map_coordinates.h"

#include <utility>

namespace embedscope {

std::shared_ptr<const Matrix> mapCoordinates(const Pca& axes, const ConstMatrixRef& weights)
{
    Matrix projected = axes.project(weights);
    if (projected.cols() < 2) {
        const Index found = projected.cols();
        projected.conservativeResize(projected.rows(), 2);
        projected.rightCols(2 - found).setZero();
    }
    return std::make_shared<const Matrix>(std::move(projected));
}

} // namespace embedscope
