// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon_glyphs.h"

#include <QPolygonF>

#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>

namespace embedscope {

namespace {

using Points = std::initializer_list<QPointF>;

void line(QPainterPath& path, Points points)
{
    path.addPolygon(QPolygonF(QList<QPointF>(points)));
}

void closed(QPainterPath& path, Points points)
{
    line(path, points);
    path.closeSubpath();
}

void dot(QPainterPath& path, double x, double y, double radius)
{
    path.addEllipse(QPointF(x, y), radius, radius);
}

void box(QPainterPath& path, double x, double y, double width, double height, double radius)
{
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius);
}

Glyph open()
{
    Glyph g;
    line(g.strokes, {{2, 12.5}, {2, 3.5}, {6, 3.5}, {7.5, 5.5}, {13, 5.5}, {13, 7.5}});
    closed(g.strokes, {{2, 12.8}, {4.2, 7.5}, {14.6, 7.5}, {12.6, 12.8}});
    return g;
}

Glyph text()
{
    Glyph g;
    closed(g.strokes, {{3.5, 1.8}, {9.5, 1.8}, {12.8, 5.1}, {12.8, 14.2}, {3.5, 14.2}});
    line(g.strokes, {{6, 7.5}, {10.2, 7.5}});
    line(g.strokes, {{6, 10.5}, {10.2, 10.5}});
    return g;
}

Glyph sample()
{
    Glyph g;
    line(g.strokes, {{4, 11.5}, {7.5, 6}, {12, 9}});
    dot(g.fills, 4, 11.5, 1.9);
    dot(g.fills, 7.5, 6, 1.9);
    dot(g.fills, 12, 9, 1.9);
    dot(g.fills, 11.5, 3.5, 1.2);
    return g;
}

Glyph save()
{
    Glyph g;
    line(g.strokes, {{8, 2}, {8, 9.5}});
    line(g.strokes, {{5, 6.7}, {8, 9.7}, {11, 6.7}});
    line(g.strokes, {{2.5, 10.5}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 10.5}});
    return g;
}

Glyph exportTo()
{
    Glyph g;
    line(g.strokes, {{8, 9.8}, {8, 2.2}});
    line(g.strokes, {{5, 5}, {8, 2}, {11, 5}});
    line(g.strokes, {{2.5, 9.5}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 9.5}});
    return g;
}

Glyph copy()
{
    Glyph g;
    box(g.strokes, 5.5, 5.5, 8, 8, 1.5);
    line(g.strokes, {{3.2, 10.5}, {2.5, 10.5}, {2.5, 2.5}, {10.5, 2.5}, {10.5, 3.2}});
    return g;
}

Glyph undo()
{
    Glyph g;
    line(g.strokes, {{5.5, 2.5}, {2.5, 5.5}, {5.5, 8.5}});
    g.strokes.moveTo(2.7, 5.5);
    g.strokes.lineTo(9.5, 5.5);
    g.strokes.arcTo(QRectF(5.5, 5.5, 8, 8), 90, -180);
    g.strokes.lineTo(6, 13.5);
    return g;
}

Glyph mirrored(Glyph g)
{
    const QTransform flip(-1, 0, 0, 1, 16, 0);
    return {flip.map(g.strokes), flip.map(g.fills)};
}

Glyph play()
{
    Glyph g;
    closed(g.fills, {{4.5, 2.8}, {13, 8}, {4.5, 13.2}});
    return g;
}

Glyph pause()
{
    Glyph g;
    box(g.fills, 4, 3, 2.8, 10, 0.7);
    box(g.fills, 9.2, 3, 2.8, 10, 0.7);
    return g;
}

Glyph step()
{
    Glyph g;
    closed(g.fills, {{3.5, 3}, {10, 8}, {3.5, 13}});
    box(g.fills, 10.7, 3, 2.2, 10, 0.6);
    return g;
}

Glyph stop()
{
    Glyph g;
    box(g.fills, 3.7, 3.7, 8.6, 8.6, 1);
    return g;
}

Glyph replay()
{
    Glyph g;
    g.strokes.arcMoveTo(QRectF(2.8, 2.8, 10.4, 10.4), 150);
    g.strokes.arcTo(QRectF(2.8, 2.8, 10.4, 10.4), 150, 300);
    line(g.strokes, {{2.8, 1.8}, {3.3, 5.6}, {7, 4.9}});
    return g;
}

Glyph fit()
{
    Glyph g;
    line(g.strokes, {{2.5, 6}, {2.5, 2.5}, {6, 2.5}});
    line(g.strokes, {{10, 2.5}, {13.5, 2.5}, {13.5, 6}});
    line(g.strokes, {{13.5, 10}, {13.5, 13.5}, {10, 13.5}});
    line(g.strokes, {{6, 13.5}, {2.5, 13.5}, {2.5, 10}});
    dot(g.fills, 8, 8, 1.6);
    return g;
}

Glyph lasso()
{
    Glyph g;
    g.strokes.addEllipse(QRectF(2, 2.5, 12, 7.5));
    g.strokes.moveTo(5, 9.7);
    g.strokes.cubicTo(3, 11.5, 6.5, 12, 4.5, 14.2);
    return g;
}

Glyph search()
{
    Glyph g;
    dot(g.strokes, 7, 7, 4.5);
    line(g.strokes, {{10.4, 10.4}, {13.8, 13.8}});
    return g;
}

Glyph filter()
{
    Glyph g;
    line(g.strokes, {{2.5, 4}, {13.5, 4}});
    line(g.strokes, {{4.7, 8}, {11.3, 8}});
    line(g.strokes, {{6.8, 12}, {9.2, 12}});
    return g;
}

