// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_style.h"

#include <QTest>

#include <cmath>

using namespace embedscope;

namespace {

QPalette palette(const QColor& background, const QColor& text)
{
    QPalette palette;
    palette.setColor(QPalette::Window, background);
    palette.setColor(QPalette::Base, background);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Text, text);
    return palette;
}

// Relative luminance and contrast of WCAG 2.1.
double luminance(const QColor& colour)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double low = std::min(luminance(a), luminance(b)), high = std::max(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

int distance(const QColor& a, const QColor& b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
}

} // namespace

class TestPlotStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsLightFromDark();
    void isReadable_data();
    void isReadable();
    void hasTenDifferentCategories_data();
    void hasTenDifferentCategories();
    void passesThroughTheColoursOfViridis();
    void growsLighterAlongViridis();
};

void TestPlotStyle::knowsLightFromDark()
{
    QVERIFY(!isDark(palette(Qt::white, Qt::black)));
    QVERIFY(isDark(palette(QColor(0x1f2329), QColor(0xe6e9ee))));
}

void TestPlotStyle::isReadable_data()
{
    QTest::addColumn<QColor>("background");
    QTest::addColumn<QColor>("text");
    QTest::newRow("light") << QColor(Qt::white) << QColor(0x1f2430);
    QTest::newRow("dark") << QColor(0x1f2329) << QColor(0xe6e9ee);
}

void TestPlotStyle::isReadable()
{
    QFETCH(QColor, background);
    QFETCH(QColor, text);
    const PlotColours colours = plotColours(palette(background, text));
    QCOMPARE(colours.background, background);
    QVERIFY(contrast(colours.text, background) >= 7);
    QVERIFY(contrast(colours.mutedText, background) >= 4.5);
    QVERIFY(contrast(colours.accent, background) >= 3);
    QVERIFY(contrast(colours.selection, background) >= 3);
    QVERIFY(contrast(colours.positive, background) >= 3);
}

void TestPlotStyle::hasTenDifferentCategories_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestPlotStyle::hasTenDifferentCategories()
{
    QFETCH(bool, dark);
    const std::vector<QColor> colours = categoricalColours(dark);
    QCOMPARE(colours.size(), std::size_t{10});
    const QColor selection = plotColours(QPalette()).selection;
    for (std::size_t i = 0; i < colours.size(); ++i) {
        QVERIFY(distance(colours[i], selection) > 90);
        QVERIFY(contrast(colours[i], dark ? QColor(0x1f2329) : QColor(Qt::white)) > 1.5);
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY2(distance(colours[i], colours[j]) > 60, qPrintable(colours[i].name() + colours[j].name()));
    }
}

void TestPlotStyle::passesThroughTheColoursOfViridis()
{
    QCOMPARE(viridis(0), QColor(0x440154));
    QCOMPARE(viridis(0.5), QColor(0x21918c));
    QCOMPARE(viridis(1), QColor(0xfde725));
    QCOMPARE(viridis(-3), viridis(0));
    QCOMPARE(viridis(7), viridis(1));
}

void TestPlotStyle::growsLighterAlongViridis()
{
    for (const bool dark : {false, true}) {
        const std::vector<QColor> table = viridisTable(dark);
        QCOMPARE(table.size(), std::size_t{256});
        for (std::size_t i = 16; i < table.size(); i += 16)
            QVERIFY(luminance(table[i]) > luminance(table[i - 16]));
    }
}

QTEST_MAIN(TestPlotStyle)
#include "tst_plot_style.moc"
