// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_widget.h"

#include "ui/plot/plot_overlay.h"

#include <QEvent>
#include <QLocale>

#include <algorithm>

namespace embedscope {

PlotWidget::PlotWidget(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_colours(plotColours(palette()))
{
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setLocale(QLocale());
    m_plot->plotLayout()->setMargins({});
    // The plot owns it, as it owns all layerables.
    new PlotOverlay(m_plot, [this](QPainter& painter) { paintOverlay(painter); });
    connect(m_plot, &QCustomPlot::afterReplot, this, [this] { m_drawn = true; });
    setMouseTracking(true);
}

PlotWidget::~PlotWidget() = default;

QImage PlotWidget::renderToImage(QSize size, double scale)
{
    return m_plot->toPixmap(size.width(), size.height(), scale).toImage();
}

void PlotWidget::renderVectors(QPaintDevice& device, QSize size)
{
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    m_plot->toPainter(&painter, size.width(), size.height());
}

void PlotWidget::setBackgroundShown(bool shown)
{
    m_plot->setBackground(shown ? QBrush(m_colours.background) : QBrush(Qt::NoBrush));
}

void PlotWidget::refresh()
{
    followScreen();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotWidget::refreshOverlay()
{
    if (m_drawn)
        m_plot->layer(QStringLiteral("overlay"))->replot();
    else
        refresh();
}

void PlotWidget::styleAxis(QCPAxis* axis) const
{
    const QPen line(m_colours.line, 1);
    axis->setBasePen(line);
    axis->setTickPen(line);
    axis->setSubTicks(false);
    axis->setTickLength(0, 4);
    axis->setTickLabelColor(m_colours.mutedText);
    axis->setLabelColor(m_colours.mutedText);
    axis->setTickLabelFont(smallFont());
    axis->setLabelFont(smallFont());
    axis->setTickLabelPadding(4);
    axis->setLabelPadding(4);
    axis->grid()->setPen(QPen(blended(m_colours.line, m_colours.background, 0.45), 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->grid()->setVisible(false);
}

void PlotWidget::spaceTicks(QCPAxis* axis, int length, int pixels)
{
    axis->ticker()->setTickCount(std::clamp(length / pixels, 2, 8));
}

void PlotWidget::paintText(QPainter& painter, const QRectF& box, const QString& text, const QColor& colour) const
{
    QColor behind = m_colours.background;
    behind.setAlphaF(0.8F);
    painter.fillRect(box.adjusted(-2, 0, 2, 0), behind);
    painter.setFont(smallFont());
    painter.setPen(colour);
    painter.drawText(box.adjusted(0, 0, 2, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void PlotWidget::paintEmptyText(QPainter& painter, const QString& text) const
{
    painter.setPen(m_colours.mutedText);
    painter.setFont(font());
    painter.drawText(QRectF(m_plot->viewport()).adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap, text);
}

QFont PlotWidget::smallFont() const
{
    QFont small = font();
    if (small.pointSizeF() > 0)
        small.setPointSizeF(small.pointSizeF() * 0.92);
    return small;
}

void PlotWidget::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange)
        restyle();
    if (event->type() == QEvent::LocaleChange) {
        m_plot->setLocale(locale());
        refresh();
    }
}

void PlotWidget::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    restyle();
}

void PlotWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    followScreen();
    m_plot->setGeometry(rect());
}

void PlotWidget::restyle()
{
    m_colours = plotColours(palette());
    m_plot->setBackground(QBrush(m_colours.background));
    applyStyle();
    refresh();
}

void PlotWidget::followScreen()
{
    // The widget may have moved to a screen with another ratio.
    if (!qFuzzyCompare(m_plot->bufferDevicePixelRatio(), devicePixelRatioF()))
        m_plot->setBufferDevicePixelRatio(devicePixelRatioF());
}

} // namespace embedscope
