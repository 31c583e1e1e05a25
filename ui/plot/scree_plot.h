// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/plot_widget.h"

#include <vector>

class QCPBars;

namespace embedscope {

/// The share of the variance that each principal component has, as bars; those on the map's axes stand out. A click
/// chooses a component for the axis across.
class ScreePlot : public PlotWidget
{
    Q_OBJECT

public:
    explicit ScreePlot(QWidget* parent = nullptr);
    ~ScreePlot() override;

    /// Shares of the total variance, largest first.
    void setShares(std::vector<double> shares);
    /// Components from 0.
    void setChosen(std::vector<int> components);

    /// The component whose bar is under `pixel`, from 0; -1 where there is none.
    [[nodiscard]] int componentAt(QPointF pixel) const;
    /// "PC 3: 5.1 % of the variance, 24.0 % with those before".
    [[nodiscard]] QString textOf(int component) const;
    [[nodiscard]] QSize sizeHint() const override { return {240, 130}; }

Q_SIGNALS:
    void componentClicked(int component);

protected:
    void applyStyle() override;
    void paintOverlay(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void applyData();

    QCPBars* m_bars = nullptr; // owned by the plot
    QCPBars* m_chosenBars = nullptr;
    std::vector<double> m_shares;
    std::vector<int> m_chosen;
};

} // namespace embedscope
