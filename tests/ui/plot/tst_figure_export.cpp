// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/plot/figure_export.h"
#include "ui/plot/map_view.h"

#include <QFile>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace embedscope;

namespace {

const FigureText kText{QStringLiteral("words.txt"), QStringLiteral("PCA · exact · 40 of 40 rows <&> · embedscope")};

std::shared_ptr<const Matrix> cloud(Index rows, Index columns = 2)
{
    Random random(5);
    auto result = std::make_shared<Matrix>(rows, columns);
    for (Index i = 0; i < result->size(); ++i)
        result->data()[i] = static_cast<float>(random.normal());
    return result;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Elements of an SVG: how many of each, and the texts.
struct Svg
{
    QMap<QString, int> elements;
    QStringList texts;
    QString title;
    QString description;
    bool wellFormed = false;
};

Svg parsed(const QByteArray& bytes)
{
    Svg svg;
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QString name = reader.name().toString();
        ++svg.elements[name];
        if (name == QLatin1String("text"))
            svg.texts.append(reader.readElementText().trimmed());
        if (name == QLatin1String("title"))
            svg.title = reader.readElementText();
        if (name == QLatin1String("desc"))
            svg.description = reader.readElementText();
    }
    svg.wellFormed = !reader.hasError();
    return svg;
}

} // namespace

class TestFigureExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void cleanup() { m_view.reset(); }

    void knowsFormatsByEnding();
    void pngHasTheSizeAndSaysWhatItIs();
    void pngCanBeTransparent();
    void svgHoldsTextAndDots();
    void svgKeepsPlaces();
    void manyDotsAreOneImage();
    void pdfEmbedsFontsAndATitle();
    void theSameBytesTwice_data();
    void theSameBytesTwice();
    void coloursAreThoseAskedFor();
    void theViewStaysAsItWas();
    void refusesWhatCannotBe();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] QByteArray exported(const char* name, const FigureOptions& options);

    QTemporaryDir m_folder;
    std::unique_ptr<MapView> m_view;
};

void TestFigureExport::init()
{
    m_view = std::make_unique<MapView>();
    m_view->resize(500, 400);
    m_view->setTokens([](Index row) { return QStringLiteral("w<%1>").arg(row); });
    m_view->setPicture({cloud(40), QStringLiteral("PC 1"), QStringLiteral("PC 2"), QStringLiteral("badge of 40")});
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

QByteArray TestFigureExport::exported(const char* name, const FigureOptions& options)
{
    const auto result = exportFigure(*m_view, path(name), options, kText);
    return result ? contentOf(path(name)) : QByteArray();
}

void TestFigureExport::knowsFormatsByEnding()
{
    QCOMPARE(figureFormat(QStringLiteral("a/b.PNG")), std::optional(FigureFormat::Png));
    QCOMPARE(figureFormat(QStringLiteral("b.c.svg")), std::optional(FigureFormat::Svg));
    QCOMPARE(figureFormat(QStringLiteral("b.Pdf")), std::optional(FigureFormat::Pdf));
    QVERIFY(!figureFormat(QStringLiteral("b.jpg")) && !figureFormat(QStringLiteral("svg")));
}

void TestFigureExport::pngHasTheSizeAndSaysWhatItIs()
{
    QVERIFY(!exported("a.png", {{640, 480}, 2}).isEmpty());
    QImageReader reader(path("a.png"));
    QCOMPARE(reader.text(QStringLiteral("Title")), kText.title);
    QCOMPARE(reader.text(QStringLiteral("Description")), kText.description);
    const QImage image = reader.read();
    QCOMPARE(image.size(), QSize(1280, 960));
    QCOMPARE(image.dotsPerMeterX(), 7559); // 192 dpi
    QCOMPARE(image.pixelColor(1270, 10), m_view->colours().background);
}

void TestFigureExport::pngCanBeTransparent()
{
    QVERIFY(!exported("t.png", {{640, 480}, 1, true}).isEmpty());
    const QImage image(path("t.png"));
    QCOMPARE(image.pixelColor(630, 10).alpha(), 0);
    QVERIFY(!exported("o.png", {{640, 480}, 1, false}).isEmpty());
    QCOMPARE(QImage(path("o.png")).pixelColor(630, 10).alpha(), 255);
}

void TestFigureExport::svgHoldsTextAndDots()
{
    const Svg svg = parsed(exported("a.svg", {{640, 480}}));
    QVERIFY(svg.wellFormed);
    QCOMPARE(svg.title, kText.title);
    QCOMPARE(svg.description, kText.description);
    QCOMPARE(svg.elements.value(QStringLiteral("circle")) + svg.elements.value(QStringLiteral("ellipse")), 40);
    QVERIFY(!svg.elements.contains(QStringLiteral("image")));
    QVERIFY(svg.texts.contains(QStringLiteral("PC 1")));
    QVERIFY(svg.texts.contains(QStringLiteral("badge of 40")));
    const auto labels = svg.texts.filter(QRegularExpression(QStringLiteral("^w<[0-9]+>$")));
    QVERIFY2(labels.size() > 10, qPrintable(svg.texts.join(u' ')));
}

void TestFigureExport::svgKeepsPlaces()
{
    // Without axes and of the size of the view, each dot is where it is on screen.
    m_view->setPicture({cloud(40), {}, {}, {}});
    const QByteArray bytes = exported("p.svg", {m_view->size()});
    QXmlStreamReader reader(bytes);
    std::vector<QPointF> centres;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("circle"))
            centres.emplace_back(reader.attributes().value(QLatin1String("cx")).toDouble(),
                                 reader.attributes().value(QLatin1String("cy")).toDouble());
    QCOMPARE(centres.size(), std::size_t(40));
    for (Index row = 0; row < 40; ++row) { // the first row lies on top, so it comes last
        const QPointF away = centres[static_cast<std::size_t>(39 - row)] - *m_view->pixelOf(row);
        QVERIFY2(away.manhattanLength() < 1,
                 qPrintable(QStringLiteral("row %1: %2").arg(row).arg(away.manhattanLength())));
    }
}

