// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/pca.h"

#include <memory>

namespace embedscope {

/// Places on the map: rows x 2, on the first two axes; 0 on an axis that a one-dimensional table does not have.
std::shared_ptr<const Matrix> mapCoordinates(const Pca& axes, const ConstMatrixRef& weights);

/// The same places for a table that has more rows by now; NaN for those that came. As it is where there are none.
std::shared_ptr<const Matrix> forRows(const std::shared_ptr<const Matrix>& coordinates, Index rows);

} // namespace embedscope
