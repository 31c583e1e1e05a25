// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/row_backup.h"

#include "core/nn/rows.h"

namespace embedscope {

namespace {

constexpr std::size_t kRowsPerBlock = 1024;

} // namespace

void RowBackup::start(Index rows)
{
    if (m_isKept.size() != static_cast<std::size_t>(rows))
        m_isKept.assign(static_cast<std::size_t>(rows), false);
    for (const std::int64_t row : m_rows)
        m_isKept[static_cast<std::size_t>(row)] = false;
    m_rows.clear();
}

void RowBackup::keep(const Matrix& table, std::span<const std::int64_t> rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        detail::prefetchAhead(table, rows, static_cast<Index>(i));
        const std::int64_t row = rows[i];
        if (m_isKept[static_cast<std::size_t>(row)])
            continue;
        m_isKept[static_cast<std::size_t>(row)] = true;
        const std::size_t place = m_rows.size();
        if (place / kRowsPerBlock == m_blocks.size())
            m_blocks.emplace_back(static_cast<Index>(kRowsPerBlock), table.cols());
        m_blocks[place / kRowsPerBlock].row(static_cast<Index>(place % kRowsPerBlock)) = table.row(row);
        m_rows.push_back(row);
    }
}

void RowBackup::restore(Matrix& table) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        table.row(m_rows[i]) = m_blocks[i / kRowsPerBlock].row(static_cast<Index>(i % kRowsPerBlock));
}

} // namespace embedscope
