// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/action_registry.h"
#include "ui/jobs/jobs_model.h"
#include "ui/workspace.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QDockWidget;
class QLabel;
class QStackedWidget;

namespace embedscope {

class Chip;
class CommandPalette;
class CommandSource;
class CurvesPanel;
class DropOverlay;
class InspectorPanel;
class JobStatusWidget;
class MapPanel;
class MessageBar;
class NormsPanel;
class SearchField;
class SegmentedControl;
class StartPage;
class TrainingPanel;
class TryPanel;
class VocabularyPanel;
class WindowFigures;
class WindowFiles;
class WindowMap;
class WindowSelection;

/// One window in two arrangements, Explore and Train. Creates panels and actions and puts them together; what they show
/// and do lives in the workspace.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Workspace* workspace, QWidget* parent = nullptr);
    ~MainWindow() override;

    void setArrangement(Arrangement arrangement);
    [[nodiscard]] Arrangement arrangement() const { return m_arrangement; }

    [[nodiscard]] ActionRegistry& actions() { return *m_actions; }
    [[nodiscard]] TrainingPanel& training() { return *m_training; }
    [[nodiscard]] TryPanel& tryPanel() { return *m_try; }
    [[nodiscard]] MapPanel& map() { return *m_map; }
    [[nodiscard]] MessageBar& messages() { return *m_messages; }
    [[nodiscard]] WindowFigures& figures() { return *m_figures; }
    [[nodiscard]] WindowFiles& files() { return *m_files; }

    void openPaths(const QStringList& paths);
    /// Closes without a question: another window shows the workspace next.
    void giveWay();

    /// Keeps the shortcut for finding from being eaten by text fields.
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// "" for the system's.
    void languageChosen(const QString& language);
    void themeChosen(embedscope::ThemeChoice theme);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void createCentre();
    void createDocks();
    QDockWidget* addDock(const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area);
    void createSearch();
    void createActions();
    void createFileActions();
    void createPreviewAction();
    void createTableActions();
    void createSessionActions();
    void createViewActions();
    void createTrainActions();
    void createHelpActions();
    void createMenus();
    void createLanguageMenu(QMenu* view);
    void createThemeMenu(QMenu* view);
    void createToolBar();
    void createStatusBar();
    void connectWorkspace();
    void connectPanels();
    void connectSession();

    [[nodiscard]] QList<QDockWidget*> docks() const;
    void restoreLayout();
    void applyLayout();
    void defaultLayout();
    void keepLayout();

    void showTable();
    void showPage();
    void showRatings();
    void showWeights();
    void showPicture();
    void showRecent();
    void showTableChip();
    void showCollapse(const QString& className);
    void offerRatings(const QString& path, bool asTable);
    void chooseRatings();
    void trainRecommender();
    void showRecommender();
    void showEarlyStop(std::int64_t epoch, std::int64_t patience);
    void updateActions();
    void updateStatus();
    void updateTitle();

    void saveSession();
    void saveSessionAs();
    /// Asks where something would be lost, and goes on unless the person cancels.
    void afterSaving(const std::function<void()>& goOn);
    void openSession(const QString& path);
    void offerToFind(const QString& path, const Error& error);
    void offerLeft(const LeftSession& left);
    [[nodiscard]] SessionKeeper::View view() const;
    void showView(const SessionKeeper::View& view);

    void chooseFile(FolderUse use, const QString& title, void (Document::*open)(const QString&));
    void exportFiles();
    void showSaved(const QStringList& files);
    void showColumns();
    void showAttached(const QString& path, const AttachReport& report);
    void showError(const Error& error);
    void togglePause();
    [[nodiscard]] QVector<QAction*> actionsOf(const QString& category) const;

    Workspace* m_workspace;
    std::unique_ptr<ActionRegistry> m_actions;
    JobsModel m_jobsModel;
    std::function<void()> m_whenSaved;
    bool m_mayClose = false;
    Arrangement m_arrangement = Arrangement::Explore;

    QStackedWidget* m_pages = nullptr;
    StartPage* m_start = nullptr;
    MessageBar* m_messages = nullptr;
    MapPanel* m_map = nullptr;
    VocabularyPanel* m_vocabulary = nullptr;
    InspectorPanel* m_inspector = nullptr;
    TrainingPanel* m_training = nullptr;
    TryPanel* m_try = nullptr;
    WindowFiles* m_files = nullptr;
    WindowMap* m_windowMap = nullptr;
    WindowFigures* m_figures = nullptr;
    WindowSelection* m_choice = nullptr;
    NormsPanel* m_norms = nullptr;
    CurvesPanel* m_curves = nullptr;
    DropOverlay* m_drop = nullptr;
    CommandSource* m_commands = nullptr;
    CommandPalette* m_palette = nullptr;
    SearchField* m_search = nullptr;
    SegmentedControl* m_switch = nullptr;
    Chip* m_tableChip = nullptr;
    QLabel* m_runStatus = nullptr;
    QLabel* m_selectionStatus = nullptr;

    QDockWidget* m_vocabularyDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QDockWidget* m_trainingDock = nullptr;
    QDockWidget* m_tryDock = nullptr;
    QDockWidget* m_normsDock = nullptr;
    QDockWidget* m_curvesDock = nullptr;
};

} // namespace embedscope
