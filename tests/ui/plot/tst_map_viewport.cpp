// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_viewport.h"

#include <QTest>

using namespace embedscope;

namespace {

MapViewport fitted(const QRectF& bounds = QRectF(-1, -1, 2, 2))
{
    MapViewport viewport;
    viewport.setArea(QRectF(0, 0, 400, 200));
    viewport.fit(bounds);
    return viewport;
}

bool near(QPointF a, QPointF b)
{
    return (a - b).manhattanLength() < 1e-9;
}

} // namespace

class TestMapViewport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsTheNarrowerSide();
    void givesAPointSomeRoom();
    void invertsItself();
    void pansWithTheCursor();
    void zoomsAtTheCursor();
    void limitsTheZoom();
    void revealsWhatIsOutside();
    void showsTheSamePartElsewhere();
};

void TestMapViewport::fitsTheNarrowerSide()
{
    const MapViewport viewport = fitted();
    // Height 200 less 36 at each end for 2 units; the same scale across.
    QCOMPARE(viewport.unitsPerPixel(), 2 / 128.0);
    QVERIFY(near(viewport.toPixel({0, 0}), {200, 100}));
    QVERIFY(near(viewport.toPixel({0, 1}), {200, 36})); // y grows upwards
    QVERIFY(near(viewport.toPixel({1, 0}), {264, 100}));
}

void TestMapViewport::givesAPointSomeRoom()
{
    const MapViewport viewport = fitted(QRectF(5, 7, 0, 0));
    QCOMPARE(viewport.visible().center(), QPointF(5, 7));
    QCOMPARE(viewport.visible().height(), 1.0);
}

void TestMapViewport::invertsItself()
{
    MapViewport viewport = fitted();
    viewport.zoomAt({31, 17}, 3);
    QVERIFY(near(viewport.toMap(viewport.toPixel({0.3, -0.8})), {0.3, -0.8}));
}

void TestMapViewport::pansWithTheCursor()
{
    MapViewport viewport = fitted();
    const QPointF held = viewport.toMap({50, 60});
    viewport.panBy({25, -10});
    QVERIFY(near(viewport.toPixel(held), {75, 50}));
}

void TestMapViewport::zoomsAtTheCursor()
{
    MapViewport viewport = fitted();
    const QPointF held = viewport.toMap({50, 60});
    const double before = viewport.unitsPerPixel();
    viewport.zoomAt({50, 60}, 4);
    QCOMPARE(viewport.unitsPerPixel(), before / 4);
    QCOMPARE(viewport.magnification(), 4.0);
    QVERIFY(near(viewport.toPixel(held), {50, 60}));
}

void TestMapViewport::limitsTheZoom()
{
    MapViewport viewport = fitted();
    const double before = viewport.unitsPerPixel();
    viewport.zoomAt({0, 0}, 1e30);
    QVERIFY(viewport.unitsPerPixel() > before / 1e6);
    viewport.zoomAt({0, 0}, 1e-30);
    QCOMPARE(viewport.unitsPerPixel(), before * 10);
}

void TestMapViewport::revealsWhatIsOutside()
{
    MapViewport viewport = fitted();
    const QRectF before = viewport.visible();
    viewport.reveal({0.5, 0.5});
    QCOMPARE(viewport.visible(), before); // it is in view already
    viewport.reveal({100, 0});
    QVERIFY(near(viewport.toPixel({100, 0}), {360, 100})); // a tenth from the border, no higher or lower
}

void TestMapViewport::showsTheSamePartElsewhere()
{
    const MapViewport viewport = fitted();
    const MapViewport twice = viewport.shownIn(QRectF(0, 0, 800, 400));
    QCOMPARE(twice.visible(), viewport.visible());
    const MapViewport square = viewport.shownIn(QRectF(0, 0, 100, 100));
    QVERIFY(square.visible().contains(viewport.visible()));
}

QTEST_MAIN(TestMapViewport)
#include "tst_map_viewport.moc"
