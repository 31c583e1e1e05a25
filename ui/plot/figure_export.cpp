// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_export.h"

#include "ui/plot/map_view.h"
#include "ui/widgets/theme.h"

#include <QBuffer>
#include <QFileInfo>
#include <QFontInfo>
#include <QImageWriter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace embedscope {

namespace {

constexpr int kMostPixels = 16000; // a side: what the rasteriser can draw
constexpr double kPointsPerPixel = 72.0 / 96.0;

/// Other colours for the time of an export.
class ColoursFor
{
public:
    ColoursFor(MapView& view, FigureColours colours)
        : m_view(view)
        , m_before(view.palette())
        , m_own(view.testAttribute(Qt::WA_SetPalette))
    {
        if (colours == FigureColours::AsShown)
            return;
        QPalette palette = themePalette(colours == FigureColours::Dark);
        if (colours == FigureColours::Print)
            for (const auto& [role, colour] : {std::pair(QPalette::Base, Qt::white),
                                               {QPalette::Window, Qt::white},
                                               {QPalette::Text, Qt::black},
                                               {QPalette::WindowText, Qt::black}})
                palette.setColor(role, colour);
        m_view.setPalette(palette);
        m_changed = true;
    }
    ~ColoursFor()
    {
        if (m_changed)
            m_view.setPalette(m_own ? m_before : QPalette());
    }
    ColoursFor(const ColoursFor&) = delete;
    ColoursFor& operator=(const ColoursFor&) = delete;

private:
    MapView& m_view;
    QPalette m_before;
    bool m_own;
    bool m_changed = false;
};

QByteArray pngOf(MapView& view, const FigureOptions& options, const FigureText& text)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "png");
    writer.setText(QStringLiteral("Title"), text.title);
    writer.setText(QStringLiteral("Description"), text.description);
    QImage image = view.renderToImage(options.size, options.scale);
    const int perMetre = static_cast<int>(std::lround(96 / 0.0254 * options.scale));
    image.setDotsPerMeterX(perMetre);
    image.setDotsPerMeterY(perMetre);
    return writer.write(image) ? bytes : QByteArray();
}

QByteArray svgOf(MapView& view, const FigureOptions& options, const FigureText& text)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(view.logicalDpiX());
    generator.setSize(options.size);
    generator.setViewBox(QRect(QPoint(), options.size));
    // Qt writes the two as they are.
    generator.setTitle(text.title.toHtmlEscaped());
    generator.setDescription(text.description.toHtmlEscaped());
    view.renderVectors(generator, options.size);
    // "Sans Serif" is Qt's name for the usual font, which no browser knows.
    static const QRegularExpression family(QStringLiteral(R"x(font-family="([^"]*)")x"));
    const QString real = QFontInfo(view.font()).family();
    return QString::fromUtf8(bytes)
        .replace(family, QStringLiteral("font-family=\"%1, sans-serif\"").arg(real))
        .toUtf8();
}

/// Qt writes when the file was made; a figure that is made again shall be the same file.
void forgetTime(QByteArray& pdf)
{
    static const QRegularExpression time(QStringLiteral(R"(/CreationDate \(D:([0-9]{14}))"));
    const auto found = time.match(QString::fromLatin1(pdf));
    if (found.hasMatch())
        pdf.replace(found.capturedStart(1), found.capturedLength(1), "20000101000000");
}

QByteArray pdfOf(MapView& view, const FigureOptions& options, const FigureText& text)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(text.title + QStringLiteral(" – ") + text.description);
        writer.setCreator(QStringLiteral("Embedscope"));
        writer.setResolution(view.logicalDpiX());
        // A point of the screen's resolution is the unit, so that text and dots keep their proportion.
        writer.setPageSize(QPageSize(QSizeF(options.size) * kPointsPerPixel * 96.0 / view.logicalDpiX(),
                                     QPageSize::Point, {}, QPageSize::ExactMatch));
        writer.setPageMargins({});
        view.renderVectors(writer, options.size);
    }
    forgetTime(bytes);
    return bytes;
}

Result<void> write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    const bool written = !bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    if (!written || !file.commit())
        return fail(ErrorCode::FileUnwritable, {path.toStdString(), file.errorString().toStdString()});
    return {};
}

} // namespace

std::optional<FigureFormat> figureFormat(const QString& path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("png"))
        return FigureFormat::Png;
    if (ending == QLatin1String("svg"))
        return FigureFormat::Svg;
    return ending == QLatin1String("pdf") ? std::optional(FigureFormat::Pdf) : std::nullopt;
}

Result<void> exportFigure(MapView& view, const QString& path, const FigureOptions& options, const FigureText& text)
{
    const auto format = figureFormat(path);
    if (!format)
        return fail(ErrorCode::ValueRefused, {"figure", path.toStdString(), "the name must end in .png, .svg or .pdf"});
    const QSizeF pixels = QSizeF(options.size) * (format == FigureFormat::Png ? options.scale : 1);
    const double least = std::min(pixels.width(), pixels.height()), most = std::max(pixels.width(), pixels.height());
    if (!(least >= 16 && most <= kMostPixels))
        return fail(ErrorCode::ValueRefused,
                    {"size",
                     std::to_string(std::lround(pixels.width())) + 'x' + std::to_string(std::lround(pixels.height())),
                     "each side must have 16 to 16000 pixels"});
    const ColoursFor colours(view, options.colours);
    view.setBackgroundShown(!options.transparent);
    const QByteArray bytes = format == FigureFormat::Png   ? pngOf(view, options, text)
                             : format == FigureFormat::Svg ? svgOf(view, options, text)
                                                           : pdfOf(view, options, text);
    view.setBackgroundShown(true);
    return write(path, bytes);
}

} // namespace embedscope
