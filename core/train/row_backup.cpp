// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/row_backup.h"

#include "core/nn/rows.h"

namespace embedscope {

void RowBackup::start(Index rows)
{
    if (m_isKept.size() != static_cast<std::size_t>(rows))
        m_isKept.assign(static_cast<std::size_t>(rows), false);
    for (const std::int64_t row : m_rows)
        m_isKept[static_cast<std::size_t>(row)] = false;
    m_rows.clear();
    m_values.clear();
}

void RowBackup::keep(const Matrix& table, std::span<const std::int64_t> rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        detail::prefetchAhead(table, rows, static_cast<Index>(i));
        const std::int64_t row = rows[i];
        if (m_isKept[static_cast<std::size_t>(row)])
            continue;
        m_isKept[static_cast<std::size_t>(row)] = true;
        m_rows.push_back(row);
        const float* values = table.data() + row * table.cols();
        m_values.insert(m_values.end(), values, values + table.cols());
    }
}

void RowBackup::restore(Matrix& table) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        table.row(m_rows[i]) =
            Eigen::Map<const RowVector>(m_values.data() + i * static_cast<std::size_t>(table.cols()), table.cols());
}

} // namespace embedscope
