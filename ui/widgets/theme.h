// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

class QApplication;

namespace embedscope {

enum class ThemeChoice { System, Light, Dark };

/// The colours of the window by purpose. All but the last four are roles of the palette, named behind each.
struct ThemeColors
{
    bool dark = false; // by lightness: Qt 6.4 cannot ask the system for its colour scheme
    QColor surface;    // Window: panels, tool bar
    QColor field;      // Base: where one types
    QColor shade;      // AlternateBase: status bar, quiet blocks
    QColor text;       // WindowText
    QColor muted;      // PlaceholderText: captions, help, units
    QColor separator;  // Mid: lines between panels, tracks of bars
    QColor border;     // Dark: outlines of controls
    QColor hover;      // Midlight: below the pointer
    QColor selection;  // Highlight: selected rows, with the usual text on it
    QColor accent;     // Link: the one accent colour
    QColor onAccent;   // BrightText: text on the accent
    QColor mark;       // the chosen token and its neighbours
    QColor good;
    QColor warning;
    QColor bad;
};

[[nodiscard]] ThemeColors themeColors(const QPalette& palette);

/// The complete palette of the light or the dark theme.
[[nodiscard]] QPalette themePalette(bool dark);

/// Sets style and palette, and follows the system when `choice` is System. May be called again at any time.
void applyTheme(QApplication& app, ThemeChoice choice = ThemeChoice::System);

} // namespace embedscope
