// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QPainter;
class QStyleOptionSlider;

namespace embedscope {

inline constexpr int kScrollBarExtent = 11;
inline constexpr int kSmallestThumb = 28;

/// A scroll bar is its thumb and the ways before and behind it; there are no buttons at its ends.
[[nodiscard]] QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part);

void paintScrollBar(QPainter& painter, const QStyleOptionSlider& bar);

} // namespace embedscope
