// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/row_walk.h"

namespace embedscope::detail {

RowCursor::RowCursor(const RowGradient& gradient, Index begin, const std::vector<float>& zeros)
    : m_gradient(&gradient)
    , m_zeros(zeros.data())
    , m_row(begin)
    , m_entry(static_cast<std::size_t>(std::lower_bound(gradient.rows.begin(), gradient.rows.end(), begin) -
                                       gradient.rows.begin()))
{
}

const float* RowCursor::next()
{
    const auto& rows = m_gradient->rows;
    if (m_entry == rows.size() || rows[m_entry] != m_row++)
        return m_zeros;
    return m_gradient->values.row(static_cast<Index>(m_entry++)).data();
}

} // namespace embedscope::detail
