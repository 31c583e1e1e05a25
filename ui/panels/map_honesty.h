// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/map_quality_run.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QAction;
class QMenu;
class QToolButton;

namespace embedscope {

class MapView;
class Selection;

/// How far the map can be believed, as one number on the map's bar; what it means, colours and lines in its menu.
class MapHonesty : public QWidget
{
    Q_OBJECT

public:
    MapHonesty(MapView* view, MapQualityRun* quality, JobRunner* jobs, Selection* selection, QWidget* parent = nullptr);

    /// Colours follow each new judgement until stopColouring().
    void colourBy(MapQualityRun::Figure figure);
    /// Others took their place.
    void stopColouring() { m_coloured.reset(); }
    /// What is on screen now.
    void setMap(const JudgedMap& map);
    void setLinesShown(bool shown);
    [[nodiscard]] bool showsLines() const;
    /// Its menu as one of another.
    void offerIn(QMenu* menu);

Q_SIGNALS:
    /// The dots are coloured by a figure of this name.
    void coloured(const QString& name);

private:
    void createMenu();
    void addFigure(MapQualityRun::Figure figure, const QString& name, const QString& toolTip);
    void showQuality();
    void showLines();
    void showColours();
    static QString titleOf(MapQualityRun::Figure figure);

    MapView* m_view;
    MapQualityRun* m_quality;
    Selection* m_selection;
    LatestJob m_check;
    JudgedMap m_map;
    QToolButton* m_button;
    std::vector<QAction*> m_figures; // in the order of MapQualityRun::Figure
    QAction* m_judge = nullptr;
    QAction* m_lines = nullptr;
    std::optional<MapQualityRun::Figure> m_coloured;
    std::shared_ptr<const MapQuality> m_colouredBy;
};

} // namespace embedscope
