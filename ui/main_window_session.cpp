// SPDX-License-Identifier: GPL-3.0-or-later
// The session of the window: saving, opening, what is asked before something is lost, and what was left behind.
#include "ui/main_window.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/map_colours.h"
#include "ui/panels/map_panel.h"
#include "ui/panels/model_section.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/try_panel.h"
#include "ui/widgets/message_bar.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPointer>
#include <QStatusBar>

#include <utility>

namespace embedscope {

namespace {

constexpr int kSavedMilliseconds = 4000;
const QString kEnding = QStringLiteral("embedscope");

std::string valueOf(const SessionKeeper::View& view, const char* section, const char* name)
{
    const auto fields = view.find(section);
    if (fields == view.end())
        return {};
    const auto value = fields->second.find(name);
    return value == fields->second.end() ? std::string() : value->second;
}

} // namespace

void MainWindow::createSessionActions()
{
    const QString file = tr("File");
    SessionKeeper* sessions = &m_workspace->sessions;
    connect(m_actions->add({QStringLiteral("file.save_session"),
                            tr("Save Sess&ion"),
                            file,
                            {QKeySequence::Save},
                            std::nullopt,
                            tr("One file with table, map, run and window, to go on from later.")}),
            &QAction::triggered, this, &MainWindow::saveSession);
    connect(m_actions->add({QStringLiteral("file.save_session_as"),
                            tr("Save Session &As…"),
                            file,
                            {Qt::CTRL | Qt::SHIFT | Qt::Key_S},
                            std::nullopt,
                            tr("The same under another name.")}),
            &QAction::triggered, this, &MainWindow::saveSessionAs);
    QAction* inside = m_actions->add({QStringLiteral("file.keep_inside"),
                                      tr("&Keep Everything Inside"),
                                      file,
                                      {},
                                      std::nullopt,
                                      tr("On: a session holds its sentences and large tables too, so that it can be "
                                         "taken elsewhere alone. Off: it names their files."),
                                      true});
    if (sessions->path().isEmpty())
        sessions->setKeepInside(m_workspace->settings.keepInside());
    inside->setChecked(sessions->keepInside());
    connect(inside, &QAction::triggered, this, [this, sessions](bool keep) {
        sessions->setKeepInside(keep);
        m_workspace->settings.setKeepInside(keep);
    });
}

void MainWindow::connectSession()
{
    SessionKeeper* sessions = &m_workspace->sessions;
    sessions->setView(
        [window = QPointer<MainWindow>(this)] { return window ? window->view() : SessionKeeper::View(); });
    connect(&m_workspace->document, &Document::sessionFound, this, &MainWindow::openSession);
    connect(sessions, &SessionKeeper::changed, this, &MainWindow::updateTitle);
    connect(sessions, &SessionKeeper::viewOpened, this, &MainWindow::showView);
    connect(sessions, &SessionKeeper::opened, this, [this](const QString& path) { m_workspace->recent.add(path); });
    connect(sessions, &SessionKeeper::fileMissing, this, &MainWindow::offerToFind);
    connect(sessions, &SessionKeeper::failed, this, [this](const Error& error) {
        m_whenSaved = nullptr;
        showError(error);
    });
    connect(sessions, &SessionKeeper::saved, this, [this](const QString& path) {
        m_workspace->recent.add(path);
        statusBar()->showMessage(tr("Saved %1").arg(QFileInfo(path).fileName()), kSavedMilliseconds);
        if (const auto goOn = std::exchange(m_whenSaved, nullptr))
            goOn();
    });
    Autosave* autosave = &m_workspace->autosave;
    connect(autosave, &Autosave::leftFound, this, &MainWindow::offerLeft);
    for (const LeftSession& left : autosave->left())
        offerLeft(left);
}

void MainWindow::updateTitle()
{
    const Document& document = m_workspace->document;
    const QString& path = m_workspace->sessions.path();
    const QString name = path.isEmpty() ? document.tableName() : QFileInfo(path).completeBaseName();
    setWindowTitle(document.hasTable() || !path.isEmpty() ? tr("%1[*] - Embedscope").arg(name)
                                                          : tr("Embedscope") + QStringLiteral("[*]"));
    setWindowModified(m_workspace->sessions.modified());
}

void MainWindow::saveSession()
{
    const QString& path = m_workspace->sessions.path();
    if (path.isEmpty())
        saveSessionAs();
    else
        m_workspace->sessions.save(path);
}

void MainWindow::saveSessionAs()
{
    const QString& path = m_workspace->sessions.path();
    const QString folder = m_workspace->settings.lastFolder(FolderUse::Session);
    const QString name = QFileInfo(m_workspace->document.tableName()).completeBaseName();
    QFileDialog dialog(this, tr("Save Session"), folder, tr("Embedscope sessions (*.embedscope)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(kEnding);
    dialog.selectFile(path.isEmpty() ? folder + QLatin1Char('/') + name + QLatin1Char('.') + kEnding : path);
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) {
        m_whenSaved = nullptr;
        return;
    }
    const QString chosen = dialog.selectedFiles().front();
    m_workspace->settings.setLastFolder(FolderUse::Session, chosen);
    m_workspace->sessions.save(chosen);
}

void MainWindow::giveWay()
{
    m_mayClose = true;
    close();
}

void MainWindow::afterSaving(const std::function<void()>& goOn)
{
    if (!m_workspace->sessions.modified()) {
        goOn();
        return;
    }
    auto* question = new QMessageBox(QMessageBox::Question, tr("Embedscope"),
                                     tr("Save the session? What was trained since it was last saved would be lost."),
                                     QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(QStringLiteral("saveQuestion"));
    question->setDefaultButton(QMessageBox::Save);
    connect(question, &QMessageBox::finished, this, [this, goOn](int answer) {
        if (answer == QMessageBox::Discard)
            goOn();
        if (answer != QMessageBox::Save)
            return;
        m_whenSaved = goOn;
        saveSession();
    });
    question->open(); // waits for no answer: a run goes on meanwhile
}

void MainWindow::openSession(const QString& path)
{
    afterSaving([this, path] { m_workspace->sessions.open(path); });
}

void MainWindow::offerToFind(const QString& path, const Error& error)
{
    m_messages->post({Message::Kind::Error, errorText(error), {}, tr("Find the File…"), [this, path] {
                          const QString found =
                              QFileDialog::getOpenFileName(this, tr("Find the File"), QFileInfo(path).absolutePath());
                          if (!found.isEmpty())
                              m_workspace->sessions.open(path, found);
                      }});
}

void MainWindow::offerLeft(const LeftSession& left)
{
    const QLocale locale;
    m_messages->post({Message::Kind::Warning,
                      tr("The last session ended unexpectedly while training (step %1, %2).")
                          .arg(locale.toString(static_cast<qlonglong>(left.step)),
                               locale.toString(left.saved, QLocale::ShortFormat)),
                      {},
                      tr("Restore"),
                      [this, path = left.path] { afterSaving([this, path] { m_workspace->autosave.restore(path); }); },
                      tr("Discard"),
                      [this, path = left.path] { m_workspace->autosave.discard(path); }});
}

SessionKeeper::View MainWindow::view() const
{
    const TrainOptions options = m_training->options();
    const bool fresh = m_training->model().startFrom() == StartFrom::FreshTable;
    return {{"window",
             {{"arrangement", m_arrangement == Arrangement::Train ? "train" : "explore"},
              {"colour", m_map->colours().colour().toStdString()},
              {"formula", m_inspector->formula().toStdString()},
              {"sentence", m_try->line().text().toStdString()},
              {"start_from", fresh ? "fresh" : "open"}}},
            {"model", toFields(options)},
            {"switches", toFields(options.live)}};
}

void MainWindow::showView(const SessionKeeper::View& view)
{
    m_actions->action(QStringLiteral("file.keep_inside"))->setChecked(m_workspace->sessions.keepInside());
    const auto model = view.find("model");
    const auto switches = view.find("switches");
    if (model != view.end() && switches != view.end()) {
        auto options = trainOptionsFrom(model->second);
        const auto live = withFields({}, switches->second);
        if (options && live) {
            options->live = *live;
            m_training->setOptions(*options, valueOf(view, "window", "start_from") == "open" ? StartFrom::OpenTable
                                                                                             : StartFrom::FreshTable);
        }
    }
    if (const auto colour = valueOf(view, "window", "colour"); !colour.empty())
        m_map->colours().setColour(QString::fromStdString(colour));
    m_inspector->setFormula(QString::fromStdString(valueOf(view, "window", "formula")));
    const QString sentence = QString::fromStdString(valueOf(view, "window", "sentence"));
    m_try->line().setText(sentence);
    m_workspace->probe.setText(sentence);
    if (const auto arrangement = valueOf(view, "window", "arrangement"); !arrangement.empty())
        setArrangement(arrangement == "train" ? Arrangement::Train : Arrangement::Explore);
    updateActions();
}

} // namespace embedscope
