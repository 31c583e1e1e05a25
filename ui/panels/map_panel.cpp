// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_panel.h"

#include "ui/bridge/map_text.h"
#include "ui/bridge/qt_text.h"
#include "ui/model/placed_points.h"
#include "ui/panels/axes_section.h"
#include "ui/panels/map_colours.h"
#include "ui/panels/map_honesty.h"
#include "ui/panels/map_run_controls.h"
#include "ui/panels/map_settings.h"
#include "ui/panels/map_shapes.h"
#include "ui/panels/map_tools.h"
#include "ui/panels/pca_section.h"
#include "ui/panels/placed_section.h"
#include "ui/plot/map_view.h"
#include "ui/plot/scree_plot.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/overflow_bar.h"
#include "ui/widgets/segmented_control.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace embedscope {

MapPanel::MapPanel(Document* document, TrainingRun* run, const Maps& maps, Selection* selection, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_run(run)
    , m_maps(maps.run)
    , m_pca(maps.pca)
    , m_axesMap(maps.axes)
    , m_placed(maps.placed)
    , m_view(new MapView)
    , m_settings(new MapSettings(document, maps.run))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_honesty = new MapHonesty(m_view, maps.quality, maps.jobs, selection);
    column->addWidget(createBar(maps.jobs)); // above the settings too, or they would take the room of other docks
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_view, 1);
    row->addWidget(m_settings);
    column->addLayout(row, 1);
    m_settings->hide();
    m_pcaSection = new PcaSection(m_pca);
    m_settings->setPage(MapKind::Pca, m_pcaSection);
    m_settings->setPage(MapKind::Axes, new AxesSection(document, m_axesMap));
    m_settings->addSection(new MapShapes(document, m_view));
    m_placedSection = new PlacedSection(m_placed);
    m_settings->addSection(m_placedSection);
    m_view->setSelection(selection);
    m_view->setEmptyText(tr("Open vectors or labelled sentences to see their map."));
    m_view->setTooltips([this](Index of) { return tooltipOf(of); });
    connect(m_view, &MapView::pictureChanged, this, &MapPanel::judgeMap);
    connect(m_honesty, &MapHonesty::coloured, m_colours, &MapColours::showElsewhere);
    connect(m_colours, &MapColours::coloursChosen, m_honesty, &MapHonesty::stopColouring);
    connect(m_view, &MapView::pictureChanged, this, &MapPanel::placePoints);
    connect(m_placed, &PlacedPoints::changed, this, &MapPanel::showPlaced);
    connectDocument();
    connectMaps();
    showTable();
}

QWidget* MapPanel::createBar(JobRunner* jobs)
{
    auto* bar = new OverflowBar;
    createChoices(bar);
    m_colours = new MapColours(m_document, m_view, jobs);
    m_follow = new QCheckBox(tr("Axes follow the table"));
    m_follow->setToolTip(
        tr("On: the principal components are found anew as the table moves. Off: the axes of the first "
           "step are held, so that movement on screen is movement of the vectors."));
    m_follow->setChecked(m_run->axesFollow());
    auto* fit = new QToolButton;
    fit->setIcon(icon(IconName::Fit));
    fit->setText(tr("Fit"));
    fit->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fit->setToolTip(tr("Shows all points (Home)."));
    m_settingsButton = new QToolButton;
    m_settingsButton->setIcon(icon(IconName::Settings));
    m_settingsButton->setCheckable(true);
    m_settingsButton->setAccessibleName(tr("Map settings"));
    m_settingsButton->setToolTip(tr("Shows or hides the settings of the map."));
    auto* tools = new MapTools(m_view);
    bar->addWidget(m_colours);
    bar->addWidget(m_follow);
    bar->addStretch();
    bar->addWidget(
        m_honesty, [this](QMenu* menu) { m_honesty->offerIn(menu); }, 4);
    bar->addWidget(
        tools, [tools](QMenu* menu) { tools->offerIn(menu); }, 2);
    bar->addWidget(
        fit, [this](QMenu* menu) { menu->addAction(tr("Fit"), m_view, &MapView::fit); }, 1);
    bar->addWidget(m_settingsButton);
    connect(fit, &QToolButton::clicked, m_view, &MapView::fit);
    connect(m_settingsButton, &QToolButton::toggled, this, &MapPanel::showSettings);
    connect(m_settings, &MapSettings::closeRequested, this, [this] { showSettings(false); });
    connect(m_follow, &QCheckBox::toggled, m_run, &TrainingRun::setAxesFollow);
    connect(m_run, &TrainingRun::begun, this, [this] { m_follow->setChecked(m_run->axesFollow()); });
    return bar;
}

