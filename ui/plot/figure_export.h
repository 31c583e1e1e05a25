// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSize>
#include <QString>

#include <optional>

namespace embedscope {

class MapView;

enum class FigureFormat { Png, Svg, Pdf };
/// By the ending of the name, upper and lower case alike.
std::optional<FigureFormat> figureFormat(const QString& path);

enum class FigureColours { AsShown, Light, Dark, Print };

struct FigureOptions
{
    QSize size{1280, 800}; // logical pixels: 96 to the inch
    double scale = 1;      // PNG: pixels of the image for each of them
    bool transparent = false;
    FigureColours colours = FigureColours::AsShown;
};

/// What the file says of itself: the title of a PDF, <title> and <desc> of an SVG, text chunks of a PNG.
struct FigureText
{
    QString title;       // "glove.6B.50d.txt: PCA"
    QString description; // method, settings, seed, rows, version
};

/// The part of the map that is seen, as a picture: PNG, or SVG and PDF with real text, and with dots that are shapes up
/// to 20,000 of them. The same bytes for the same map and options. ValueRefused for another ending or a size that no
/// file can hold; FileUnwritable. Belongs to the GUI thread.
Result<void> exportFigure(MapView& view, const QString& path, const FigureOptions& options, const FigureText& text);

} // namespace embedscope
