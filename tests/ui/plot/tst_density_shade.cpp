// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "ui/plot/density_shade.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace embedscope;

namespace {

constexpr QSize kSize(400, 300);

/// Around the middle of the image, in pixels.
Matrix crowd(Index count, float width = 20)
{
    Random random(11);
    Matrix points(count, 2);
    for (Index i = 0; i < count; ++i)
        points.row(i) << 200 + width * static_cast<float>(random.normal()),
            150 + width * static_cast<float>(random.normal());
    return points;
}

QImage draw(const Matrix& points, bool density)
{
    const std::vector<QRgb> table{0xffff0000};
    DotStyle style;
    style.table = table;
    style.diameter = 2;
    style.density = density;
    style.densityColour = 0xff0000ff;
    QImage image(kSize, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    DotRaster().draw(image, points, {}, style);
    return image;
}

} // namespace

class TestDensityShade : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blursLikeAGaussian();
    void leavesFewDotsAlone();
    void tintsWhereManyDotsAre();
    void thinsOutCrowdedDots();
    void countsEachDotOnce();
    void doesNotDependOnThreads();
};

void TestDensityShade::blursLikeAGaussian()
{
    DensityGrid grid;
    grid.reset(41, 31);
    grid.at(20, 15) = 1;
    grid.blur();
    QVERIFY(std::abs(std::accumulate(grid.cells.begin(), grid.cells.end(), 0.0) - 1) < 1e-5);
    double variance = 0;
    for (int row = 0; row < 31; ++row)
        for (int column = 0; column < 41; ++column)
            variance += static_cast<double>(grid.at(column, row)) * (column - 20) * (column - 20);
    QVERIFY2(std::abs(variance - 6) < 1e-4, qPrintable(QString::number(variance))); // 3 times (25 - 1) / 12
    QCOMPARE(grid.at(20, 12), grid.at(20, 18));
    QVERIFY(std::abs(grid.at(17, 15) - grid.at(20, 12)) < 1e-7F);
}

void TestDensityShade::leavesFewDotsAlone()
{
    const Matrix points = crowd(static_cast<Index>(DensityShade::kFewest));
    QCOMPARE(draw(points, true), draw(points, false));
}

void TestDensityShade::tintsWhereManyDotsAre()
{
    const QImage image = draw(crowd(200'000, 15), true);
    QCOMPARE(qAlpha(image.pixel(3, 3)), 0);
    // Beside the dots, where the blur reaches: the tint alone, less the farther.
    Matrix block(200'000, 2);
    for (Index i = 0; i < block.rows(); ++i)
        block.row(i) << static_cast<float>(100 + i % 100), static_cast<float>(100 + i / 100 % 100);
    const QImage tinted = draw(block, true), bare = draw(block, false);
    QCOMPARE(qAlpha(bare.pixel(92, 150)), 0);
    QVERIFY(qAlpha(tinted.pixel(92, 150)) > 20);
    QCOMPARE(qRed(tinted.pixel(92, 150)), 0);
    QVERIFY(qAlpha(tinted.pixel(92, 150)) > qAlpha(tinted.pixel(84, 150)));
    QVERIFY(qAlpha(tinted.pixel(84, 150)) > qAlpha(tinted.pixel(80, 150)));
}

void TestDensityShade::thinsOutCrowdedDots()
{
    // Without it the middle is one flat red.
    const Matrix points = crowd(400'000, 60);
    const QImage bare = draw(points, false), shaded = draw(points, true);
    const auto redAt = [](const QImage& image, int x) { return qRed(qPremultiply(image.pixel(x, 150))); };
    QVERIFY(redAt(bare, 200) > 250);
    QVERIFY(redAt(bare, 284) > 250);
    QVERIFY2(redAt(shaded, 200) > redAt(shaded, 284) + 20, qPrintable(QString::number(redAt(shaded, 284))));
    QVERIFY(redAt(shaded, 200) < 250);
    QVERIFY(redAt(shaded, 284) > 100);
}

void TestDensityShade::countsEachDotOnce()
{
    // A dot on the border of two bands is drawn in both.
    Matrix points(150'000, 2);
    for (Index i = 0; i < points.rows(); ++i)
        points.row(i) << static_cast<float>(i % 400), 64.0F;
    const QImage image = draw(points, true);
    points.col(1).setConstant(100);
    // The tint around is the same as for dots that lie in one band.
    const QImage other = draw(points, true);
    QCOMPARE(image.pixel(200, 55), other.pixel(200, 91));
    QVERIFY(qAlpha(image.pixel(200, 55)) > 0);
}

void TestDensityShade::doesNotDependOnThreads()
{
    const Matrix points = crowd(300'000, 60);
    setThreadCount(1);
    const QImage one = draw(points, true);
    setThreadCount(4);
    const QImage four = draw(points, true);
    setThreadCount(0);
    QCOMPARE(one, four);
}

QTEST_MAIN(TestDensityShade)
#include "tst_density_shade.moc"
