// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/figure_task.h"
#include "app/tour.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>

#include <iostream>

namespace embedscope {

namespace {
constexpr int kSettleMilliseconds = 600; // the last frame, neighbours and messages
}

Application::Application(QApplication* app)
    : m_app(app)
    , m_workspace(std::make_unique<Workspace>())
{
}

Application::~Application()
{
    m_window.reset();
}

void Application::open(const CommandLine& commandLine)
{
    const AppSettings& settings = m_workspace->settings;
    installTranslators(commandLine.language.isEmpty() ? settings.language() : commandLine.language);
    const bool dark = commandLine.theme == QLatin1String("dark");
    applyTheme(*m_app, commandLine.theme.isEmpty() ? settings.theme() : dark ? ThemeChoice::Dark : ThemeChoice::Light);
    QApplication::setWindowIcon(appIcon());
    createWindow();
    if (commandLine.sample)
        m_workspace->document.openSample();
    m_window->openPaths(commandLine.files);
    if (commandLine.tour.isEmpty() && commandLine.screenshot.isEmpty() && commandLine.figure.isEmpty())
        m_workspace->autosave.findLeft();
}

int Application::run(const CommandLine& commandLine)
{
    open(commandLine);
    if (!commandLine.figure.isEmpty())
        return FigureTask(*this, commandLine).run();
    if (!commandLine.tour.isEmpty())
        return Tour(*this, commandLine.tour).run();
    if (!commandLine.screenshot.isEmpty())
        takeScreenshotWhenSettled(commandLine);
    return QApplication::exec();
}

void Application::createWindow()
{
    m_window = std::make_unique<MainWindow>(m_workspace.get());
    // Queued: the window that asks is the one that goes.
    connect(m_window.get(), &MainWindow::languageChosen, this, &Application::setLanguage, Qt::QueuedConnection);
    connect(m_window.get(), &MainWindow::themeChosen, this, [this](ThemeChoice theme) {
        m_workspace->settings.setTheme(theme);
        applyTheme(*m_app, theme);
    });
    m_window->show();
}

void Application::setLanguage(const QString& language)
{
    m_workspace->settings.setLanguage(language);
    installTranslators(language);
    const auto arrangement = m_window->arrangement();
    m_window->giveWay();
    createWindow();
    m_window->setArrangement(arrangement);
}

void Application::installTranslators(const QString& language)
{
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    if (m_qtTranslator.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTranslator);
    if (m_translator.load(locale, QStringLiteral("embedscope"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_translator);
}

void Application::takeScreenshotWhenSettled(const CommandLine& commandLine)
{
    auto* quiet = new QTimer(this);
    quiet->setInterval(kSettleMilliseconds);
    connect(quiet, &QTimer::timeout, this, [this, quiet, commandLine] {
        if (!m_workspace->jobs.isIdle())
            return;
        const auto& table = m_workspace->document.snapshot().table;
        const auto row = table && !commandLine.select.isEmpty()
                             ? table->vocabulary().find(commandLine.select.toStdString())
                             : std::nullopt;
        if (row && m_workspace->selection.selected() != row) {
            m_workspace->selection.select(row);
            return; // settles once more
        }
        quiet->stop();
        const bool written = m_window->grab().save(commandLine.screenshot);
        if (!written)
            std::cerr << "embedscope: " << commandLine.screenshot.toStdString() << ": cannot be written" << std::endl;
        QCoreApplication::exit(written ? 0 : 3);
    });
    quiet->start();
}

} // namespace embedscope
