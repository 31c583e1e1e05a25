// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "ui/plot/dot_raster.h"
#include "ui/plot/point_picker.h"

#include <QImage>
#include <QRectF>

#include <memory>
#include <optional>
#include <qcustomplot.h>
#include <vector>

namespace embedscope {

/// Up to some million points as one plottable. QCPGraph draws each scatter point as a path; this one rasterises them in
/// parallel into an image of the axis rect, at the resolution of the device.
class PointCloud : public QCPAbstractPlottable
{
public:
    PointCloud(QCPAxis* xAxis, QCPAxis* yAxis);

    using Marks = std::shared_ptr<const std::vector<std::uint8_t>>; // one a row; ignored while of another length

    /// n x 2 or n x 3. Null for nothing.
    void setCoordinates(std::shared_ptr<const Matrix> coordinates);
    /// How an n x 3 map is looked at.
    void setView(const SolidView& view) { m_view = view; }
    /// Rows that are not 0 are neither drawn nor found; null for none.
    void setHidden(Marks hidden) { m_hidden = std::move(hidden); }
    /// Rows that are not 0 are drawn in `colour`, beneath all others; null for none.
    void setDimmed(Marks dimmed) { m_dimmed = std::move(dimmed); }
    void setDimColour(QRgb colour) { m_dimColour = colour; }
    /// Which of `shapes` the dot of a row has; null for dots that are all alike.
    void setShapes(Marks shapeOfPoint, std::vector<DotShape> shapes);
    /// Shades by density where many dots are in view.
    void setDensity(bool on) { m_density = on; }
    void setDensityColour(QRgb colour) { m_densityColour = colour; }
    /// What far points of an n x 3 map go over into: the background.
    void setFarColour(QRgb colour) { m_farColour = colour; }
    /// One index into `table` a row; null for table[0] everywhere. Ignored while it has another length than the rows.
    void setColours(Marks indexOfPoint, std::vector<QRgb> table);
    void setOpacity(double opacity) { m_opacity = opacity; }
    /// In logical pixels; nothing means by density.
    void setDotDiameter(std::optional<double> diameter) { m_diameter = diameter; }

    [[nodiscard]] bool isSolid() const { return m_ball.has_value(); }
    /// Of a flat map; of one in space a box around the ball.
    [[nodiscard]] const std::optional<QRectF>& bounds() const { return m_bounds; }
    /// Around an n x 3 map; nothing for a flat one.
    [[nodiscard]] const std::optional<PointBall>& ball() const { return m_ball; }
    /// The diameter in use at the present zoom, in logical pixels.
    [[nodiscard]] double dotDiameter() const;
    /// The row nearest to `pixel` of the widget, not further than `radius` logical pixels.
    [[nodiscard]] std::optional<Index> pointAt(QPointF pixel, double radius) const;

    double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details = nullptr) const override;
    QCPRange getKeyRange(bool& foundRange, QCP::SignDomain inSignDomain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool& foundRange, QCP::SignDomain inSignDomain = QCP::sdBoth,
                           const QCPRange& inKeyRange = QCPRange()) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

private:
    /// From coordinates to pixels of a device with `ratio` pixels a logical one, whose first pixel is `corner`.
    [[nodiscard]] PixelTransform transform(double ratio, QPoint corner) const;
    void drawImage(QCPPainter* painter, double ratio);
    [[nodiscard]] DotStyle dotStyle(double ratio) const;
    [[nodiscard]] std::span<const std::uint8_t> spanOf(const Marks& marks) const;

    std::shared_ptr<const Matrix> m_coordinates;
    SolidView m_view;
    Marks m_indexOfPoint;
    std::vector<QRgb> m_table;
    Marks m_hidden;
    Marks m_dimmed;
    QRgb m_dimColour = qRgb(200, 200, 200);
    Marks m_shapeOfPoint;
    std::vector<DotShape> m_shapes;
    bool m_density = false;
    QRgb m_densityColour = qRgb(100, 120, 160);
    QRgb m_farColour = qRgb(255, 255, 255);
    std::optional<QRectF> m_bounds;
    std::optional<PointBall> m_ball;
    std::optional<double> m_diameter;
    double m_opacity = 0.75;
    DotRaster m_raster;
    QImage m_image; // kept, so that a frame allocates nothing
};

} // namespace embedscope