void TestFigureExport::manyDotsAreOneImage()
{
    m_view->setPicture({cloud(20001), {}, {}, {}});
    const Svg svg = parsed(exported("many.svg", {{640, 480}}));
    QVERIFY(svg.wellFormed);
    QCOMPARE(svg.elements.value(QStringLiteral("image")), 1);
    QVERIFY(!svg.elements.contains(QStringLiteral("circle")));
    QVERIFY(svg.texts.size() > 10);
}

void TestFigureExport::pdfEmbedsFontsAndATitle()
{
    const QByteArray pdf = exported("a.pdf", {{640, 480}});
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.contains("/FontFile2") || pdf.contains("/FontFile3"));
    QVERIFY(pdf.contains("/ToUnicode"));
    QVERIFY(pdf.contains("/Title"));
    QVERIFY(!pdf.contains("/Subtype /Image"));
}

void TestFigureExport::theSameBytesTwice_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"twice.png", "twice.svg", "twice.pdf"})
        QTest::newRow(name) << QByteArray(name);
}

void TestFigureExport::theSameBytesTwice()
{
    QFETCH(QByteArray, name);
    const QByteArray first = exported(name.constData(), {{640, 480}});
    QVERIFY(first.size() > 1000);
    QTest::qWait(1100); // a time of writing would be another one
    QVERIFY(exported(name.constData(), {{640, 480}}) == first);
    m_view->zoom(2);
    QVERIFY(exported(name.constData(), {{640, 480}}) != first);
}

void TestFigureExport::coloursAreThoseAskedFor()
{
    QVERIFY(!exported("dark.png", {{320, 240}, 1, false, FigureColours::Dark}).isEmpty());
    QVERIFY(!exported("print.png", {{320, 240}, 1, false, FigureColours::Print}).isEmpty());
    QVERIFY(QImage(path("dark.png")).pixelColor(310, 5).lightness() < 80);
    QCOMPARE(QImage(path("print.png")).pixelColor(310, 5), QColor(Qt::white));
}

void TestFigureExport::theViewStaysAsItWas()
{
    const QImage before = m_view->grab().toImage();
    const QPointF pixel = *m_view->pixelOf(3);
    for (const char* name : {"v.png", "v.svg", "v.pdf"})
        QVERIFY(!exported(name, {{900, 300}, 1, true, FigureColours::Dark}).isEmpty());
    QCOMPARE(*m_view->pixelOf(3), pixel);
    QTRY_COMPARE(m_view->grab().toImage(), before);
}

void TestFigureExport::refusesWhatCannotBe()
{
    const auto codeOf = [this](const QString& to, const FigureOptions& options) {
        const auto result = exportFigure(*m_view, to, options, kText);
        return result ? std::optional<ErrorCode>() : std::optional(result.error().code);
    };
    QCOMPARE(codeOf(path("a.jpg"), {}), std::optional(ErrorCode::ValueRefused));
    QCOMPARE(codeOf(path("a.png"), {{4, 400}}), std::optional(ErrorCode::ValueRefused));
    QCOMPARE(codeOf(path("a.png"), {{9000, 9000}, 2}), std::optional(ErrorCode::ValueRefused));
    QCOMPARE(codeOf(path("no_such_folder/a.svg"), {}), std::optional(ErrorCode::FileUnwritable));
}

QTEST_MAIN(TestFigureExport)
#include "tst_figure_export.moc"
