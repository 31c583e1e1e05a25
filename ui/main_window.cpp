// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/actions/command_palette.h"
#include "ui/actions/command_source.h"
#include "ui/actions/search_field.h"
#include "ui/bridge/qt_text.h"
#include "ui/jobs/job_status_widget.h"
#include "ui/panels/curves_panel.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/map_panel.h"
#include "ui/panels/norms_panel.h"
#include "ui/panels/ratings_section.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/try_panel.h"
#include "ui/panels/vocabulary_panel.h"
#include "ui/plot/map_view.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/start_page.h"
#include "ui/window_files.h"
#include "ui/window_map.h"
#include "ui/window_search.h"
#include "ui/window_selection.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include <cmath>

namespace embedscope {

namespace {

/// Grows whenever docks or tool bars change, so that an old layout is not forced on a new window.
constexpr int kLayoutVersion = 2;

QWidget* stretch()
{
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    return space;
}

QString grouped(qint64 number)
{
    return QLocale().toString(number);
}

} // namespace

MainWindow::MainWindow(Workspace* workspace, QWidget* parent)
    : QMainWindow(parent)
    , m_workspace(workspace)
    , m_actions(std::make_unique<ActionRegistry>())
    , m_jobsModel(&workspace->jobs)
{
    setObjectName(QStringLiteral("MainWindow"));
    createCentre();
    createDocks();
    createActions();
    createSearch();
    createMenus();
    createToolBar();
    createStatusBar();
    connectWorkspace();
    connectPanels();
    connectSession();
    restoreLayout();
    QCoreApplication::instance()->installEventFilter(this);
    showTable();
    showRecent();
    updateActions();
}

MainWindow::~MainWindow() = default;

void MainWindow::createCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_messages = new MessageBar;
    m_pages = new QStackedWidget;
    m_start = new StartPage;
    m_map = new MapPanel(&m_workspace->document, &m_workspace->run,
                         {&m_workspace->maps, &m_workspace->pca, &m_workspace->axes, &m_workspace->quality,
                          &m_workspace->jobs, &m_workspace->placed},
                         &m_workspace->selection);
    m_pages->addWidget(m_start);
    m_pages->addWidget(m_map);
    m_files = new WindowFiles(m_workspace, &m_map->view(), m_messages, this);
    m_windowMap = new WindowMap(m_workspace, m_map, m_messages, this);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);
    m_drop = new DropOverlay(this);
}

