// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_camera.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace embedscope;

namespace {

constexpr double kQuarter = std::numbers::pi / 2;

bool near(const Eigen::Vector3f& a, const Eigen::Vector3f& b)
{
    return (a - b).norm() < 1e-5F;
}

MapCamera straight()
{
    MapCamera camera;
    camera.setOrientation(Eigen::Quaterniond::Identity());
    return camera;
}

} // namespace

class TestMapCamera : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAlongTheThirdAxis();
    void rollsWithTheMouse();
    void rollsAboutTheScreen();
    void turnsAboutTheMiddle();
    void staysARotation();
    void showsAllAxesAtFirst();
    void fitsAlikeHoweverTurned();
};

void TestMapCamera::looksAlongTheThirdAxis()
{
    QVERIFY(near(straight().view().seen({1, 2, 3}), {1, 2, 3}));
}

void TestMapCamera::rollsWithTheMouse()
{
    // To the right: what points to the eye moves to the right; downwards: it moves down.
    MapCamera right = straight(), down = straight();
    right.roll({kQuarter, 0});
    QVERIFY(near(right.view().seen({0, 0, 1}), {1, 0, 0}));
    QVERIFY(near(right.view().seen({0, 1, 0}), {0, 1, 0}));
    down.roll({0, kQuarter});
    QVERIFY(near(down.view().seen({0, 0, 1}), {0, -1, 0}));
    QVERIFY(near(down.view().seen({1, 0, 0}), {1, 0, 0}));
}

void TestMapCamera::rollsAboutTheScreen()
{
    // About the axes of the screen, not of the map: the second roll turns what is seen upright now.
    MapCamera camera = straight();
    camera.roll({kQuarter, 0});
    camera.roll({0, kQuarter});
    QVERIFY(near(camera.view().seen({1, 0, 0}), {0, 1, 0}));
}

void TestMapCamera::turnsAboutTheMiddle()
{
    MapCamera camera;
    camera.setBall({5, -3, 2}, 7);
    camera.roll({0.3, 1.1});
    QVERIFY(near(camera.view().seen({5, -3, 2}), {0, 0, 0}));
    QCOMPARE(camera.view().radius, 7.0F);
}

void TestMapCamera::staysARotation()
{
    MapCamera camera;
    for (int i = 0; i < 20'000; ++i)
        camera.roll({0.013, -0.007});
    const Eigen::Matrix3f axes = camera.view().axes;
    QVERIFY((axes * axes.transpose() - Eigen::Matrix3f::Identity()).norm() < 1e-5F);
    QVERIFY(axes.determinant() > 0.99F);
}

void TestMapCamera::showsAllAxesAtFirst()
{
    const Eigen::Matrix3f axes = MapCamera().view().axes;
    for (int axis = 0; axis < 3; ++axis)
        QVERIFY(std::hypot(axes(0, axis), axes(1, axis)) > 0.3F);
    QVERIFY(axes(0, 0) > 0.7F); // the first still points to the right, the second up
    QVERIFY(axes(1, 1) > 0.7F);
}

void TestMapCamera::fitsAlikeHoweverTurned()
{
    MapCamera camera;
    camera.setBall({1, 1, 1}, 2);
    const QRectF bounds = camera.bounds();
    for (int i = 0; i < 50; ++i) {
        camera.roll({0.37, 0.23});
        QCOMPARE(camera.bounds(), bounds);
    }
    QCOMPARE(bounds.center(), QPointF(0, 0));
}

QTEST_MAIN(TestMapCamera)
#include "tst_map_camera.moc"
