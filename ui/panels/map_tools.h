// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QWidget>

#include <utility>
#include <vector>

class QMenu;

namespace embedscope {

class MapView;
enum class MapTool;

/// What dragging on the map does: one button for each way to select rows. A button that is pressed again gives way to
/// moving.
class MapTools : public QWidget
{
    Q_OBJECT

public:
    explicit MapTools(MapView* view, QWidget* parent = nullptr);

    /// The tools as actions.
    void offerIn(QMenu* menu);

private:
    void addTool(MapTool tool, IconName icon, const QString& name, const QString& toolTip);

    MapView* m_view;
    std::vector<std::pair<MapTool, QString>> m_tools;
};

} // namespace embedscope
