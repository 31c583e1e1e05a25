// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/plot/map_region.h"
#include "ui/plot/map_view.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <ctime>
#include <limits>
#include <numbers>

using namespace embedscope;
using Rows = Selection::Rows;

namespace {

constexpr int kWidth = 600;
constexpr int kHeight = 400;

/// A grid of 5 x 5 points one unit apart, row by row from below; then a row that is not drawn.
std::shared_ptr<const Matrix> grid()
{
    auto result = std::make_shared<Matrix>(26, 2);
    for (Index i = 0; i < 25; ++i)
        result->row(i) << static_cast<float>(i % 5), static_cast<float>(i / 5);
    result->row(25).setConstant(std::numeric_limits<float>::quiet_NaN());
    return result;
}

/// A star drawn in one stroke around (300, 200), with many points: it crosses itself.
QPolygonF star(int points, int strokes)
{
    QPolygonF outline;
    for (int i = 0; i < points; ++i) {
        const double angle = 2 * std::numbers::pi * strokes * i / points;
        const double radius = 120 + 60 * std::sin(5 * angle);
        outline.append({300 + radius * std::cos(angle), 200 + radius * std::sin(2 * angle / strokes)});
    }
    return outline;
}

} // namespace

class TestLasso : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_view.reset(); }

    void insideAsQtFindsIt_data();
    void insideAsQtFindsIt();
    void emptyOutlines();
    void isFastForAMillion();
    void choosesByRectangle();
    void choosesByLasso();
    void addsAndRemovesByModifiers();
    void clickStillSelectsOneWord();
    void escapeEndsStepByStep();
    void takesToolsByKeys();
    void movesWithTheMiddleButton();
    void exportsShowNoOutline();

private:
    [[nodiscard]] QPoint at(Index row) const { return m_view->pixelOf(row)->toPoint(); }
    void drag(QPoint from, const QList<QPoint>& to, Qt::KeyboardModifiers modifiers = {});

    std::unique_ptr<MapView> m_view;
    std::unique_ptr<Selection> m_selection;
};

void TestLasso::init()
{
    m_selection = std::make_unique<Selection>();
    m_view = std::make_unique<MapView>();
    m_view->resize(kWidth, kHeight);
    m_view->setSelection(m_selection.get());
    m_view->setPicture({grid(), {}, {}, {}});
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestLasso::drag(QPoint from, const QList<QPoint>& to, Qt::KeyboardModifiers modifiers)
{
    QTest::mousePress(m_view.get(), Qt::LeftButton, modifiers, from);
    for (const QPoint& point : to) {
        QMouseEvent move(QEvent::MouseMove, point, m_view->mapToGlobal(point), Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(m_view.get(), &move);
    }
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, modifiers, to.last());
}

void TestLasso::insideAsQtFindsIt_data()
{
    QTest::addColumn<QPolygonF>("outline");
    QTest::newRow("triangle") << QPolygonF({{100.5, 20.25}, {400.1, 350}, {30, 300.75}});
    QTest::newRow("rectangle") << QPolygonF(QRectF(50.5, 60.5, 400, 200));
    QTest::newRow("upwards and flat edges")
        << QPolygonF({{50, 350}, {50, 50}, {300, 50}, {300, 200}, {500, 200}, {500, 350}});
    QTest::newRow("crosses itself") << star(300, 2);
    QTest::newRow("wound several times") << star(777, 3);
    QTest::newRow("beyond the view") << QPolygonF({{-5000, -100}, {9000, 250}, {300, 8000}});
}

void TestLasso::insideAsQtFindsIt()
{
    QFETCH(QPolygonF, outline);
    const MapRegion region(outline);
    Random random(3);
    int inside = 0;
    for (int i = 0; i < 20000; ++i) {
        const QPointF pixel(random.uniform() * kWidth, random.uniform() * kHeight);
        const bool expected = outline.containsPoint(pixel, Qt::WindingFill);
        inside += expected;
        QVERIFY2(region.contains(pixel) == expected, qPrintable(QStringLiteral("%1 %2").arg(pixel.x()).arg(pixel.y())));
    }
    QVERIFY(inside > 1000 && inside < 20000);
}

void TestLasso::emptyOutlines()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const QPolygonF& outline : {QPolygonF(), QPolygonF({{1, 1}}), QPolygonF({{1, 1}, {9, 9}})})
        QVERIFY(!MapRegion(outline).contains({1, 1}));
    const MapRegion region(QPolygonF(QRectF(0, 0, 10, 10)));
    QVERIFY(region.contains({5, 5}));
    QVERIFY(!region.contains({nan, 5}) && !region.contains({5, nan}) && !region.contains({nan, nan}));
    QCOMPARE(rowsInside(region, 0, [](Index) { return QPointF(5, 5); }), Rows());
}

