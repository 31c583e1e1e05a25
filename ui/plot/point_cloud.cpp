// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/point_cloud.h"

#include "ui/plot/dot_vectors.h"

#include <cmath>

namespace embedscope {

namespace {

// Of the farthest points of a map in space.
constexpr double kFade = 0.55;
constexpr double kShrink = 0.35;

// In a figure of shapes: more dots than this are one image, as sharp as print needs.
constexpr Index kMostShapes = 20'000;
constexpr double kEmbeddedRatio = 3;

QRect deviceRect(const QRect& rect, double ratio)
{
    const auto scaled = [ratio](double value) { return static_cast<int>(std::lround(value * ratio)); };
    const QPoint first(scaled(rect.left()), scaled(rect.top()));
    return {first, QPoint(scaled(rect.left() + rect.width()) - 1, scaled(rect.top() + rect.height()) - 1)};
}

/// The box of a ball on the plane of the first two columns: no need to go over all points again.
std::optional<QRectF> shadowOf(const std::optional<PointBall>& ball)
{
    if (!ball)
        return std::nullopt;
    const auto radius = static_cast<double>(ball->radius);
    return QRectF(QPointF(ball->centre[0], ball->centre[1]) - QPointF(radius, radius), 2 * QSizeF(radius, radius));
}

QCPRange rangeOf(const std::optional<QRectF>& bounds, bool vertical, QCP::SignDomain domain, bool& found)
{
    // A linear axis asks for both signs only; the others serve logarithmic axes, where a map has no meaning.
    found = bounds.has_value() && domain == QCP::sdBoth;
    if (!found)
        return {};
    return vertical ? QCPRange(bounds->top(), bounds->bottom()) : QCPRange(bounds->left(), bounds->right());
}

} // namespace

PointCloud::PointCloud(QCPAxis* xAxis, QCPAxis* yAxis)
    : QCPAbstractPlottable(xAxis, yAxis)
{
}

void PointCloud::setCoordinates(std::shared_ptr<const Matrix> coordinates)
{
    m_coordinates = std::move(coordinates);
    const Index columns = m_coordinates ? m_coordinates->cols() : 0;
    m_ball = columns == 3 ? ballOf(*m_coordinates) : std::nullopt;
    m_bounds = columns == 3 ? shadowOf(m_ball) : columns >= 2 ? boundsOf(*m_coordinates) : std::nullopt;
}

void PointCloud::setShapes(Marks shapeOfPoint, std::vector<DotShape> shapes)
{
    m_shapeOfPoint = std::move(shapeOfPoint);
    m_shapes = std::move(shapes);
}

void PointCloud::setColours(Marks indexOfPoint, std::vector<QRgb> table)
{
    m_indexOfPoint = std::move(indexOfPoint);
    m_table = std::move(table);
}

double PointCloud::dotDiameter() const
{
    if (m_diameter || !m_bounds)
        return m_diameter.value_or(4);
    // From the box of all points, not from what is in view: dots must not change size while the map is dragged.
    const PixelTransform now = transform(1, {});
    const QRect rect = clipRect();
    const double ball = m_ball ? 2 * static_cast<double>(m_ball->radius) : 0;
    const double width = std::abs((m_ball ? ball : m_bounds->width()) * now.scaleX);
    const double height = std::abs((m_ball ? ball : m_bounds->height()) * now.scaleY);
    return densityAwareDiameter(m_coordinates->rows(),
                                (width > 1 ? width : rect.width()) * (height > 1 ? height : rect.height()));
}

std::optional<Index> PointCloud::pointAt(QPointF pixel, double radius) const
{
    const PickRules rules{spanOf(m_hidden), isSolid() ? &m_view : nullptr, dotDiameter() / 2};
    return m_bounds ? nearestPoint(*m_coordinates, transform(1, {}), pixel, radius, rules) : std::nullopt;
}

double PointCloud::selectTest(const QPointF& pos, bool onlySelectable, QVariant* details) const
{
    if (onlySelectable && mSelectable == QCP::stNone)
        return -1;
    constexpr double kReach = 20;
    const std::optional<Index> row = pointAt(pos, kReach);
    if (!row)
        return -1;
    if (details)
        details->setValue(static_cast<qlonglong>(*row));
    const auto point = m_coordinates->row(*row);
    const Eigen::Vector3f seen = isSolid() ? m_view.seen(point.transpose()) : Eigen::Vector3f(point[0], point[1], 0);
    const QPointF found = coordsToPixels(seen[0], seen[1]);
    return std::hypot(found.x() - pos.x(), found.y() - pos.y());
}

QCPRange PointCloud::getKeyRange(bool& foundRange, QCP::SignDomain inSignDomain) const
{
    return rangeOf(m_bounds, false, inSignDomain, foundRange);
}

QCPRange PointCloud::getValueRange(bool& foundRange, QCP::SignDomain inSignDomain, const QCPRange&) const
{
    return rangeOf(m_bounds, true, inSignDomain, foundRange);
}

PixelTransform PointCloud::transform(double ratio, QPoint corner) const
{
    const QRect rect = clipRect();
    const QCPRange x = mKeyAxis->range(), y = mValueAxis->range();
    PixelTransform result;
    result.scaleX = rect.width() / x.size() * ratio;
    result.scaleY = -rect.height() / y.size() * ratio;
    result.originX = x.lower - (rect.left() * ratio - corner.x()) / result.scaleX;
    result.originY = y.upper - (rect.top() * ratio - corner.y()) / result.scaleY;
    return result;
}

void PointCloud::draw(QCPPainter* painter)
{
    if (!m_bounds || m_table.empty() || clipRect().isEmpty())
        return;
    if (!painter->modes().testFlag(QCPPainter::pmVectorized))
        return drawImage(painter, painter->deviceTransform().m11());
    if (m_coordinates->rows() > kMostShapes)
        return drawImage(painter, kEmbeddedRatio);
    painter->save();
    painter->setClipRect(clipRect());
    paintDots(*painter, *m_coordinates, transform(1, {}), dotStyle(1), isSolid() ? &m_view : nullptr);
    painter->restore();
}

void PointCloud::drawImage(QCPPainter* painter, double ratio)
{
    const QRect target = deviceRect(clipRect(), ratio);
    if (m_image.size() != target.size())
        m_image = QImage(target.size(), QImage::Format_ARGB32_Premultiplied);
    m_image.fill(Qt::transparent);
    m_raster.draw(m_image, *m_coordinates, transform(ratio, target.topLeft()), dotStyle(ratio),
                  isSolid() ? &m_view : nullptr);
    painter->save();
    // In whole pixels of the device, so that nothing is resampled at a ratio such as 1.5.
    painter->scale(1 / ratio, 1 / ratio);
    painter->drawImage(target.topLeft(), m_image);
    painter->restore();
}

std::span<const std::uint8_t> PointCloud::spanOf(const Marks& marks) const
{
    const bool fits = marks && marks->size() == static_cast<std::size_t>(m_coordinates->rows());
    return fits ? std::span(*marks) : std::span<const std::uint8_t>();
}

DotStyle PointCloud::dotStyle(double ratio) const
{
    DotStyle style;
    style.indexOfPoint = spanOf(m_indexOfPoint);
    style.table = m_table;
    style.diameter = dotDiameter() * ratio;
    style.opacity = m_opacity;
    style.shapeOfPoint = spanOf(m_shapeOfPoint);
    if (!style.shapeOfPoint.empty())
        style.shapes = m_shapes;
    style.hidden = spanOf(m_hidden);
    style.dimmed = spanOf(m_dimmed);
    style.dimColour = m_dimColour;
    style.density = m_density;
    style.densityColour = m_densityColour;
    style.farColour = m_farColour;
    style.fade = kFade;
    style.shrink = kShrink;
    return style;
}

void PointCloud::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_table.empty() ? QColor(Qt::gray) : QColor::fromRgb(m_table.front()));
    painter->drawEllipse(rect.center(), 3, 3);
}

} // namespace embedscope