void MapPanel::createChoices(OverflowBar* bar)
{
    m_method = new SegmentedControl(tr("Kind of map"));
    m_method->addSegment(tr("PCA"), tr("Centred principal components of all rows, exact: the directions in which the "
                                       "vectors vary most."));
    m_method->addSegment(tr("t-SNE"), tr("Keeps neighbours together and clusters apart; distances between clusters and "
                                         "their sizes mean little."));
    m_method->addSegment(tr("UMAP"), tr("Keeps neighbours together, with more of the large shape than t-SNE; "
                                        "distances between clusters mean little."));
    m_method->addSegment(tr("Axes"), tr("Axes of your choice: from one word to another, the norm, a dimension, a "
                                        "column."));
    m_dimsChoice = new SegmentedControl(tr("Dimensions of the map"));
    m_dimsChoice->addSegment(tr("2-D"), tr("A flat map."));
    m_dimsChoice->addSegment(tr("3-D"), tr("A map in space, which the mouse rotates. t-SNE and UMAP are made anew."));
    bar->addWidget(m_method);
    bar->addWidget(
        m_dimsChoice, [this](QMenu* menu) { offerDims(menu); }, 3);
    connect(m_method, &SegmentedControl::currentChanged, this,
            [this](int index) { setKind(static_cast<MapKind>(index)); });
    connect(m_dimsChoice, &SegmentedControl::currentChanged, this, [this](int index) { setDims(index + 2); });
}

void MapPanel::offerDims(QMenu* menu)
{
    for (const Index dims : {2, 3}) {
        QAction* action = menu->addAction(dims == 2 ? tr("2-D") : tr("3-D"), this, [this, dims] { setDims(dims); });
        action->setCheckable(true);
        action->setChecked(dims == m_dims);
    }
}

void MapPanel::connectDocument()
{
    connect(m_document, &Document::tableChanged, this, &MapPanel::showTable);
    connect(m_document, &Document::weightsChanged, this, &MapPanel::showWeights);
    connect(m_document, &Document::columnsChanged, this, &MapPanel::showColumns);
    connect(m_document, &Document::pictureChanged, this, &MapPanel::showPicture);
    connect(m_pca, &PcaMap::changed, this, &MapPanel::showPca);
    connect(m_axesMap, &AxesMap::changed, this, &MapPanel::showAxes);
    connect(m_document, &Document::restChanged, this, [this] {
        if (m_document->hasTable())
            m_view->setBadge(badge());
    });
    // What moves while it is trained are the principal components.
    connect(m_run, &TrainingRun::begun, this, [this] { setKind(MapKind::Pca); });
}

void MapPanel::connectMaps()
{
    connect(m_maps, &MapRun::frameChanged, this, &MapPanel::showFrame);
    connect(m_maps, &MapRun::cancelled, this, &MapPanel::showMap);
    for (const auto signal : {&MapRun::stateChanged, &MapRun::optionsChanged, &MapRun::rowsChanged})
        connect(m_maps, signal, this, [this] {
            if (m_document->hasTable())
                m_view->setBadge(badge());
        });
}

void MapPanel::judgeMap()
{
    const ComputedMap* map = shownMap();
    m_honesty->setMap({m_document->snapshot().table, m_view->picture().coordinates,
                       map != nullptr ? map->frame.options.metric : Metric::Euclidean});
}

