// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "ui/plot/dot_raster.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>

using namespace embedscope;

namespace {

constexpr QRgb kRed = 0xffff0000;
constexpr QRgb kBlue = 0xff0000ff;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

Matrix points(std::initializer_list<std::pair<float, float>> values)
{
    Matrix matrix(static_cast<Index>(values.size()), 2);
    Index row = 0;
    for (const auto& [x, y] : values)
        matrix.row(row++) << x, y;
    return matrix;
}

// Coordinates are pixels: no scale, y downwards.
QImage draw(const Matrix& coordinates, DotStyle style, QSize size = {60, 40})
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    DotRaster().draw(image, coordinates, {}, style);
    return image;
}

Matrix solid(std::initializer_list<std::array<float, 3>> values)
{
    Matrix matrix(static_cast<Index>(values.size()), 3);
    Index row = 0;
    for (const auto& [x, y, z] : values)
        matrix.row(row++) << x, y, z;
    return matrix;
}

QImage draw(const Matrix& coordinates, DotStyle style, const SolidView& view, QSize size = {60, 40})
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    DotRaster().draw(image, coordinates, {}, style, &view);
    return image;
}

DotStyle plain(const std::vector<QRgb>& table, double diameter = 5)
{
    DotStyle style;
    style.table = table;
    style.diameter = diameter;
    style.opacity = 1;
    return style;
}

qsizetype paintedPixels(const QImage& image)
{
    qsizetype count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += qAlpha(image.pixel(x, y)) > 0;
    return count;
}

} // namespace

class TestDotRaster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsARoundDot();
    void scalesAndFlips();
    void leavesOutWhatIsNotFinite();
    void drawsNothing_data();
    void drawsNothing();
    void cutsDotsAtTheBorder();
    void drawsTheSameAcrossBands();
    void blendsByOpacity();
    void takesTheColourOfThePoint();
    void putsTheFirstRowOnTop();
    void readsWiderRows();
    void hidesRows();
    void drawsDimmedRowsBeneath();
    void shapesDots();
    void keepsTheMiddleOfAShapedDot();
    void putsNearPointsOnTop();
    void turnsPoints();
    void fadesAndShrinksFarPoints();
    void doesNotDependOnThreads_data();
    void doesNotDependOnThreads();
    void choosesTheDiameterByDensity();
};

void TestDotRaster::drawsARoundDot()
{
    const std::vector<QRgb> table{kRed};
    const QImage image = draw(points({{20.5F, 10.5F}}), plain(table, 5));
    QCOMPARE(image.pixel(20, 10), kRed);
    QCOMPARE(image.pixel(22, 10), kRed); // 2 pixels off, the radius is 2.5
    QCOMPARE(qAlpha(image.pixel(23, 10)), 0);
    QCOMPARE(qAlpha(image.pixel(20, 13)), 0);
    // The corner of the square is 2.83 pixels away: a soft edge, a third of the pixel.
    QCOMPARE(qAlpha(image.pixel(22, 12)), 44);
    QCOMPARE(paintedPixels(image), 25);
}

void TestDotRaster::scalesAndFlips()
{
    const std::vector<QRgb> table{kRed};
    QImage image(60, 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    DotRaster().draw(image, points({{1.0F, 2.0F}}), {-1, 4, 10, -10}, plain(table, 1));
    QCOMPARE(image.pixel(20, 20), kRed);
    QCOMPARE(paintedPixels(image), 1);
}

void TestDotRaster::leavesOutWhatIsNotFinite()
{
    const std::vector<QRgb> table{kRed};
    const QImage image =
        draw(points({{kNan, 5}, {5, kNan}, {kInfinity, 5}, {5, -kInfinity}, {30, 20}}), plain(table, 1));
    QCOMPARE(paintedPixels(image), 1);
    QCOMPARE(image.pixel(30, 20), kRed);
}

void TestDotRaster::drawsNothing_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("colours");
    QTest::newRow("no points") << 0 << 1;
    QTest::newRow("no colours") << 3 << 0;
}

