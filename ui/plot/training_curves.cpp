// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/training_curves.h"

#include "ui/plot/mark_layout.h"

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
constexpr int kRedrawMilliseconds = 33;
constexpr int kMarkLines = 3; // of text, one below the other

QString twoDigits(double value)
{
    return QLocale().toString(value, 'f', 2);
}

QString stepText(std::int64_t step)
{
    return QLocale().toString(static_cast<qlonglong>(step));
}

/// Down to the smallest and up to the largest value of each bucket.
QVector<QCPGraphData> envelopeOf(const CurveSeries& series)
{
    QVector<QCPGraphData> data;
    for (const CurveSeries::Bucket& bucket : series.buckets()) {
        data.append({static_cast<double>(bucket.firstStep), bucket.max});
        if (bucket.max > bucket.min)
            data.append({static_cast<double>(bucket.lastStep), bucket.min});
    }
    return data;
}

/// Thick antialiased lines are slow to draw, and a smooth curve needs no point a pixel.
QVector<QCPGraphData> smoothedOf(const CurveSeries& series)
{
    constexpr std::size_t kMostPoints = 300;
    QVector<QCPGraphData> data;
    const std::vector<CurveSeries::Bucket>& buckets = series.buckets();
    const std::size_t stride = buckets.size() / kMostPoints + 1;
    // Backwards, so that the last one is always there.
    for (std::size_t left = buckets.size(); left > 0; left -= std::min(left, stride))
        data.prepend({static_cast<double>(buckets[left - 1].lastStep), buckets[left - 1].smoothed});
    return data;
}

void styleCount(QCPAxis* axis)
{
    axis->setNumberFormat(QStringLiteral("f"));
    axis->setNumberPrecision(0);
}

} // namespace

TrainingCurves::TrainingCurves(QWidget* parent)
    : PlotWidget(parent)
{
    m_lossGraph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis);
    m_smoothLossGraph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis);
    m_accuracyGraph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    m_trainGraph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    m_validGraph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    m_validLossGraph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis);
    m_plot->xAxis->setLabel(tr("step"));
    m_plot->yAxis->setLabel(tr("loss"));
    m_plot->yAxis2->setLabel(tr("accuracy"));
    m_plot->yAxis->setNumberFormat(QStringLiteral("g"));
    m_plot->yAxis2->setNumberFormat(QStringLiteral("g"));
    m_plot->yAxis2->setRange(0, 1.02);
    styleCount(m_plot->xAxis);
    m_plot->plotLayout()->setMargins(QMargins(kMargin, kMargin, kMargin, kMargin / 2));
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(kRedrawMilliseconds);
    connect(&m_redraw, &QTimer::timeout, this, &TrainingCurves::applyData);
    setAccessibleName(tr("Curves of loss and accuracy"));
    setMinimumSize(180, 90);
    applyStyle();
    applyData();
}

TrainingCurves::~TrainingCurves() = default;

void TrainingCurves::setMeasure(Measure measure)
{
    m_measure = measure;
    m_plot->yAxis->setLabel(measure == Measure::Rmse ? tr("RMSE") : tr("loss"));
    m_plot->yAxis2->setLabel(measure == Measure::Recall ? tr("recall at 10") : tr("accuracy"));
    applyData();
}

void TrainingCurves::addPoint(std::int64_t step, double loss, double accuracy)
{
    m_loss.add(step, loss);
    m_accuracy.add(step, accuracy);
    m_lastStep = std::max(m_lastStep, step);
    changed();
}

void TrainingCurves::addEvaluation(std::int64_t step, double trainAccuracy, double validAccuracy, double validLoss)
{
    m_evaluations.push_back({step, trainAccuracy, validAccuracy, validLoss});
    m_lastStep = std::max(m_lastStep, step);
    changed();
}

void TrainingCurves::addMark(std::int64_t step, const QString& text)
{
    // Several switches between two steps share one line.
    if (!m_marks.empty() && m_marks.back().step == step)
        m_marks.back().text += QStringLiteral(", ") + text;
    else
        m_marks.push_back({step, text});
    m_lastStep = std::max(m_lastStep, step);
    changed();
}

void TrainingCurves::clear()
{
    m_loss.clear();
    m_accuracy.clear();
    m_evaluations.clear();
    m_marks.clear();
    m_lastStep = 0;
    applyData();
}

bool TrainingCurves::isEmpty() const
{
    return m_loss.buckets().empty() && m_accuracy.buckets().empty() && m_evaluations.empty();
}

void TrainingCurves::changed()
{
    if (!m_redraw.isActive())
        m_redraw.start();
}

