// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/norm_histogram.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace embedscope {

namespace {

constexpr int kMargin = 12;

QString numberText(double value)
{
    return QLocale().toString(value, 'f', 2);
}

} // namespace

NormHistogram::NormHistogram(QWidget* parent)
    : PlotWidget(parent)
    , m_bars(new QCPBars(m_plot->xAxis, m_plot->yAxis))
{
    m_plot->xAxis->setLabel(tr("norm (L2)"));
    m_plot->xAxis->setNumberFormat(QStringLiteral("g"));
    m_plot->yAxis->setLabel(tr("rows"));
    m_plot->yAxis->setNumberFormat(QStringLiteral("f"));
    m_plot->yAxis->setNumberPrecision(0);
    m_plot->plotLayout()->setMargins(QMargins(kMargin, kMargin, kMargin, kMargin / 2));
    setAccessibleName(tr("Histogram of the norms"));
    setMinimumSize(120, 90);
    applyStyle();
    applyData();
}

NormHistogram::~NormHistogram() = default;

void NormHistogram::setHistogram(Histogram histogram)
{
    m_histogram = std::move(histogram);
    applyData();
}

void NormHistogram::setAxisTitle(const QString& title)
{
    m_plot->xAxis->setLabel(title);
    refresh();
}

void NormHistogram::setSelected(const QString& token, double norm)
{
    m_token = token;
    m_norm = std::isfinite(norm) ? std::optional(norm) : std::nullopt;
    applyRange();
}

void NormHistogram::clearSelected()
{
    m_norm.reset();
    applyRange();
}

void NormHistogram::setMaxNorm(std::optional<double> maxNorm, Index rowsAbove)
{
    m_maxNorm = maxNorm && std::isfinite(*maxNorm) ? maxNorm : std::nullopt;
    m_rowsAbove = rowsAbove;
    applyRange();
}

std::optional<int> NormHistogram::binAt(QPointF pixel) const
{
    if (isEmpty() || !m_plot->axisRect()->rect().contains(pixel.toPoint()))
        return std::nullopt;
    const double bin = std::floor((m_plot->xAxis->pixelToCoord(pixel.x()) - m_histogram.low) / binWidth());
    return bin >= 0 && bin < static_cast<double>(m_histogram.counts.size()) ? std::optional(static_cast<int>(bin))
                                                                            : std::nullopt;
}

QString NormHistogram::textOfBin(int bin) const
{
    const double low = m_histogram.low + bin * binWidth();
    const auto rows = static_cast<int>(m_histogram.counts[static_cast<std::size_t>(bin)]);
    //: %1 and %2 are norms, %3 is the number of rows between them
    return tr("%1 to %2: %3")
        .arg(numberText(low), numberText(low + binWidth()), rows == 1 ? tr("1 row") : tr("%Ln rows", nullptr, rows));
}

bool NormHistogram::isEmpty() const
{
    return std::ranges::all_of(m_histogram.counts, [](Index count) { return count == 0; });
}

double NormHistogram::binWidth() const
{
    return (m_histogram.high - m_histogram.low) / static_cast<double>(m_histogram.counts.size());
}

void NormHistogram::applyData()
{
    const bool empty = isEmpty();
    m_bars->setVisible(!empty);
    m_plot->xAxis->setVisible(!empty);
    m_plot->yAxis->setVisible(!empty);
    QVector<QCPBarsData> bars;
    for (std::size_t i = 0; !empty && i < m_histogram.counts.size(); ++i)
        bars.append({m_histogram.low + (static_cast<double>(i) + 0.5) * binWidth(),
                     static_cast<double>(m_histogram.counts[i])});
    m_bars->data()->set(bars, true);
    m_bars->setWidth(empty ? 1 : binWidth());
    applyRange();
}

void NormHistogram::applyRange()
{
    describe();
    if (!isEmpty()) {
        // A marked norm may lie beyond the norms of the table: the line must still be seen.
        double low = m_histogram.low, high = m_histogram.high;
        for (const auto& mark : {m_norm, m_maxNorm})
            if (mark) {
                low = std::min(low, *mark);
                high = std::max(high, *mark);
            }
        const double margin = 0.02 * (high - low);
        m_plot->xAxis->setRange(low - margin, high + margin);
        m_plot->yAxis->setRange(0, 1.08 * static_cast<double>(std::ranges::max(m_histogram.counts)));
    }
    refresh();
}

