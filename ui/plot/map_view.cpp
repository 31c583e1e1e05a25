// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_view.h"

#include "ui/plot/colour_scale.h"
#include "ui/plot/point_cloud.h"

#include <QFontMetrics>
#include <QLocale>
#include <QScopedValueRollback>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr double kPickRadius = 10; // logical pixels

std::vector<QRgb> rgbOf(const std::vector<QColor>& colours)
{
    std::vector<QRgb> table;
    for (const QColor& colour : colours)
        table.push_back(colour.rgb());
    return table;
}

void styleMapAxis(QCPAxis* axis, const QString& title, bool visible)
{
    axis->setVisible(visible);
    axis->setLabel(title);
    axis->ticker()->setTickCount(4);
    axis->setNumberFormat(QStringLiteral("g"));
    axis->setNumberPrecision(4);
}

} // namespace

MapView::MapView(QWidget* parent)
    : PlotWidget(parent)
    , m_cloud(new PointCloud(m_plot->xAxis, m_plot->yAxis))
    , m_emptyText(tr("Open word vectors to see them as a map."))
{
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Map of the vectors"));
    listenTo(*m_ownSelection);
    m_outlineTimer.setSingleShot(true);
    connect(&m_outlineTimer, &QTimer::timeout, this, &MapView::findOutlines);
    connect(&m_motionTimer, &QTimer::timeout, this, &MapView::moveOn);
    connect(&m_rotation, &QTimer::timeout, this, &MapView::rotateOn);
    layOutAxes();
    applyStyle();
    describe();
}

MapView::~MapView() = default;

void MapView::setPicture(MapPicture picture)
{
    endMotion();
    m_picture = std::move(picture);
    showPoints(m_picture.coordinates);
    m_labels.clear();
    m_labelImages.clear();
    layOutAxes();
    describe();
    updateRotation();
    fit();
    Q_EMIT pictureChanged();
}

void MapView::updateCoordinates(std::shared_ptr<const Matrix> coordinates)
{
    m_picture.coordinates = std::move(coordinates);
    Q_EMIT pictureChanged();
    if (m_motion.isRunning() && m_picture.coordinates && m_picture.coordinates->rows() == m_motion.goal()->rows() &&
        m_picture.coordinates->cols() == m_motion.goal()->cols())
        return m_motion.redirect(m_picture.coordinates);
    endMotion();
    showPoints(m_picture.coordinates);
    if (m_fitted && hasOutgrownView())
        fit();
    else
        viewChanged(Labels::KeepFirst);
}

void MapView::showPoints(std::shared_ptr<const Matrix> coordinates)
{
    m_shown = std::move(coordinates);
    forgetOutlines();
    m_cloud->setCoordinates(m_shown);
}

bool MapView::hasOutgrownView() const
{
    if (!m_cloud->bounds())
        return false;
    if (isSolid()) {
        const PointBall& ball = *m_cloud->ball();
        const float known = m_camera.view().radius;
        const float reach = (ball.centre - m_camera.view().centre).norm() + ball.radius;
        return reach > 1.1F * known || reach < 0.4F * known;
    }
    const QRectF seen = m_viewport.visible();
    const QRectF& bounds = *m_cloud->bounds();
    // A map that shrinks may leave some room before it is fitted again, or the view would never rest.
    const bool small = bounds.width() < seen.width() * 0.4 && bounds.height() < seen.height() * 0.4;
    return small || !seen.contains(bounds);
}

void MapView::setAxisTitles(const QString& xTitle, const QString& yTitle, const QString& zTitle)
{
    if (xTitle == m_picture.xTitle && yTitle == m_picture.yTitle && zTitle == m_picture.zTitle)
        return;
    m_picture.xTitle = xTitle;
    m_picture.yTitle = yTitle;
    m_picture.zTitle = zTitle;
    layOutAxes();
    viewChanged(Labels::KeepFirst);
}

void MapView::setBadge(const QString& badge)
{
    m_picture.badge = badge;
    viewChanged(Labels::KeepFirst);
}

void MapView::setColours(std::shared_ptr<const std::vector<std::uint8_t>> classOfPoint, std::vector<QColor> palette)
{
    m_classes = std::move(classOfPoint);
    m_palette = std::move(palette);
    m_continuous = false;
    forgetClasses();
    applyColours();
}

void MapView::setColoursByValue(const std::shared_ptr<const std::vector<float>>& values, const QString& title,
                                ColourRange range)
{
    setColours(nullptr);
    if (!values)
        return;
    ColourScale scale = colourScaleOf(*values, range);
    m_range = range;
    m_classes = std::make_shared<const std::vector<std::uint8_t>>(std::move(scale.indices));
    m_continuous = true;
    m_legend = {title, scale.low, scale.high, {}};
    applyColours();
}

void MapView::setHidden(Marks hidden)
{
    m_hiddenByRow = std::move(hidden);
    applyHidden();
}

void MapView::applyHidden()
{
    m_hidden = m_classFilter.hiddenRows(m_hiddenByRow);
    m_cloud->setHidden(m_hidden);
    viewChanged(Labels::KeepFirst);
}