void TrainingCurves::applyData()
{
    const bool empty = isEmpty();
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis})
        axis->setVisible(!empty);
    m_plot->yAxis2->setVisible(!empty && m_measure != Measure::Rmse);
    m_lossGraph->data()->set(envelopeOf(m_loss), true);
    m_smoothLossGraph->data()->set(smoothedOf(m_loss), true);
    m_accuracyGraph->data()->set(smoothedOf(m_accuracy), true);
    QVector<QCPGraphData> train, valid, validLoss;
    for (const Evaluation& evaluation : m_evaluations) {
        train.append({static_cast<double>(evaluation.step), evaluation.train});
        valid.append({static_cast<double>(evaluation.step), evaluation.valid});
        validLoss.append({static_cast<double>(evaluation.step), evaluation.validLoss});
    }
    m_trainGraph->data()->set(train, true);
    m_validGraph->data()->set(valid, true);
    m_validLossGraph->data()->set(validLoss, true);
    styleAccuracy();
    describe();
    applyRanges();
}

void TrainingCurves::applyRanges()
{
    // Room for the names at the ends of the curves, right of the last step.
    const QFontMetricsF metrics(smallFont());
    double widest = 0;
    for (const EndLabel& label : endLabels())
        widest = std::max(widest, metrics.horizontalAdvance(label.text) + 12);
    const double plotWidth = std::max(m_plot->axisRect()->width(), 1);
    const double share = std::clamp(widest / plotWidth, 0.0, 0.5);
    m_plot->xAxis->setRange(0, std::max<double>(1, static_cast<double>(m_lastStep)) / (1 - share));
    m_plot->yAxis->setRange(0, highestLoss());
    refresh();
}

double TrainingCurves::highestLoss() const
{
    double raw = 0, smoothed = 0;
    for (const CurveSeries::Bucket& bucket : m_loss.buckets()) {
        raw = std::max(raw, bucket.max);
        smoothed = std::max(smoothed, bucket.smoothed);
    }
    // One wild batch must not flatten the curve of all others.
    double highest = std::min(raw, 2 * smoothed);
    for (const Evaluation& evaluation : m_evaluations)
        if (std::isfinite(evaluation.validLoss))
            highest = std::max(highest, evaluation.validLoss);
    return highest > 0 ? 1.08 * highest : 1;
}

void TrainingCurves::describe()
{
    if (isEmpty())
        return setAccessibleDescription(tr("No training run yet."));
    QStringList parts{tr("Step %1").arg(stepText(m_lastStep))};
    for (const EndLabel& label : endLabels())
        parts += label.text;
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

void TrainingCurves::applyStyle()
{
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->yAxis2})
        styleAxis(axis);
    for (QCPAxis* axis : {m_plot->yAxis, m_plot->yAxis2}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
    }
    m_plot->yAxis->grid()->setVisible(true);
    m_lossGraph->setAntialiased(false);
    m_lossGraph->setPen(QPen(blended(m_colours.accent, m_colours.background, 0.62), 1));
    m_smoothLossGraph->setPen(QPen(m_colours.accent, 1.8));
    styleAccuracy();
    m_trainGraph->setPen(QPen(m_colours.positive, 1.2, Qt::DotLine));
    m_validGraph->setPen(QPen(m_colours.positive, 1.8));
    m_validLossGraph->setPen(QPen(m_colours.accent, 1.2, Qt::DashLine));
    m_validLossGraph->setScatterStyle({QCPScatterStyle::ssDisc, m_colours.accent, m_colours.accent, 6});
    m_trainGraph->setScatterStyle({QCPScatterStyle::ssCircle, m_colours.positive, m_colours.background, 5});
    m_validGraph->setScatterStyle({QCPScatterStyle::ssDisc, m_colours.positive, m_colours.positive, 6});
}

void TrainingCurves::styleAccuracy()
{
    // That of the batches steps back once there are evaluations.
    m_accuracyGraph->setPen(m_evaluations.empty() ? QPen(m_colours.positive, 1.8)
                                                  : QPen(blended(m_colours.positive, m_colours.background, 0.5), 1.2));
}

std::vector<TrainingCurves::EndLabel> TrainingCurves::endLabels() const
{
    std::vector<EndLabel> labels;
    const auto add = [&](const QString& text, std::optional<double> value, const QCPAxis* axis, const QColor& colour) {
        if (value && std::isfinite(*value))
            labels.push_back({text.arg(twoDigits(*value)), colour, axis->coordToPixel(*value)});
    };
    if (m_measure == Measure::Rmse) {
        add(tr("RMSE %1"), m_loss.smoothed(), m_plot->yAxis, m_colours.accent);
        if (!m_evaluations.empty())
            add(tr("held-out RMSE %1"), m_evaluations.back().validLoss, m_plot->yAxis, m_colours.accent);
        return labels;
    }
    add(tr("loss %1"), m_loss.smoothed(), m_plot->yAxis, m_colours.accent);
    if (m_measure == Measure::Recall) {
        if (!m_evaluations.empty())
            add(tr("recall %1"), m_evaluations.back().valid, m_plot->yAxis2, m_colours.positive);
        return labels;
    }
    if (m_evaluations.empty()) {
        add(tr("accuracy %1"), m_accuracy.smoothed(), m_plot->yAxis2, m_colours.positive);
        return labels;
    }
    add(tr("validation loss %1"), m_evaluations.back().validLoss, m_plot->yAxis, m_colours.accent);
    add(tr("train %1"), m_evaluations.back().train, m_plot->yAxis2, m_colours.positive);
    add(tr("validation %1"), m_evaluations.back().valid, m_plot->yAxis2, m_colours.positive);
    return labels;
}

