// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/map_view.h"
#include "ui/workspace.h"

#include <QObject>
#include <QPointer>

#include <optional>
#include <string>

namespace embedscope {

class ImportDialog;
class MessageBar;

/// What a window does about files of vectors: the import preview, the load report, the clean copy, and what it says
/// while the rest of a large file is read.
class WindowFiles : public QObject
{
    Q_OBJECT

public:
    /// `window` is the parent of the dialogs and of this; all outlive it.
    WindowFiles(Workspace* workspace, MapView* map, MessageBar* messages, QWidget* window);

    /// Asks for a file and shows its preview.
    void choosePreview();
    void preview(const QString& path, const ReadOptions& options = {}, const std::optional<Error>& refusal = {});
    void showReport();
    void repair();
    /// What was odd about the table that was opened.
    void showFindings();

private:
    /// A token and, for rows of the same token, its row.
    struct Place
    {
        std::string token;
        Index row = 0;
    };

    void connectDocument();
    void onRefused(const QString& path, const ReadOptions& options, const Error& error,
                   std::optional<ReadChoice> choice);
    void onRestChanged();
    void onRestFailed(const Error& error);
    void onTrainingOnFirstRows();
    void rememberPlace();
    void restorePlace();
    [[nodiscard]] std::optional<Place> placeOf(std::optional<Index> row) const;
    [[nodiscard]] std::optional<Index> rowOf(const std::optional<Place>& place) const;

    Workspace* m_workspace;
    MapView* m_map;
    MessageBar* m_messages;
    QWidget* m_window;
    QPointer<ImportDialog> m_dialog;

    std::optional<Place> m_selected;
    std::optional<MapAnchor> m_anchor;
    std::optional<Place> m_anchorPlace;
};

} // namespace embedscope
