// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/popup_frame.h"

#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace embedscope {

void PopupFrame::paintEvent(QPaintEvent*)
{
    const ThemeColors colors = themeColors(palette());
    QPainter painter(this);
    paintRounded(painter, rect(), colors.surface, colors.border, 8);
}

} // namespace embedscope