void MapPanel::placePoints()
{
    PlaceGround ground{.table = m_document->snapshot().table,
                       .coordinates = m_view->picture().coordinates,
                       .project = nullptr,
                       .rows = nullptr,
                       .metric = Metric::Euclidean,
                       .pcaDims = 0,
                       .points = nullptr};
    if (!ground.table)
        return;
    if (const ComputedMap* map = shownMap(); map != nullptr) {
        ground.rows = map->rows;
        ground.metric = map->frame.options.metric;
        ground.pcaDims = map->frame.options.pca_dims;
        ground.points = m_maps->pointsOf(*map);
    } else
        ground.project = showsAxes() ? m_axesMap->placer() : m_pca->placer();
    m_placed->setGround(std::move(ground));
}

void MapPanel::showPlaced()
{
    std::vector<MapMark> marks;
    for (const PlacedPoint& point : m_placed->points())
        if (point.place.size() > 0)
            marks.push_back({point.place, displayToken(point.text.toStdString())});
    m_view->setMarks(std::move(marks));
}

void MapPanel::askToPlace()
{
    showSettings(true);
    m_placedSection->ask();
}

void MapPanel::showScree()
{
    setKind(MapKind::Pca);
    showSettings(true);
    QTimer::singleShot(0, m_pcaSection, [section = m_pcaSection] { // once the strip has its size
        for (QWidget* parent = section->parentWidget(); parent != nullptr; parent = parent->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(parent))
                area->ensureWidgetVisible(&section->scree());
    });
}

void MapPanel::setTraining(bool training)
{
    m_follow->setVisible(training);
}

void MapPanel::showNeighbours(std::vector<Index> rows)
{
    m_view->setNeighbours(std::move(rows));
}

/// Another table begins with its principal components; rows that were only waited for leave the map as it is.
void MapPanel::showTable()
{
    const TableSnapshot& snapshot = m_document->snapshot();
    if (!snapshot.table)
        return;
    nameTokens();
    if (runMethod(m_kind) && shownMap() == nullptr)
        setKind(MapKind::Pca);
    m_newTable = true;
    showMap();
    m_newTable = false;
    m_colours->showTable(false);
}

const ComputedMap* MapPanel::shownMap() const
{
    const auto method = runMethod(m_kind);
    return method ? m_maps->map(*method) : nullptr;
}

void MapPanel::setKind(MapKind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    m_method->setCurrentIndex(static_cast<int>(kind));
    m_settings->setKind(kind);
    m_axesMap->setWanted(kind == MapKind::Axes);
    if (kind != MapKind::Pca)
        showSettings(true);
    if (runMethod(kind))
        beginMap();
    showMap();
    Q_EMIT kindChanged();
}

void MapPanel::setRows(const ChosenRows& rows)
{
    m_maps->setRows(rows);
    m_pca->setRows(rows);
    const ComputedMap* map = shownMap();
    if (runMethod(m_kind) && (map == nullptr || m_maps->hasOtherRows(*map)) && startsAtOnce())
        m_maps->start();
    m_view->setBadge(badge());
}

bool MapPanel::startsAtOnce() const
{
    if (!m_document->hasTable())
        return false;
    const ChosenRows& rows = m_maps->rows();
    const Index count = rows ? std::ssize(*rows) : m_document->snapshot().table->rows();
    return count <= MapRunControls::kStartsAtOnce;
}

QString MapPanel::kindName() const
{
    const auto method = runMethod(m_kind);
    if (method)
        return toQString(mapMethodName(*method));
    return m_kind == MapKind::Axes ? QStringLiteral("axes") : QStringLiteral("pca");
}

void MapPanel::setKindByName(const QString& name)
{
    for (const MapKind kind : {MapKind::Pca, MapKind::Tsne, MapKind::Umap, MapKind::Axes}) {
        const MapKind before = m_kind;
        m_kind = kind;
        const bool meant = kindName() == name && (!runMethod(kind) || shownMap() != nullptr);
        m_kind = before;
        if (meant)
            return setKind(kind);
    }
}

