// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/norm_histogram.h"

#include <QTest>

#include <limits>

using namespace embedscope;

namespace {

Histogram threeBins()
{
    return {2, 8, {10, 1234, 1}};
}

int pixelsLike(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour;
    return count;
}

QImage shown(NormHistogram& view)
{
    view.resize(400, 200);
    view.show();
    [&] { QVERIFY(QTest::qWaitForWindowExposed(&view)); }();
    QCoreApplication::processEvents();
    return view.grab().toImage();
}

} // namespace

class TestNormHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void drawsBars();
    void marksTheSelectedWord();
    void marksMaxNorm();
    void keepsMarksBeyondTheBarsInView();
    void saysWhatABarHolds();
    void findsTheBarUnderTheCursor();
    void saysSomethingWhenEmpty();
    void leavesOutANormThatIsNotFinite();
    void drawsAllRowsInOneBin();
};

void TestNormHistogram::drawsBars()
{
    NormHistogram view;
    view.setHistogram(threeBins());
    const QImage image = shown(view);
    const QColor bar = blended(view.colours().accent, view.colours().background, 0.2);
    QVERIFY(pixelsLike(image, bar) > 3000);
    // The middle bar, a third of the axis wide, is by far the highest.
    QCOMPARE(image.pixelColor(image.width() / 2 + 20, 60), bar);
}

void TestNormHistogram::marksTheSelectedWord()
{
    NormHistogram view;
    view.setHistogram(threeBins());
    const QColor orange = view.colours().selection;
    QCOMPARE(pixelsLike(shown(view), orange), 0);
    view.setSelected(QStringLiteral("king"), 5.37);
    QVERIFY(pixelsLike(view.renderToImage(view.size()), orange) > 80);
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("king 5.37.")));
    view.clearSelected();
    QCOMPARE(pixelsLike(view.renderToImage(view.size()), orange), 0);
    QVERIFY(!view.accessibleDescription().contains(QStringLiteral("king")));
}

void TestNormHistogram::marksMaxNorm()
{
    NormHistogram view;
    view.setHistogram(threeBins());
    view.setMaxNorm(6.0, 1204);
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("max_norm 6.0 · 1,204 rows above.")));
    view.setMaxNorm(6.0, 1);
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("1 row above.")));
    view.setMaxNorm(std::nullopt);
    QVERIFY(!view.accessibleDescription().contains(QStringLiteral("max_norm")));
}

void TestNormHistogram::keepsMarksBeyondTheBarsInView()
{
    NormHistogram view;
    view.setHistogram(threeBins());
    view.setSelected(QStringLiteral("far"), 80);
    QVERIFY(pixelsLike(shown(view), view.colours().selection) > 80);
}

void TestNormHistogram::saysWhatABarHolds()
{
    NormHistogram view;
    view.setHistogram(threeBins());
    QCOMPARE(view.textOfBin(1), QStringLiteral("4.00 to 6.00: 1,234 rows"));
    QCOMPARE(view.textOfBin(2), QStringLiteral("6.00 to 8.00: 1 row"));
}

void TestNormHistogram::findsTheBarUnderTheCursor()
{
    NormHistogram view;
    view.setHistogram(threeBins());
    shown(view);
    QVERIFY(!view.binAt({0, 100})); // left of the axis
    std::vector<int> seen;
    for (int x = 0; x < view.width(); ++x)
        if (const auto bin = view.binAt({static_cast<double>(x), 100}); bin && (seen.empty() || seen.back() != *bin))
            seen.push_back(*bin);
    QCOMPARE(seen, (std::vector<int>{0, 1, 2}));
}

void TestNormHistogram::saysSomethingWhenEmpty()
{
    NormHistogram view;
    const QImage nothing = shown(view);
    QVERIFY(pixelsLike(nothing, view.colours().background) < nothing.width() * nothing.height());
    QCOMPARE(view.accessibleDescription(), QStringLiteral("No norms yet."));
    QVERIFY(!view.binAt({200, 100}));
    view.setHistogram({0, 1, {0, 0}});
    view.setSelected(QStringLiteral("king"), 5);
    QCOMPARE(pixelsLike(view.renderToImage(view.size()), view.colours().selection), 0);
}

void TestNormHistogram::leavesOutANormThatIsNotFinite()
{
    NormHistogram view;
    view.setHistogram(threeBins());
    view.setSelected(QStringLiteral("bad"), std::numeric_limits<double>::quiet_NaN());
    QCOMPARE(pixelsLike(shown(view), view.colours().selection), 0);
}

void TestNormHistogram::drawsAllRowsInOneBin()
{
    NormHistogram view;
    view.setHistogram(histogramOf({3, 3, 3}, 20));
    const QColor bar = blended(view.colours().accent, view.colours().background, 0.2);
    QVERIFY(pixelsLike(shown(view), bar) > 200);
}

QTEST_MAIN(TestNormHistogram)
#include "tst_norm_histogram.moc"