void NormHistogram::describe()
{
    if (isEmpty())
        return setAccessibleDescription(tr("No norms yet."));
    QStringList sentences{tr("Norms from %1 to %2.").arg(numberText(m_histogram.low), numberText(m_histogram.high))};
    for (const Marker& marker : markers())
        sentences += marker.text + QLatin1Char('.');
    setAccessibleDescription(sentences.join(QLatin1Char(' ')));
}

void NormHistogram::applyStyle()
{
    styleAxis(m_plot->xAxis);
    styleAxis(m_plot->yAxis);
    m_plot->yAxis->setBasePen(Qt::NoPen);
    m_plot->yAxis->setTickPen(Qt::NoPen);
    m_plot->yAxis->grid()->setVisible(true);
    // The rim in the colour of the background makes the gap between bars.
    m_bars->setPen(QPen(m_colours.background, 1));
    m_bars->setBrush(blended(m_colours.accent, m_colours.background, 0.2));
}

std::vector<NormHistogram::Marker> NormHistogram::markers() const
{
    std::vector<Marker> result;
    if (m_norm)
        result.push_back(
            {*m_norm, m_token + QLatin1Char(' ') + numberText(*m_norm), m_colours.selection, Qt::SolidLine});
    if (m_maxNorm) {
        const QString above =
            m_rowsAbove == 1 ? tr("1 row above") : tr("%Ln rows above", nullptr, static_cast<int>(m_rowsAbove));
        const QString text = QStringLiteral("max_norm %1 · %2").arg(QLocale().toString(*m_maxNorm, 'f', 1), above);
        result.push_back({*m_maxNorm, text, m_colours.text, Qt::DashLine});
    }
    return result;
}

void NormHistogram::paintOverlay(QPainter& painter)
{
    if (isEmpty())
        return paintEmptyText(painter, tr("Open word vectors to see how their norms spread."));
    // All lines first: a label may lie over the line of the other.
    const std::vector<Marker> all = markers();
    for (const Marker& marker : all)
        paintLine(painter, marker);
    std::vector<QRectF> taken;
    for (const Marker& marker : all)
        paintLabel(painter, marker, taken);
}

void NormHistogram::paintLine(QPainter& painter, const Marker& marker) const
{
    const QRectF plot = m_plot->axisRect()->rect();
    const double x = std::round(m_plot->xAxis->coordToPixel(marker.norm));
    painter.setPen(QPen(marker.colour, 1.5, marker.style, Qt::FlatCap));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void NormHistogram::paintLabel(QPainter& painter, const Marker& marker, std::vector<QRectF>& taken) const
{
    const QRectF plot = m_plot->axisRect()->rect();
    const double x = std::round(m_plot->xAxis->coordToPixel(marker.norm));
    const QFontMetricsF metrics(smallFont());
    const QString text = metrics.elidedText(marker.text, Qt::ElideMiddle, plot.width() - 12);
    QRectF box(x + 5, plot.top(), metrics.horizontalAdvance(text), metrics.height());
    if (box.right() > plot.right())
        box.moveRight(x - plot.left() > box.width() + 5 ? x - 5 : plot.right());
    // One line lower for each label that stands there already.
    while (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); }))
        box.translate(0, metrics.height() + 2);
    taken.push_back(box.adjusted(-4, 0, 4, 0));
    paintText(painter, box, text, marker.colour);
}

void NormHistogram::resizeEvent(QResizeEvent* event)
{
    PlotWidget::resizeEvent(event);
    spaceTicks(m_plot->xAxis, width(), 70);
    spaceTicks(m_plot->yAxis, height(), 60);
    refresh();
}

void NormHistogram::mouseMoveEvent(QMouseEvent* event)
{
    if (const auto bin = binAt(event->position()))
        QToolTip::showText(event->globalPosition().toPoint(), textOfBin(*bin), this);
    else
        QToolTip::hideText();
}

} // namespace embedscope
