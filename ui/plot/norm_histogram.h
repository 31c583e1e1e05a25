// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/statistics.h"
#include "ui/plot/plot_widget.h"

#include <optional>

class QCPBars;

namespace embedscope {

/// How the norms of the rows spread, where the selected word lies among them, and what max_norm would cut.
class NormHistogram : public PlotWidget
{
    Q_OBJECT

public:
    explicit NormHistogram(QWidget* parent = nullptr);
    ~NormHistogram() override;

    void setHistogram(Histogram histogram);
    /// "norm (L2)" unless the norm is another one.
    void setAxisTitle(const QString& title);
    /// The orange line, with the word and its norm beside it.
    void setSelected(const QString& token, double norm);
    void clearSelected();
    /// The dashed line, and how many rows lie above it; nothing removes it.
    void setMaxNorm(std::optional<double> maxNorm, Index rowsAbove = 0);

    /// The bin under `pixel`, if any.
    [[nodiscard]] std::optional<int> binAt(QPointF pixel) const;
    /// "4.2 to 4.4: 1,024 rows".
    [[nodiscard]] QString textOfBin(int bin) const;
    [[nodiscard]] QSize sizeHint() const override { return {360, 180}; }

protected:
    void applyStyle() override;
    void paintOverlay(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Marker
    {
        double norm;
        QString text;
        QColor colour;
        Qt::PenStyle style;
    };

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] double binWidth() const;
    [[nodiscard]] std::vector<Marker> markers() const;
    void paintLine(QPainter& painter, const Marker& marker) const;
    void paintLabel(QPainter& painter, const Marker& marker, std::vector<QRectF>& taken) const;
    void applyData();
    void applyRange();
    void describe();

    QCPBars* m_bars = nullptr; // owned by the plot
    Histogram m_histogram;
    QString m_token;
    std::optional<double> m_norm;
    std::optional<double> m_maxNorm;
    Index m_rowsAbove = 0;
};

} // namespace embedscope
