// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "ui/model/neighbour_check.h"
#include "ui/model/selection.h"
#include "ui/plot/class_filter.h"
#include "ui/plot/cluster_outlines.h"
#include "ui/plot/colour_scale.h"
#include "ui/plot/label_images.h"
#include "ui/plot/label_layout.h"
#include "ui/plot/map_camera.h"
#include "ui/plot/map_lasso.h"
#include "ui/plot/map_legend.h"
#include "ui/plot/map_motion.h"
#include "ui/plot/map_viewport.h"
#include "ui/plot/plot_widget.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope {

class PointCloud;

/// One point a row, and what the axes are. Empty titles for maps whose axes mean nothing, such as t-SNE: no axes then.
struct MapPicture
{
    std::shared_ptr<const Matrix> coordinates; // n x 2 or n x 3; a row with a NaN is not drawn
    QString xTitle;                            // such as "PC 1 (12.3 % of variance)"
    QString yTitle;
    QString badge; // how the map was made: method, settings, seed, rows
    QString zTitle = {};
};

/// A point that is no row of the table.
struct MapMark
{
    RowVector place; // as many coordinates as the map has
    QString label;
};

/// A row and where on the screen it is seen: enough to find the same part again on another map.
struct MapAnchor
{
    Index row = 0;
    QPointF pixel;
    double magnification = 1; // how much closer than all points
};

/// The map: dots, labels, the selected word with its neighbours. Wheel zooms at the cursor, dragging pans or draws an
/// outline around rows, double-click fits; arrow keys, plus, minus, Home and Escape do the same from the keyboard, M, B
/// and L take the tools. A map in space, n x 3, is turned by dragging or by Ctrl and the arrow keys, and panned by
/// dragging with Shift or the middle button.
class MapView : public PlotWidget
{
    Q_OBJECT

public:
    explicit MapView(QWidget* parent = nullptr);
    ~MapView() override;

    /// Shows another map, fitted. Colours, tokens and selection stay.
    void setPicture(MapPicture picture);
    /// Shows another map of the same rows, fitted; points move to their new places within half a second, which the next
    /// call interrupts. At once where the style wants no animation, for another number of rows or for too many of them.
    void moveTo(MapPicture picture);
    [[nodiscard]] bool isMoving() const { return m_motion.isRunning(); }
    /// The next frame of a live map: the same rows at new places. Zoom, colours and labels stay.
    void updateCoordinates(std::shared_ptr<const Matrix> coordinates);
    void setBadge(const QString& badge);
    void setAxisTitles(const QString& xTitle, const QString& yTitle, const QString& zTitle = {});

    /// One index into `palette` a row; an empty palette means our own colours, which follow light and dark. Null for
    /// one colour for all.
    void setColours(std::shared_ptr<const std::vector<std::uint8_t>> classOfPoint, std::vector<QColor> palette = {});
    /// Viridis from the 1st to the 99th percentile; grey where a value is not finite. Null for one colour for all.
    /// `title` stands in the legend, such as "norm (L2)".
    /// Signed values may diverge from 0 instead: blue below, red above, grey in the middle.
    void setColoursByValue(const std::shared_ptr<const std::vector<float>>& values, const QString& title,
                           ColourRange range = ColourRange::Percentiles);
    /// Names of the classes, in the order of the palette; call it after setColours. Where there are more names than
    /// `colours` (0 for those of the palette), classes share them, and the legend says how many are not in it.
    /// `classOfRow` has the numbers of the names, below 0 for none; null where the colours are the classes.
    void setClassNames(std::vector<QString> names, std::size_t colours = 0,
                       ClassFilter::ClassOfRow classOfRow = nullptr);
    [[nodiscard]] const std::vector<QString>& classNames() const { return m_legend.names; }
    /// Which classes are hidden, on top of setHidden. A click on a name hides or shows it, a double-click or Alt and a
    /// click shows it alone.
    [[nodiscard]] const ClassFilter& classFilter() const { return m_classFilter; }
    void setClassFilter(ClassFilter filter);
    /// The class whose name in the legend is at `pixel`.
    [[nodiscard]] std::optional<std::size_t> classAt(QPointF pixel) const;

    using Marks = std::shared_ptr<const std::vector<std::uint8_t>>; // one a row; ignored while of another length
    /// Rows that are not 0 are not drawn, picked or labelled; null for none.
    void setHidden(Marks hidden);
    /// Rows that are not 0 are drawn grey, beneath the others and without labels; null for none.
    void setDimmed(Marks dimmed);

    /// Larger dots for larger values, on the scale of dotShapes(); null for dots that are all alike.
    void setSizes(std::shared_ptr<const std::vector<float>> values);
    /// Fainter dots for smaller values, likewise.
    void setOpacities(std::shared_ptr<const std::vector<float>> values);
    /// Shades the map by density where more than some ten thousand dots are in view.
    void setDensity(bool on);
    [[nodiscard]] bool showsDensity() const;
    /// A thin line around each cluster of a flat map, and its name while the map is seen from afar; null for none.
    /// Numbers below 0 stand for rows of no cluster.
    void setClusters(std::shared_ptr<const std::vector<std::int32_t>> clusterOfPoint, std::vector<QString> names);

