// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_task.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/map_panel.h"
#include "ui/plot/map_view.h"
#include "ui/window_figures.h"

#include <iostream>

namespace embedscope {

namespace {
constexpr int kPollMilliseconds = 50;
constexpr int kLooksToSettle = 4; // neighbours and labels follow the map
} // namespace

FigureTask::FigureTask(Application& application, const CommandLine& commandLine)
    : m_application(application)
    , m_commandLine(commandLine)
{
    Workspace& workspace = application.workspace();
    const auto refuse = [this](const Error& error) { finish(1, errorText(error)); };
    connect(&workspace.document, &Document::failed, this, refuse);
    connect(&workspace.document, &Document::refused, this,
            [refuse](const QString&, const ReadOptions&, const Error& error) { refuse(error); });
    connect(&workspace.sessions, &SessionKeeper::failed, this, refuse);
    connect(&workspace.sessions, &SessionKeeper::fileMissing, this,
            [refuse](const QString&, const Error& error) { refuse(error); });
    connect(&workspace.maps, &MapRun::failed, this, refuse);
    connect(&m_poll, &QTimer::timeout, this, &FigureTask::look);
}

int FigureTask::run()
{
    m_poll.start(kPollMilliseconds);
    return QApplication::exec();
}

void FigureTask::look()
{
    const Workspace& workspace = m_application.workspace();
    const bool busy = !workspace.jobs.isIdle() || workspace.maps.active() || !workspace.document.hasTable();
    // Without a job there is nothing to wait for.
    if (workspace.jobs.isIdle() && !workspace.document.hasTable() && ++m_settled > 2 * kLooksToSettle)
        return finish(1, tr("There is no table to make a figure of."));
    if (busy) {
        m_settled = workspace.document.hasTable() ? 0 : m_settled;
        return;
    }
    if (++m_settled < kLooksToSettle)
        return;
    m_settled = 0;
    if (!m_begun)
        beginMap();
    else
        write();
}

void FigureTask::beginMap()
{
    m_begun = true;
    selectToken();
    MapPanel& map = m_application.window().map();
    if (m_commandLine.method.isEmpty())
        return;
    const auto method = mapMethodFromName(m_commandLine.method.toStdString());
    const auto kind = method == MapMethod::Tsne   ? MapKind::Tsne
                      : method == MapMethod::Umap ? MapKind::Umap
                                                  : MapKind::Pca;
    map.setKind(kind);
    MapRun& maps = m_application.workspace().maps;
    if (runMethod(kind) && !maps.active() && maps.map(*runMethod(kind)) == nullptr)
        maps.start();
}

void FigureTask::selectToken()
{
    const auto& table = m_application.workspace().document.snapshot().table;
    if (!m_commandLine.select.isEmpty())
        m_application.workspace().selection.select(table->vocabulary().find(m_commandLine.select.toStdString()));
}

void FigureTask::write()
{
    MapPanel& map = m_application.window().map();
    FigureOptions options;
    options.size = m_commandLine.figureSize;
    options.scale = m_commandLine.figureScale;
    map.view().resize(options.size);
    map.view().fit();
    const auto written =
        exportFigure(map.view(), m_commandLine.figure, options, figureText(m_application.workspace().document, map));
    if (written)
        finish(0, m_commandLine.figure);
    else
        finish(3, errorText(written.error()));
}

void FigureTask::finish(int code, const QString& sentence)
{
    m_poll.stop();
    (code == 0 ? std::cout : std::cerr) << (code == 0 ? "" : "embedscope: ") << sentence.toStdString() << std::endl;
    QApplication::exit(code);
}

} // namespace embedscope
