// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <cstdint>
#include <vector>

namespace embedscope {

/// The few colours all charts share, taken from the palette where it has them.
struct PlotColours
{
    bool dark = false;
    QColor background;
    QColor text;
    QColor mutedText; // titles, tick labels, badges
    QColor line;      // axes and frames
    QColor accent;    // the one blue
    QColor selection; // the selected word, marks of live switches: orange
    QColor positive;  // accuracy: green
};

/// Whether text is lighter than the window behind it; Qt 6.4 has no other way to ask.
bool isDark(const QPalette& palette);
PlotColours plotColours(const QPalette& palette);

/// `amount` of `b` over `a`, in [0, 1].
QColor blended(const QColor& a, const QColor& b, double amount);

/// Ten colours that people with a colour vision deficiency can tell apart, after Paul Tol's bright and muted schemes.
/// No orange: that is the selection.
std::vector<QColor> categoricalColours(bool dark);

/// Viridis (Smith and van der Walt 2015) at `t` in [0, 1], by straight lines between eleven published colours.
QColor viridis(double t);
/// 256 colours; the end of viridis that would vanish in the background is left out.
std::vector<QColor> viridisTable(bool dark);
/// 256 colours for signed values: blue, grey, red, after the BuRd scheme of Paul Tol, which people with a colour vision
/// deficiency can tell apart. The grey of the middle stays visible in front of the background.
std::vector<QColor> divergingTable(bool dark);

} // namespace embedscope