    void setTokens(std::function<QString(Index)> tokenOf);
    /// Rows from the most to the least important for labels; null for the order of the rows, which is that of
    /// frequency.
    void setLabelOrder(std::shared_ptr<const std::vector<Index>> order);
    /// Plain text for the tooltip of a row, in place of its token and number.
    void setTooltips(std::function<QString(Index)> tooltipOf);
    void setEmptyText(const QString& text);

    /// Shared with other views; null for one of its own. A word selected elsewhere is brought into view.
    void setSelection(Selection* selection);
    /// Rows joined by lines with the word selected now; forgotten when another is selected.
    void setNeighbours(std::vector<Index> rows);
    [[nodiscard]] const std::vector<Index>& neighbours() const { return m_neighbours; }

    /// In logical pixels; nothing means by density.
    /// In place of the lines to the neighbours, while its row is the selected one: solid lines to those the map keeps,
    /// dashed ones to those it tore away, hollow rings around those that it shows without cause.
    void setNeighbourCheck(std::optional<NeighbourCheck> check);
    /// Points beside those of the rows: hollow diamonds with their labels.
    void setMarks(std::vector<MapMark> marks);
    [[nodiscard]] const std::vector<MapMark>& marks() const { return m_marks; }
    void setDotDiameter(std::optional<double> diameter);

    /// Shows all points.
    void fit();
    void zoom(double factor);
    /// Whether the map has three dimensions.
    [[nodiscard]] bool isSolid() const;
    [[nodiscard]] const MapCamera& camera() const { return m_camera; }
    void setOrientation(const Eigen::Quaterniond& orientation);
    /// Turns a map in space slowly while it is in view.
    void setAutoRotate(bool on);
    [[nodiscard]] bool autoRotates() const { return m_autoRotates; }
    /// The selected row where it is in view, else the one nearest to the middle; nothing while all points are shown.
    [[nodiscard]] std::optional<MapAnchor> anchor() const;
    void restore(const MapAnchor& anchor);

    [[nodiscard]] MapTool tool() const { return m_lasso.tool(); }
    void setTool(MapTool tool);
    /// The rows whose dots lie inside an outline in pixels, ascending.
    [[nodiscard]] std::vector<Index> rowsIn(const QPolygonF& outline) const;

    [[nodiscard]] const MapPicture& picture() const { return m_picture; }
    [[nodiscard]] const MapViewport& viewport() const { return m_viewport; }
    /// The row under `pixel`, if any.
    [[nodiscard]] std::optional<Index> rowAt(QPointF pixel) const;
    /// Where the dot of a row is, in pixels; nothing for an unknown or hidden row or one without finite coordinates.
    [[nodiscard]] std::optional<QPointF> pixelOf(Index row) const;
    /// Likewise; also nothing while points are on their way.
    [[nodiscard]] std::optional<QPointF> pixelOf(const MapMark& mark) const;
    /// The labels of the last frame, without the hovered one.
    [[nodiscard]] const std::vector<PlacedLabel>& labels() const { return m_labels; }

    /// The same part of the map, without hover and focus.
    [[nodiscard]] QImage renderToImage(QSize size, double scale = 1) override;
    void renderVectors(QPaintDevice& device, QSize size) override;
    [[nodiscard]] QSize sizeHint() const override { return {720, 540}; }

Q_SIGNALS:
    void autoRotateChanged(bool on);
    void toolChanged(embedscope::MapTool tool);
    /// Other classes, or others of them hidden.
    void classesChanged();
    /// Another map, or the next frame of it.
    void pictureChanged();

protected:
    void applyStyle() override;
    void paintOverlay(QPainter& painter) override;

    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct ClusterName
    {
        QRectF box;
        QString text;
    };

    enum class Labels { Settled, KeepFirst, ByImportance };

