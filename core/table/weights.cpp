// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/weights.h"

#include <utility>

namespace embedscope {

Weights::Weights(Matrix matrix)
    : m_matrix(std::make_shared<Matrix>(std::move(matrix)))
    , m_values(m_matrix->data())
    , m_rows(m_matrix->rows())
    , m_cols(m_matrix->cols())
{
}

Weights::Weights(std::shared_ptr<const void> owner, const float* values, Index rows, Index cols)
    : m_owner(std::move(owner))
    , m_values(values)
    , m_rows(rows)
    , m_cols(cols)
{
}

Matrix Weights::take() &&
{
    if (m_matrix && m_matrix.use_count() == 1)
        return std::move(*m_matrix);
    return view();
}

} // namespace embedscope
