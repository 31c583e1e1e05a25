// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/parallel.h"
#include "core/optim/optimizer.h"

#include <algorithm>
#include <vector>

namespace embedscope::detail {

/// Floats that one chunk of an update changes: ten microseconds or more, so that small tensors stay on one thread.
inline constexpr Index kFloatsPerUpdate = 64 * 1024;

/// What a step changes where a gradient holds only some rows.
enum class Reach {
    AllRows,         // the others too, as with a gradient of zero
    RowsWithGradient // the others would stay as they are
};

/// Walks down the rows of a table and hands out the gradient of each, those without one included.
class RowCursor
{
public:
    /// Starts at row `begin`; `zeros` holds one row of zeros.
    RowCursor(const RowGradient& gradient, Index begin, const std::vector<float>& zeros);
    /// The gradient of the next row, or the zeros.
    const float* next();

private:
    const RowGradient* m_gradient;
    const float* m_zeros;
    Index m_row;
    std::size_t m_entry;
};

/// The gradient is a matrix of the tensor's shape.
template <class Update>
void walkDense(const Matrix& grad, Update&& update)
{
    parallelFor(grad.size(), kFloatsPerUpdate,
                [&](Index begin, Index end) { update(begin, grad.data() + begin, end - begin); });
}

/// Only the rows that have a gradient.
template <class Update>
void walkRows(const RowGradient& gradient, Index dim, Update&& update)
{
    const Index grain = std::max<Index>(1, kFloatsPerUpdate / std::max<Index>(1, dim));
    parallelFor(static_cast<Index>(gradient.rows.size()), grain, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i)
            update(gradient.rows[static_cast<std::size_t>(i)] * dim, gradient.values.data() + i * dim, dim);
    });
}

/// Every row, without a table of zeros for those that have no gradient.
template <class Update>
void walkTable(const RowGradient& gradient, const Matrix& value, Update&& update)
{
    const Index dim = value.cols();
    const std::vector<float> zeros(static_cast<std::size_t>(dim));
    const Index grain = std::max<Index>(1, kFloatsPerUpdate / std::max<Index>(1, dim));
    parallelFor(value.rows(), grain, [&](Index begin, Index end) {
        RowCursor cursor(gradient, begin, zeros);
        for (Index row = begin; row < end; ++row)
            update(row * dim, cursor.next(), dim);
    });
}

/// Calls update(offset, gradient, size) for pieces of the tensor that do not overlap, from several threads: `offset`
/// into the tensor (and its state), `gradient` of the piece. An update of each float by itself gives the same bits
/// whatever the kind of gradient.
template <class Update>
void walk(const Parameter& parameter, Reach reach, Update&& update)
{
    if (parameter.grad != nullptr)
        walkDense(*parameter.grad, update);
    else if (parameter.sparse || reach == Reach::RowsWithGradient)
        walkRows(*parameter.row_grad, parameter.value->cols(), update);
    else
        walkTable(*parameter.row_grad, *parameter.value, update);
}

} // namespace embedscope::detail
