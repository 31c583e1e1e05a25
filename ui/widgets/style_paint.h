// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QRectF>

class QPainter;
class QStyleOption;
class QStyleOptionComboBox;
class QStyleOptionDockWidget;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyle;

namespace embedscope {

inline constexpr double kControlRadius = 5;
inline constexpr int kPanelMargin = 12;

/// A filled rounded rectangle whose one-pixel outline lies inside `rect`.
void paintRounded(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& outline,
                  double radius = kControlRadius);

/// A line of the palette's separator colour, as thick as `rect`.
void paintSeparator(QPainter& painter, const QRect& rect, const QPalette& palette);

/// An arrow head that points up or down, in the middle of `rect`.
void paintChevron(QPainter& painter, const QRectF& rect, bool up, const QColor& color);

/// A bar with round ends, `share` of it (0 to 1) in `color`, the rest in `track` (usually the separator colour).
void paintBar(QPainter& painter, const QRectF& rect, double share, const QColor& color, const QColor& track);

/// `share` of `b` over `a`.
QColor mixed(const QColor& a, const QColor& b, double share);

/// The ring that shows where the keyboard is.
void paintFocusRing(QPainter& painter, const QRectF& rect, const QColor& accent, double radius = kControlRadius);

void paintButton(QPainter& painter, const QStyleOption& option, bool isDefault);
void paintField(QPainter& painter, const QStyleOption& option);
void paintCheckBox(QPainter& painter, const QStyleOption& option);
void paintRadioButton(QPainter& painter, const QStyleOption& option);
void paintComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow);
void paintSpinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down);
void paintSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle);
/// The line of a progress bar: thin, with room for a text of `textWidth` beside it.
QRect progressLine(const QStyleOptionProgressBar& bar, int textWidth);
void paintProgress(QPainter& painter, const QStyleOptionProgressBar& bar);
void paintMenuBarItem(QPainter& painter, const QStyleOptionMenuItem& item);
void paintTab(QPainter& painter, const QStyleOptionTab& option);
void paintHeaderSection(QPainter& painter, const QStyleOption& option);
void paintDockTitle(QPainter& painter, const QStyleOptionDockWidget& option, const QRect& text);

} // namespace embedscope
