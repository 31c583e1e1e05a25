// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_series.h"
#include "ui/plot/plot_widget.h"

#include <QTimer>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

class QCPGraph;

namespace embedscope {

/// Loss and accuracy of a run, and where the person turned a live switch.
class TrainingCurves : public PlotWidget
{
    Q_OBJECT

public:
    explicit TrainingCurves(QWidget* parent = nullptr);
    ~TrainingCurves() override;

    /// What is measured: that of a classifier, or of a recommender that predicts ratings or ranks items.
    enum class Measure { Accuracy, Rmse, Recall };
    void setMeasure(Measure measure);

    /// One training step: its loss, and its accuracy on the batch in [0, 1]. What is not finite is left out.
    void addPoint(std::int64_t step, double loss, double accuracy);
    /// The end of an epoch; accuracies in [0, 1], NaN where not measured.
    void addEvaluation(std::int64_t step, double trainAccuracy, double validAccuracy,
                       double validLoss = std::numeric_limits<double>::quiet_NaN());
    /// A vertical line, such as "freeze on".
    void addMark(std::int64_t step, const QString& text);
    void clear();

    /// Loss, accuracies and marks near `pixel`; empty beside the curves.
    [[nodiscard]] QString textAt(QPointF pixel) const;
    [[nodiscard]] QSize sizeHint() const override { return {640, 180}; }

protected:
    void applyStyle() override;
    void paintOverlay(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Evaluation
    {
        std::int64_t step;
        double train;
        double valid;
        double validLoss;
    };
    struct Mark
    {
        std::int64_t step;
        QString text;
    };
    struct EndLabel
    {
        QString text;
        QColor colour;
        double y; // pixels
    };

    [[nodiscard]] bool isEmpty() const;
    void changed();
    void applyData();
    void applyRanges();
    void styleAccuracy();
    [[nodiscard]] double highestLoss() const;
    [[nodiscard]] std::vector<EndLabel> endLabels() const;
    void paintMarks(QPainter& painter) const;
    void paintEndLabels(QPainter& painter) const;
    void describe();

    CurveSeries m_loss;
    CurveSeries m_accuracy;
    std::vector<Evaluation> m_evaluations;
    std::vector<Mark> m_marks;
    std::int64_t m_lastStep = 0;
    Measure m_measure = Measure::Accuracy;

    // Owned by the plot.
    QCPGraph* m_lossGraph = nullptr;
    QCPGraph* m_smoothLossGraph = nullptr;
    QCPGraph* m_accuracyGraph = nullptr;
    QCPGraph* m_trainGraph = nullptr;
    QCPGraph* m_validGraph = nullptr;
    QCPGraph* m_validLossGraph = nullptr;

    QTimer m_redraw; // thousands of steps a second, thirty pictures
};

} // namespace embedscope
