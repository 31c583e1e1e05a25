// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include <iostream>

namespace embedscope {

namespace {

constexpr int kWrongUsage = 2;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

std::optional<int> parseCommandLine(const QStringList& arguments, CommandLine& out)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Opens word vectors, shows them as a map, and trains text classifiers on them while one watches."));
    parser.addPositionalArgument(QStringLiteral("files"),
                                 Text::tr("Files of vectors or labelled sentences, or a session, to open."),
                                 QStringLiteral("[files...]"));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, Text::tr("Shows this help."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")}, Text::tr("Shows the version."));
    const QCommandLineOption sample(QStringLiteral("sample"), Text::tr("Opens the sample."));
    const QCommandLineOption tour(QStringLiteral("tour"),
                                  Text::tr("Does the main job by itself and leaves pictures and files in <folder>."),
                                  Text::tr("folder"));
    const QCommandLineOption language(QStringLiteral("language"), Text::tr("Language of this window: en or zh_CN."),
                                      Text::tr("language"));
    const QCommandLineOption theme(QStringLiteral("theme"), Text::tr("Colours of this window: light or dark."),
                                   Text::tr("theme"));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"), Text::tr("Writes a picture of the window to <file> when all is open, then ends."),
        Text::tr("file"));
    const QCommandLineOption select(QStringLiteral("select"), Text::tr("Selects <token> when all is open."),
                                    Text::tr("token"));
    parser.addOptions({help, version, sample, tour, language, theme, screenshot, select});
    if (!parser.parse(arguments)) {
        std::cerr << "embedscope: " << parser.errorText().toStdString() << std::endl;
        return kWrongUsage;
    }
    if (parser.isSet(help)) {
        std::cout << parser.helpText().toStdString();
        return 0;
    }
    if (parser.isSet(version)) {
        std::cout << "embedscope " EMBEDSCOPE_VERSION << std::endl;
        return 0;
    }
    for (const QString& file : parser.positionalArguments())
        out.files.append(QFileInfo(file).absoluteFilePath());
    out.sample = parser.isSet(sample);
    out.tour = parser.value(tour);
    out.language = parser.value(language);
    out.theme = parser.value(theme);
    out.screenshot = parser.value(screenshot);
    out.select = parser.value(select);
    return std::nullopt;
}

} // namespace embedscope