void TestDotRaster::drawsNothing()
{
    QFETCH(int, rows);
    QFETCH(int, colours);
    const std::vector<QRgb> table(static_cast<std::size_t>(colours), kRed);
    QCOMPARE(paintedPixels(draw(Matrix::Constant(rows, 2, 7), plain(table))), 0);
    QImage none;
    DotRaster().draw(none, Matrix::Constant(1, 2, 7), {}, plain({kRed}));
    QVERIFY(none.isNull());
}

void TestDotRaster::cutsDotsAtTheBorder()
{
    const std::vector<QRgb> table{kRed};
    // All around: corners, and centres one pixel outside.
    const QImage image =
        draw(points({{0, 0}, {59, 39}, {-1, 20}, {60, 20}, {30, -1}, {30, 40}, {-9, 20}, {70, 20}}), plain(table, 5));
    QCOMPARE(image.pixel(0, 0), kRed);
    QCOMPARE(image.pixel(2, 0), kRed);
    QCOMPARE(image.pixel(59, 39), kRed);
    QCOMPARE(image.pixel(0, 20), kRed);
    QCOMPARE(image.pixel(59, 20), kRed);
    QCOMPARE(image.pixel(30, 0), kRed);
    QCOMPARE(image.pixel(30, 39), kRed);
    QCOMPARE(qAlpha(image.pixel(2, 20)), 0);
    // 9 of 25 pixels of each corner dot, 10 of each dot beyond a side.
    QCOMPARE(paintedPixels(image), 2 * 9 + 4 * 10);
}

void TestDotRaster::drawsTheSameAcrossBands()
{
    const std::vector<QRgb> table{kRed};
    const QSize size(20, 700);
    const QImage reference = draw(points({{10, 10}}), plain(table, 7), size).copy(0, 0, 20, 20);
    for (int y = 20; y < 680; ++y) {
        const QImage image = draw(points({{10, static_cast<float>(y)}}), plain(table, 7), size);
        QVERIFY2(image.copy(0, y - 10, 20, 20) == reference, qPrintable(QString::number(y)));
    }
}

