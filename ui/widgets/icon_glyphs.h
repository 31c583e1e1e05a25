// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QPainterPath>

namespace embedscope {

/// The shape of an icon on a grid of 16 x 16: `strokes` are drawn with a round pen, `fills` are filled.
struct Glyph
{
    QPainterPath strokes;
    QPainterPath fills;
};

[[nodiscard]] Glyph glyph(IconName name);

} // namespace embedscope
