// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scree_plot.h"

#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <qcustomplot.h>
#include <utility>

namespace embedscope {

namespace {

constexpr int kMargin = 6;

QString percent(double share)
{
    return QLocale().toString(share * 100, 'f', 1);
}

} // namespace

ScreePlot::ScreePlot(QWidget* parent)
    : PlotWidget(parent)
    , m_bars(new QCPBars(m_plot->xAxis, m_plot->yAxis))
    , m_chosenBars(new QCPBars(m_plot->xAxis, m_plot->yAxis))
{
    m_plot->xAxis->setNumberFormat(QStringLiteral("f"));
    m_plot->xAxis->setNumberPrecision(0);
    m_plot->yAxis->setNumberFormat(QStringLiteral("f"));
    m_plot->yAxis->setNumberPrecision(0);
    m_plot->yAxis->setLabel(tr("% of variance"));
    m_plot->plotLayout()->setMargins(QMargins(0, kMargin, 0, 0));
    setAccessibleName(tr("Share of each principal component"));
    setMinimumSize(120, 90);
    applyStyle();
    applyData();
}

ScreePlot::~ScreePlot() = default;

void ScreePlot::setShares(std::vector<double> shares)
{
    m_shares = std::move(shares);
    applyData();
}

void ScreePlot::setChosen(std::vector<int> components)
{
    m_chosen = std::move(components);
    applyData();
}

int ScreePlot::componentAt(QPointF pixel) const
{
    if (!m_plot->axisRect()->rect().contains(pixel.toPoint()))
        return -1;
    const double component = std::round(m_plot->xAxis->pixelToCoord(pixel.x())) - 1;
    return component >= 0 && component < static_cast<double>(m_shares.size()) ? static_cast<int>(component) : -1;
}

QString ScreePlot::textOf(int component) const
{
    const auto end = m_shares.begin() + component + 1;
    return tr("PC %1: %2 % of the variance, %3 % with those before")
        .arg(component + 1)
        .arg(percent(m_shares[static_cast<std::size_t>(component)]),
             percent(std::accumulate(m_shares.begin(), end, 0.0)));
}

void ScreePlot::applyData()
{
    QVector<QCPBarsData> others;
    QVector<QCPBarsData> chosen;
    QStringList described;
    for (std::size_t i = 0; i < m_shares.size(); ++i) {
        const bool onAxis = std::ranges::find(m_chosen, static_cast<int>(i)) != m_chosen.end();
        (onAxis ? chosen : others).append({static_cast<double>(i + 1), m_shares[i] * 100});
        if (onAxis)
            described << textOf(static_cast<int>(i));
    }
    m_bars->data()->set(others, true);
    m_chosenBars->data()->set(chosen, true);
    setAccessibleDescription(described.join(QLatin1Char('\n')));
    const bool empty = m_shares.empty();
    m_plot->xAxis->setVisible(!empty);
    m_plot->yAxis->setVisible(!empty);
    m_plot->xAxis->setRange(0.3, static_cast<double>(m_shares.size()) + 0.7);
    m_plot->yAxis->setRange(0, empty ? 1 : std::max(m_shares.front() * 108, 0.1));
    refresh();
}

void ScreePlot::applyStyle()
{
    styleAxis(m_plot->xAxis);
    styleAxis(m_plot->yAxis);
    m_plot->yAxis->setBasePen(Qt::NoPen);
    m_plot->yAxis->setTickPen(Qt::NoPen);
    m_plot->yAxis->ticker()->setTickCount(3);
    m_plot->xAxis->ticker()->setTickCount(5);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->yAxis->grid()->setVisible(true);
    for (QCPBars* bars : {m_bars, m_chosenBars}) {
        bars->setWidth(0.8);
        bars->setPen(Qt::NoPen);
    }
    m_bars->setBrush(blended(m_colours.mutedText, m_colours.background, 0.5));
    m_chosenBars->setBrush(m_colours.accent);
}

void ScreePlot::paintOverlay(QPainter& painter)
{
    if (m_shares.empty())
        paintEmptyText(painter, tr("Finding the components…"));
}

void ScreePlot::mouseMoveEvent(QMouseEvent* event)
{
    if (const int component = componentAt(event->position()); component >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), textOf(component), this);
    else
        QToolTip::hideText();
}

void ScreePlot::mousePressEvent(QMouseEvent* event)
{
    if (const int component = componentAt(event->position()); component >= 0)
        Q_EMIT componentClicked(component);
}

} // namespace embedscope
