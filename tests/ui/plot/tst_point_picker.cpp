// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/plot/point_picker.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace embedscope;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

} // namespace

class TestPointPicker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheNearest();
    void passesRowsThatAreNotFinite();
    void findsNothingBeyondTheRadius();
    void takesTheFirstOfEqualPoints();
    void agreesWithASlowSearch();
    void passesHiddenRows();
    void takesTheDotOnTop();
    void boxesFinitePoints();
    void ballHoldsFinitePoints();
    void hasNoBoxWithoutFinitePoints();
};

void TestPointPicker::findsTheNearest()
{
    Matrix points(3, 2);
    points << 0, 0, 1, 1, 2, 0;
    // x = 100 + 10 * column, y upwards.
    const PixelTransform transform{-10, 20, 10, -10};
    QCOMPARE(nearestPoint(points, transform, {111, 191}, 8), std::optional<Index>(1));
    QCOMPARE(nearestPoint(points, transform, {119, 200}, 8), std::optional<Index>(2));
}

void TestPointPicker::passesRowsThatAreNotFinite()
{
    Matrix points(4, 2);
    points << kNan, 5, 5, kNan, std::numeric_limits<float>::infinity(), 5, 6, 5;
    QCOMPARE(nearestPoint(points, {}, {5, 5}, 3), std::optional<Index>(3));
    QVERIFY(!nearestPoint(points.topRows(3), {}, {5, 5}, 1e9));
    QVERIFY(!nearestPoint(Matrix(0, 2), {}, {5, 5}, 1e9));
}

void TestPointPicker::findsNothingBeyondTheRadius()
{
    Matrix points(1, 2);
    points << 10, 10;
    QCOMPARE(nearestPoint(points, {}, {13, 14}, 5), std::optional<Index>(0));
    QVERIFY(!nearestPoint(points, {}, {13, 14}, 4.9));
}

void TestPointPicker::takesTheFirstOfEqualPoints()
{
    // Several chunks of the parallel scan.
    const Matrix points = Matrix::Constant(200'000, 2, 3);
    QCOMPARE(nearestPoint(points, {}, {3, 3}, 1), std::optional<Index>(0));
}

void TestPointPicker::agreesWithASlowSearch()
{
    Random random(3);
    Matrix points(150'000, 2);
    for (Index i = 0; i < points.size(); ++i)
        points.data()[i] = random.uniform(0.0F, 1000.0F);
    for (int trial = 0; trial < 20; ++trial) {
        const float x = random.uniform(0.0F, 1000.0F), y = random.uniform(0.0F, 1000.0F);
        Index slow = 0;
        for (Index i = 1; i < points.rows(); ++i)
            if (std::hypot(points(i, 0) - x, points(i, 1) - y) < std::hypot(points(slow, 0) - x, points(slow, 1) - y))
                slow = i;
        QCOMPARE(nearestPoint(points, {}, {x, y}, 50), std::optional<Index>(slow));
    }
}

void TestPointPicker::passesHiddenRows()
{
    Matrix points(3, 2);
    points << 0, 0, 1, 0, 5, 0;
    const std::vector<std::uint8_t> hidden{1, 0, 0};
    PickRules rules;
    rules.hidden = hidden;
    QCOMPARE(nearestPoint(points, {}, {0, 0}, 3, rules), std::optional<Index>(1));
    QVERIFY(!nearestPoint(points.topRows(1), {}, {0, 0}, 3, rules));
}

void TestPointPicker::takesTheDotOnTop()
{
    Matrix points(4, 3);
    points << 0, 0, -5, 2, 0, 3, 1, 0, 1, 9, 0, 9;
    SolidView view;
    PickRules rules;
    rules.view = &view;
    rules.dotRadius = 3;
    QCOMPARE(nearestPoint(points, {}, {0, 0}, 4, rules), std::optional<Index>(1)); // covered by three dots
    rules.dotRadius = 0.5;
    QCOMPARE(nearestPoint(points, {}, {0, 0}, 4, rules), std::optional<Index>(0));
    // From the right: x and z change places, and the first is behind.
    view.axes << 0, 0, -1, 0, 1, 0, 1, 0, 0;
    QCOMPARE(nearestPoint(points, {}, {-8, 0}, 4, rules), std::optional<Index>(3));
}

void TestPointPicker::ballHoldsFinitePoints()
{
    Matrix points(5, 3);
    points << -1, 0, 0, 3, 0, 0, 1, 1, kNan, kNan, kNan, kNan, 1, 0, std::numeric_limits<float>::infinity();
    const auto ball = ballOf(points);
    QVERIFY(ball);
    QCOMPARE(ball->centre, Eigen::Vector3f(1, 0, 0));
    QCOMPARE(ball->radius, 2.0F);
    QVERIFY(!ballOf(points.bottomRows(3)));
    QVERIFY(!ballOf(Matrix(0, 3)));
}

void TestPointPicker::boxesFinitePoints()
{
    Matrix points(4, 2);
    points << -1, 2, kNan, 100, 3, -4, 100, kNan;
    QCOMPARE(boundsOf(points), std::optional(QRectF(QPointF(-1, -4), QPointF(3, 2))));
    QCOMPARE(boundsOf(Matrix::Constant(1, 2, 5)), std::optional(QRectF(5, 5, 0, 0)));
}

void TestPointPicker::hasNoBoxWithoutFinitePoints()
{
    QVERIFY(!boundsOf(Matrix(0, 2)));
    QVERIFY(!boundsOf(Matrix::Constant(3, 2, kNan)));
}

QTEST_MAIN(TestPointPicker)
#include "tst_point_picker.moc"