void MapView::setDimmed(Marks dimmed)
{
    m_dimmed = std::move(dimmed);
    m_cloud->setDimmed(m_dimmed);
    viewChanged(Labels::KeepFirst);
}

bool MapView::isMarked(const Marks& marks, Index row) const
{
    return marks && coordinates() && static_cast<Index>(marks->size()) == coordinates()->rows() &&
           (*marks)[static_cast<std::size_t>(row)] != 0;
}

void MapView::setTokens(std::function<QString(Index)> tokenOf)
{
    m_tokenOf = std::move(tokenOf);
    m_labelImages.clear();
    describe();
    viewChanged(Labels::ByImportance);
}

void MapView::setLabelOrder(std::shared_ptr<const std::vector<Index>> order)
{
    m_labelOrder = std::move(order);
    viewChanged(Labels::ByImportance);
}

void MapView::setTooltips(std::function<QString(Index)> tooltipOf)
{
    m_tooltipOf = std::move(tooltipOf);
}

void MapView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    refreshOverlay();
}

void MapView::setSelection(Selection* selection)
{
    if (m_selection)
        m_selection->disconnect(this);
    m_selection = selection;
    if (m_selection)
        listenTo(*m_selection);
    showSelected();
}

void MapView::setNeighbours(std::vector<Index> rows)
{
    m_neighbours = std::move(rows);
    m_neighboursOf = selection().selected();
    m_labelsWanted = std::max(m_labelsWanted, Labels::KeepFirst);
    refreshOverlay();
}

void MapView::setDotDiameter(std::optional<double> diameter)
{
    m_cloud->setDotDiameter(diameter);
    refresh();
}

void MapView::fit()
{
    endMotion();
    m_fitted = true;
    m_viewport.setArea(areaFor(size()));
    if (isSolid()) {
        m_camera.setBall(m_cloud->ball()->centre, m_cloud->ball()->radius);
        m_viewport.fit(m_camera.bounds());
    } else if (m_cloud->bounds())
        m_viewport.fit(*m_cloud->bounds());
    viewChanged(Labels::ByImportance);
}

void MapView::zoom(double factor)
{
    zoomAt(m_viewport.area().center(), factor);
}

std::optional<MapAnchor> MapView::anchor() const
{
    if (m_fitted || isEmpty())
        return std::nullopt;
    const QRectF& area = m_viewport.area();
    std::optional<Index> row = selection().selected();
    if (const auto pixel = row ? pixelOf(*row) : std::nullopt; !pixel || !area.contains(*pixel))
        row = m_cloud->pointAt(area.center(), area.width() + area.height());
    const auto pixel = row ? pixelOf(*row) : std::nullopt;
    return pixel ? std::optional(MapAnchor{*row, *pixel, m_viewport.magnification()}) : std::nullopt;
}

void MapView::restore(const MapAnchor& anchor)
{
    fit();
    m_viewport.zoomAt(m_viewport.area().center(), anchor.magnification);
    if (const auto pixel = pixelOf(anchor.row))
        m_viewport.panBy(anchor.pixel - *pixel);
    m_fitted = false;
    viewChanged(Labels::ByImportance);
}

std::optional<Index> MapView::rowAt(QPointF pixel) const
{
    return m_viewport.area().contains(pixel) ? m_cloud->pointAt(pixel, kPickRadius) : std::nullopt;
}

std::optional<QPointF> MapView::pixelOf(Index row) const
{
    if (isEmpty() || row < 0 || row >= coordinates()->rows() || isMarked(m_hidden, row))
        return std::nullopt;
    const auto point = coordinates()->row(row);
    const Eigen::Vector3f seen =
        isSolid() ? m_camera.view().seen(point.transpose()) : Eigen::Vector3f(point[0], point[1], 0);
    const QPointF pixel = m_viewport.toPixel({seen[0], seen[1]});
    return std::isfinite(pixel.x()) && std::isfinite(pixel.y()) ? std::optional(pixel) : std::nullopt;
}

QImage MapView::renderToImage(QSize size, double scale)
{
    QImage image;
    showIn(size, [&] { image = PlotWidget::renderToImage(size, scale); });
    return image;
}

void MapView::renderVectors(QPaintDevice& device, QSize size)
{
    m_labelImages.setReal(true);
    showIn(size, [&] { PlotWidget::renderVectors(device, size); });
    m_labelImages.setReal(false);
}

void MapView::showIn(QSize size, const std::function<void()>& render)
{
    const QScopedValueRollback exporting(m_exporting, true);
    const MapViewport viewport = m_viewport;
    const std::vector<PlacedLabel> labels = m_labels;
    const Labels wanted = m_labelsWanted;
    m_viewport = viewport.shownIn(areaFor(size));
    m_labelsWanted = Labels::ByImportance;
    applyViewport();
    render();
    m_viewport = viewport;
    m_labels = labels;
    m_labelsWanted = wanted;
    applyViewport();
}

Selection& MapView::selection() const
{
    return m_selection ? *m_selection : *m_ownSelection;
}