void TrainingCurves::paintOverlay(QPainter& painter)
{
    if (isEmpty())
        return paintEmptyText(painter, tr("Start a training run to see loss and accuracy."));
    paintMarks(painter);
    paintEndLabels(painter);
}

void TrainingCurves::paintMarks(QPainter& painter) const
{
    const QRectF plot = m_plot->axisRect()->rect();
    const QFontMetricsF metrics(smallFont());
    std::vector<MarkText> texts;
    for (const Mark& mark : m_marks)
        texts.push_back({std::round(m_plot->xAxis->coordToPixel(static_cast<double>(mark.step))),
                         metrics.horizontalAdvance(mark.text)});
    const std::vector<PlacedMark> places = placeMarks(texts, plot.left(), plot.right(), kMarkLines);
    painter.setFont(smallFont());
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        painter.setPen(QPen(m_colours.selection, 1, Qt::DashLine, Qt::FlatCap));
        painter.drawLine(QPointF(texts[i].x, plot.top()), QPointF(texts[i].x, plot.bottom()));
        if (places[i].line < 0)
            continue;
        paintText(
            painter,
            QRectF(places[i].left, plot.top() + places[i].line * metrics.height(), texts[i].width, metrics.height()),
            m_marks[i].text, m_colours.selection);
    }
}

void TrainingCurves::paintEndLabels(QPainter& painter) const
{
    const QRectF plot = m_plot->axisRect()->rect();
    const QFontMetricsF metrics(smallFont());
    const std::vector<EndLabel> labels = endLabels();
    std::vector<double> centres;
    for (const EndLabel& label : labels)
        centres.push_back(label.y);
    centres = spreadLabels(std::move(centres), metrics.height(), plot.top(), plot.bottom());
    const double x = m_plot->xAxis->coordToPixel(static_cast<double>(m_lastStep)) + 7;
    painter.setFont(smallFont());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        painter.setPen(labels[i].colour);
        painter.drawText(QPointF(x, centres[i] - metrics.height() / 2 + metrics.ascent()), labels[i].text);
    }
}

QString TrainingCurves::textAt(QPointF pixel) const
{
    if (isEmpty() || !m_plot->axisRect()->rect().contains(pixel.toPoint()))
        return {};
    constexpr double kNear = 5; // pixels from a mark that still count as on it
    const double step = m_plot->xAxis->pixelToCoord(pixel.x());
    const auto past = [step](const CurveSeries::Bucket& bucket) { return static_cast<double>(bucket.lastStep) < step; };
    const auto valueAt = [&](const CurveSeries& series) {
        const auto bucket = std::ranges::partition_point(series.buckets(), past);
        return bucket == series.buckets().end() ? std::nullopt : std::optional(bucket->smoothed);
    };
    QStringList lines{tr("step %1").arg(stepText(std::llround(std::max(step, 0.0))))};
    if (const auto loss = valueAt(m_loss))
        lines += tr("loss %1").arg(twoDigits(*loss));
    if (const auto accuracy = valueAt(m_accuracy))
        lines += tr("accuracy %1").arg(twoDigits(*accuracy));
    for (const Evaluation& evaluation : m_evaluations)
        if (std::abs(m_plot->xAxis->coordToPixel(static_cast<double>(evaluation.step)) - pixel.x()) <= kNear &&
            std::isfinite(evaluation.valid))
            lines += tr("validation after step %1: accuracy %2, loss %3")
                         .arg(stepText(evaluation.step), twoDigits(evaluation.valid), twoDigits(evaluation.validLoss));
    for (const Mark& mark : m_marks)
        if (std::abs(m_plot->xAxis->coordToPixel(static_cast<double>(mark.step)) - pixel.x()) <= kNear)
            lines += tr("step %1: %2").arg(stepText(mark.step), mark.text);
    return lines.size() > 1 ? lines.join(QLatin1Char('\n')) : QString();
}

void TrainingCurves::resizeEvent(QResizeEvent* event)
{
    PlotWidget::resizeEvent(event);
    spaceTicks(m_plot->xAxis, width(), 110);
    spaceTicks(m_plot->yAxis, height(), 50);
    spaceTicks(m_plot->yAxis2, height(), 50);
    applyRanges();
}

void TrainingCurves::mouseMoveEvent(QMouseEvent* event)
{
    const QString text = textAt(event->position());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPosition().toPoint(), text, this);
}

} // namespace embedscope
