// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "core/project/map_options.h"
#include "ui/plot/figure_export.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <iostream>

namespace embedscope {

namespace {

constexpr int kWrongUsage = 2;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

namespace {

/// False where an option has no meaning.
bool readFigure(const QString& size, const QString& scale, CommandLine& out)
{
    static const QRegularExpression sides(QStringLiteral("^([0-9]{2,5})x([0-9]{2,5})$"));
    const auto match = sides.match(size);
    bool isNumber = false;
    out.figureScale = scale.toDouble(&isNumber);
    out.figureSize = {match.captured(1).toInt(), match.captured(2).toInt()};
    const bool knownMethod = out.method.isEmpty() || mapMethodFromName(out.method.toStdString());
    const bool knownFormat = out.figure.isEmpty() || figureFormat(out.figure);
    return match.hasMatch() && isNumber && out.figureScale > 0 && knownMethod && knownFormat;
}

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
    const QCommandLineOption figure(QStringLiteral("figure"),
                                    Text::tr("Writes the map to <file>, which ends in .svg, .pdf or .png, without a "
                                             "window, and ends."),
                                    Text::tr("file"));
    const QCommandLineOption size(QStringLiteral("size"),
                                  Text::tr("Size of the figure, such as 1280x800, in pixels at 96 dpi."),
                                  Text::tr("size"), QStringLiteral("1280x800"));
    const QCommandLineOption scale(QStringLiteral("scale"), Text::tr("Pixels of a PNG for each of these."),
                                   Text::tr("factor"), QStringLiteral("1"));
    const QCommandLineOption method(QStringLiteral("method"),
                                    Text::tr("Map of the figure: pca, tsne or umap. Without it, the one that a window "
                                             "would show."),
                                    Text::tr("method"));
    parser.addOptions({figure, size, scale, method, help, version, sample, tour, language, theme, screenshot, select});
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
    out.figure = parser.value(figure);
    out.method = parser.value(method);
    if (!readFigure(parser.value(size), parser.value(scale), out)) {
        std::cerr << "embedscope: --size wants a width and a height such as 1280x800, --scale a number, --method pca, "
                     "tsne or umap, --figure a name that ends in .svg, .pdf or .png"
                  << std::endl;
        return kWrongUsage;
    }
    return std::nullopt;
}

} // namespace embedscope
