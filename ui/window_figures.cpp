// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_figures.h"

#include "core/io/coordinates.h"
#include "ui/bridge/qt_text.h"
#include "ui/dialogs/figure_dialog.h"
#include "ui/panels/map_panel.h"
#include "ui/plot/map_view.h"
#include "ui/widgets/message_bar.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>

#include <filesystem>

namespace embedscope {

namespace {

std::filesystem::path toPath(const QString& path)
{
    return {path.toStdString()};
}

} // namespace

FigureText figureText(const Document& document, const MapPanel& map)
{
    QStringList settings;
    for (const auto& [name, value] : figureSettings(document, map))
        settings.append(QStringLiteral("%1=%2").arg(QString::fromStdString(name), QString::fromStdString(value)));
    return {document.tableName(), QStringLiteral("%1 · %2").arg(map.badge(), settings.join(QStringLiteral(", ")))};
}

Fields figureSettings(const Document& document, const MapPanel& map)
{
    Fields settings = map.facts();
    settings["file"] = QFileInfo(document.tableName()).fileName().toStdString();
    settings["version"] = QStringLiteral("%1 %2")
                              .arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion())
                              .toStdString();
    return settings;
}

WindowFigures::WindowFigures(Workspace* workspace, ActionRegistry* actions, MapPanel* map, MessageBar* messages,
                             QWidget* window)
    : QObject(window)
    , m_workspace(workspace)
    , m_map(map)
    , m_messages(messages)
    , m_window(window)
{
    QAction* figure = actions->add({QStringLiteral("map.export_figure"),
                                    tr("&Export Figure…"),
                                    tr("Map"),
                                    {Qt::CTRL | Qt::ALT | Qt::Key_E},
                                    IconName::Export,
                                    tr("Writes the map as it is seen: SVG or PDF with real text, or PNG.")});
    QAction* coordinates = actions->add({QStringLiteral("map.export_coordinates"),
                                         tr("Export &Coordinates…"),
                                         tr("Map"),
                                         {},
                                         std::nullopt,
                                         tr("Writes where each token is on the map: CSV, TSV or NumPy.")});
    connect(figure, &QAction::triggered, this, &WindowFigures::askForFigure);
    connect(coordinates, &QAction::triggered, this, &WindowFigures::askForCoordinates);
    const auto enable = [this, figure, coordinates] {
        for (QAction* action : {figure, coordinates})
            action->setEnabled(m_workspace->document.hasTable());
    };
    connect(&m_workspace->document, &Document::tableChanged, this, enable);
    enable();
}

QString WindowFigures::suggestion(const QString& ending) const
{
    const QString name = QFileInfo(m_workspace->document.tableName()).completeBaseName();
    return QStringLiteral("%1/%2-map.%3")
        .arg(m_workspace->settings.lastFolder(FolderUse::Export), name.isEmpty() ? QStringLiteral("embedding") : name,
             ending);
}

void WindowFigures::askForFigure()
{
    FigureDialog dialog(suggestion(QStringLiteral("svg")), m_map->view().size(), m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QString path = QFileInfo(dialog.path()).absoluteFilePath();
    m_workspace->settings.setLastFolder(FolderUse::Export, path);
    tell(exportFigure(m_map->view(), path, dialog.options(), figureText(m_workspace->document, *m_map)), {path});
}

void WindowFigures::askForCoordinates()
{
    const QString path = QFileDialog::getSaveFileName(
        m_window, tr("Export Coordinates"), suggestion(QStringLiteral("csv")), tr("Coordinates (*.csv *.tsv *.npy)"));
    if (path.isEmpty())
        return;
    m_workspace->settings.setLastFolder(FolderUse::Export, path);
    saveCoordinates(path);
}

void WindowFigures::saveCoordinates(const QString& path)
{
    const auto coordinates = m_map->view().picture().coordinates;
    if (!coordinates)
        return;
    Fields settings = figureSettings(m_workspace->document, *m_map);
    settings["map"] = m_map->badge().toStdString();
    const QString settingsPath = path + QStringLiteral(".json");
    m_workspace->jobs.start(
        this, tr("Writing %1").arg(QFileInfo(path).fileName()),
        [=, table = m_workspace->document.snapshot().table](const std::stop_token& stop, Progress& progress) {
            return writeCoordinates(toPath(path), {table->vocabulary(), *coordinates, settings, toPath(settingsPath)},
                                    stop, progress);
        },
        [this, path, settingsPath](const Result<void>& result) {
            tell(result, {path, settingsPath});
        });
}

void WindowFigures::tell(const Result<void>& result, const QStringList& files)
{
    if (result)
        m_messages->post({Message::Kind::Info, tr("Written: %1").arg(files.join(QStringLiteral(", "))), {}, {}, {}});
    else if (!isCancelled(result.error()))
        m_messages->post({Message::Kind::Error, errorText(result.error()), {}, {}, {}});
}

} // namespace embedscope
