// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/plot_style.h"

#include <QWidget>

class QCPAxis;
class QCustomPlot;
class QPainter;

namespace embedscope {

/// What all charts share: one QCustomPlot that fills the widget, colours that follow the palette, an overlay, and
/// pixels that follow the screen. Mouse and keyboard go to the widget, not to the QCustomPlot.
class PlotWidget : public QWidget
{
    Q_OBJECT

public:
    explicit PlotWidget(QWidget* parent = nullptr);
    ~PlotWidget() override;

    [[nodiscard]] const PlotColours& colours() const { return m_colours; }
    /// The chart as it stands, for export: `size` in logical pixels, `scale` pixels of the image for each of them.
    [[nodiscard]] virtual QImage renderToImage(QSize size, double scale = 1);
    /// The same as shapes and text, for devices such as SVG and PDF.
    virtual void renderVectors(QPaintDevice& device, QSize size);
    /// False for charts to be laid over something else, until it is true again.
    void setBackgroundShown(bool shown);

protected:
    /// Puts m_colours on axes and data; called once after construction and at each change of palette or font.
    virtual void applyStyle() = 0;
    /// Paints above the data, in logical pixels of the widget.
    virtual void paintOverlay(QPainter& painter) = 0;

    /// Draws everything again before the next frame, however often it is called.
    void refresh();
    /// Draws only the overlay again.
    void refreshOverlay();
    /// Colours, fonts and thickness of an axis.
    void styleAxis(QCPAxis* axis) const;
    /// As many ticks as have room, each `pixels` wide or high.
    static void spaceTicks(QCPAxis* axis, int length, int pixels);
    /// Text over data: a little of the background behind it.
    void paintText(QPainter& painter, const QRectF& box, const QString& text, const QColor& colour) const;
    /// One grey sentence in the middle, saying what to do next.
    void paintEmptyText(QPainter& painter, const QString& text) const;
    [[nodiscard]] QFont smallFont() const;

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

    QCustomPlot* m_plot = nullptr;
    PlotColours m_colours;

private:
    void restyle();
    void followScreen();

    bool m_drawn = false; // the overlay has a buffer of its own only after the first drawing
};

} // namespace embedscope
