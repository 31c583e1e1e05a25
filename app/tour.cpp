// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tour.h"

#include "app/application.h"
#include "ui/bridge/qt_text.h"
#include "ui/panels/live_section.h"
#include "ui/panels/training_panel.h"

#include <QDir>

#include <iostream>

namespace embedscope {

namespace {

constexpr int kPollMilliseconds = 30;
constexpr int kSettleMilliseconds = 700; // frames, neighbours and docks come to rest
constexpr qint64 kPatienceMilliseconds = 60000;
constexpr std::int64_t kStepsBetween = 60;

} // namespace

Tour::Tour(Application& application, const QString& folder)
    : m_application(application)
    , m_folder(QDir(folder).absolutePath())
{
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &Tour::look);
    Workspace& workspace = application.workspace();
    const auto stop = [this](const Error& error) { finish(1, errorText(error)); };
    connect(&workspace.document, &Document::failed, this, stop);
    connect(&workspace.run, &TrainingRun::failed, this, stop);
    const auto keep = [this](const QStringList& files) { m_saved += files; };
    connect(&workspace.document, &Document::saved, this, keep);
    connect(&workspace.run, &TrainingRun::saved, this, keep);
    plan();
}

int Tour::run()
{
    if (!QDir().mkpath(m_folder)) {
        std::cerr << "embedscope: " << m_folder.toStdString() << ": cannot be made" << std::endl;
        return 3;
    }
    QTimer::singleShot(0, this, &Tour::begin);
    const int code = QApplication::exec();
    return code == 0 ? m_exit : code;
}

void Tour::plan()
{
    Workspace& workspace = m_application.workspace();
    m_steps.push_back({QStringLiteral("start"), [] {}, [] { return true; }});
    m_steps.push_back(
        {QStringLiteral("sample"), [&workspace] { workspace.document.openSample(); },
         [&workspace] { return workspace.document.hasTable() && workspace.document.coverage().has_value(); }});
    m_steps.push_back({QStringLiteral("word"),
                       [this, &workspace] {
                           m_application.window().setArrangement(Arrangement::Explore);
                           workspace.selection.select(12);
                       },
                       [&workspace] { return workspace.jobs.isIdle(); }});
    planTraining();
    planExport();
}

void Tour::planTraining()
{
    Workspace& workspace = m_application.workspace();
    TrainingRun& run = workspace.run;
    const auto passed = [&run](std::int64_t steps) { return run.session().stepsDone() >= steps; };
    const auto edit = [this, &run](const std::function<void(LiveSettings&)>& change) {
        LiveSettings settings = run.settings();
        change(settings);
        m_application.window().training().live().setSettings(settings);
        run.publish(settings);
    };
    m_steps.push_back({QStringLiteral("training"),
                       [this] {
                           m_application.window().setArrangement(Arrangement::Train);
                           m_application.window().training().begin(TrainingSession::State::Running);
                       },
                       [passed] { return passed(2 * kStepsBetween); }});
    m_steps.push_back({QStringLiteral("frozen"), [edit] { edit([](LiveSettings& s) { s.freeze = true; }); },
                       [this, &run, passed] {
                           if (run.marks().empty())
                               return false;
                           if (!m_norms && passed(run.marks().back().step + kStepsBetween / 2))
                               rememberTable();
                           return m_norms && passed(run.marks().back().step + kStepsBetween);
                       }});
    m_steps.push_back(
        {QStringLiteral("padding"),
         [this, edit] {
             if (!tableUnchanged())
                 finish(1, tr("The table moved although it was frozen."));
             edit([](LiveSettings& s) {
                 s.freeze = false;
                 s.padding_idx = 2;
             });
         },
         [&run, passed] { return run.marks().size() >= 2 && passed(run.marks().back().step + kStepsBetween); }});
    m_steps.push_back({QStringLiteral("trained"), [] {},
                       [&run, &workspace] {
                           return run.session().state() == TrainingSession::State::Ended && workspace.jobs.isIdle();
                       }});
}

void Tour::planExport()
{
    Workspace& workspace = m_application.workspace();
    const auto file = [this](const char* name) -> QString {
        return m_folder + QLatin1Char('/') + QString::fromLatin1(name);
    };
    m_steps.push_back({QStringLiteral("exported"),
                       [&workspace, file] {
                           workspace.document.saveTable(file("table.bin"), Format::Word2VecBinary);
                           workspace.document.saveTable(file("table.txt"), Format::Glove);
                           workspace.document.saveTable(file("table.npy"), Format::Npy);
                           workspace.run.save(file("model.safetensors"), ModelFormat::Safetensors);
                           workspace.run.save(file("model.npz"), ModelFormat::Npz);
                           workspace.run.save(file("run"), ModelFormat::RunFolder);
                       },
                       [this, &workspace] { return workspace.jobs.isIdle() && m_saved.size() >= 6; }});
}

void Tour::begin()
{
    m_sinceAct.start();
    m_sinceReached.invalidate();
    m_steps[m_current].act();
    m_poll.start();
}

void Tour::look()
{
    const Step& step = m_steps[m_current];
    if (!m_sinceReached.isValid() && step.reached())
        m_sinceReached.start();
    if (!m_sinceReached.isValid() && m_sinceAct.elapsed() > kPatienceMilliseconds) {
        finish(1, tr("Step \"%1\" did not come true in %2 seconds.").arg(step.name).arg(kPatienceMilliseconds / 1000));
        return;
    }
    if (!m_sinceReached.isValid() || m_sinceReached.elapsed() < kSettleMilliseconds)
        return;
    m_poll.stop();
    snap(step.name);
    if (++m_current < m_steps.size())
        begin();
    else
        finish(m_exit, m_saved.join(QLatin1Char('\n')));
}

void Tour::snap(const QString& name)
{
    const QString path = QStringLiteral("%1/%2-%3.png").arg(m_folder).arg(m_current + 1).arg(name);
    if (!m_application.window().grab().save(path)) {
        finish(3, tr("%1: cannot be written").arg(path));
        return;
    }
    std::cout << path.toStdString() << std::endl;
}

void Tour::finish(int code, const QString& sentence)
{
    m_poll.stop();
    m_exit = code;
    (code == 0 ? std::cout : std::cerr) << sentence.toStdString() << std::endl;
    m_application.workspace().run.session().stop();
    QApplication::exit(code);
}

void Tour::rememberTable()
{
    m_norms = m_application.workspace().document.snapshot().norms;
}

bool Tour::tableUnchanged() const
{
    return m_norms && *m_norms == *m_application.workspace().document.snapshot().norms;
}

} // namespace embedscope