    [[nodiscard]] Selection& selection() const;
    /// As shown: on the way, while points move.
    [[nodiscard]] const Matrix* coordinates() const { return m_shown.get(); }
    void showPoints(std::shared_ptr<const Matrix> coordinates);
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] bool hasOutgrownView() const;
    [[nodiscard]] QString tokenOf(Index row) const;
    [[nodiscard]] bool showsAxes() const
    {
        return !isSolid() && (!m_picture.xTitle.isEmpty() || !m_picture.yTitle.isEmpty());
    }
    [[nodiscard]] bool isMarked(const Marks& marks, Index row) const;
    [[nodiscard]] bool wantsLabel(Index row) const { return !isMarked(m_dimmed, row); }

    void listenTo(const Selection& selection);
    void showSelected();
    void showHovered();
    void showRows();
    [[nodiscard]] Marks unchosenMarks() const;
    void finishLasso(Qt::KeyboardModifiers modifiers);
    bool escape();
    [[nodiscard]] Qt::CursorShape restingCursor() const;
    void hoverAt(QPointF pixel, QPoint globalPixel);
    [[nodiscard]] bool hoverLegend(QPointF pixel, QPoint globalPixel);
    void clickLegend(std::size_t name, Qt::KeyboardModifiers modifiers);
    void isolateByDoubleClick(std::size_t name);
    void forgetClasses();
    void applyHidden();
    void panBy(QPointF pixels);
    void rollBy(QPointF pixels);
    void rotateOn();
    void updateRotation();
    [[nodiscard]] bool canMoveTo(const MapPicture& picture) const;
    [[nodiscard]] Matrix placesInViewOf(const Matrix& shown, bool wasSolid, const MapCamera& camera,
                                        const MapViewport& viewport) const;
    void moveOn();
    void endMotion();
    void zoomAt(QPointF pixel, double factor);
    void viewChanged(Labels labels);
    void describe();

    void layOutAxes();
    void applyViewport();
    void applyColours();
    [[nodiscard]] QMargins axisMargins() const;
    [[nodiscard]] QRectF areaFor(QSize size) const;

    void applyShapes();
    void findOutlines();
    void forgetOutlines();
    [[nodiscard]] std::vector<ClusterName> clusterNames() const;
    void paintClusters(QPainter& painter) const;

    /// The part of the map that is seen, in an area of another size while `render` runs.
    void showIn(QSize size, const std::function<void()>& render);
    void layOutLabels();
    [[nodiscard]] std::vector<LabelCandidate> labelCandidates() const;
    [[nodiscard]] QStringList badgeLines() const;
    [[nodiscard]] QRectF badgeBox() const;
    [[nodiscard]] QRectF legendBox() const;
    [[nodiscard]] QRectF triadBox() const;
    void paintNeighbours(QPainter& painter) const;
    void paintRows(QPainter& painter) const;
    [[nodiscard]] bool showsCheck() const;
    void paintCheck(QPainter& painter) const;
    [[nodiscard]] std::array<QString, 3> checkTexts() const;
    [[nodiscard]] QRectF checkLegendBox() const;
    void paintCheckLegend(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    [[nodiscard]] QRectF labelBox(const MapMark& mark) const;
    void paintLabels(QPainter& painter);
    void paintSelected(QPainter& painter);
    void paintHovered(QPainter& painter, const QRectF& box);
    void paintCorners(QPainter& painter) const;
    [[nodiscard]] QRectF hoveredBox();

    PointCloud* m_cloud = nullptr; // owned by the plot
    MapPicture m_picture;
    std::shared_ptr<const Matrix> m_shown;
    MapMotion m_motion;
    QTimer m_motionTimer;
    double m_cueAtStart = 1; // of a motion: a flat map has no depth to show
    MapViewport m_viewport;
    MapCamera m_camera;
    bool m_fitted = true; // until the person moves: resizing fits again
    bool m_autoRotates = false;
    QTimer m_rotation;
    QElapsedTimer m_sinceRotation;

    std::shared_ptr<const std::vector<std::uint8_t>> m_classes;
    Marks m_hiddenByRow; // as given
    ClassFilter m_classFilter;
    Marks m_hidden; // both together
    Marks m_dimmed;
    std::vector<QColor> m_palette; // as given; empty for our own
    std::vector<QColor> m_table;   // as drawn
    bool m_continuous = false;
    ColourRange m_range = ColourRange::Percentiles;
    std::shared_ptr<const std::vector<float>> m_sizes;
    std::shared_ptr<const std::vector<float>> m_opacities;
    std::shared_ptr<const std::vector<std::int32_t>> m_clusterOf;
    std::vector<QString> m_clusterNames;
    std::vector<ClusterOutline> m_outlines; // empty while points move
    QTimer m_outlineTimer;
    MapLegend m_legend;

    std::function<QString(Index)> m_tokenOf;
    std::function<QString(Index)> m_tooltipOf;
    QString m_emptyText;

    std::unique_ptr<Selection> m_ownSelection = std::make_unique<Selection>();
    QPointer<Selection> m_selection;
    bool m_selectingHere = false;
    std::vector<Index> m_neighbours;
    std::optional<Index> m_neighboursOf;

    std::shared_ptr<const std::vector<Index>> m_labelOrder;
    std::vector<PlacedLabel> m_labels;
    LabelImages m_labelImages;
    Labels m_labelsWanted = Labels::ByImportance;

    std::optional<NeighbourCheck> m_check;
    std::vector<MapMark> m_marks;
    MapLasso m_lasso;
    std::optional<QPointF> m_pressedAt;
    QPointF m_lastMouse;
    bool m_dragging = false;
    bool m_rolling = false;                   // what dragging does
    std::optional<std::size_t> m_pressedName; // of the legend
    ClassFilter m_filterBeforeClick;
    bool m_overLegend = false;
    bool m_exporting = false;
};

} // namespace embedscope
