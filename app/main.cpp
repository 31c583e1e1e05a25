// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/command_line.h"

#include <cstdlib>
#include <iostream>

using namespace embedscope;

namespace {

bool hasDisplay()
{
    return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr ||
           std::getenv("QT_QPA_PLATFORM") != nullptr;
}

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("embedscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("embedscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EMBEDSCOPE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.embedscope.Embedscope"));
}

/// The command line is read before there is a window system, so that --help works everywhere.
std::optional<int> readCommandLine(int argc, char** argv, CommandLine& commandLine)
{
    const QCoreApplication core(argc, argv);
    return parseCommandLine(QCoreApplication::arguments(), commandLine);
}

} // namespace

int main(int argc, char** argv)
{
    nameProgram();
    CommandLine commandLine;
    if (const auto code = readCommandLine(argc, argv, commandLine))
        return *code;
    if (!commandLine.figure.isEmpty())
        qputenv("QT_QPA_PLATFORM", "offscreen"); // the same figure with and without a screen
    if (!hasDisplay()) {
        if (commandLine.tour.isEmpty() && commandLine.screenshot.isEmpty()) {
            std::cerr << "embedscope: there is no display for a window. Use --tour FOLDER, or embedscope-cli."
                      << std::endl;
            return 2;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication app(argc, argv);
    return Application(&app).run(commandLine);
}