void MapPanel::beginMap()
{
    if (shownMap() == nullptr && startsAtOnce() && !m_maps->active())
        m_maps->start();
}

void MapPanel::setDims(Index dims)
{
    if (dims == m_dims)
        return;
    m_dims = dims;
    m_dimsChoice->setCurrentIndex(static_cast<int>(dims - 2));
    MapOptions options = m_maps->options();
    options.dims = dims;
    m_maps->setOptions(options);
    PcaAxes axes = m_pca->axes();
    axes.dims = dims;
    m_pca->setAxes(axes);
    m_axesMap->setDims(dims);
    Q_EMIT dimsChanged();
}

void MapPanel::showSettings(bool visible)
{
    m_settings->setVisible(visible);
    m_settingsButton->setChecked(visible);
    Q_EMIT settingsShown(visible);
}

bool MapPanel::showsSettings() const
{
    return m_settingsButton->isChecked();
}

void MapPanel::showMap()
{
    const TableSnapshot& snapshot = m_document->snapshot();
    if (!snapshot.table)
        return;
    const ComputedMap* map = shownMap();
    m_onScreen = map != nullptr || showsAxes();
    m_shownPca = m_pca->pca();
    m_shownAxes = m_pca->shownAxes();
    MapPicture picture = map != nullptr ? MapPicture{map->frame.coordinates, {}, {}, badge()}
                         : showsAxes()  ? axesPicture()
                                        : pcaPicture();
    if (m_newTable)
        m_view->setPicture(std::move(picture));
    else
        m_view->moveTo(std::move(picture));
}

bool MapPanel::showsAxes() const
{
    return m_kind == MapKind::Axes && m_axesMap->coordinates();
}

MapPicture MapPanel::axesPicture() const
{
    const bool solid = m_axesMap->coordinates()->cols() == 3;
    return {m_axesMap->coordinates(), m_axesMap->title(0), m_axesMap->title(1), badge(),
            solid ? m_axesMap->title(2) : QString()};
}

void MapPanel::showAxes()
{
    if (m_kind == MapKind::Axes && m_document->hasTable())
        showMap();
}

/// The next frame of a map that is being made, where it is the one on screen.
void MapPanel::showFrame()
{
    const ComputedMap* map = shownMap();
    if (map == nullptr || (m_maps->active() && runMethod(m_kind) != m_maps->method()))
        return;
    if (!m_onScreen) {
        showMap();
        return;
    }
    m_view->updateCoordinates(map->frame.coordinates);
    m_view->setBadge(badge());
}

void MapPanel::nameTokens()
{
    m_view->setTokens(
        [table = m_document->snapshot().table](Index row) { return displayToken(table->vocabulary()[row]); });
}

void MapPanel::showColumns()
{
    nameTokens();
    m_colours->showTable(true);
}

void MapPanel::showWeights()
{
    m_view->setBadge(badge());
    m_colours->showWeights();
}

/// A table that moves; where its principal components are on screen, so do they.
void MapPanel::showPicture()
{
    m_view->setBadge(badge());
}

MapPicture MapPanel::pcaPicture() const
{
    const bool solid = m_pca->shownAxes().dims == 3;
    return {m_pca->coordinates(), axisTitle(0), axisTitle(1), badge(), solid ? axisTitle(2) : QString()};
}

/// The same axes at new places are the next frame of a table that is trained; other axes are another map.
void MapPanel::showPca()
{
    if (m_onScreen || !m_document->hasTable())
        return;
    if (m_pca->shownAxes() != m_shownAxes) {
        showMap();
        return;
    }
    m_view->updateCoordinates(m_pca->coordinates());
    if (m_pca->pca() != m_shownPca) {
        m_shownPca = m_pca->pca();
        const MapPicture picture = pcaPicture();
        m_view->setAxisTitles(picture.xTitle, picture.yTitle, picture.zTitle);
    }
    m_view->setBadge(badge());
}

