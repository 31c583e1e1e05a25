// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>

class QPainter;
class QRectF;

namespace embedscope {

/// One family of icons, painted by code: crisp at any resolution and right in both themes.
enum class IconName {
    Open,
    Text,
    Sample,
    Save,
    Export,
    Copy,
    Undo,
    Redo,
    Play,
    Pause,
    Step,
    Stop,
    Replay,
    Fit,
    Lasso,
    Rectangle,
    Search,
    Filter,
    Sun,
    Moon,
    Settings,
    Help,
    Keyboard,
    Token,
    Formula,
    Command,
    Clock,
    Info,
    Warning,
    Error,
    Close,
    Float,
    ChevronDown,
    ChevronRight,
    Drop,
};

inline constexpr int kIconCount = static_cast<int>(IconName::Drop) + 1;

/// Takes its colour from the application's palette each time it is painted, so it follows a change of theme.
[[nodiscard]] QIcon icon(IconName name, QPalette::ColorRole role = QPalette::ButtonText);

/// Paints the icon into the largest square in the middle of `rect`.
void paintIcon(QPainter& painter, const QRectF& rect, IconName name, const QColor& color);

/// The program's own mark, from the resources.
[[nodiscard]] QIcon appIcon();

} // namespace embedscope