void TestLasso::isFastForAMillion()
{
    constexpr Index kRows = 1'000'000;
    Random random(4);
    auto points = std::make_shared<Matrix>(kRows, 2);
    for (Index i = 0; i < points->size(); ++i)
        points->data()[i] = static_cast<float>(random.normal());
    m_view->setPicture({points, {}, {}, {}});
    const QPolygonF outline = star(500, 3);
    // Time of the processor, on all threads together: 50 ms on two of them, whatever else the machine does.
    double best = std::numeric_limits<double>::infinity();
    std::size_t found = 0;
    for (int i = 0; i < 5; ++i) {
        const std::clock_t start = std::clock();
        found = m_view->rowsIn(outline).size();
        best = std::min(best, 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    QVERIFY(found > kRows / 20 && found < kRows);
#ifdef NDEBUG
    QVERIFY2(best <= 100, qPrintable(QStringLiteral("%1 ms").arg(best)));
#endif
    qInfo("%.0f ms of processor time for %zu of a million rows", best, found);
}

void TestLasso::choosesByRectangle()
{
    m_view->setTool(MapTool::Rectangle);
    QSignalSpy changed(m_selection.get(), &Selection::rowsChanged);
    drag(at(6) + QPoint(-8, 8), {at(12) + QPoint(8, -8)});
    QCOMPARE(m_selection->rows(), (Rows{6, 7, 11, 12}));
    QCOMPARE(changed.count(), 1);
    // The other way round is the same rectangle.
    drag(at(12) + QPoint(8, -8), {at(11), at(6) + QPoint(-8, 8)});
    QCOMPARE(m_selection->rows(), (Rows{6, 7, 11, 12}));
    QVERIFY(!m_selection->selected());
}

void TestLasso::choosesByLasso()
{
    m_view->setTool(MapTool::Lasso);
    // Around the lower left triangle of the grid.
    drag(at(0) + QPoint(-12, 12),
         {at(4) + QPoint(16, 6), at(4) + QPoint(16, 0), at(20) + QPoint(6, -16), at(20) + QPoint(-12, -16)});
    QCOMPARE(m_selection->rows(), (Rows{0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 15, 16, 20}));
}

void TestLasso::addsAndRemovesByModifiers()
{
    m_view->setTool(MapTool::Rectangle);
    const auto around = [this](Index from, Index to, Qt::KeyboardModifiers modifiers) {
        drag(at(from) + QPoint(-8, 8), {at(to) + QPoint(8, -8)}, modifiers);
    };
    around(0, 1, Qt::NoModifier);
    around(3, 4, Qt::ShiftModifier);
    QCOMPARE(m_selection->rows(), (Rows{0, 1, 3, 4}));
    around(1, 3, Qt::ControlModifier);
    QCOMPARE(m_selection->rows(), (Rows{0, 4}));
    around(0, 0, Qt::AltModifier);
    QCOMPARE(m_selection->rows(), (Rows{4}));
    around(20, 24, Qt::NoModifier);
    QCOMPARE(m_selection->rows(), (Rows{20, 21, 22, 23, 24}));
}

void TestLasso::clickStillSelectsOneWord()
{
    m_selection->setRows({1, 2});
    m_view->setTool(MapTool::Lasso);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at(7));
    QCOMPARE(m_selection->selected(), std::optional<Index>(7));
    QCOMPARE(m_selection->rows(), (Rows{1, 2}));
}

void TestLasso::escapeEndsStepByStep()
{
    m_selection->setRows({1, 2});
    m_selection->select(5);
    m_view->setTool(MapTool::Rectangle);
    const double before = m_view->pixelOf(0)->x();
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at(0));
    QTest::mouseMove(m_view.get(), at(12));
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QTest::mouseMove(m_view.get(), at(24));
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at(24));
    QCOMPARE(m_view->pixelOf(0)->x(), before);
    QCOMPARE(m_selection->rows(), (Rows{1, 2}));
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(!m_selection->hasRows());
    QVERIFY(m_selection->selected());
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(!m_selection->selected());
}

void TestLasso::takesToolsByKeys()
{
    QSignalSpy changed(m_view.get(), &MapView::toolChanged);
    for (const auto& [key, tool] :
         {std::pair(Qt::Key_L, MapTool::Lasso), {Qt::Key_B, MapTool::Rectangle}, {Qt::Key_M, MapTool::Move}}) {
        QTest::keyClick(m_view.get(), key);
        QCOMPARE(m_view->tool(), tool);
    }
    QCOMPARE(changed.count(), 3);
}

void TestLasso::movesWithTheMiddleButton()
{
    m_view->setTool(MapTool::Lasso);
    const QPointF before = *m_view->pixelOf(0);
    QTest::mousePress(m_view.get(), Qt::MiddleButton, {}, at(0));
    QMouseEvent move(QEvent::MouseMove, at(0) + QPoint(40, 0), m_view->mapToGlobal(at(0) + QPoint(40, 0)), Qt::NoButton,
                     Qt::MiddleButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_view.get(), &move);
    QTest::mouseRelease(m_view.get(), Qt::MiddleButton, {}, at(0));
    QVERIFY(std::abs(m_view->pixelOf(0)->x() - before.x() - 40) < 1e-6);
    QVERIFY(!m_selection->hasRows());
}

void TestLasso::exportsShowNoOutline()
{
    const QImage before = m_view->renderToImage(m_view->size());
    m_view->setTool(MapTool::Rectangle);
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at(0));
    QTest::mouseMove(m_view.get(), at(12));
    QCOMPARE(m_view->renderToImage(m_view->size()), before);
}

QTEST_MAIN(TestLasso)
#include "tst_lasso.moc"