QString MapPanel::badge() const
{
    const ComputedMap* map = shownMap();
    if (showsAxes())
        return tr("Axes of your choice, exact · %1").arg(rowsFact(m_document->snapshot().table->rows()));
    return map != nullptr ? mapBadge(*map) : pcaBadge();
}

QString MapPanel::rowsFact(Index shown) const
{
    const QString limit = m_document->limitNote();
    const Index rows = m_document->snapshot().table->rows();
    const QString counts = rowsText(shown, rows);
    if (limit.isEmpty())
        return counts;
    return shown == rows ? limit : joinedFacts({counts, limit});
}

QString MapPanel::pcaBadge() const
{
    const QString counts = rowsFact(m_pca->points());
    if (m_run->session().active()) {
        const QString step = QLocale().toString(static_cast<qlonglong>(m_run->session().stepsDone()));
        return m_run->axesFollow() ? tr("PCA of step %1, centred · %2").arg(step, counts)
                                   : tr("Step %1 on the axes of an earlier step · %2").arg(step, counts);
    }
    const PcaAxes& axes = m_pca->shownAxes();
    const Index first = *std::min_element(axes.components.begin(), axes.components.begin() + axes.dims);
    if (first > 0 && !axes.whiten)
        return tr("PCA · centred, without the first %n component(s), exact · %1", nullptr, static_cast<int>(first))
            .arg(counts);
    return m_pca->shownAxes().whiten ? tr("PCA · centred, whitened, exact · %1").arg(counts)
                                     : tr("PCA · centred, exact · %1").arg(counts);
}

QString MapPanel::mapBadge(const ComputedMap& map) const
{
    QStringList facts = settingsFacts(map.frame.options);
    facts << stepText(map.frame.options.method, map.frame.step, map.frame.steps) << rowsFact(map.frame.points)
          << neighboursText(map.frame.exact, map.frame.recall);
    if (m_maps->isOfOlderTable(map))
        facts << tr("of the table before it changed");
    if (m_maps->hasOtherRows(map))
        facts << tr("of other rows");
    if (m_maps->hasOtherSettings(map))
        facts << tr("settings changed");
    return joinedFacts(facts);
}

QString MapPanel::axisTitle(std::size_t axis) const
{
    const auto pca = m_pca->pca();
    const auto component = static_cast<std::size_t>(m_pca->shownAxes().components.at(axis));
    if (component >= pca->explained_variance_ratio.size())
        return pca->mean.size() == 1 ? tr("PC %1 (there is none: the vectors have one dimension)").arg(component + 1)
                                     : tr("PC %1 (there is none)").arg(component + 1);
    const QString share = QLocale().toString(pca->explained_variance_ratio[component] * 100, 'f', 1);
    return m_pca->shownAxes().whiten ? tr("PC %1 over its deviation (%2 % of variance)").arg(component + 1).arg(share)
                                     : tr("PC %1 (%2 % of variance)").arg(component + 1).arg(share);
}

QString MapPanel::tooltipOf(Index row) const
{
    const TableSnapshot& snapshot = m_document->snapshot();
    if (row >= snapshot.table->rows())
        return {};
    QString text =
        tr("%1\nrow %2, norm %3")
            .arg(displayToken(snapshot.table->vocabulary()[row]), QLocale().toString(static_cast<qlonglong>(row)),
                 numberText(static_cast<double>((*snapshot.norms)[static_cast<std::size_t>(row)]), 2));
    for (const CategoryColumn& column : snapshot.table->columns())
        if (const auto value = column.values[static_cast<std::size_t>(row)]; value >= 0)
            text +=
                QStringLiteral("\n%1: %2")
                    .arg(displayToken(column.name), displayToken(column.categories[static_cast<std::size_t>(value)]));
    for (const NumberColumn& column : snapshot.table->numberColumns())
        if (const double value = column.values[static_cast<std::size_t>(row)]; !std::isnan(value))
            text += QStringLiteral("\n%1: %2").arg(displayToken(column.name), cellText(value));
    return text;
}

} // namespace embedscope
