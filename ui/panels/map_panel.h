// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "ui/model/axes_map.h"
#include "ui/model/document.h"
#include "ui/model/map_kind.h"
#include "ui/model/map_run.h"
#include "ui/model/pca_map.h"
#include "ui/model/selection.h"
#include "ui/model/training_run.h"

#include "ui/plot/map_view.h"

#include <QWidget>

class QCheckBox;
class QMenu;
class QToolButton;

namespace embedscope {

class JobRunner;
class MapColours;
class MapHonesty;
class MapQualityRun;
class MapSettings;
class MapView;
class OverflowBar;
class PcaSection;
class PlacedPoints;
class PlacedSection;
class SegmentedControl;

/// The map of the open table: which kind is shown, what it is coloured by, and beside it the settings.
class MapPanel : public QWidget
{
    Q_OBJECT

public:
    /// The models of what can be shown.
    struct Maps
    {
        MapRun* run = nullptr;
        PcaMap* pca = nullptr;
        AxesMap* axes = nullptr;
        MapQualityRun* quality = nullptr;
        JobRunner* jobs = nullptr;
        PlacedPoints* placed = nullptr;
    };

    MapPanel(Document* document, TrainingRun* run, const Maps& maps, Selection* selection, QWidget* parent = nullptr);

    [[nodiscard]] MapView& view() { return *m_view; }
    [[nodiscard]] MapSettings& settings() { return *m_settings; }

    /// What is shown. A t-SNE or UMAP map that is not there yet is begun, where it is small enough to be quick; until
    /// its first frame, and without one, the principal components stay.
    void setKind(MapKind kind);
    [[nodiscard]] MapKind kind() const { return m_kind; }
    /// "pca", "tsne", "umap" or "axes", for a session.
    [[nodiscard]] QString kindName() const;
    /// Does nothing for another name, nor for a map that would have to be made first.
    void setKindByName(const QString& name);
    /// 2 or 3.
    void setDims(Index dims);
    [[nodiscard]] Index dims() const { return m_dims; }
    /// Only these rows are mapped, by all kinds; null or empty for all. A run is made anew at once where it is small.
    void setRows(const ChosenRows& rows);
    void showSettings(bool visible);
    [[nodiscard]] bool showsSettings() const;
    void showNeighbours(std::vector<Index> rows);
    /// The axes switch matters while a table moves.
    void setTraining(bool training);

    /// Lets a person type what shall be placed on the map.
    void askToPlace();
    /// The share of the variance that each principal component has.
    void showScree();

    [[nodiscard]] MapColours& colours() { return *m_colours; }
    [[nodiscard]] QString badge() const;
    /// All that the map on screen was made with, by the names of the options; empty where nothing is open.
    [[nodiscard]] Fields facts() const;

Q_SIGNALS:
    void kindChanged();
    void dimsChanged();
    void settingsShown(bool visible);

private:
    QWidget* createBar(JobRunner* jobs);
    void createChoices(OverflowBar* bar);
    void offerDims(QMenu* menu);
    void connectDocument();
    void connectMaps();
    void showTable();
    void showWeights();
    void showPicture();
    void showFrame();
    void showPca();
    void showAxes();
    void judgeMap();
    void placePoints();
    void showPlaced();
    [[nodiscard]] bool showsAxes() const;
    [[nodiscard]] MapPicture pcaPicture() const;
    [[nodiscard]] MapPicture axesPicture() const;
    /// The map of the chosen kind, in place of the one on screen.
    void showMap();
    void beginMap();
    [[nodiscard]] bool startsAtOnce() const;
    /// Null where the principal components are shown.
    [[nodiscard]] const ComputedMap* shownMap() const;
    void showColumns();
    void nameTokens();
    [[nodiscard]] QString pcaBadge() const;
    [[nodiscard]] QString mapBadge(const ComputedMap& map) const;
    [[nodiscard]] QString rowsFact(Index shown) const;
    [[nodiscard]] QString axisTitle(std::size_t axis) const;
    [[nodiscard]] QString tooltipOf(Index row) const;

    Document* m_document;
    TrainingRun* m_run;
    MapRun* m_maps;
    PcaMap* m_pca;
    AxesMap* m_axesMap;
    PlacedPoints* m_placed;
    MapKind m_kind = MapKind::Pca;
    Index m_dims = 2;
    bool m_onScreen = false; // another map than the principal components
    bool m_newTable = false; // its rows are not those on screen
    MapView* m_view = nullptr;
    MapSettings* m_settings = nullptr;
    SegmentedControl* m_method = nullptr;
    SegmentedControl* m_dimsChoice = nullptr;
    QToolButton* m_settingsButton = nullptr;
    MapColours* m_colours = nullptr;
    MapHonesty* m_honesty = nullptr;
    PcaSection* m_pcaSection = nullptr;
    PlacedSection* m_placedSection = nullptr;
    QCheckBox* m_follow = nullptr;
    std::shared_ptr<const Pca> m_shownPca;
    PcaAxes m_shownAxes;
};

} // namespace embedscope
