// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_map.h"

#include "ui/bridge/map_text.h"
#include "ui/bridge/qt_text.h"
#include "ui/model/table_top.h"
#include "ui/panels/class_menu.h"
#include "ui/panels/map_panel.h"
#include "ui/panels/map_run_controls.h"
#include "ui/panels/map_settings.h"
#include "ui/plot/map_view.h"
#include "ui/widgets/message_bar.h"

#include <QInputDialog>

#include <algorithm>

namespace embedscope {

WindowMap::WindowMap(Workspace* workspace, MapPanel* panel, MessageBar* messages, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_panel(panel)
    , m_messages(messages)
{
    MapRun& maps = workspace->maps;
    connect(&maps, &MapRun::failed, this, [this](const Error& error) {
        m_messages->post({Message::Kind::Error, errorText(error), {}, {}, {}});
    });
    connect(&maps, &MapRun::changeRefused, this, [this](const Error& error) {
        m_messages->post({Message::Kind::Error, errorText(error), {}, {}, {}});
    });
    connect(&maps, &MapRun::frameChanged, this, &WindowMap::statusChanged);
    connect(&maps, &MapRun::stateChanged, this, &WindowMap::statusChanged);
}

QAction* WindowMap::add(const ActionSpec& spec, const std::function<void()>& run)
{
    QAction* action = m_actions->add(spec);
    connect(action, &QAction::triggered, this, run);
    return action;
}

void WindowMap::createActions(ActionRegistry& actions)
{
    m_actions = &actions;
    createKindActions();
    createRunActions();
    createRowActions();
    createClassActions();
    createTableAction();
    MapRun* maps = &m_workspace->maps;
    for (const auto signal : {&MapRun::stateChanged, &MapRun::optionsChanged, &MapRun::rowsChanged,
                              &MapRun::mapsChanged, &MapRun::cancelled})
        connect(maps, signal, this, &WindowMap::update);
    connect(&m_workspace->document, &Document::tableChanged, this, &WindowMap::update);
    for (const auto signal : {&MapPanel::kindChanged, &MapPanel::dimsChanged})
        connect(m_panel, signal, this, &WindowMap::update);
    connect(m_panel, &MapPanel::settingsShown, this, &WindowMap::update);
    update();
}

void WindowMap::addKind(const QString& id, const QString& text, MapKind kind, const QString& toolTip)
{
    add({id, text, tr("Map"), {}, std::nullopt, toolTip, true}, [this, kind] {
        m_panel->setKind(kind);
        update(); // a kind that was chosen already stays checked
    });
}

void WindowMap::createKindActions()
{
    addKind(QStringLiteral("map.pca"), tr("&PCA"), MapKind::Pca, tr("Shows the principal components."));
    addKind(QStringLiteral("map.tsne"), tr("&t-SNE"), MapKind::Tsne, tr("Shows the t-SNE map, or makes one."));
    addKind(QStringLiteral("map.umap"), tr("&UMAP"), MapKind::Umap, tr("Shows the UMAP map, or makes one."));
    addKind(QStringLiteral("map.axes"), tr("&Axes of Your Choice"), MapKind::Axes,
            tr("Shows the map on axes from one word to another, a norm, a dimension or a column."));
    add({QStringLiteral("map.3d"),
         tr("T&hree Dimensions"),
         tr("Map"),
         {},
         std::nullopt,
         tr("Shows the map in space; t-SNE and UMAP are made anew."),
         true},
        [this] { m_panel->setDims(m_panel->dims() == 2 ? 3 : 2); });
    add({QStringLiteral("map.density"),
         tr("&Density Shading"),
         tr("Map"),
         {},
         std::nullopt,
         tr("Shades the map by how densely its points lie, where many are in view."),
         true},
        [this] {
            m_panel->view().setDensity(!m_panel->view().showsDensity());
            update();
        });
    add({QStringLiteral("map.scree"),
         tr("S&cree Plot"),
         tr("Map"),
         {},
         std::nullopt,
         tr("Shows which share of the variance each principal component has.")},
        [this] { m_panel->showScree(); });
    add({QStringLiteral("map.settings"),
         tr("Map &Settings"),
         tr("Map"),
         {},
         IconName::Settings,
         tr("Shows or hides the settings of the map."),
         true},
        [this] { m_panel->showSettings(!m_panel->showsSettings()); });
}

void WindowMap::createRunActions()
{
    const QString map = tr("Map");
    MapRun* maps = &m_workspace->maps;
    add({QStringLiteral("map.run"),
         tr("&Run Map"),
         map,
         {Qt::CTRL | Qt::Key_R},
         IconName::Play,
         tr("Makes the t-SNE or UMAP map from the start, by its settings.")},
        [maps] { maps->start(); });
    add({QStringLiteral("map.pause"),
         tr("P&ause Map"),
         map,
         {Qt::CTRL | Qt::Key_Period},
         IconName::Pause,
         tr("Holds the points where they are, or lets them move again.")},
        [this] { m_panel->settings().controls().togglePause(); });
    add({QStringLiteral("map.stop"),
         tr("Stop &Map"),
         map,
         {},
         IconName::Stop,
         tr("Ends the map that is being made and keeps it as it is now.")},
        [maps] { maps->stop(); });
    add({QStringLiteral("map.go_on"),
         tr("&Go On from Here"),
         map,
         {},
         std::nullopt,
         tr("Goes on from where the points are, by the settings as they are now.")},
        [maps] { maps->goOn(); });
    add({QStringLiteral("map.perturb"),
         tr("S&hake Map"),
         map,
         {},
         std::nullopt,
         tr("Moves every point a little at random and goes on.")},
        [maps] { maps->perturb(); });
    add({QStringLiteral("map.reseed"),
         tr("Another S&eed"),
         map,
         {},
         IconName::Replay,
         tr("Makes the map from the start with another seed: what differs is chance.")},
        [this] { anotherSeed(); });
}

void WindowMap::createRowActions()
{
    const QString map = tr("Map");
    add({QStringLiteral("map.isolate"),
         tr("Map &Only the Chosen Rows"),
         map,
         {},
         std::nullopt,
         tr("Makes the map of the rows that are chosen, as if there were no others.")},
        [this] { m_panel->setRows(m_workspace->selection.sharedRows()); });
    add({QStringLiteral("map.all_rows"),
         tr("&Back to All Rows"),
         map,
         {},
         std::nullopt,
         tr("Makes the map of all rows again.")},
        [this] { m_panel->setRows(nullptr); });
    add({QStringLiteral("map.place"),
         tr("Place a &Word or Formula…"),
         map,
         {},
         std::nullopt,
         tr("Shows where a word, a formula or the mean of a sentence lies on the map, which stays as it is.")},
        [this] { m_panel->askToPlace(); });
    add({QStringLiteral("map.clear_placed"),
         tr("Clear Placed Poi&nts"),
         map,
         {},
         std::nullopt,
         tr("Takes the points away that were placed on the map.")},
        [this] { m_workspace->placed.clear(); });
    connect(&m_workspace->selection, &Selection::rowsChanged, this, &WindowMap::update);
    connect(&m_workspace->placed, &PlacedPoints::changed, this, &WindowMap::update);
}

void WindowMap::createClassActions()
{
    const QString map = tr("Map");
    MapView* view = &m_panel->view();
    auto* menu = new ClassMenu(view, m_panel);
    QAction* classes = add({QStringLiteral("map.classes"),
                            tr("S&how Classes"),
                            map,
                            {},
                            std::nullopt,
                            tr("Hides or shows the classes that the colours of the map tell.")},
                           [menu, view] { menu->popup(view->mapToGlobal(view->rect().center())); });
    classes->setMenu(menu);
    add({QStringLiteral("map.all_classes"),
         tr("Show All &Classes"),
         map,
         {},
         std::nullopt,
         tr("Shows the classes that were hidden by the legend.")},
        [view] {
            ClassFilter filter = view->classFilter();
            filter.showAll();
            view->setClassFilter(std::move(filter));
        });
    connect(view, &MapView::classesChanged, this, &WindowMap::update);
}

void WindowMap::createTableAction()
{
    add({QStringLiteral("table.remove_top"),
         tr("Remove &Mean and Top Components…"),
         tr("Table"),
         {},
         std::nullopt,
         tr("Opens a new table of the same rows, centred and without the largest principal components, which carry "
            "frequency more than meaning (\"all-but-the-top\", Mu and Viswanath 2018).")},
        [this] { askForTop(); });
    connect(&m_workspace->run.session(), &TrainingSession::stateChanged, this, &WindowMap::update);
    connect(&m_workspace->document, &Document::restChanged, this, &WindowMap::update);
}

void WindowMap::askForTop()
{
    const auto dim = static_cast<int>(m_workspace->document.snapshot().table->dim());
    bool wanted = false;
    const int top = QInputDialog::getInt(
        m_panel, tr("Remove Mean and Top Components"),
        tr("Largest principal components to remove, besides the mean.\nAdvised: dimensions / 100."),
        std::max(1, dim / 100), 0, dim, 1, &wanted);
    if (wanted)
        removeTop(top);
}

void WindowMap::removeTop(Index top)
{
    Document* document = &m_workspace->document;
    const auto table = document->snapshot().table;
    m_workspace->jobs.start(
        this, tr("Removing components"),
        [table, top](const std::stop_token& stop, Progress& progress) {
            return withoutTop(*table, top, stop, progress);
        },
        [this, document, table, top](Result<TableSnapshot> made) {
            if (!made) {
                if (made.error().code != ErrorCode::Cancelled)
                    m_messages->post({Message::Kind::Error, errorText(made.error()), {}, {}, {}});
                return;
            }
            if (document->snapshot().table != table)
                return; // another one was opened meanwhile
            const QString name =
                tr("%1 without mean and %n component(s)", nullptr, static_cast<int>(top)).arg(document->tableName());
            document->setTable(*std::move(made), Document::Origin::Trained, name);
            m_messages->post(
                {Message::Kind::Info,
                 tr("The open table is a new one: %1. It is in no file yet; the file it came from is as it "
                    "was.")
                     .arg(name),
                 {},
                 {},
                 {}});
        });
}

void WindowMap::anotherSeed()
{
    MapRun& maps = m_workspace->maps;
    MapOptions options = maps.options();
    ++options.seed;
    maps.setOptions(options);
    maps.start();
}

void WindowMap::update()
{
    const MapRun& maps = m_workspace->maps;
    const bool open = m_workspace->document.hasTable();
    const bool runs = open && runMethod(m_panel->kind()).has_value();
    const auto set = [this](const char* id, bool enabled, bool checked = false) {
        QAction* action = m_actions->action(QString::fromLatin1(id));
        action->setEnabled(enabled);
        if (action->isCheckable())
            action->setChecked(checked);
    };
    set("map.pca", open, m_panel->kind() == MapKind::Pca);
    set("map.tsne", open, m_panel->kind() == MapKind::Tsne);
    set("map.umap", open, m_panel->kind() == MapKind::Umap);
    set("map.axes", open, m_panel->kind() == MapKind::Axes);
    set("map.3d", open, m_panel->dims() == 3);
    set("map.density", open, m_panel->view().showsDensity());
    set("map.scree", open);
    set("table.remove_top", open && !m_workspace->document.hasFirstRowsOnly() && !m_workspace->run.session().active());
    set("map.settings", open, m_panel->showsSettings());
    set("map.run", runs);
    set("map.pause", maps.active());
    set("map.stop", maps.active());
    set("map.go_on", runs && maps.canGoOn());
    set("map.perturb", runs && maps.canPerturb());
    set("map.reseed", runs);
    set("map.isolate", open && m_workspace->selection.hasRows());
    set("map.place", open);
    set("map.clear_placed", !m_workspace->placed.points().empty());
    set("map.all_rows", open && maps.rows() != nullptr);
    set("map.classes", open && !m_panel->view().classNames().empty());
    set("map.all_classes", open && m_panel->view().classFilter().hidesAny());
}

QString WindowMap::statusText() const
{
    const MapRun& maps = m_workspace->maps;
    return maps.active() ? joinedFacts({methodText(maps.method()), runProgressText(maps)}) : QString();
}

} // namespace embedscope
