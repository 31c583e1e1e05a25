// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QPainter;
class QStyleOption;
class QWidget;

namespace embedscope {

/// Each paints the elements it knows and returns true; false leaves the element to Fusion.
bool paintIndicator(QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter);
bool paintPanel(QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter);
bool paintFrame(QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter, const QWidget* widget);

} // namespace embedscope
