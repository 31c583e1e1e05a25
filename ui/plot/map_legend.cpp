// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_legend.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLinearGradient>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope {

namespace {

constexpr double kMargin = 9;
constexpr double kGap = 7;
constexpr double kSwatch = 7;
constexpr double kGradient = 84;

constexpr int kMostLines = 3;
constexpr double kSwatchGap = 5;
constexpr double kPadding = 4; // above and below the text
constexpr double kHollow = 1.2;

/// The legend in pieces, laid out once for measuring and once for painting.
struct Piece
{
    QString text;
    double width = 0;
    int colour = -1;       // a swatch before the text
    bool gradient = false; // instead of a text
    QRectF place = {};     // from the legend's corner
};

std::vector<Piece> gradientPieces(const MapLegend& legend, const QFontMetricsF& metrics)
{
    std::vector<Piece> pieces;
    const auto text = [&](const QString& string) { pieces.push_back({string, metrics.horizontalAdvance(string)}); };
    text(legend.title);
    text(QLocale().toString(legend.low, 'g', 3));
    pieces.push_back({{}, kGradient, -1, true});
    text(QLocale().toString(legend.high, 'g', 3));
    return pieces;
}

QString moreText(std::size_t count)
{
    return QCoreApplication::translate("MapLegend", "and %1 more")
        .arg(QLocale().toString(static_cast<qlonglong>(count)));
}

/// The first `shown` names and the number of the others.
std::vector<Piece> namePieces(const MapLegend& legend, const QFontMetricsF& metrics, std::size_t shown)
{
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < shown; ++i)
        pieces.push_back(
            {legend.names[i], kSwatch + kSwatchGap + metrics.horizontalAdvance(legend.names[i]), static_cast<int>(i)});
    if (shown < legend.names.size()) {
        const QString more = moreText(legend.names.size() - shown);
        pieces.push_back({more, metrics.horizontalAdvance(more)});
    }
    return pieces;
}

double gapAfter(const Piece& piece)
{
    return piece.colour >= 0 ? 2 * kGap : kGap;
}

/// Gives each piece its place, line by line; returns the number of lines.
int breakLines(std::vector<Piece>& pieces, double lineHeight, double widest)
{
    int line = 0;
    double x = kMargin;
    for (Piece& piece : pieces) {
        if (x > kMargin && x + piece.width + kMargin > widest) {
            ++line;
            x = kMargin;
        }
        piece.place = QRectF(x, kPadding + line * lineHeight, piece.width, lineHeight);
        x += piece.width + gapAfter(piece);
    }
    return line + 1;
}

/// A box that was measured is a little wider than its longest line, never narrower, so it breaks into the same lines.
std::vector<Piece> piecesOf(const MapLegend& legend, const QFontMetricsF& metrics, double widest)
{
    std::vector<Piece> pieces;
    if (legend.names.empty()) {
        pieces = gradientPieces(legend, metrics);
        breakLines(pieces, metrics.height(), std::numeric_limits<double>::infinity());
        return pieces;
    }
    const std::size_t names = legend.names.size();
    std::size_t shown = legend.colours > 0 ? std::min(names, legend.colours) : names;
    pieces = namePieces(legend, metrics, shown);
    while (breakLines(pieces, metrics.height(), widest) > kMostLines && shown > 0)
        pieces = namePieces(legend, metrics, --shown);
    return pieces;
}

void paintGradient(QPainter& painter, const QRectF& bar, const std::vector<QColor>& table)
{
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    constexpr int kStops = 10;
    // The last colour of the table stands for rows without a value.
    const std::size_t last = table.size() - 2;
    for (int i = 0; i <= kStops; ++i)
        gradient.setColorAt(static_cast<double>(i) / kStops, table[last * static_cast<std::size_t>(i) / kStops]);
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient);
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2);
}

} // namespace

void paintPill(QPainter& painter, const QRectF& box, const PlotColours& colours)
{
    painter.setPen(QPen(colours.line, 1));
    painter.setBrush(colours.background);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

QSizeF legendSize(const MapLegend& legend, const QFont& font, double widest)
{
    const QFontMetricsF metrics(font);
    QRectF all(kMargin, kPadding, 0, metrics.height());
    for (const Piece& piece : piecesOf(legend, metrics, widest))
        all |= piece.place;
    return {std::ceil(all.right() + kMargin), std::ceil(all.bottom() + kPadding)};
}

namespace {

void paintSwatch(QPainter& painter, const QRectF& place, const QColor& colour, bool hidden)
{
    painter.setPen(hidden ? QPen(colour, kHollow) : QPen(Qt::NoPen));
    painter.setBrush(hidden ? QBrush(Qt::NoBrush) : QBrush(colour));
    const double radius = (hidden ? kSwatch - kHollow : kSwatch) / 2;
    painter.drawEllipse(QPointF(place.left() + kSwatch / 2, place.center().y()), radius, radius);
}

} // namespace

void paintLegend(QPainter& painter, const QRectF& box, const MapLegend& legend, const std::vector<QColor>& table,
                 const PlotColours& colours, const QFont& font)
{
    if (table.size() < 2)
        return;
    paintPill(painter, box, colours);
    QFont struck = font;
    struck.setStrikeOut(true);
    for (const Piece& piece : piecesOf(legend, QFontMetricsF(font), box.width())) {
        QRectF place = piece.place.translated(box.topLeft());
        if (piece.gradient) {
            paintGradient(painter, QRectF(place.left(), place.center().y() - 3, place.width(), 6), table);
            continue;
        }
        const auto name = static_cast<std::size_t>(std::max(piece.colour, 0));
        const bool hidden = piece.colour >= 0 && name < legend.hidden.size() && legend.hidden[name] != 0;
        if (piece.colour >= 0) {
            paintSwatch(painter, place, table[std::min(name, table.size() - 1)], hidden);
            place.setLeft(place.left() + kSwatch + kSwatchGap);
        }
        painter.setFont(hidden ? struck : font);
        painter.setPen(hidden ? blended(colours.mutedText, colours.background, 0.45) : colours.mutedText);
        painter.drawText(place.adjusted(0, 0, 4, 0), Qt::AlignLeft | Qt::AlignVCenter, piece.text);
    }
}

std::optional<std::size_t> legendNameAt(const MapLegend& legend, const QFont& font, const QRectF& box, QPointF pixel)
{
    if (!box.contains(pixel))
        return std::nullopt;
    for (const Piece& piece : piecesOf(legend, QFontMetricsF(font), box.width())) {
        // A name reaches to the middle of the gap before the next one.
        const QRectF target = piece.place.adjusted(-kGap, 0, kGap, 0).translated(box.topLeft());
        if (piece.colour >= 0 && target.contains(pixel))
            return static_cast<std::size_t>(piece.colour);
    }
    return std::nullopt;
}

} // namespace embedscope
