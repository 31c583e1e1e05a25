// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/heat_strip.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QImage>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr int kHeight = 22;
constexpr int kHintWidth = 240;
constexpr double kRadius = 4;
constexpr int kDecimals = 3;

struct Ends
{
    QColor negative, positive;
};

Ends endsFor(const QPalette& palette)
{
    return themeColors(palette).dark ? Ends{{0x5B, 0xB0, 0xEE}, {0xF2, 0x6B, 0x54}}
                                     : Ends{{0x1F, 0x6F, 0xB5}, {0xC6, 0x2F, 0x22}};
}

float channel(float zero, float end, double share)
{
    return zero + static_cast<float>(std::abs(share)) * (end - zero);
}

} // namespace

QColor divergingColour(double share, const QPalette& palette)
{
    const ThemeColors colours = themeColors(palette);
    if (std::isnan(share))
        return colours.muted;
    const Ends ends = endsFor(palette);
    const QColor& end = share < 0 ? ends.negative : ends.positive;
    const QColor& zero = colours.surface;
    return QColor::fromRgbF(channel(zero.redF(), end.redF(), share), channel(zero.greenF(), end.greenF(), share),
                            channel(zero.blueF(), end.blueF(), share));
}

HeatStrip::HeatStrip(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Values of the vector"));
    setAccessibleDescription(tr("Blue is below zero, red above. Read single dimensions with the arrow keys."));
}

void HeatStrip::setVector(RowVector values)
{
    m_values = std::move(values);
    m_read = std::min(m_read, m_values.size() - 1);
    m_largest = 0;
    for (const float value : m_values)
        if (std::isfinite(value))
            m_largest = std::max(m_largest, std::abs(value));
    update();
}

QSize HeatStrip::sizeHint() const
{
    return {kHintWidth, kHeight};
}

QSize HeatStrip::minimumSizeHint() const
{
    return {kHeight, kHeight};
}

double HeatStrip::cellWidth() const
{
    return static_cast<double>(width()) / static_cast<double>(std::max<Index>(m_values.size(), 1));
}

Index HeatStrip::dimensionAt(double x) const
{
    const auto dimension = static_cast<Index>(std::floor(x / cellWidth()));
    return dimension >= 0 && dimension < m_values.size() ? dimension : -1;
}

QString HeatStrip::dimensionText(Index dimension) const
{
    return tr("dim %1: %2")
        .arg(QLocale().toString(static_cast<qlonglong>(dimension)),
             numberText(static_cast<double>(m_values[dimension]), kDecimals));
}

/// One pixel a dimension; the painter stretches it.
QImage HeatStrip::cells() const
{
    QImage image(static_cast<int>(m_values.size()), 1, QImage::Format_RGB32);
    for (Index i = 0; i < m_values.size(); ++i) {
        const auto value = static_cast<double>(m_values[i]);
        const double share = m_largest > 0 ? std::clamp(value / static_cast<double>(m_largest), -1.0, 1.0) : value;
        image.setPixelColor(static_cast<int>(i), 0, divergingColour(share, palette()));
    }
    return image;
}

void HeatStrip::paintEvent(QPaintEvent* /*event*/)
{
    if (m_values.size() == 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(rect(), kRadius, kRadius);
    painter.setClipPath(outline);
    // With more dimensions than pixels neighbours are averaged; with fewer each cell keeps its edges.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_values.size() > width());
    painter.drawImage(rect(), cells());
    if (!hasFocus())
        return;
    painter.setClipping(false);
    const QColor accent = themeColors(palette()).accent;
    const bool reads = m_read >= 0;
    const QRectF read(static_cast<double>(m_read) * cellWidth(), 0, std::max(cellWidth(), 4.0), height());
    paintFocusRing(painter, reads ? read : QRectF(rect()), accent, kRadius);
}

bool HeatStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const Index dimension = dimensionAt(help->pos().x());
    if (dimension >= 0)
        QToolTip::showText(help->globalPos(), dimensionText(dimension), this);
    else
        QToolTip::hideText();
    return true;
}

void HeatStrip::keyPressEvent(QKeyEvent* event)
{
    const Index last = m_values.size() - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return readAt(std::max<Index>(m_read - 1, 0));
    case Qt::Key_Right:
        return readAt(std::min(m_read + 1, last));
    case Qt::Key_Home:
        return readAt(0);
    case Qt::Key_End:
        return readAt(last);
    default:
        QWidget::keyPressEvent(event);
    }
}

void HeatStrip::focusOutEvent(QFocusEvent* event)
{
    m_read = -1;
    QWidget::focusOutEvent(event);
    update();
}

void HeatStrip::readAt(Index dimension)
{
    if (m_values.size() == 0)
        return;
    m_read = dimension;
    const QPoint below(static_cast<int>(static_cast<double>(dimension) * cellWidth()), height());
    QToolTip::showText(mapToGlobal(below), dimensionText(dimension), this);
    update();
}

} // namespace embedscope