void TestDotRaster::blendsByOpacity()
{
    const std::vector<QRgb> table{kRed};
    DotStyle style = plain(table, 1);
    style.opacity = 0.5;
    QImage image(4, 4, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    DotRaster().draw(image, points({{1, 1}, {2, 2}, {2, 2}}), {}, style);
    QCOMPARE(image.pixel(1, 1), 0xffff7f7fU);
    QCOMPARE(image.pixel(2, 2), 0xffff3f3fU); // twice
    QCOMPARE(image.pixel(3, 3), 0xffffffffU);
}

void TestDotRaster::takesTheColourOfThePoint()
{
    const std::vector<QRgb> table{kRed, kBlue};
    const std::vector<std::uint8_t> indices{1, 0, 200};
    DotStyle style = plain(table, 1);
    style.indexOfPoint = indices;
    const QImage image = draw(points({{1, 1}, {3, 3}, {5, 5}}), style);
    QCOMPARE(image.pixel(1, 1), kBlue);
    QCOMPARE(image.pixel(3, 3), kRed);
    QCOMPARE(image.pixel(5, 5), kBlue); // beyond the table
}

void TestDotRaster::putsTheFirstRowOnTop()
{
    const std::vector<QRgb> table{kRed, kBlue};
    const std::vector<std::uint8_t> indices{0, 1};
    DotStyle style = plain(table);
    style.indexOfPoint = indices;
    QCOMPARE(draw(points({{9, 9}, {9, 9}}), style).pixel(9, 9), kRed);
}

void TestDotRaster::readsWiderRows()
{
    Matrix wide(2, 3);
    wide << 5, 6, 700, 8, 9, 700;
    const std::vector<QRgb> table{kRed};
    const QImage image = draw(wide, plain(table, 1));
    QCOMPARE(image.pixel(5, 6), kRed);
    QCOMPARE(image.pixel(8, 9), kRed);
}

void TestDotRaster::hidesRows()
{
    const std::vector<QRgb> table{kRed};
    const std::vector<std::uint8_t> hidden{0, 1, 0};
    DotStyle style = plain(table, 1);
    style.hidden = hidden;
    const QImage image = draw(points({{1, 1}, {3, 3}, {5, 5}}), style);
    QCOMPARE(image.pixel(1, 1), kRed);
    QCOMPARE(qAlpha(image.pixel(3, 3)), 0);
    QCOMPARE(image.pixel(5, 5), kRed);
}

void TestDotRaster::drawsDimmedRowsBeneath()
{
    const std::vector<QRgb> table{kRed, kBlue};
    const std::vector<std::uint8_t> indices{0, 1, 0}, dimmed{1, 0, 1};
    DotStyle style = plain(table, 1);
    style.indexOfPoint = indices;
    style.dimmed = dimmed;
    style.dimColour = 0xff123456;
    const QImage image = draw(points({{1, 1}, {1, 1}, {5, 5}}), style);
    QCOMPARE(image.pixel(1, 1), kBlue); // though the first row would lie on top
    QCOMPARE(image.pixel(5, 5), 0xff123456);
}

void TestDotRaster::shapesDots()
{
    const std::vector<QRgb> table{kRed};
    const std::vector<DotShape> shapes{{1, 1}, {3, 0.5F}};
    const std::vector<std::uint8_t> shapeOfPoint{1, 0, 9}; // the last is beyond the shapes
    DotStyle style = plain(table, 3);
    style.shapeOfPoint = shapeOfPoint;
    style.shapes = shapes;
    const QImage image = draw(points({{10.5F, 10.5F}, {30.5F, 10.5F}, {50.5F, 10.5F}}), style);
    QCOMPARE(image.pixel(30, 10), kRed);
    QCOMPARE(qAlpha(image.pixel(32, 10)), 0);
    QCOMPARE(qAlpha(image.pixel(10, 10)), 128);
    QCOMPARE(qAlpha(image.pixel(14, 10)), 128); // the radius is 4.5 now
    QCOMPARE(qAlpha(image.pixel(15, 10)), 0);
    QCOMPARE(image.copy(0, 0, 20, 20), image.copy(40, 0, 20, 20));
}

void TestDotRaster::keepsTheMiddleOfAShapedDot()
{
    // Even and odd sides: the centre of what is painted is nowhere further than half a pixel from the point.
    const std::vector<QRgb> table{kRed};
    const std::vector<std::uint8_t> second{1};
    for (int diameter = 1; diameter < 20; ++diameter) {
        const std::vector<DotShape> shapes{{1, 1}, {static_cast<float>(diameter), 1}};
        DotStyle style = plain(table, 1);
        style.shapeOfPoint = second;
        style.shapes = shapes;
        const QImage image = draw(points({{20.3F, 18.8F}}), style);
        double x = 0, y = 0, sum = 0;
        for (int row = 0; row < image.height(); ++row)
            for (int column = 0; column < image.width(); ++column) {
                const double alpha = qAlpha(image.pixel(column, row));
                x += alpha * (column + 0.5);
                y += alpha * (row + 0.5);
                sum += alpha;
            }
        QVERIFY2(std::abs(x / sum - 20.3) <= 0.51, qPrintable(QString::number(diameter)));
        QVERIFY2(std::abs(y / sum - 18.8) <= 0.51, qPrintable(QString::number(diameter)));
    }
}

void TestDotRaster::putsNearPointsOnTop()
{
    const std::vector<QRgb> table{kRed, kBlue};
    const std::vector<std::uint8_t> indices{0, 1};
    DotStyle style = plain(table);
    style.indexOfPoint = indices;
    SolidView view;
    view.radius = 10;
    QCOMPARE(draw(solid({{9, 9, -3}, {9, 9, 4}}), style, view).pixel(9, 9), kBlue);
    QCOMPARE(draw(solid({{9, 9, 4}, {9, 9, -3}}), style, view).pixel(9, 9), kRed);
    // Beyond the ball, and equally near: as on a flat map.
    QCOMPARE(draw(solid({{9, 9, 40}, {9, 9, 50}}), style, view).pixel(9, 9), kRed);
    QCOMPARE(draw(solid({{9, 9, -40}, {9, 9, -30}}), style, view).pixel(9, 9), kRed);
}

void TestDotRaster::turnsPoints()
{
    // A quarter about the upright axis: what was near is at the right.
    SolidView view;
    view.centre = {10, 10, 10};
    view.axes << 0, 0, 1, 0, 1, 0, -1, 0, 0;
    view.radius = 20;
    const std::vector<QRgb> table{kRed};
    const QImage image = draw(solid({{10, 10, 17}, {10, 15, 10}, {kNan, 5, 5}, {5, 5, kNan}}), plain(table, 1), view);
    QCOMPARE(image.pixel(7, 0), kRed);
    QCOMPARE(image.pixel(0, 5), kRed);
    QCOMPARE(paintedPixels(image), 2);
}

void TestDotRaster::fadesAndShrinksFarPoints()
{
    const std::vector<QRgb> table{kRed};
    DotStyle style = plain(table, 9);
    style.farColour = 0xffffffff;
    style.fade = 0.6;
    style.shrink = 0.5;
    SolidView view;
    view.radius = 10;
    const QImage image = draw(solid({{10.5F, 20.5F, 10}, {30.5F, 20.5F, 0}, {50.5F, 20.5F, -10}}), style, view);
    QCOMPARE(image.pixel(10, 20), kRed);
    QCOMPARE(qGreen(image.pixel(50, 20)), 153);
    QVERIFY(std::abs(qGreen(image.pixel(30, 20)) - 77) < 6);
    QCOMPARE(qAlpha(image.pixel(14, 20)), 255); // radius 4.5
    QCOMPARE(qAlpha(image.pixel(54, 20)), 0);   // radius 2.25
}

void TestDotRaster::doesNotDependOnThreads_data()
{
    QTest::addColumn<bool>("inSpace");
    QTest::addColumn<bool>("shaped");
    QTest::newRow("flat") << false << false;
    QTest::newRow("flat, shaped") << false << true;
    QTest::newRow("in space") << true << false;
    QTest::newRow("in space, shaped") << true << true;
}

void TestDotRaster::doesNotDependOnThreads()
{
    QFETCH(bool, inSpace);
    QFETCH(bool, shaped);
    Random random(7);
    Matrix many(100'000, 3);
    std::vector<std::uint8_t> indices, shapeOfPoint;
    for (Index i = 0; i < many.rows(); ++i) {
        many.row(i) << random.uniform(-10.0F, 410.0F), random.uniform(-10.0F, 610.0F), random.uniform(-9.0F, 9.0F);
        indices.push_back(static_cast<std::uint8_t>(random.below(2)));
        shapeOfPoint.push_back(static_cast<std::uint8_t>(random.below(3)));
    }
    const std::vector<QRgb> table{kRed, kBlue};
    const std::vector<DotShape> shapes{{0.5F, 1}, {1, 0.5F}, {3, 0.2F}};
    DotStyle style{indices, table, 3.5, 0.6};
    style.fade = style.shrink = 0.5;
    if (shaped)
        style.shapeOfPoint = shapeOfPoint;
    style.shapes = shapes;
    SolidView view;
    view.radius = 8;
    const auto picture = [&](int threads) {
        setThreadCount(threads);
        return inSpace ? draw(many, style, view, {400, 600}) : draw(many, style, {400, 600});
    };
    const QImage one = picture(1);
    const QImage four = picture(4);
    setThreadCount(0);
    QVERIFY(one == four);
    QVERIFY(paintedPixels(one) > 400 * 600 / 2);
}

void TestDotRaster::choosesTheDiameterByDensity()
{
    constexpr double kScreen = 1280.0 * 800.0;
    QCOMPARE(densityAwareDiameter(1, kScreen), 7.0);
    QCOMPARE(densityAwareDiameter(1'000'000, kScreen), 1.5);
    const double middle = densityAwareDiameter(20'000, kScreen);
    QVERIFY(middle > 1.5 && middle < 7.0);
    QVERIFY(densityAwareDiameter(20'000, kScreen * 4) > middle);
    QCOMPARE(densityAwareDiameter(0, 0.0), 1.5);
}

QTEST_MAIN(TestDotRaster)
#include "tst_dot_raster.moc"
