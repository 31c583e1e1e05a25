// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/map_coordinates.h"

#include <limits>
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

std::shared_ptr<const Matrix> forRows(const std::shared_ptr<const Matrix>& coordinates, Index rows)
{
    if (coordinates->rows() >= rows)
        return coordinates;
    Matrix more = Matrix::Constant(rows, coordinates->cols(), std::numeric_limits<float>::quiet_NaN());
    more.topRows(coordinates->rows()) = *coordinates;
    return std::make_shared<const Matrix>(std::move(more));
}

} // namespace embedscope
