// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "ui/plot/dot_raster.h"

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

    /// n x 2 or more; the first two columns are drawn. Null for nothing.
    void setCoordinates(std::shared_ptr<const Matrix> coordinates);
    /// One index into `table` a row; null for table[0] everywhere. Ignored while it has another length than the rows.
    void setColours(std::shared_ptr<const std::vector<std::uint8_t>> indexOfPoint, std::vector<QRgb> table);
    void setOpacity(double opacity) { m_opacity = opacity; }
    /// In logical pixels; nothing means by density.
    void setDotDiameter(std::optional<double> diameter) { m_diameter = diameter; }

    [[nodiscard]] const std::optional<QRectF>& bounds() const { return m_bounds; }
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

    std::shared_ptr<const Matrix> m_coordinates;
    std::shared_ptr<const std::vector<std::uint8_t>> m_indexOfPoint;
    std::vector<QRgb> m_table;
    std::optional<QRectF> m_bounds;
    std::optional<double> m_diameter;
    double m_opacity = 0.75;
    DotRaster m_raster;
    QImage m_image; // kept, so that a frame allocates nothing
};

} // namespace embedscope