QDockWidget* MainWindow::addDock(const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title);
    dock->setObjectName(id);
    dock->setWidget(panel);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::createDocks()
{
    m_vocabulary = new VocabularyPanel(&m_workspace->selection, &m_workspace->jobs);
    m_inspector = new InspectorPanel(&m_workspace->selection, &m_workspace->jobs);
    m_training = new TrainingPanel(&m_workspace->document, &m_workspace->run, &m_workspace->recommender,
                                   &m_workspace->selection);
    m_try = new TryPanel(&m_workspace->run, &m_workspace->probe, &m_workspace->selection);
    m_norms = new NormsPanel(&m_workspace->document, &m_workspace->run, &m_workspace->selection);
    m_curves = new CurvesPanel(&m_workspace->run, &m_workspace->recommender);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_vocabularyDock = addDock(QStringLiteral("vocabulary"), tr("Vocabulary"), m_vocabulary, Qt::LeftDockWidgetArea);
    m_inspectorDock = addDock(QStringLiteral("inspector"), tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_trainingDock = addDock(QStringLiteral("training"), tr("Training"), m_training, Qt::RightDockWidgetArea);
    m_tryDock = addDock(QStringLiteral("try"), tr("Try a Sentence"), m_try, Qt::RightDockWidgetArea);
    m_normsDock = addDock(QStringLiteral("norms"), tr("Norms"), m_norms, Qt::BottomDockWidgetArea);
    m_curvesDock = addDock(QStringLiteral("curves"), tr("Curves"), m_curves, Qt::BottomDockWidgetArea);
}

void MainWindow::createSearch()
{
    m_commands = new CommandSource(*m_actions, m_workspace->settings, this);
    m_commands->addProvider(tokenProvider(m_workspace));
    m_commands->addProvider(formulaProvider(m_workspace, [this](const QString& formula) {
        setArrangement(Arrangement::Explore);
        m_inspector->setFormula(formula);
    }));
    m_palette = new CommandPalette(*m_commands, this);
}

void MainWindow::createToolBar()
{
    auto* bar = addToolBar(tr("Main"));
    bar->setObjectName(QStringLiteral("main"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_switch = new SegmentedControl(tr("Arrangement"));
    m_switch->addSegment(tr("Explore"), tr("Look at the vectors (Ctrl+1)."));
    m_switch->addSegment(tr("Train"), tr("Train a classifier on them (Ctrl+2)."));
    m_tableChip = new Chip;
    m_search = new SearchField(*m_commands, m_actions->action(QStringLiteral("view.find"))->shortcut());
    bar->addWidget(m_switch);
    bar->addWidget(m_tableChip);
    bar->addWidget(stretch());
    bar->addWidget(m_search);
    bar->addWidget(stretch());
    for (QAction* action : actionsOf(QStringLiteral("train")))
        if (!action->icon().isNull())
            bar->addAction(action);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_switch, &SegmentedControl::currentChanged, this,
            [this](int index) { setArrangement(index == 0 ? Arrangement::Explore : Arrangement::Train); });
}

void MainWindow::createStatusBar()
{
    m_runStatus = new QLabel;
    m_selectionStatus = new QLabel;
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(10, 0, 10, 0);
    statusBar()->addWidget(new JobStatusWidget(&m_jobsModel));
    statusBar()->addWidget(m_runStatus);
    statusBar()->addPermanentWidget(m_selectionStatus);
}

void MainWindow::connectWorkspace()
{
    Document& document = m_workspace->document;
    TrainingRun& run = m_workspace->run;
    connect(&document, &Document::tableChanged, this, &MainWindow::showTable);
    connect(&document, &Document::tableChanged, m_files, &WindowFiles::showFindings);
    connect(&document, &Document::restChanged, this, &MainWindow::showTableChip);
    connect(&document, &Document::weightsChanged, this, &MainWindow::showWeights);
    connect(&document, &Document::pictureChanged, this, &MainWindow::showPicture);
    connect(&document, &Document::textChanged, this, [this] { setArrangement(Arrangement::Train); });
    connect(&document, &Document::textChanged, this, &MainWindow::updateActions);
    connect(&document, &Document::opened, this, [this](const QString& path) { m_workspace->recent.add(path); });
    connect(&document, &Document::saved, this, &MainWindow::showSaved);
    connect(&document, &Document::columnsChanged, this, &MainWindow::showColumns);
    connect(&document, &Document::attached, this, &MainWindow::showAttached);
    connect(&document, &Document::failed, this, &MainWindow::showError);
    connect(&run, &TrainingRun::saved, this, &MainWindow::showSaved);
    connect(&run, &TrainingRun::failed, this, &MainWindow::showError);
    connect(&run, &TrainingRun::stateChanged, this, &MainWindow::updateActions);
    connect(&run, &TrainingRun::stoppedEarly, this, &MainWindow::showEarlyStop);
    connect(&run, &TrainingRun::collapsed, this, &MainWindow::showCollapse);
    connect(&run, &TrainingRun::stepsDone, this, &MainWindow::updateStatus);
    RecommenderRun& recommender = m_workspace->recommender;
    connect(&document, &Document::ratingsFound, this, &MainWindow::offerRatings);
    connect(&recommender, &RecommenderRun::ratingsChanged, this, &MainWindow::showRatings);
    connect(&recommender, &RecommenderRun::trainingWanted, this, &MainWindow::trainRecommender);
    connect(&recommender, &RecommenderRun::opened, this,
            [this](const QString& path) { m_workspace->recent.add(path); });
    connect(&recommender, &RecommenderRun::stateChanged, this, &MainWindow::updateActions);
    connect(&recommender, &RecommenderRun::trained, this, &MainWindow::showRecommender);
    connect(&recommender, &RecommenderRun::failed, this, &MainWindow::showError);
    connect(&m_workspace->recent, &RecentFiles::changed, this, &MainWindow::showRecent);
    connect(&m_workspace->recent, &RecentFiles::openRequested, &document, &Document::open);
    connect(&m_workspace->selection, &Selection::selectedChanged, this, &MainWindow::updateStatus);
    connect(&m_workspace->selection, &Selection::rowsChanged, this, &MainWindow::updateStatus);
}

void MainWindow::connectPanels()
{
    Document& document = m_workspace->document;
    connect(m_start, &StartPage::openVectorsRequested, m_actions->action(QStringLiteral("file.open")),
            &QAction::trigger);
    connect(m_start, &StartPage::openTextRequested, m_actions->action(QStringLiteral("file.open_text")),
            &QAction::trigger);
    connect(m_start, &StartPage::openSampleRequested, m_actions->action(QStringLiteral("file.sample")),
            &QAction::trigger);
    connect(m_start, &StartPage::openRecentRequested, &document, &Document::open);
    connect(m_start, &StartPage::clearRecentRequested, &m_workspace->recent, &RecentFiles::clear);
    connect(m_training, &TrainingPanel::openTextRequested, m_actions->action(QStringLiteral("file.open_text")),
            &QAction::trigger);
    connect(m_training, &TrainingPanel::refused, this, &MainWindow::showError);
    connect(m_inspector, &InspectorPanel::neighboursChanged, m_map, &MapPanel::showNeighbours);
    connect(m_windowMap, &WindowMap::statusChanged, this, &MainWindow::updateStatus);
    connect(m_drop, &DropOverlay::filesDropped, this, &MainWindow::openPaths);
}

void MainWindow::openPaths(const QStringList& paths)
{
    for (const QString& path : paths)
        m_workspace->document.open(path);
}

void MainWindow::setArrangement(Arrangement arrangement)
{
    if (arrangement == m_arrangement)
        return;
    keepLayout();
    m_arrangement = arrangement;
    m_workspace->settings.setArrangement(arrangement);
    if (m_pages->currentWidget() != m_start)
        applyLayout();
    m_switch->setCurrentIndex(arrangement == Arrangement::Explore ? 0 : 1);
    m_map->setTraining(arrangement == Arrangement::Train);
    updateActions();
}

QList<QDockWidget*> MainWindow::docks() const
{
    return {m_vocabularyDock, m_inspectorDock, m_trainingDock, m_tryDock, m_normsDock, m_curvesDock};
}

void MainWindow::applyLayout()
{
    const auto state = m_workspace->settings.windowState(m_arrangement, kLayoutVersion);
    if (state.isEmpty() || !restoreState(state, kLayoutVersion))
        defaultLayout();
}

void MainWindow::defaultLayout()
{
    const bool explore = m_arrangement == Arrangement::Explore;
    for (QDockWidget* dock : docks())
        dock->setFloating(false);
    addDockWidget(Qt::LeftDockWidgetArea, m_vocabularyDock);
    addDockWidget(Qt::RightDockWidgetArea, m_inspectorDock);
    addDockWidget(Qt::RightDockWidgetArea, m_trainingDock);
    splitDockWidget(m_trainingDock, m_tryDock, Qt::Vertical);
    addDockWidget(Qt::BottomDockWidgetArea, m_normsDock);
    splitDockWidget(m_normsDock, m_curvesDock, Qt::Horizontal);
    m_vocabularyDock->show();
    m_normsDock->show();
    m_inspectorDock->setVisible(explore);
    m_trainingDock->setVisible(!explore);
    m_tryDock->setVisible(!explore);
    m_curvesDock->setVisible(!explore);
    resizeDocks({m_vocabularyDock, explore ? m_inspectorDock : m_trainingDock}, {292, 340}, Qt::Horizontal);
    resizeDocks({m_normsDock}, {210}, Qt::Vertical);
    if (explore)
        return;
    resizeDocks({m_normsDock, m_curvesDock}, {400, 700}, Qt::Horizontal);
    resizeDocks({m_trainingDock, m_tryDock}, {600, 210}, Qt::Vertical);
}

void MainWindow::restoreLayout()
{
    resize(QSize(1440, 900).boundedTo(screen()->availableSize())); // no part of it off a small screen
    restoreGeometry(m_workspace->settings.geometry());
    m_arrangement = m_workspace->document.hasText() ? Arrangement::Train : Arrangement::Explore;
    // The start page stands alone.
    for (QDockWidget* dock : docks())
        dock->hide();
    m_switch->setCurrentIndex(m_arrangement == Arrangement::Explore ? 0 : 1);
    m_map->setTraining(m_arrangement == Arrangement::Train);
}

void MainWindow::keepLayout()
{
    m_workspace->settings.setGeometry(saveGeometry());
    // On the start page the docks are hidden, which is not the person's choice.
    if (m_pages->currentWidget() != m_start)
        m_workspace->settings.setWindowState(m_arrangement, kLayoutVersion, saveState(kLayoutVersion));
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // On X11 a text field takes Ctrl+K for "delete to the end of the line", and the shortcut would depend on the focus.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (QKeySequence(key->keyCombination()) == m_actions->action(QStringLiteral("view.find"))->shortcut()) {
            event->ignore();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_mayClose && m_workspace->sessions.modified()) {
        event->ignore();
        afterSaving([this] { giveWay(); });
        return;
    }
    keepLayout();
    m_workspace->settings.sync();
    event->accept();
}

void MainWindow::showTable()
{
    const TableSnapshot& snapshot = m_workspace->document.snapshot();
    m_workspace->selection.clear();
    m_vocabulary->setTable(snapshot.table, snapshot.norms);
    m_inspector->setTable(snapshot.table, snapshot.norms);
    const bool open = snapshot.table != nullptr;
    showPage();
    if (open)
        showTableChip();
    m_tableChip->setVisible(open);
    updateTitle();
    updateActions();
    updateStatus();
}

void MainWindow::showTableChip()
{
    const Document& document = m_workspace->document;
    if (!document.hasTable())
        return;
    const EmbeddingTable& table = *document.snapshot().table;
    QVector<Chip::Part> parts{{document.tableName()},
                              {QStringLiteral("%1 × %2").arg(grouped(table.rows()), grouped(table.dim())), true}};
    if (const QString limit = document.limitNote(); !limit.isEmpty())
        parts.append({limit, true});
    m_tableChip->setParts(std::move(parts));
}

/// The start page stands where nothing is open.
void MainWindow::showPage()
{
    const bool open = m_workspace->document.hasTable() || m_workspace->recommender.hasRatings();
    const bool leavesStart = open && m_pages->currentWidget() == m_start;
    m_pages->setCurrentWidget(open ? static_cast<QWidget*>(m_map) : m_start);
    if (leavesStart)
        applyLayout();
}

void MainWindow::showRatings()
{
    setArrangement(Arrangement::Train);
    showPage();
    updateActions();
}

void MainWindow::showWeights()
{
    const TableSnapshot& snapshot = m_workspace->document.snapshot();
    m_inspector->setTable(snapshot.table, snapshot.norms);
    m_vocabulary->updateNorms(snapshot.norms);
}

void MainWindow::showPicture()
{
    const TableSnapshot& snapshot = m_workspace->document.snapshot();
    m_vocabulary->updateNorms(snapshot.norms);
    m_inspector->updateNorms(snapshot.norms);
}

void MainWindow::showRecent()
{
    QVector<RecentEntry> entries;
    for (const RecentFile& file : m_workspace->recent.files())
        entries.append({file.path, RecentFiles::shortPath(file.path),
                        RecentFiles::age(file.opened, QDateTime::currentDateTime()), QFileInfo::exists(file.path)});
    m_start->setRecent(entries);
}

void MainWindow::showCollapse(const QString& className)
{
    m_messages->post({Message::Kind::Warning,
                      tr("Every validation sentence is taken for \"%1\": the model has collapsed to one class. Try a "
                         "smaller learning rate, balanced class weights or more epochs.")
                          .arg(className),
                      {},
                      {},
                      {}});
}

void MainWindow::offerRatings(const QString& path, bool asTable)
{
    if (!asTable) {
        m_workspace->recommender.open(path);
        return;
    }
    m_messages->post({Message::Kind::Info,
                      tr("%1 looks like ratings: user, item, rating.").arg(QFileInfo(path).fileName()),
                      {},
                      tr("Train a Recommender on It"),
                      [this, path] {
                          m_messages->dismissAll(); // what was odd about the file as vectors
                          m_workspace->recommender.open(path, RecommenderRun::AfterOpening::Train);
                      }});
}

void MainWindow::trainRecommender()
{
    if (m_actions->action(QStringLiteral("train.recommender"))->isEnabled())
        m_workspace->recommender.begin(m_training->ratings().options());
}

void MainWindow::showRecommender()
{
    const RecommenderRun& run = m_workspace->recommender;
    if (run.epochs().empty() || !std::isfinite(run.epochs().back().quality) || !run.baseline())
        return;
    const QString quality = numberText(run.epochs().back().quality, 3);
    const QString other = numberText(*run.baseline(), 3);
    const QString text =
        run.loss() == RecommenderLoss::Squared
            ? tr("RMSE on the held-out ratings: %1; with mean and biases alone it is %2.").arg(quality, other)
            : tr("Recall at 10 on the held-out ratings: %1; recommending what is popular reaches %2.")
                  .arg(quality, other);
    m_messages->post({Message::Kind::Info, text, {}, {}, {}});
}

void MainWindow::showEarlyStop(std::int64_t epoch, std::int64_t patience)
{
    m_messages->post({Message::Kind::Info,
                      tr("Stopped early after epoch %1: the validation accuracy did not get better for %n epoch(s).",
                         nullptr, static_cast<int>(patience))
                          .arg(grouped(epoch)),
                      {},
                      {},
                      {}});
}

void MainWindow::showSaved(const QStringList& files)
{
    m_messages->post({Message::Kind::Info, tr("Written: %1").arg(files.join(QStringLiteral(", "))), {}, {}, {}});
}

void MainWindow::showColumns()
{
    const TableSnapshot& snapshot = m_workspace->document.snapshot();
    m_vocabulary->setTable(snapshot.table, snapshot.norms);
    m_inspector->setTable(snapshot.table, snapshot.norms);
}

void MainWindow::showAttached(const QString& path, const AttachReport& report)
{
    QStringList parts;
    if (report.renamed)
        parts.append(tr("the names of the rows"));
    for (const AttachedColumn& column : report.columns)
        parts.append(column.number ? tr("%1 (numbers)").arg(displayToken(column.name))
                                   : tr("%1 (categories)").arg(displayToken(column.name)));
    const QString file = QFileInfo(path).fileName();
    if (parts.isEmpty()) {
        m_messages->post(
            {Message::Kind::Info, tr("%1 tells nothing of the rows but their names.").arg(file), {}, {}, {}});
        return;
    }
    QString text = tr("Attached from %1: %2.").arg(file, parts.join(QStringLiteral(", ")));
    text += QLatin1Char(' ');
    text += report.match == AttachReport::Match::Token
                ? tr("Matched by token; rows with data: %1, without: %2, records of no row: %3.")
                      .arg(grouped(report.rowsMatched), grouped(report.rowsWithout), grouped(report.recordsUnused))
                : tr("Matched by order, one record a row: %1.").arg(grouped(report.rowsMatched));
    for (const Warning& warning : report.warnings)
        text += QLatin1Char(' ') + warningText(warning);
    m_messages->post({report.warnings.empty() ? Message::Kind::Info : Message::Kind::Warning, text, {}, {}, {}});
}

void MainWindow::showError(const Error& error)
{
    if (!isCancelled(error))
        m_messages->post({Message::Kind::Error, errorText(error), {}, {}, {}});
}

void MainWindow::updateStatus()
{
    const Document& document = m_workspace->document;
    const TrainingSession& session = m_workspace->run.session();
    if (document.hasTable()) {
        const QString rows = tr("%1 rows").arg(grouped(document.snapshot().table->rows()));
        const auto chosen = static_cast<qint64>(m_workspace->selection.rows().size());
        const qint64 selected = chosen > 0 ? chosen : m_workspace->selection.selected() ? 1 : 0;
        m_selectionStatus->setText(selected > 0 ? rows + tr(" · %1 selected").arg(grouped(selected)) : rows);
    }
    QString text;
    const auto epoch = session.stepsPerEpoch() > 0 ? session.stepsDone() / session.stepsPerEpoch() + 1 : 1;
    if (session.state() == TrainingSession::State::Running)
        text = tr("Training: epoch %1, step %2 of %3")
                   .arg(grouped(epoch), grouped(session.stepsDone()), grouped(session.totalSteps()));
    else if (session.state() == TrainingSession::State::Paused)
        text = tr("Paused after step %1 of %2").arg(grouped(session.stepsDone()), grouped(session.totalSteps()));
    else if (session.state() == TrainingSession::State::Ended)
        text = tr("Trained for %1 steps").arg(grouped(session.stepsDone()));
    const auto& epochs = m_workspace->run.epochs();
    if (!text.isEmpty() && !epochs.empty())
        text += tr(" · %1 tokens/s").arg(grouped(static_cast<qint64>(epochs.back().tokensPerSecond)));
    if (text.isEmpty())
        text = m_windowMap->statusText();
    m_runStatus->setText(text);
}

} // namespace embedscope
