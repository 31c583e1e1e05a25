// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the window: what they are called and what they do.
#include "ui/main_window.h"

#include "ui/actions/command_palette.h"
#include "ui/actions/search_field.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/panels/map_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/vocabulary_panel.h"
#include "ui/plot/map_view.h"
#include "ui/window_figures.h"
#include "ui/window_files.h"
#include "ui/window_map.h"
#include "ui/window_selection.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>

namespace embedscope {

namespace {

using State = TrainingSession::State;

QString shapeText(const TableSnapshot& snapshot)
{
    const QLocale locale;
    return QStringLiteral("%1 × %2").arg(locale.toString(static_cast<qlonglong>(snapshot.table->rows())),
                                         locale.toString(static_cast<qlonglong>(snapshot.table->dim())));
}

ModelFormat modelFormat(ExportFormat format)
{
    switch (format) {
    case ExportFormat::ModelPyTorch:
        return ModelFormat::PyTorch;
    case ExportFormat::ModelNpz:
        return ModelFormat::Npz;
    case ExportFormat::ModelProject:
        return ModelFormat::PyTorchProject;
    default:
        return ModelFormat::Safetensors;
    }
}

} // namespace

void MainWindow::createActions()
{
    createFileActions();
    createViewActions();
    createTableActions();
    m_figures = new WindowFigures(m_workspace, m_actions.get(), m_map, m_messages, this);
    m_choice = new WindowSelection(m_workspace, m_actions.get(), &m_map->view(), m_vocabulary, this);
    createTrainActions();
    createHelpActions();
}

void MainWindow::createFileActions()
{
    const QString file = tr("File");
    Document* document = &m_workspace->document;
    connect(m_actions->add({QStringLiteral("file.open"),
                            tr("&Open Vectors…"),
                            file,
                            {QKeySequence::Open},
                            IconName::Open,
                            tr("Any file of vectors, such as GloVe, word2vec, fastText, NumPy, safetensors, PyTorch or "
                               "CSV; the format is "
                               "found by content.")}),
            &QAction::triggered, this,
            [this] { chooseFile(FolderUse::OpenVectors, tr("Open Vectors"), &Document::open); });
    createPreviewAction();
    connect(m_actions->add({QStringLiteral("file.open_text"),
                            tr("Open &Text…"),
                            file,
                            {Qt::CTRL | Qt::SHIFT | Qt::Key_O},
                            IconName::Text,
                            tr("Labelled sentences to train on.")}),
            &QAction::triggered, this,
            [this] { chooseFile(FolderUse::OpenText, tr("Open Text"), &Document::openText); });
    connect(m_actions->add({QStringLiteral("file.open_ratings"),
                            tr("Open &Ratings…"),
                            file,
                            {},
                            std::nullopt,
                            tr("Lines of user, item and rating, to train a recommender on.")}),
            &QAction::triggered, this, &MainWindow::chooseRatings);
    connect(m_actions->add({QStringLiteral("file.sample"),
                            tr("Open the &Sample"),
                            file,
                            {},
                            IconName::Sample,
                            tr("Sentences that come with the program, and a fresh table for their words.")}),
            &QAction::triggered, document, &Document::openSample);
    createSessionActions();
    connect(m_actions->add({QStringLiteral("file.export"),
                            tr("&Export…"),
                            file,
                            {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
                            IconName::Export,
                            tr("Writes the table or the trained model for PyTorch, gensim and others.")}),
            &QAction::triggered, this, &MainWindow::exportFiles);
    connect(
        m_actions->add(
            {QStringLiteral("file.save_run"),
             tr("Save Training &Run…"),
             file,
             {},
             std::nullopt,
             tr("A folder with weights, vocabulary and log, which the headless tool can predict with and replay.")}),
        &QAction::triggered, this, [this] {
            const QString path =
                QFileDialog::getSaveFileName(this, tr("Save Training Run"),
                                             m_workspace->settings.lastFolder(FolderUse::Run) + QStringLiteral("/run"));
            if (path.isEmpty())
                return;
            m_workspace->settings.setLastFolder(FolderUse::Run, path);
            m_workspace->run.save(path, ModelFormat::RunFolder);
        });
    connect(m_actions->add({QStringLiteral("file.quit"), tr("&Quit"), file, {QKeySequence::Quit}}), &QAction::triggered,
            this, &MainWindow::close);
}

void MainWindow::createPreviewAction()
{
    connect(m_actions->add({QStringLiteral("file.preview"),
                            tr("Open with Pre&view…"),
                            tr("File"),
                            {Qt::CTRL | Qt::ALT | Qt::Key_O},
                            std::nullopt,
                            tr("Shows what a file would be read as, and lets each guess be changed.")}),
            &QAction::triggered, m_files, &WindowFiles::choosePreview);
}

void MainWindow::createTableActions()
{
    connect(m_actions->add({QStringLiteral("table.report"),
                            tr("&Load Report"),
                            tr("Table"),
                            {},
                            std::nullopt,
                            tr("What was found while the table was read, and what it means.")}),
            &QAction::triggered, m_files, &WindowFiles::showReport);
    connect(m_actions->add({QStringLiteral("table.repair"),
                            tr("&Repair and Save a Clean Copy…"),
                            tr("Table"),
                            {},
                            std::nullopt,
                            tr("Writes the table again without what is wrong in it; the open one stays as it is.")}),
            &QAction::triggered, m_files, &WindowFiles::repair);
}

void MainWindow::createViewActions()
{
    const QString view = tr("View");
    const QString map = tr("Map");
    connect(m_actions->add({QStringLiteral("view.explore"), tr("&Explore"), view, {Qt::CTRL | Qt::Key_1}}),
            &QAction::triggered, this, [this] { setArrangement(Arrangement::Explore); });
    connect(m_actions->add({QStringLiteral("view.train"), tr("&Train"), view, {Qt::CTRL | Qt::Key_2}}),
            &QAction::triggered, this, [this] { setArrangement(Arrangement::Train); });
    connect(m_actions->add({QStringLiteral("view.find"), tr("&Find…"), view, {Qt::CTRL | Qt::Key_K}, IconName::Search}),
            &QAction::triggered, this, [this] { m_search->start(); });
    connect(m_actions->add(
                {QStringLiteral("view.palette"), tr("&Command Palette…"), view, {Qt::CTRL | Qt::SHIFT | Qt::Key_P}}),
            &QAction::triggered, this, [this] { m_palette->toggle(); });
    connect(
        m_actions->add({QStringLiteral("table.filter"), tr("&Filter Vocabulary"), tr("Table"), {QKeySequence::Find}}),
        &QAction::triggered, m_vocabulary, &VocabularyPanel::focusFilter);
    connect(m_actions->add({QStringLiteral("table.attach"),
                            tr("&Attach Metadata…"),
                            tr("Table"),
                            {},
                            std::nullopt,
                            tr("Joins a list of tokens or a TSV or CSV file with counts, classes and the like.")}),
            &QAction::triggered, this,
            [this] { chooseFile(FolderUse::OpenVectors, tr("Attach Metadata"), &Document::attachMetadata); });
    connect(m_actions->add({QStringLiteral("view.reset"), tr("&Reset Layout"), view, {}}), &QAction::triggered, this,
            [this] {
                m_workspace->settings.forgetWindowStates();
                defaultLayout();
            });
    for (QDockWidget* dock : docks())
        m_actions->add(QStringLiteral("view.dock.") + dock->objectName(), view, dock->toggleViewAction());
    MapView* mapView = &m_map->view();
    connect(m_actions->add({QStringLiteral("map.fit"), tr("&Fit"), map, {Qt::CTRL | Qt::Key_0}, IconName::Fit}),
            &QAction::triggered, mapView, &MapView::fit);
    connect(m_actions->add({QStringLiteral("map.zoom_in"), tr("Zoom &In"), map, {QKeySequence::ZoomIn}}),
            &QAction::triggered, mapView, [mapView] { mapView->zoom(1.25); });
    connect(m_actions->add({QStringLiteral("map.zoom_out"), tr("Zoom &Out"), map, {QKeySequence::ZoomOut}}),
            &QAction::triggered, mapView, [mapView] { mapView->zoom(0.8); });
    m_windowMap->createActions(*m_actions);
}

void MainWindow::createTrainActions()
{
    const QString train = tr("Train");
    TrainingSession* session = &m_workspace->run.session();
    connect(m_actions->add({QStringLiteral("train.start"),
                            tr("&Start Training"),
                            train,
                            {Qt::Key_F5},
                            IconName::Play,
                            tr("Begins a run with the sentences, model and switches of the training panel.")}),
            &QAction::triggered, this, [this] { m_training->begin(State::Running); });
    connect(m_actions->add({QStringLiteral("train.recommender"),
                            tr("Train &Recommender"),
                            train,
                            {},
                            std::nullopt,
                            tr("Learns vectors of users and items from the open ratings.")}),
            &QAction::triggered, this, &MainWindow::trainRecommender);
    connect(m_actions->add({QStringLiteral("train.pause"),
                            tr("&Pause"),
                            train,
                            {Qt::Key_F6},
                            IconName::Pause,
                            tr("Pauses the run, or goes on.")}),
            &QAction::triggered, this, &MainWindow::togglePause);
    connect(m_actions->add({QStringLiteral("train.step"),
                            tr("S&ingle Step"),
                            train,
                            {Qt::Key_F10},
                            IconName::Step,
                            tr("One batch, then pause.")}),
            &QAction::triggered, this, [this, session] {
                if (session->active())
                    session->step();
                else
                    m_training->begin(State::Paused);
            });
    connect(m_actions->add({QStringLiteral("train.stop"),
                            tr("S&top"),
                            train,
                            {Qt::SHIFT | Qt::Key_F5},
                            IconName::Stop,
                            tr("Ends the run and keeps what was learned.")}),
            &QAction::triggered, this, [this, session] {
                m_workspace->recommender.stop();
                session->stop();
            });
}

void MainWindow::createHelpActions()
{
    const QString help = tr("Help");
    connect(m_actions->add({QStringLiteral("help.shortcuts"), tr("&Keyboard Shortcuts"), help, {Qt::Key_F1}}),
            &QAction::triggered, this, [this] { ShortcutsDialog(*m_actions, this).exec(); });
    connect(m_actions->add({QStringLiteral("help.about"), tr("&About Embedscope"), help, {}}), &QAction::triggered,
            this, [this] { AboutDialog(this).exec(); });
}

QVector<QAction*> MainWindow::actionsOf(const QString& category) const
{
    QVector<QAction*> found;
    for (QAction* action : m_actions->actions())
        if (ActionRegistry::idOf(*action).startsWith(category + QLatin1Char('.')))
            found.append(action);
    return found;
}

void MainWindow::createMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    for (QAction* action : actionsOf(QStringLiteral("file"))) {
        if (ActionRegistry::idOf(*action) == QLatin1String("file.save_session"))
            m_workspace->recent.fillMenu(file->addMenu(tr("Open &Recent")));
        file->addAction(action);
    }
    QMenu* view = menuBar()->addMenu(tr("&View"));
    for (QAction* action : actionsOf(QStringLiteral("view")))
        view->addAction(action);
    view->addSeparator();
    createThemeMenu(view);
    createLanguageMenu(view);
    for (const auto& [title, category] : {std::pair(tr("Ta&ble"), "table"),
                                          {tr("&Map"), "map"},
                                          {tr("&Select"), "select"},
                                          {tr("&Train"), "train"},
                                          {tr("&Help"), "help"}}) {
        QMenu* menu = menuBar()->addMenu(title);
        for (QAction* action : actionsOf(QString::fromLatin1(category)))
            menu->addAction(action);
    }
}

void MainWindow::createThemeMenu(QMenu* view)
{
    QMenu* menu = view->addMenu(tr("C&olours"));
    auto* group = new QActionGroup(menu);
    for (const auto& [text, choice] : {std::pair(tr("As the &System"), ThemeChoice::System),
                                       {tr("&Light"), ThemeChoice::Light},
                                       {tr("&Dark"), ThemeChoice::Dark}}) {
        QAction* action = group->addAction(menu->addAction(text));
        action->setCheckable(true);
        action->setChecked(m_workspace->settings.theme() == choice);
        connect(action, &QAction::triggered, this, [this, choice = choice] { Q_EMIT themeChosen(choice); });
    }
}

void MainWindow::createLanguageMenu(QMenu* view)
{
    QMenu* menu = view->addMenu(tr("&Language"));
    auto* group = new QActionGroup(menu);
    // Languages are named in themselves, whatever the language of the window.
    for (const auto& [text, language] : {std::pair(tr("As the &System"), QString()),
                                         {QStringLiteral("English"), QStringLiteral("en")},
                                         {QStringLiteral("简体中文"), QStringLiteral("zh_CN")}}) {
        QAction* action = group->addAction(menu->addAction(text));
        action->setCheckable(true);
        action->setChecked(m_workspace->settings.language() == language);
        connect(action, &QAction::triggered, this, [this, language = language] { Q_EMIT languageChosen(language); });
    }
}

void MainWindow::updateActions()
{
    const Document& document = m_workspace->document;
    const TrainingRun& run = m_workspace->run;
    const bool active = run.session().active();
    const RecommenderRun& recommender = m_workspace->recommender;
    const bool idle = !active && !run.preparing() && !recommender.training();
    const bool paused = run.session().state() == State::Paused || recommender.paused();
    const auto enable = [this](const char* id, bool enabled) {
        m_actions->action(QString::fromLatin1(id))->setEnabled(enabled);
    };
    enable("train.start", document.hasText() && idle);
    enable("train.recommender", recommender.hasRatings() && idle);
    enable("train.pause", active || recommender.training());
    enable("train.step", document.hasText() && !run.preparing() && !recommender.training());
    enable("train.stop", active || recommender.training());
    // Between two steps the table on screen is the one of the run; while it runs it is a little older.
    enable("file.export", document.hasTable() && !run.preparing() && run.session().state() != State::Running);
    enable("table.report", document.snapshot().report.has_value());
    enable("table.repair", document.snapshot().report.has_value());
    enable("table.attach", document.hasTable() && idle);
    enable("file.save_session", m_workspace->sessions.canSave());
    enable("file.save_session_as", m_workspace->sessions.canSave());
    enable("file.save_run", run.session().trainer() != nullptr);
    QAction* pause = m_actions->action(QStringLiteral("train.pause"));
    pause->setText(paused ? tr("&Go On") : tr("&Pause"));
    pause->setIcon(icon(paused ? IconName::Play : IconName::Pause));
    for (QAction* action : actionsOf(QStringLiteral("train"))) {
        action->setVisible(m_arrangement == Arrangement::Train);
        action->setIconText(ActionRegistry::plainText(*action)); // buttons show no mnemonic
    }
    updateStatus();
}

void MainWindow::togglePause()
{
    TrainingSession& session = m_workspace->run.session();
    RecommenderRun& recommender = m_workspace->recommender;
    if (recommender.training())
        recommender.paused() ? recommender.resume() : recommender.pause();
    else if (session.state() == State::Paused)
        session.resume();
    else
        session.pause();
}

void MainWindow::chooseFile(FolderUse use, const QString& title, void (Document::*open)(const QString&))
{
    const QString path = QFileDialog::getOpenFileName(this, title, m_workspace->settings.lastFolder(use));
    if (path.isEmpty())
        return;
    m_workspace->settings.setLastFolder(use, path);
    (m_workspace->document.*open)(path);
}

void MainWindow::chooseRatings()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open Ratings"), m_workspace->settings.lastFolder(FolderUse::OpenText));
    if (path.isEmpty())
        return;
    m_workspace->settings.setLastFolder(FolderUse::OpenText, path);
    m_workspace->recommender.open(path);
}

void MainWindow::exportFiles()
{
    Document& document = m_workspace->document;
    const bool hasModel = m_workspace->run.session().trainer() != nullptr;
    ExportDialog dialog({document.tableName(), shapeText(document.snapshot()), hasModel,
                         m_workspace->settings.lastFolder(FolderUse::Export), document.limitNote()},
                        this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const ExportRequest request = dialog.request();
    m_workspace->settings.setLastFolder(FolderUse::Export, request.path);
    if (const auto format = tableFormat(request.format))
        document.saveTable(request.path, *format);
    else
        m_workspace->run.save(request.path, modelFormat(request.format));
}

} // namespace embedscope
