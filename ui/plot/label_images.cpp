// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/label_images.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace embedscope {

namespace {

constexpr double kHalo = 2; // logical pixels around the text
constexpr qsizetype kMostImages = 4000;
constexpr int kLongestText = 40;

QString shortened(const QString& text)
{
    return text.size() <= kLongestText ? text : text.left(kLongestText - 1) + QChar(0x2026);
}

QSizeF measure(const QFont& font, const QString& text)
{
    const QFontMetricsF metrics(font);
    return {std::ceil(metrics.horizontalAdvance(shortened(text))), std::ceil(metrics.height())};
}

/// The text at the origin. Outlines of a small font are rounded to the pixels of a screen, how depends on what was
/// drawn before; those of one that is an em of many whole pixels are not.
QPainterPath exactOutline(const QFont& font, const QString& text, double dotsPerInch)
{
    constexpr int kEm = 1024;
    QFont large = font;
    large.setPixelSize(kEm);
    large.setHintingPreference(QFont::PreferNoHinting);
    QPainterPath outline;
    outline.addText({}, large, text);
    const double em = font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * dotsPerInch / 72;
    return QTransform::fromScale(em / kEm, em / kEm).map(outline);
}

// In whole pixels of the device: a blit, and crisp.
void drawAligned(QPainter& painter, QPointF corner, const QImage& image)
{
    const double ratio = image.devicePixelRatio();
    painter.drawImage(QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio), image);
}

} // namespace

void LabelImages::setStyle(const QFont& font, const QColor& text, const QColor& halo)
{
    m_font = font;
    m_text = text;
    m_halo = halo;
    clear();
}

void LabelImages::clear()
{
    m_sizes.clear();
    m_images.clear();
}

QSizeF LabelImages::sizeOf(Index key, const QString& text)
{
    const auto known = m_sizes.constFind(key);
    return known != m_sizes.constEnd() ? *known : *m_sizes.insert(key, measure(m_font, text));
}

void LabelImages::paint(QPainter& painter, const QRectF& box, Index key, const QString& text)
{
    if (m_real)
        return paintReal(painter, box.topLeft(), m_font, text, m_text);
    const double ratio = painter.deviceTransform().m11();
    if (!qFuzzyCompare(ratio, m_ratio) || m_images.size() > kMostImages)
        m_images.clear();
    m_ratio = ratio;
    auto image = m_images.constFind(key);
    if (image == m_images.constEnd())
        image = m_images.insert(key, render(m_font, text, m_text, ratio));
    drawAligned(painter, box.topLeft() - QPointF(kHalo, kHalo), *image);
}

void LabelImages::paintBold(QPainter& painter, const QRectF& box, const QString& text, const QColor& colour) const
{
    QFont bold = m_font;
    bold.setBold(true);
    const QPointF corner(box.left(), box.center().y() - QFontMetricsF(bold).height() / 2);
    if (m_real)
        return paintReal(painter, corner, bold, text, colour);
    drawAligned(painter, corner - QPointF(kHalo, kHalo), render(bold, text, colour, painter.deviceTransform().m11()));
}

void LabelImages::paintReal(QPainter& painter, QPointF corner, const QFont& font, const QString& text,
                            const QColor& colour) const
{
    const QPointF baseline = corner + QPointF(0, QFontMetricsF(font).ascent());
    QColor halo = m_halo;
    halo.setAlphaF(0.8F);
    const QPainterPath outline = exactOutline(font, shortened(text), painter.device()->logicalDpiY());
    painter.strokePath(outline.translated(baseline), QPen(halo, 2 * kHalo, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(baseline, shortened(text));
}

QImage LabelImages::render(const QFont& font, const QString& text, const QColor& colour, double ratio) const
{
    const QSizeF size = (measure(font, text) + QSizeF(2 * kHalo, 2 * kHalo)) * ratio;
    QImage image(QSize(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height()))),
                 QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF baseline(kHalo, kHalo + QFontMetricsF(font).ascent());
    QPainterPath outline;
    outline.addText(baseline, font, shortened(text));
    QColor halo = m_halo;
    halo.setAlphaF(0.8F);
    painter.strokePath(outline, QPen(halo, 2 * kHalo, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(baseline, shortened(text));
    return image;
}

} // namespace embedscope
