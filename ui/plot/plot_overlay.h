// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <qcustomplot.h>

namespace embedscope {

/// What a chart paints above its data: labels, marks, badges. It sits on the overlay layer, which has a buffer of its
/// own, so that hovering redraws it without redrawing the data.
class PlotOverlay : public QCPLayerable
{
public:
    PlotOverlay(QCustomPlot* plot, std::function<void(QPainter&)> paint)
        : QCPLayerable(plot, QStringLiteral("overlay"))
        , m_paint(std::move(paint))
    {
    }

protected:
    [[nodiscard]] QRect clipRect() const override { return mParentPlot->viewport(); }
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override { m_paint(*painter); }

private:
    std::function<void(QPainter&)> m_paint;
};

} // namespace embedscope