QPointF onCircle(double radius, double degrees)
{
    const double angle = degrees * std::numbers::pi / 180;
    return {8 + radius * std::cos(angle), 8 + radius * std::sin(angle)};
}

Glyph sun()
{
    Glyph g;
    dot(g.strokes, 8, 8, 3);
    for (int ray = 0; ray < 8; ++ray)
        line(g.strokes, {onCircle(5.2, ray * 45), onCircle(6.6, ray * 45)});
    return g;
}

Glyph moon()
{
    Glyph g;
    QPainterPath disc;
    disc.addEllipse(QRectF(2.5, 2.5, 11, 11));
    QPainterPath bite;
    bite.addEllipse(QRectF(6.4, 0.8, 9.6, 9.6));
    g.strokes = disc.subtracted(bite);
    return g;
}

Glyph settings()
{
    Glyph g;
    line(g.strokes, {{2.5, 5}, {8.4, 5}});
    line(g.strokes, {{12.2, 5}, {13.5, 5}});
    dot(g.strokes, 10.3, 5, 1.8);
    line(g.strokes, {{2.5, 11}, {3.8, 11}});
    line(g.strokes, {{7.6, 11}, {13.5, 11}});
    dot(g.strokes, 5.7, 11, 1.8);
    return g;
}

Glyph inCircle()
{
    Glyph g;
    dot(g.strokes, 8, 8, 6);
    return g;
}

Glyph help()
{
    Glyph g = inCircle();
    g.strokes.moveTo(6.1, 6.4);
    g.strokes.cubicTo(6.3, 3.9, 9.9, 4.1, 9.9, 6.5);
    g.strokes.cubicTo(9.9, 7.9, 8, 7.9, 8, 9.2);
    dot(g.fills, 8, 11.4, 0.9);
    return g;
}

Glyph keyboard()
{
    Glyph g;
    box(g.strokes, 1.8, 4, 12.4, 8, 1.4);
    line(g.strokes, {{5.5, 9.6}, {10.5, 9.6}});
    for (const double x : {4.5, 6.8, 9.2, 11.5})
        dot(g.fills, x, 6.8, 0.75);
    return g;
}

Glyph token()
{
    Glyph g;
    dot(g.fills, 8, 8, 2.6);
    return g;
}

Glyph formula()
{
    Glyph g;
    line(g.strokes, {{2.5, 5}, {6.5, 5}});
    line(g.strokes, {{9.5, 11}, {13.5, 11}});
    line(g.strokes, {{11.5, 9}, {11.5, 13}});
    line(g.strokes, {{4, 13}, {12, 3}});
    return g;
}

Glyph command()
{
    Glyph g;
    line(g.strokes, {{3, 4}, {7, 8}, {3, 12}});
    line(g.strokes, {{8.5, 12.2}, {13.2, 12.2}});
    return g;
}

Glyph clock()
{
    Glyph g = inCircle();
    line(g.strokes, {{8, 4.6}, {8, 8}, {10.4, 9.6}});
    return g;
}

Glyph info()
{
    Glyph g = inCircle();
    dot(g.fills, 8, 5.2, 0.9);
    line(g.strokes, {{8, 7.8}, {8, 11}});
    return g;
}

Glyph warning()
{
    Glyph g;
    closed(g.strokes, {{8, 2.2}, {14.2, 13.4}, {1.8, 13.4}});
    line(g.strokes, {{8, 6.6}, {8, 9.3}});
    dot(g.fills, 8, 11.4, 0.9);
    return g;
}

Glyph error()
{
    Glyph g = inCircle();
    line(g.strokes, {{5.9, 5.9}, {10.1, 10.1}});
    line(g.strokes, {{10.1, 5.9}, {5.9, 10.1}});
    return g;
}

Glyph close()
{
    Glyph g;
    line(g.strokes, {{4, 4}, {12, 12}});
    line(g.strokes, {{12, 4}, {4, 12}});
    return g;
}

Glyph floating()
{
    Glyph g;
    box(g.strokes, 2.8, 5.6, 7.6, 7.6, 1);
    line(g.strokes, {{6, 2.8}, {13.2, 2.8}, {13.2, 10}});
    return g;
}

Glyph chevronDown()
{
    Glyph g;
    line(g.strokes, {{4, 6.2}, {8, 10.2}, {12, 6.2}});
    return g;
}

Glyph chevronRight()
{
    Glyph g;
    line(g.strokes, {{6.2, 4}, {10.2, 8}, {6.2, 12}});
    return g;
}

Glyph rectangle()
{
    Glyph g;
    // Dashes, as around what is being selected.
    for (const double y : {3.5, 12.5})
        for (const double x : {2.5, 6.5, 10.5})
            line(g.strokes, {{x, y}, {x + 3, y}});
    for (const double x : {2.5, 13.5})
        line(g.strokes, {{x, 6.5}, {x, 9.5}});
    return g;
}

Glyph redo()
{
    return mirrored(undo());
}

// In the order of IconName.
constexpr std::array kGlyphs{
    &open,  &text,    &sample,   &save,   &exportTo, &copy,        &undo,         &redo,    &play,
    &pause, &step,    &stop,     &replay, &fit,      &lasso,       &rectangle,    &search,  &filter,
    &sun,   &moon,    &settings, &help,   &keyboard, &token,       &formula,      &command, &clock,
    &info,  &warning, &error,    &close,  &floating, &chevronDown, &chevronRight, &save,
};
static_assert(kGlyphs.size() == kIconCount);

} // namespace

Glyph glyph(IconName name)
{
    return kGlyphs.at(static_cast<std::size_t>(name))();
}

} // namespace embedscope
