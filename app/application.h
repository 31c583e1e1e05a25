// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line.h"
#include "ui/main_window.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QTranslator>

#include <memory>

namespace embedscope {

/// Puts the program together: workspace, translators, window. A new language or theme is applied here.
class Application : public QObject
{
    Q_OBJECT

public:
    explicit Application(QApplication* app);
    ~Application() override;

    /// Shows the window and opens what the command line names.
    void open(const CommandLine& commandLine);
    /// The same, and then the event loop, or the tour. Returns the exit code.
    int run(const CommandLine& commandLine);

    [[nodiscard]] Workspace& workspace() { return *m_workspace; }
    [[nodiscard]] MainWindow& window() { return *m_window; }

    /// "" for the system's. The window is made anew, what is open and runs stays.
    void setLanguage(const QString& language);

private:
    void installTranslators(const QString& language);
    void createWindow();
    void takeScreenshotWhenSettled(const CommandLine& commandLine);

    QApplication* m_app;
    QTranslator m_qtTranslator;
    QTranslator m_translator;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace embedscope
