// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_legend.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLinearGradient>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr double kMargin = 9;
constexpr double kGap = 7;
constexpr double kSwatch = 7;
constexpr double kGradient = 84;

/// The legend as a row of pieces, laid out once for measuring and once for painting.
struct Piece
{
    QString text;
    double width = 0;
    int colour = -1;       // a swatch before the text
    bool gradient = false; // instead of a text
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

std::vector<Piece> piecesOf(const MapLegend& legend, const QFontMetricsF& metrics, double widest)
{
    if (legend.names.empty())
        return gradientPieces(legend, metrics);
    std::vector<Piece> pieces;
    const std::size_t names = legend.names.size();
    double all = 2 * kMargin - 2 * kGap;
    for (const QString& name : legend.names) {
        pieces.push_back({name, kSwatch + 5 + metrics.horizontalAdvance(name), static_cast<int>(pieces.size())});
        all += pieces.back().width + 2 * kGap;
    }
    const std::size_t most = legend.colours > 0 ? std::min(names, legend.colours) : names;
    if (all <= widest && most == names)
        return pieces;
    // As many as leave room for the number of the others.
    double used = 2 * kMargin;
    std::size_t shown = 0;
    while (shown < most) {
        const double more = metrics.horizontalAdvance(moreText(names - shown - 1));
        used += pieces[shown].width + 2 * kGap;
        if (used + more > widest)
            break;
        ++shown;
    }
    pieces.resize(shown);
    const QString more = moreText(names - shown);
    pieces.push_back({more, metrics.horizontalAdvance(more)});
    return pieces;
}

double gapAfter(const Piece& piece)
{
    return piece.colour >= 0 ? 2 * kGap : kGap;
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
    double width = 2 * kMargin;
    const std::vector<Piece> pieces = piecesOf(legend, metrics, widest);
    for (const Piece& piece : pieces)
        width += piece.width + gapAfter(piece);
    return {std::ceil(width - (pieces.empty() ? 0 : gapAfter(pieces.back()))), std::ceil(metrics.height() + 8)};
}

void paintLegend(QPainter& painter, const QRectF& box, const MapLegend& legend, const std::vector<QColor>& table,
                 const PlotColours& colours, const QFont& font)
{
    if (table.size() < 2)
        return;
    paintPill(painter, box, colours);
    painter.setFont(font);
    double x = box.left() + kMargin;
    for (const Piece& piece : piecesOf(legend, QFontMetricsF(font), box.width())) {
        QRectF place(x, box.top(), piece.width, box.height());
        x += piece.width + gapAfter(piece);
        if (piece.gradient) {
            paintGradient(painter, QRectF(place.left(), box.center().y() - 3, place.width(), 6), table);
            continue;
        }
        if (piece.colour >= 0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(table[std::min(static_cast<std::size_t>(piece.colour), table.size() - 1)]);
            painter.drawEllipse(QPointF(place.left() + kSwatch / 2, place.center().y()), kSwatch / 2, kSwatch / 2);
            place.setLeft(place.left() + kSwatch + 5);
        }
        painter.setPen(colours.mutedText);
        painter.drawText(place.adjusted(0, 0, 4, 0), Qt::AlignLeft | Qt::AlignVCenter, piece.text);
    }
}

} // namespace embedscope
