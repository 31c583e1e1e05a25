// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/search/neighbors.h"

#include <span>
#include <stop_token>
#include <vector>

namespace embedscope {

/// The direction from one vector to another ("man -> woman"), of length 1. ShapeMismatch for different sizes,
/// ValueRefused where they are equal or not finite.
EMBEDSCOPE_EXPORT Result<RowVector> axisBetween(const RowVector& from, const RowVector& to);

/// n x axes: each row projected on each axis (of dim numbers, length 1; axes need not be orthogonal). For cosine the
/// rows are brought to length 1 first: the coordinate is the cosine with the axis. NaN for a row that is not finite
/// and, for cosine, for a zero row. ShapeMismatch. Cancelled.
EMBEDSCOPE_EXPORT Result<Matrix> coordinatesAlong(const ConstMatrixRef& rows, std::span<const RowVector> axes,
                                                  Metric metric, std::stop_token stop);

} // namespace embedscope
