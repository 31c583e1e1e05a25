// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "ui/actions/action_registry.h"
#include "ui/plot/figure_export.h"
#include "ui/workspace.h"

#include <QObject>

namespace embedscope {

class MapPanel;
class MessageBar;

/// File, rows, method with all its options, exact or approximate, and version: what makes the same map again.
[[nodiscard]] Fields figureSettings(const Document& document, const MapPanel& map);
/// What the file of a figure says of itself: the badge and the settings.
[[nodiscard]] FigureText figureText(const Document& document, const MapPanel& map);

/// How a window takes the map away: as a figure, or as coordinates.
class WindowFigures : public QObject
{
    Q_OBJECT

public:
    /// Adds its actions; `window` is the parent of the dialogs and of this; all outlive it.
    WindowFigures(Workspace* workspace, ActionRegistry* actions, MapPanel* map, MessageBar* messages, QWidget* window);

    /// Files of the map on screen; the coordinates with a JSON file of settings beside them.
    void saveCoordinates(const QString& path);

private:
    void askForFigure();
    void askForCoordinates();
    void tell(const Result<void>& result, const QStringList& files);
    [[nodiscard]] QString suggestion(const QString& ending) const;

    Workspace* m_workspace;
    MapPanel* m_map;
    MessageBar* m_messages;
    QWidget* m_window;
};

} // namespace embedscope
