// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/panel_matrix.h"

namespace embedscope::detail {

/// `rows` rows from `row` on of the panels [panel, panel + panels): one factor of a product.
struct PanelBlock
{
    const PanelMatrix* matrix;
    Index panel;
    Index panels;
    Index row;
    Index rows;
};

/// target (rows x 16, rows `stride` numbers apart) += a * b, where b is one panel with as many rows as a has columns.
/// The products with a long recurrence are narrow: a library packs the weights anew in each step, which takes as long
/// as the multiplication. Here they are stored once in the order in which they are read: 95 % of the rate of large
/// matrices from four rows on.
void multiplyAdd(const PanelBlock& a, const float* b, float* target, Index stride);

} // namespace embedscope::detail