bool MapView::isEmpty() const
{
    return !m_cloud->bounds();
}

QString MapView::tokenOf(Index row) const
{
    return m_tokenOf ? m_tokenOf(row) : QLocale().toString(static_cast<qlonglong>(row));
}

void MapView::listenTo(const Selection& selection)
{
    connect(&selection, &Selection::selectedChanged, this, &MapView::showSelected);
    connect(&selection, &Selection::hoveredChanged, this, &MapView::showHovered);
    connect(&selection, &Selection::rowsChanged, this, &MapView::showRows);
}

void MapView::showSelected()
{
    describe();
    const std::optional<Index> row = selection().selected();
    const auto pixel = row ? pixelOf(*row) : std::nullopt;
    if (pixel && !m_selectingHere && !m_viewport.area().contains(*pixel)) {
        m_viewport.reveal(m_viewport.toMap(*pixel));
        m_fitted = false;
    }
    viewChanged(Labels::KeepFirst);
}

void MapView::showHovered()
{
    refreshOverlay();
}

void MapView::panBy(QPointF pixels)
{
    m_viewport.panBy(pixels);
    m_fitted = false;
    viewChanged(Labels::KeepFirst);
}

void MapView::zoomAt(QPointF pixel, double factor)
{
    m_viewport.zoomAt(pixel, factor);
    m_fitted = false;
    viewChanged(Labels::ByImportance);
}

void MapView::viewChanged(Labels labels)
{
    m_labelsWanted = std::max(m_labelsWanted, labels);
    applyViewport();
    refresh();
}

void MapView::describe()
{
    const Index rows = coordinates() ? coordinates()->rows() : 0;
    QString text = rows == 0   ? m_emptyText
                   : rows == 1 ? tr("1 point.")
                               : tr("%Ln points.", nullptr, static_cast<int>(rows));
    if (const auto row = selection().selected(); row && rows > 0)
        text += QLatin1Char(' ') + tr("Selected: %1.").arg(tokenOf(*row));
    if (isSolid())
        text += QLatin1Char(' ') + tr("Ctrl and arrow keys turn the map, R lets it turn by itself.");
    if (const auto chosen = selection().rows().size(); chosen > 0)
        text += QLatin1Char(' ') + tr("%Ln row(s) chosen.", nullptr, static_cast<int>(chosen));
    text += QLatin1Char(' ') + tr("Arrow keys move, plus and minus zoom, Home shows all, Escape clears the selection.");
    setAccessibleDescription(text);
}

void MapView::layOutAxes()
{
    m_plot->axisRect()->setMargins(axisMargins());
    styleMapAxis(m_plot->xAxis, m_picture.xTitle, showsAxes());
    styleMapAxis(m_plot->yAxis, m_picture.yTitle, showsAxes());
}

void MapView::applyViewport()
{
    const QRectF visible = m_viewport.visible();
    m_cloud->setView(m_camera.view());
    m_plot->xAxis->setRange(visible.left(), visible.right());
    m_plot->yAxis->setRange(visible.top(), visible.bottom());
}

void MapView::applyColours()
{
    if (m_continuous) {
        m_table = m_range == ColourRange::AroundZero ? divergingTable(m_colours.dark) : viridisTable(m_colours.dark);
        m_table.back() = m_colours.mutedText;
    } else if (!m_classes)
        m_table = {m_colours.accent};
    else
        m_table = m_palette.empty() ? categoricalColours(m_colours.dark) : m_palette;
    m_cloud->setColours(m_classes, rgbOf(m_table));
    m_cloud->setDensityColour(blended(m_colours.accent, m_colours.mutedText, 0.5).rgb());
    m_cloud->setFarColour(m_colours.background.rgb());
    m_cloud->setDimColour(blended(m_colours.background, m_colours.mutedText, 0.35).rgb());
    viewChanged(Labels::KeepFirst);
}

QMargins MapView::axisMargins() const
{
    if (!showsAxes())
        return {};
    const QFontMetrics metrics(smallFont());
    constexpr int kPaddings = 16;
    return {metrics.height() + metrics.horizontalAdvance(QStringLiteral("-0.000")) + kPaddings, 0, 0,
            2 * metrics.height() + kPaddings};
}

QRectF MapView::areaFor(QSize size) const
{
    return QRectF(QPointF(), QSizeF(size)).marginsRemoved(axisMargins());
}

void MapView::applyStyle()
{
    styleAxis(m_plot->xAxis);
    styleAxis(m_plot->yAxis);
    layOutAxes();
    const double darken = 0.18;
    m_labelImages.setStyle(smallFont(), blended(m_colours.text, m_colours.background, darken), m_colours.background);
    m_viewport.setArea(areaFor(size()));
    applyColours();
}

void MapView::resizeEvent(QResizeEvent* event)
{
    PlotWidget::resizeEvent(event);
    m_viewport.setArea(areaFor(size()));
    if (m_fitted)
        fit();
    else
        viewChanged(Labels::ByImportance);
}

} // namespace embedscope
