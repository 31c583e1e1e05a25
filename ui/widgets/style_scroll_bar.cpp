// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style_scroll_bar.h"

#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace embedscope {

QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part)
{
    const bool horizontal = bar.orientation == Qt::Horizontal;
    const int length = horizontal ? bar.rect.width() : bar.rect.height();
    int thumb = length;
    if (bar.maximum > bar.minimum) {
        const double range = double(bar.maximum) - bar.minimum + bar.pageStep;
        thumb = std::clamp(qRound(length * bar.pageStep / range), std::min(kSmallestThumb, length), length);
    }
    const int start =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - thumb, bar.upsideDown);
    const auto span = [&](int from, int size) {
        return horizontal ? QRect(bar.rect.left() + from, bar.rect.top(), size, bar.rect.height())
                          : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), size);
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return bar.rect;
    case QStyle::SC_ScrollBarSlider:
        return span(start, thumb);
    case QStyle::SC_ScrollBarSubPage:
        return span(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return span(start + thumb, length - start - thumb);
    default:
        return {};
    }
}

void paintScrollBar(QPainter& painter, const QStyleOptionSlider& bar)
{
    if (bar.minimum == bar.maximum)
        return;
    const ThemeColors colors = themeColors(bar.palette);
    const bool active = bar.state & (QStyle::State_Sunken | QStyle::State_MouseOver);
    const QColor color = active ? mixed(colors.border, colors.muted, 0.6) : colors.border;
    const double margin = active ? 2 : 3;
    const QRectF thumb =
        QRectF(QStyle::visualRect(bar.direction, bar.rect, scrollBarPart(bar, QStyle::SC_ScrollBarSlider)))
            .adjusted(margin, margin, -margin, -margin);
    const double radius = std::min(thumb.width(), thumb.height()) / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(thumb, radius, radius);
    painter.restore();
}

} // namespace embedscope
