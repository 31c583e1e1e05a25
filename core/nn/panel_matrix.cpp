// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/panel_matrix.h"

#include "core/base/parallel.h"
#include "core/nn/rows.h"

#include <algorithm>

namespace embedscope::detail {

namespace {

/// `count` numbers of a row from the column `first` on, and zeros up to a whole panel; row -1: zeros.
void copyPart(const ConstMatrixRef& matrix, Index row, Index first, Index count, float* to)
{
    if (row >= 0 && count == kPanel) {
        copyPanelRow(matrix.data() + row * matrix.outerStride() + first, to);
        return;
    }
    const Index copied = row < 0 ? 0 : count;
    if (copied > 0)
        std::copy_n(matrix.data() + row * matrix.outerStride() + first, copied, to);
    std::fill(to + copied, to + kPanel, 0.0F);
}

void transposeBlock(const PanelMatrix& matrix, std::span<const Index> source, Index panel, float* out)
{
    std::fill_n(out, kPanel * kPanel, 0.0F);
    for (std::size_t column = 0; column < source.size(); ++column) {
        if (source[column] < 0)
            continue;
        const float* row = matrix.at(panel, source[column]);
        for (Index i = 0; i < kPanel; ++i)
            out[i * kPanel + static_cast<Index>(column)] = row[i];
    }
}

} // namespace

void PanelMatrix::resize(Index rows, Index cols)
{
    if (rows == m_rows && cols == m_cols)
        return;
    m_rows = rows;
    m_cols = cols;
    m_data.resize(capacity() * panels() * kPanel);
}

void PanelMatrix::zeroRowsFrom(Index row)
{
    for (Index panel = 0; panel < panels(); ++panel)
        std::fill(at(panel, row), at(panel, capacity()), 0.0F);
}

void gatherRows(const ConstMatrixRef& matrix, std::span<const Index> source, PanelMatrix& out)
{
    const auto rows = static_cast<Index>(source.size());
    const Index cols = matrix.cols();
    out.resize(rows, cols);
    parallelFor(rows, rowsPerChunk(cols), [&](Index begin, Index end) {
        for (Index panel = 0; panel < out.panels(); ++panel) {
            const Index first = panel * kPanel;
            const Index count = std::min(kPanel, cols - first);
            for (Index row = begin; row < end; ++row)
                copyPart(matrix, source[static_cast<std::size_t>(row)], first, count, out.at(panel, row));
        }
    });
    out.zeroRowsFrom(rows);
}

void gatherTransposed(const PanelMatrix& matrix, std::span<const Index> source, PanelMatrix& out)
{
    const auto columns = static_cast<Index>(source.size());
    out.resize(roundedUp(matrix.cols()), columns);
    parallelFor(out.panels(), std::max<Index>(1, rowsPerChunk(matrix.cols()) / kPanel), [&](Index begin, Index end) {
        for (Index block = begin; block < end; ++block) {
            const Index first = block * kPanel;
            const auto columnsOfBlock = source.subspan(static_cast<std::size_t>(first),
                                                       static_cast<std::size_t>(std::min(kPanel, columns - first)));
            for (Index panel = 0; panel < matrix.panels(); ++panel)
                transposeBlock(matrix, columnsOfBlock, panel, out.at(block, panel * kPanel));
        }
    });
}

} // namespace embedscope::detail
