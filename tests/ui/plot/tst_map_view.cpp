// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/plot/map_view.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

#include <limits>
#include <set>

using namespace embedscope;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

std::shared_ptr<const Matrix> matrix(std::initializer_list<std::pair<float, float>> values)
{
    auto result = std::make_shared<Matrix>(static_cast<Index>(values.size()), 2);
    Index row = 0;
    for (const auto& [x, y] : values)
        result->row(row++) << x, y;
    return result;
}

/// A row that is not drawn, the four corners of a square, and a point a little right of its centre.
std::shared_ptr<const Matrix> square()
{
    return matrix({{kNan, 0}, {-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {0.25F, 0}});
}

/// The corners of a cube; rows 0 and 1, and rows 6 and 7, are ends of edges along x.
std::shared_ptr<const Matrix> cube(float half = 1)
{
    auto result = std::make_shared<Matrix>(8, 3);
    for (int row = 0; row < 8; ++row)
        result->row(row) << ((row & 1) ? half : -half), ((row & 2) ? half : -half), ((row & 4) ? half : -half);
    return result;
}

/// Wants animations, whatever the desktop says.
class Animated : public QProxyStyle
{
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override
    {
        return hint == SH_Widget_Animation_Duration ? duration : QProxyStyle::styleHint(hint, option, widget, returned);
    }

    int duration = 200;
};

std::shared_ptr<const Matrix> cloud(Index rows)
{
    Random random(5);
    auto result = std::make_shared<Matrix>(rows, 2);
    for (Index i = 0; i < result->size(); ++i)
        result->data()[i] = static_cast<float>(random.normal());
    return result;
}

QString word(Index row)
{
    return QStringLiteral("word%1").arg(row);
}

int pixelsLike(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour;
    return count;
}

int pixelsApart(const QImage& a, const QImage& b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y);
    return count;
}

int difference(const QColor& a, const QColor& b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
}

void setColoursOf(QWidget& widget, const QColor& background, const QColor& text)
{
    QPalette palette = widget.palette();
    palette.setColor(QPalette::Window, background);
    palette.setColor(QPalette::Base, background);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Text, text);
    widget.setPalette(palette);
}

void scroll(QWidget& widget, QPoint at, int delta)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&widget, &event);
}

bool anyOverlap(const std::vector<PlacedLabel>& labels)
{
    for (std::size_t i = 0; i < labels.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (labels[i].box.intersects(labels[j].box))
                return true;
    return false;
}

} // namespace

class TestMapView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void cleanup() { m_view.reset(); }

    void drawsDotsWherePointsAre();
    void drawsAtTheResolutionOfTheImage();
    void colours_data();
    void colours();
    void coloursByValue();
    void picksTheRightRow();
    void selectsByClick();
    void keepsTheSelectionBesideDots();
    void hoversWithATooltip();
    void showsASelectionMadeElsewhere();
    void bringsASelectionIntoView();
    void marksTheSelectedRow();
    void joinsNeighbours();
    void forgetsNeighboursOfAnother();
    void zoomsAtTheWheel();
    void pansByDragging();
    void fitsByDoubleClick();
    void obeysTheKeyboard();
    void keepsTheZoomOfALiveMap();
    void labelsDoNotOverlap();
    void labelsKeepStillWhilePanning();
    void labelsTheSelectedAlways();
    void showsMoreLabelsWhenCloser();
    void followsThePalette();
    void bearsFewPoints_data();
    void bearsFewPoints();
    void bearsASelectionBeyondTheRows();
    void outlivesItsSelection();
    void showsAxesOnlyWithTitles();
    void rendersTheSamePartForExport();
    void saysWhatItShows();
    void hidesRows();
    void dimsRows();
    void showsAMapInSpace();
    void turnsByDragging();
    void pansAMapInSpaceWithShift();
    void turnsByKeyboard();
    void turnsByItselfWhileInView();
    void picksAndSelectsInSpace();
    void movesToAnotherMap_data();
    void movesToAnotherMap();
    void goesWhereALiveMapGoes();
    void doesNotMoveOtherRows();
    void movesOnlyWhereTheStyleWantsIt();
    void interruptsAMotion();
    void sizesDotsByValue();
    void coloursAroundZero();
    void outlinesClusters();
    void countsClassesWithoutAColour();
    void legendHidesAndShows();
    void legendIsolates();
    void legendHidesOnTopOfOthers();
    void legendTellsWhatAClickDoes();
    void legendBreaksIntoLines();
    void marksPlacedPoints();

private:
    void showPicture(std::shared_ptr<const Matrix> coordinates);
    /// Lets the queued drawing happen.
    void settle() const { QCoreApplication::processEvents(); }
    [[nodiscard]] QImage picture() const;
    [[nodiscard]] QColor colourAt(const QImage& image, Index row) const;
    [[nodiscard]] QPoint nameAt(std::size_t number) const;
    [[nodiscard]] QString rowsShown() const;
    void showClasses();

    Selection m_selection;
    Animated m_animated;
    std::unique_ptr<MapView> m_view;
};

void TestMapView::init()
{
    m_selection.clear();
    m_animated.duration = 200;
    m_view = std::make_unique<MapView>();
    m_view->setSelection(&m_selection);
    m_view->setTokens(word);
    setColoursOf(*m_view, Qt::white, Qt::black);
    m_view->resize(500, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestMapView::showPicture(std::shared_ptr<const Matrix> coordinates)
{
    m_view->setPicture({std::move(coordinates), {}, {}, {}});
    settle();
}

QImage TestMapView::picture() const
{
    settle();
    return m_view->grab().toImage();
}

QColor TestMapView::colourAt(const QImage& image, Index row) const
{
    return image.pixelColor((*m_view->pixelOf(row) * image.devicePixelRatio()).toPoint());
}

void TestMapView::drawsDotsWherePointsAre()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    const QImage image = picture();
    const QColor dot = blended(m_view->colours().background, m_view->colours().accent, 0.75);
    for (Index row = 1; row < 6; ++row)
        QVERIFY2(difference(colourAt(image, row), dot) < 12, qPrintable(colourAt(image, row).name()));
    QCOMPARE(image.pixelColor(image.width() / 2 - 40, image.height() / 2), QColor(Qt::white));
    // The square has the same scale on both axes, and fills the height but for the margins.
    const QPointF low = *m_view->pixelOf(1), high = *m_view->pixelOf(3);
    QCOMPARE(high.x() - low.x(), low.y() - high.y());
    QCOMPARE(low.y() - high.y(), 400.0 - 2 * 36);
    QVERIFY(!m_view->pixelOf(0));
}

void TestMapView::drawsAtTheResolutionOfTheImage()
{
    showPicture(square());
    const QImage one = m_view->renderToImage({500, 400}), half = m_view->renderToImage({500, 400}, 1.5);
    QCOMPARE(half.size(), QSize(750, 600));
    const QPoint place = (*m_view->pixelOf(3) * 1.5).toPoint();
    const QColor dot = blended(m_view->colours().background, m_view->colours().accent, 0.75);
    QVERIFY(difference(half.pixelColor(place), dot) < 12);
    // Not an enlarged picture: the full colour covers more pixels, and the rest of the map stays as white.
    QVERIFY(pixelsLike(half, half.pixelColor(place)) > 1.5 * pixelsLike(one, half.pixelColor(place)));
}

void TestMapView::colours_data()
{
    QTest::addColumn<bool>("own");
    QTest::newRow("the palette given") << false;
    QTest::newRow("our own palette") << true;
}

void TestMapView::colours()
{
    QFETCH(bool, own);
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    auto classes = std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{0, 0, 1, 2, 1, 0});
    m_view->setColours(classes, own ? std::vector<QColor>() : std::vector<QColor>{Qt::red, Qt::blue, Qt::green});
    const std::vector<QColor> expected =
        own ? categoricalColours(false) : std::vector<QColor>{Qt::red, Qt::blue, Qt::green};
    const QImage image = picture();
    for (Index row = 1; row < 6; ++row) {
        const QColor dot = blended(Qt::white, expected[(*classes)[static_cast<std::size_t>(row)]], 0.75);
        QVERIFY2(difference(colourAt(image, row), dot) < 12, qPrintable(colourAt(image, row).name()));
    }
}

void TestMapView::coloursByValue()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    m_view->setColoursByValue(std::make_shared<const std::vector<float>>(std::vector<float>{0, 0, 1, 2, kNan, 1}),
                              QStringLiteral("norm"));
    const QImage image = picture();
    const std::vector<QColor> table = viridisTable(false);
    QVERIFY(difference(colourAt(image, 1), blended(Qt::white, table[0], 0.75)) < 12);
    QVERIFY(difference(colourAt(image, 5), blended(Qt::white, table[127], 0.75)) < 12);
    QVERIFY(difference(colourAt(image, 3), blended(Qt::white, table[254], 0.75)) < 12);
    QVERIFY(difference(colourAt(image, 4), blended(Qt::white, m_view->colours().mutedText, 0.75)) < 12);
}

void TestMapView::picksTheRightRow()
{
    showPicture(square());
    for (Index row = 1; row < 6; ++row) {
        QCOMPARE(m_view->rowAt(*m_view->pixelOf(row)), std::optional(row));
        QCOMPARE(m_view->rowAt(*m_view->pixelOf(row) + QPointF(5, -4)), std::optional(row));
    }
    QVERIFY(!m_view->rowAt({100, 200}));
    m_view->zoom(8);
    QVERIFY(!m_view->rowAt(*m_view->pixelOf(5))); // out of view now
}

void TestMapView::selectsByClick()
{
    showPicture(square());
    QSignalSpy spy(&m_selection, &Selection::selectedChanged);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->pixelOf(3)->toPoint());
    QCOMPARE(m_selection.selected(), std::optional<Index>(3));
    QCOMPARE(spy.count(), 1);
    QTest::mouseClick(m_view.get(), Qt::RightButton, {}, m_view->pixelOf(1)->toPoint());
    QCOMPARE(m_selection.selected(), std::optional<Index>(3));
}

void TestMapView::keepsTheSelectionBesideDots()
{
    showPicture(square());
    m_selection.select(2);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {120, 200});
    QCOMPARE(m_selection.selected(), std::optional<Index>(2));
}

void TestMapView::hoversWithATooltip()
{
    showPicture(square());
    m_view->setTooltips([](Index row) { return QStringLiteral("<b>%1").arg(row); });
    QTest::mouseMove(m_view.get(), m_view->pixelOf(5)->toPoint());
    QTRY_COMPARE(m_selection.hovered(), std::optional<Index>(5));
    QTRY_VERIFY(QToolTip::isVisible());
    QVERIFY(QToolTip::text().contains(QStringLiteral("&lt;b&gt;5")));
    QTest::mouseMove(m_view.get(), {120, 200});
    QTRY_VERIFY(!m_selection.hovered());
    m_selection.hover(4);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(m_view.get(), &leave);
    QVERIFY(!m_selection.hovered());
}

void TestMapView::showsASelectionMadeElsewhere()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    m_selection.hover(1);
    const QImage hovered = picture();
    m_selection.hover(std::nullopt);
    QVERIFY(hovered != picture());
    m_selection.select(1);
    QCOMPARE(colourAt(picture(), 1), m_view->colours().selection);
    m_selection.clear();
    QVERIFY(colourAt(picture(), 1) != m_view->colours().selection);
}

void TestMapView::bringsASelectionIntoView()
{
    showPicture(square());
    m_view->zoom(10);
    const double zoomed = m_view->viewport().unitsPerPixel();
    QVERIFY(!m_view->viewport().area().contains(*m_view->pixelOf(3)));
    m_selection.select(3);
    QVERIFY(m_view->viewport().area().contains(*m_view->pixelOf(3)));
    QCOMPARE(m_view->viewport().unitsPerPixel(), zoomed);
    m_selection.select(0); // has no place
    QVERIFY(m_view->viewport().area().contains(*m_view->pixelOf(3)));
}

void TestMapView::marksTheSelectedRow()
{
    showPicture(square());
    QCOMPARE(pixelsLike(picture(), m_view->colours().selection), 0);
    m_selection.select(5);
    const int pixels = pixelsLike(picture(), m_view->colours().selection);
    QVERIFY(pixels > 50 && pixels < 150); // a disc of radius 6 less its rim
}

void TestMapView::joinsNeighbours()
{
    showPicture(square());
    m_selection.select(5);
    const int alone = pixelsLike(picture(), m_view->colours().selection);
    m_view->setNeighbours({1, 3, 0, 77}); // one without a place, one that does not exist
    const QImage image = picture();
    QCOMPARE(colourAt(image, 1), m_view->colours().selection);
    QCOMPARE(colourAt(image, 3), m_view->colours().selection);
    QVERIFY(colourAt(image, 2) != m_view->colours().selection);
    QVERIFY(pixelsLike(image, m_view->colours().selection) > alone);
    const QPointF middle = (*m_view->pixelOf(5) + *m_view->pixelOf(1)) / 2;
    QColor nearest(Qt::white); // antialiased: the strongest orange of the pixels around
    for (int dx = -1; dx <= 1; ++dx)
        nearest = std::min(nearest, image.pixelColor(middle.toPoint() + QPoint(dx, 0)),
                           [](const QColor& a, const QColor& b) { return a.blue() < b.blue(); });
    QVERIFY2(nearest.blue() < 170 && nearest.red() > 220, qPrintable(nearest.name()));
}

void TestMapView::forgetsNeighboursOfAnother()
{
    showPicture(square());
    m_selection.select(5);
    m_view->setNeighbours({1});
    m_selection.select(4);
    QVERIFY(colourAt(picture(), 1) != m_view->colours().selection);
}

void TestMapView::zoomsAtTheWheel()
{
    showPicture(square());
    const QPoint at = m_view->pixelOf(3)->toPoint();
    const double before = m_view->viewport().unitsPerPixel();
    const QPointF held = m_view->viewport().toMap(at);
    scroll(*m_view, at, 240);
    QCOMPARE(m_view->viewport().unitsPerPixel(), before / 2);
    QVERIFY((m_view->viewport().toPixel(held) - at).manhattanLength() < 1e-6);
    scroll(*m_view, at, -240);
    QCOMPARE(m_view->viewport().unitsPerPixel(), before);
}

void TestMapView::pansByDragging()
{
    showPicture(square());
    const QPointF before = *m_view->pixelOf(5);
    const QPoint start = before.toPoint();
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, start);
    QTest::mouseMove(m_view.get(), start + QPoint(30, 0));
    QTest::mouseMove(m_view.get(), start + QPoint(60, -20));
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, start + QPoint(60, -20));
    QTRY_COMPARE(m_view->pixelOf(5)->toPoint(), (before + QPointF(60, -20)).toPoint());
    QVERIFY(!m_selection.selected()); // a drag is no click
}

void TestMapView::fitsByDoubleClick()
{
    showPicture(square());
    const QRectF all = m_view->viewport().visible();
    m_view->zoom(7);
    QVERIFY(m_view->viewport().visible() != all);
    QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, {100, 200});
    QCOMPARE(m_view->viewport().visible(), all);
}

void TestMapView::obeysTheKeyboard()
{
    showPicture(square());
    QVERIFY(m_view->focusPolicy() & Qt::TabFocus);
    const QRectF all = m_view->viewport().visible();
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QVERIFY(m_view->viewport().visible().center().x() > all.center().x());
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QVERIFY(m_view->viewport().visible().center().y() > all.center().y());
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QVERIFY(m_view->viewport().visible().width() < all.width());
    QTest::keyClick(m_view.get(), Qt::Key_Minus);
    QTest::keyClick(m_view.get(), Qt::Key_Minus);
    QVERIFY(m_view->viewport().visible().width() > all.width());
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->viewport().visible(), all);
    m_selection.select(1);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(!m_selection.selected());
}

void TestMapView::keepsTheZoomOfALiveMap()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    m_view->setColours(std::make_shared<const std::vector<std::uint8_t>>(6, std::uint8_t{1}), {Qt::red, Qt::blue});
    m_view->zoom(1.5);
    const QRectF before = m_view->viewport().visible();
    m_view->updateCoordinates(matrix({{0, 0}, {9, 9}, {9, 9}, {9, 9}, {9, 9}, {-0.5F, 0.25F}}));
    QCOMPARE(m_view->viewport().visible(), before);
    QVERIFY(difference(colourAt(picture(), 5), blended(Qt::white, Qt::blue, 0.75)) < 12);
    QCOMPARE(m_view->rowAt(*m_view->pixelOf(5)), std::optional<Index>(5));
}

void TestMapView::labelsDoNotOverlap()
{
    showPicture(cloud(20'000));
    m_selection.select(12'345);
    settle();
    QVERIFY(m_view->labels().size() > 10);
    QVERIFY(!anyOverlap(m_view->labels()));
    m_view->zoom(5);
    settle();
    QVERIFY(!anyOverlap(m_view->labels()));
}

void TestMapView::labelsKeepStillWhilePanning()
{
    showPicture(cloud(20'000));
    m_view->zoom(3);
    settle();
    const QRectF area = m_view->viewport().area();
    for (int step = 0; step < 8; ++step) {
        const std::vector<PlacedLabel> before = m_view->labels();
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        settle();
        for (const PlacedLabel& label : before) {
            const QPointF anchor = *m_view->pixelOf(label.row);
            // It may go once its dot or all of its text is out of view.
            if (!area.contains(anchor) || !area.intersects(label.box.translated(anchor - label.anchor)))
                continue;
            const auto now = std::ranges::find(m_view->labels(), label.row, &PlacedLabel::row);
            QVERIFY2(now != m_view->labels().end(), qPrintable(word(label.row)));
            const QPointF was = label.box.topLeft() - label.anchor, is = now->box.topLeft() - now->anchor;
            QVERIFY((was - is).manhattanLength() < 1e-6);
        }
    }
}

void TestMapView::labelsTheSelectedAlways()
{
    showPicture(cloud(20'000));
    m_selection.select(19'999); // the least important
    settle();
    QVERIFY(std::ranges::count(m_view->labels(), Index{19'999}, &PlacedLabel::row) == 1);
}

void TestMapView::showsMoreLabelsWhenCloser()
{
    showPicture(cloud(2'000));
    std::vector<Index> far;
    for (const PlacedLabel& label : m_view->labels())
        far.push_back(label.row);
    m_view->zoom(20);
    settle();
    bool someAreNew = false;
    for (const PlacedLabel& label : m_view->labels())
        someAreNew |= std::ranges::find(far, label.row) == far.end();
    QVERIFY(someAreNew);
}

void TestMapView::followsThePalette()
{
    showPicture(square());
    QVERIFY(!m_view->colours().dark);
    const QColor lightAccent = m_view->colours().accent;
    setColoursOf(*m_view, QColor(0x1f2329), Qt::white);
    QVERIFY(m_view->colours().dark);
    QVERIFY(m_view->colours().accent != lightAccent);
    const QImage image = picture();
    QCOMPARE(image.pixelColor(100, 200), QColor(0x1f2329));
    QVERIFY(difference(colourAt(image, 5), blended(QColor(0x1f2329), m_view->colours().accent, 0.75)) < 12);
}

void TestMapView::bearsFewPoints_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<float>("value");
    QTest::addColumn<bool>("drawn");
    QTest::newRow("no table") << -1 << 0.0F << false;
    QTest::newRow("no rows") << 0 << 0.0F << false;
    QTest::newRow("one point") << 1 << 3.0F << true;
    QTest::newRow("all points equal") << 1000 << -7.0F << true;
    QTest::newRow("far from the origin") << 3 << 1e30F << true;
    QTest::newRow("nothing finite") << 5 << kNan << false;
}

void TestMapView::bearsFewPoints()
{
    QFETCH(int, rows);
    QFETCH(float, value);
    QFETCH(bool, drawn);
    showPicture(rows < 0 ? nullptr : std::make_shared<const Matrix>(Matrix::Constant(rows, 2, value)));
    QCOMPARE(m_view->pixelOf(0).has_value(), drawn);
    m_view->zoom(3);
    m_view->fit();
    QVERIFY(pixelsLike(picture(), Qt::white) < 500 * 400); // a dot, or a sentence
    if (drawn) {
        QVERIFY(m_view->viewport().area().contains(*m_view->pixelOf(0)));
        QVERIFY(m_view->rowAt(*m_view->pixelOf(0)));
    } else
        QVERIFY(!m_view->rowAt({250, 200}));
}

void TestMapView::bearsASelectionBeyondTheRows()
{
    showPicture(square());
    m_selection.select(4'000);
    m_selection.hover(-1);
    settle();
    QVERIFY(!m_view->pixelOf(4'000));
}

void TestMapView::outlivesItsSelection()
{
    {
        Selection other;
        m_view->setSelection(&other);
        showPicture(square());
        other.select(3);
    }
    settle();
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->pixelOf(1)->toPoint());
    QCOMPARE(colourAt(picture(), 1), m_view->colours().selection);
}

void TestMapView::showsAxesOnlyWithTitles()
{
    showPicture(square());
    QCOMPARE(m_view->viewport().area(), QRectF(0, 0, 500, 400));
    m_view->setPicture({square(), QStringLiteral("PC 1 (12.3 % of variance)"), QStringLiteral("PC 2"), {}});
    const QRectF area = m_view->viewport().area();
    QVERIFY(area.left() > 20 && area.bottom() < 380);
    // The dot is where the axes say it is, too.
    const QColor dot = blended(m_view->colours().background, m_view->colours().accent, 0.75);
    QVERIFY(difference(colourAt(picture(), 3), dot) < 12);
    QVERIFY(pixelsLike(picture().copy(0, 390, 500, 10), Qt::white) < 500 * 10); // the title below the axis
}

void TestMapView::rendersTheSamePartForExport()
{
    showPicture(square());
    m_selection.hover(2);
    m_view->zoom(1.2);
    const QRectF before = m_view->viewport().visible();
    const std::vector<PlacedLabel> labels = m_view->labels();
    const QImage image = m_view->renderToImage({1000, 800});
    QCOMPARE(image.size(), QSize(1000, 800));
    const QColor dot = blended(m_view->colours().background, m_view->colours().accent, 0.75);
    QVERIFY(difference(image.pixelColor((*m_view->pixelOf(5) * 2).toPoint()), dot) < 12);
    QCOMPARE(m_view->viewport().visible(), before);
    QCOMPARE(m_view->labels(), labels);
}

void TestMapView::saysWhatItShows()
{
    QCOMPARE(m_view->accessibleName(), QStringLiteral("Map of the vectors"));
    showPicture(cloud(1'234));
    QVERIFY(m_view->accessibleDescription().startsWith(QStringLiteral("1,234 points.")));
    m_selection.select(7);
    QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("Selected: word7.")));
}

void TestMapView::hidesRows()
{
    m_view->setTokens([](Index) { return QStringLiteral("w"); });
    showPicture(square());
    settle();
    QCOMPARE(m_view->labels().size(), std::size_t{5});
    m_view->setHidden(std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{0, 0, 0, 1, 0, 0}));
    m_selection.select(3);
    QCOMPARE(pixelsLike(picture(), m_view->colours().selection), 0);
    QCOMPARE(m_view->labels().size(), std::size_t{4});
    QVERIFY(!m_view->pixelOf(3));
    const QPointF corner(m_view->pixelOf(2)->x(), m_view->pixelOf(4)->y());
    QVERIFY(!m_view->rowAt(corner));
    m_view->setHidden(std::make_shared<const std::vector<std::uint8_t>>(2, std::uint8_t{1})); // of another table
    QCOMPARE(m_view->rowAt(corner), std::optional<Index>(3));
    m_view->setHidden(nullptr);
    QCOMPARE(m_view->rowAt(corner), std::optional<Index>(3));
}

void TestMapView::dimsRows()
{
    showPicture(square());
    m_view->setDimmed(std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{0, 0, 0, 1, 0, 0}));
    const QImage image = picture();
    QVERIFY(colourAt(image, 3).saturation() < 20);
    QVERIFY(colourAt(image, 3) != QColor(Qt::white));
    QVERIFY(colourAt(image, 2).saturation() > 100);
    QCOMPARE(std::ranges::count(m_view->labels(), Index{3}, &PlacedLabel::row), 0);
    QCOMPARE(m_view->rowAt(*m_view->pixelOf(3)), std::optional<Index>(3));
    m_selection.select(3);
    settle();
    QCOMPARE(std::ranges::count(m_view->labels(), Index{3}, &PlacedLabel::row), 1);
}

void TestMapView::showsAMapInSpace()
{
    m_view->setTokens([](Index) { return QString(); });
    m_view->setPicture({cube(), QStringLiteral("PC 1 (9 %)"), QStringLiteral("PC 2"), {}, QStringLiteral("PC 3")});
    QVERIFY(m_view->isSolid());
    QCOMPARE(m_view->viewport().area(), QRectF(0, 0, 500, 400)); // no axes at the border
    const QImage image = picture();
    for (Index row = 0; row < 8; ++row)
        QVERIFY2(colourAt(image, row).saturation() > 30, qPrintable(colourAt(image, row).name()));
    // The corner with all coordinates high is the nearest, the opposite one the farthest and pale.
    QVERIFY(colourAt(image, 7).saturation() > 2 * colourAt(image, 0).saturation());
    // Orthographic: opposite edges of the cube are seen alike.
    const QPointF edge = *m_view->pixelOf(1) - *m_view->pixelOf(0),
                  opposite = *m_view->pixelOf(7) - *m_view->pixelOf(6);
    QVERIFY((edge - opposite).manhattanLength() < 1e-3);
    QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("Ctrl")));
    m_view->setPicture({square(), {}, {}, {}});
    QVERIFY(!m_view->isSolid());
}

void TestMapView::turnsByDragging()
{
    showPicture(cube());
    m_view->setOrientation(Eigen::Quaterniond::Identity());
    const QRectF seen = m_view->viewport().visible();
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {250, 200});
    QTest::mouseMove(m_view.get(), {350, 200});
    QTest::mouseMove(m_view.get(), {450, 200});
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {450, 200});
    QCOMPARE(m_view->viewport().visible(), seen);
    // 200 of 400 pixels: a quarter about the upright axis.
    const Eigen::Vector3f near = m_view->camera().view().axes.col(2);
    QVERIFY2(std::abs(near[0] - 1) < 0.02F && std::abs(near[1]) < 1e-3F, qPrintable(QString::number(near[0])));
    QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, {20, 20});
    QVERIFY(std::abs(m_view->camera().view().axes(0, 2) - 1) < 0.02F); // fitting does not turn
}

void TestMapView::pansAMapInSpaceWithShift()
{
    showPicture(cube());
    const Eigen::Matrix3f axes = m_view->camera().view().axes;
    const QPointF before = *m_view->pixelOf(3);
    const auto drag = [&](Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
        QTest::mousePress(m_view.get(), button, modifiers, {250, 200});
        QTest::mouseMove(m_view.get(), {280, 200});
        QTest::mouseMove(m_view.get(), {300, 190});
        QTest::mouseRelease(m_view.get(), button, modifiers, {300, 190});
    };
    drag(Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(m_view->pixelOf(3)->toPoint(), (before + QPointF(50, -10)).toPoint());
    drag(Qt::MiddleButton, {});
    QCOMPARE(m_view->pixelOf(3)->toPoint(), (before + QPointF(100, -20)).toPoint());
    QCOMPARE(m_view->camera().view().axes, axes);
}

void TestMapView::turnsByKeyboard()
{
    showPicture(cube());
    const QRectF seen = m_view->viewport().visible();
    const Eigen::Matrix3f axes = m_view->camera().view().axes;
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(m_view->viewport().visible(), seen);
    QVERIFY((m_view->camera().view().axes - axes).norm() > 0.1F);
    QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ControlModifier);
    QVERIFY((m_view->camera().view().axes - axes).norm() < 1e-5F);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QVERIFY(m_view->viewport().visible() != seen);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->viewport().visible(), seen);
}

void TestMapView::turnsByItselfWhileInView()
{
    showPicture(cube());
    QSignalSpy spy(m_view.get(), &MapView::autoRotateChanged);
    QTest::keyClick(m_view.get(), Qt::Key_R);
    QVERIFY(m_view->autoRotates());
    QCOMPARE(spy.count(), 1);
    const Eigen::Matrix3f first = m_view->camera().view().axes;
    QTRY_VERIFY((m_view->camera().view().axes - first).norm() > 0.02F);
    m_view->hide();
    const Eigen::Matrix3f hidden = m_view->camera().view().axes;
    QTest::qWait(120);
    QCOMPARE(m_view->camera().view().axes, hidden);
    m_view->show();
    QTRY_VERIFY((m_view->camera().view().axes - hidden).norm() > 0.01F);
    m_view->setAutoRotate(false);
    const Eigen::Matrix3f last = m_view->camera().view().axes;
    QTest::qWait(80);
    QCOMPARE(m_view->camera().view().axes, last);
    m_view->setAutoRotate(true);
    showPicture(square());
    QTest::keyClick(m_view.get(), Qt::Key_R); // means nothing on a flat map
    QVERIFY(m_view->autoRotates());
}

void TestMapView::picksAndSelectsInSpace()
{
    showPicture(cube());
    for (Index row = 0; row < 8; ++row)
        QCOMPARE(m_view->rowAt(*m_view->pixelOf(row)), std::optional(row));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->pixelOf(6)->toPoint());
    QCOMPARE(m_selection.selected(), std::optional<Index>(6));
    QCOMPARE(colourAt(picture(), 6), m_view->colours().selection);
    m_view->setNeighbours({2});
    QCOMPARE(colourAt(picture(), 2), m_view->colours().selection);
    QVERIFY(!anyOverlap(m_view->labels()));
    m_view->updateCoordinates(cube(1.05F));
    QCOMPARE(m_view->rowAt(*m_view->pixelOf(5)), std::optional<Index>(5));
}

void TestMapView::movesToAnotherMap_data()
{
    QTest::addColumn<bool>("from");
    QTest::addColumn<bool>("to");
    QTest::newRow("flat to flat") << false << false;
    QTest::newRow("flat to space") << false << true;
    QTest::newRow("space to flat") << true << false;
    QTest::newRow("space to space") << true << true;
}

void TestMapView::movesToAnotherMap()
{
    QFETCH(bool, from);
    QFETCH(bool, to);
    const auto map = [](bool inSpace, float scale) {
        auto points = std::make_shared<Matrix>(*cube(scale));
        points->row(2).setConstant(kNan);
        return std::make_shared<const Matrix>(points->leftCols(inSpace ? 3 : 2));
    };
    m_view->setStyle(&m_animated);
    m_view->setPicture({map(from, 1), QStringLiteral("x"), QStringLiteral("y"), {}});
    m_view->zoom(1.3);
    settle();
    std::vector<QPointF> before;
    for (Index row = 0; row < 8; ++row)
        before.push_back(m_view->pixelOf(row).value_or(QPointF()));
    auto goal = std::make_shared<Matrix>(*map(to, 40));
    goal->col(0) *= -1;
    goal->row(2).setConstant(3);
    goal->row(3).setConstant(kNan);
    m_view->moveTo({goal, {}, {}, {}});
    QVERIFY(m_view->isMoving());
    QCOMPARE(m_view->isSolid(), to);
    // At first they are seen where they were; a row without a place starts at its goal.
    for (const Index row : {0, 1, 4, 5, 6, 7})
        QVERIFY2((*m_view->pixelOf(row) - before[static_cast<std::size_t>(row)]).manhattanLength() < 8,
                 qPrintable(QString::number(row)));
    const QPointF appeared = *m_view->pixelOf(2);
    QTRY_VERIFY((*m_view->pixelOf(0) - before[0]).manhattanLength() > 20);
    QVERIFY(!m_view->pixelOf(3));
    QTRY_VERIFY(!m_view->isMoving());
    QVERIFY((*m_view->pixelOf(2) - appeared).manhattanLength() < 1);
    std::vector<QPointF> moved;
    for (const Index row : {0, 1, 2, 4, 5, 6, 7})
        moved.push_back(*m_view->pixelOf(row));
    m_view->setPicture({goal, {}, {}, {}});
    std::size_t next = 0;
    for (const Index row : {0, 1, 2, 4, 5, 6, 7})
        QCOMPARE(m_view->pixelOf(row), std::optional(moved[next++]));
}

void TestMapView::goesWhereALiveMapGoes()
{
    m_view->setStyle(&m_animated);
    showPicture(square());
    m_view->moveTo({matrix({{0, 0}, {2, 2}, {-2, 2}, {-2, -2}, {2, -2}, {0, 0}}), {}, {}, {}});
    m_view->updateCoordinates(matrix({{0, 0}, {2, 2}, {-2, 2}, {-2, -2}, {2, -2}, {1.5F, 0}}));
    QVERIFY(m_view->isMoving());
    QTRY_VERIFY(!m_view->isMoving());
    QVERIFY((*m_view->pixelOf(5) - m_view->viewport().toPixel({1.5, 0})).manhattanLength() < 1e-3);
}

void TestMapView::doesNotMoveOtherRows()
{
    m_view->setStyle(&m_animated);
    showPicture(square());
    m_view->moveTo({cloud(100), {}, {}, {}});
    QVERIFY(!m_view->isMoving());
    QVERIFY(m_view->pixelOf(99));
    m_view->moveTo({nullptr, {}, {}, {}});
    QVERIFY(!m_view->isMoving());
    m_view->moveTo({square(), {}, {}, {}});
    QVERIFY(!m_view->isMoving());
}

void TestMapView::movesOnlyWhereTheStyleWantsIt()
{
    m_animated.duration = 0;
    m_view->setStyle(&m_animated);
    showPicture(square());
    m_view->moveTo({matrix({{0, 0}, {2, 2}, {-2, 2}, {-2, -2}, {2, -2}, {0, 0}}), {}, {}, {}});
    QVERIFY(!m_view->isMoving());
    QVERIFY((*m_view->pixelOf(1) - m_view->viewport().toPixel({2, 2})).manhattanLength() < 1e-3);
}

void TestMapView::interruptsAMotion()
{
    m_view->setStyle(&m_animated);
    showPicture(square());
    const auto turned = matrix({{0, 0}, {2, 2}, {-2, 2}, {-2, -2}, {2, -2}, {0, 0}});
    m_view->moveTo({turned, {}, {}, {}});
    const QPointF start = *m_view->pixelOf(1);
    QTRY_VERIFY((*m_view->pixelOf(1) - start).manhattanLength() > 60);
    const QPointF now = *m_view->pixelOf(1);
    m_view->moveTo({square(), {}, {}, {}});
    QVERIFY((*m_view->pixelOf(1) - now).manhattanLength() < 30); // from where it was on its way
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QVERIFY(!m_view->isMoving());
    QVERIFY((*m_view->pixelOf(1) - start).manhattanLength() < 1);
}

void TestMapView::sizesDotsByValue()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    const auto alphaAt = [&](Index row, QPointF offset) {
        const QImage image = picture();
        return difference(image.pixelColor((*m_view->pixelOf(row) + offset).toPoint()), Qt::white);
    };
    m_view->setSizes(std::make_shared<const std::vector<float>>(std::vector<float>{0, 0, 1, 5, 1, 1}));
    QVERIFY(alphaAt(3, {5, 0}) > 60); // 2.2 times 7 pixels wide
    QVERIFY(alphaAt(1, {}) > 60);
    QCOMPARE(alphaAt(1, {4, 0}), 0); // 0.6 times
    m_view->setSizes(nullptr);
    QCOMPARE(alphaAt(3, {5, 0}), 0);
    m_view->setOpacities(std::make_shared<const std::vector<float>>(std::vector<float>{0, 1, 1, 5, 1, 1}));
    QVERIFY(alphaAt(3, {}) > 3 * alphaAt(1, {}));
    QVERIFY(alphaAt(1, {}) > 0);
}

void TestMapView::coloursAroundZero()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    m_view->setColoursByValue(std::make_shared<const std::vector<float>>(std::vector<float>{0, -3, 0, 3, kNan, 1}),
                              QStringLiteral("PC 1"), ColourRange::AroundZero);
    const QImage image = picture();
    QVERIFY(colourAt(image, 1).blue() > colourAt(image, 1).red() + 60);
    QVERIFY(colourAt(image, 3).red() > colourAt(image, 3).blue() + 60);
    QVERIFY(colourAt(image, 2).saturation() < 20);
    QVERIFY(difference(colourAt(image, 4), blended(Qt::white, m_view->colours().mutedText, 0.75)) < 12);
}

void TestMapView::outlinesClusters()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(cloud(3'000));
    const QImage without = picture();
    auto clusterOf = std::make_shared<std::vector<std::int32_t>>();
    for (Index row = 0; row < 3'000; ++row)
        clusterOf->push_back(m_view->pixelOf(row)->x() < 250 ? 0 : 1);
    m_view->setClusters(clusterOf, {QStringLiteral("left"), QStringLiteral("right")});
    const QImage with = picture();
    QVERIFY(pixelsApart(with, without) > 500);
    m_view->updateCoordinates(cloud(3'000)); // a live map has no outlines until it rests
    QCOMPARE(picture(), without);
    QTRY_VERIFY(pixelsApart(picture(), with) < 50); // glyphs may be smoothed another way
    m_view->setClusters(nullptr, {});
    QCOMPARE(picture(), without);
}

void TestMapView::marksPlacedPoints()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    const QImage without = picture();
    RowVector place(2);
    place << 0.5F, -0.5F;
    const MapMark mark{place, QStringLiteral("new")};
    m_view->setMarks({mark});
    const QPointF centre = *m_view->pixelOf(mark);
    const QPointF low = *m_view->pixelOf(1), high = *m_view->pixelOf(3);
    QVERIFY(std::abs(centre.x() - (low.x() + 0.75 * (high.x() - low.x()))) < 1e-6);
    QVERIFY(std::abs(centre.y() - (low.y() + 0.25 * (high.y() - low.y()))) < 1e-6);
    const QImage with = picture();
    const auto inkAt = [&](QPointF off) {
        return difference(with.pixelColor((centre + off).toPoint()), m_view->colours().text);
    };
    QCOMPARE(with.pixelColor(centre.toPoint()), without.pixelColor(centre.toPoint())); // hollow
    QVERIFY(std::min({inkAt({7, 0}), inkAt({6, 0}), inkAt({8, 0})}) < 200);
    QVERIFY(pixelsApart(with, without) > 80); // the label too
    place[0] = kNan;
    m_view->setMarks({{place, QStringLiteral("nowhere")}, {RowVector::Zero(3), QStringLiteral("in space")}});
    QCOMPARE(picture(), without);
}

void TestMapView::countsClassesWithoutAColour()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    m_view->setColours(std::make_shared<const std::vector<std::uint8_t>>(6, std::uint8_t{1}), {Qt::red, Qt::blue});
    const auto namesOf = [&](std::size_t count) {
        m_view->setClassNames(std::vector<QString>(count, QStringLiteral("i")));
        return picture();
    };
    const QImage two = namesOf(2), three = namesOf(3), four = namesOf(4);
    // A third name would be a third swatch: instead the text grows once, and then only its number changes.
    QVERIFY(pixelsLike(two, Qt::red) > 0);
    QCOMPARE(pixelsLike(three, Qt::red), pixelsLike(two, Qt::red));
    QCOMPARE(pixelsLike(three, Qt::blue), pixelsLike(two, Qt::blue));
    QCOMPARE(pixelsLike(four, Qt::blue), pixelsLike(two, Qt::blue));
    QVERIFY(three != four);
}

/// Where the name of a class is clicked.
QPoint TestMapView::nameAt(std::size_t number) const
{
    for (int y = m_view->height() - 1; y >= 0; --y)
        for (int x = 0; x < m_view->width(); ++x)
            if (m_view->classAt(QPointF(x, y)) == number)
                return {x + 8, y - 8};
    return {-1, -1};
}

/// Three classes, which are those of rows 1, 2 and 3; row 4 has none, and row 5 the first.
void TestMapView::showClasses()
{
    m_view->setTokens([](Index) { return QString(); });
    showPicture(square());
    const std::vector<std::int32_t> classes{0, 0, 1, 2, -1, 0};
    m_view->setColours(std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{0, 0, 1, 2, 3, 0}),
                       {Qt::red, Qt::blue, Qt::green, Qt::gray});
    m_view->setClassNames({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}, 3,
                          std::make_shared<const std::vector<std::int32_t>>(classes));
}

QString TestMapView::rowsShown() const
{
    QString shown;
    for (Index row = 1; row < 6; ++row)
        if (m_view->pixelOf(row))
            shown += QString::number(row);
    return shown;
}

void TestMapView::legendHidesAndShows()
{
    showClasses();
    QSignalSpy changes(m_view.get(), &MapView::classesChanged);
    const QImage before = picture();
    const QPoint at = nameAt(0);
    const QPoint dot = m_view->pixelOf(5)->toPoint();
    QVERIFY(m_view->rowAt(dot) == 5);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at);
    QCOMPARE(rowsShown(), QStringLiteral("234"));
    QVERIFY(!m_view->rowAt(dot));
    QCOMPARE(changes.size(), 1);
    const QImage struck = picture();
    QVERIFY(pixelsLike(struck, Qt::red) < pixelsLike(before, Qt::red));
    QCOMPARE(pixelsLike(struck, Qt::blue), pixelsLike(before, Qt::blue));
    QCOMPARE(nameAt(0), at); // what was clicked stays where it is
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at);
    QCOMPARE(rowsShown(), QStringLiteral("12345"));
    QCOMPARE(picture(), before);
    // A press that ends elsewhere is no click, and does not move the map.
    const QPointF place = *m_view->pixelOf(1);
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at);
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, QPoint(100, 100));
    QCOMPARE(rowsShown(), QStringLiteral("12345"));
    QCOMPARE(*m_view->pixelOf(1), place);
    // Other colours have other classes.
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at);
    m_view->setColours(nullptr);
    QCOMPARE(rowsShown(), QStringLiteral("12345"));
    QVERIFY(m_view->classNames().empty());
}

void TestMapView::legendIsolates()
{
    showClasses();
    const auto twice = [this](std::size_t name) {
        const QPoint at = nameAt(name);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, at);
        QTest::qWait(QApplication::doubleClickInterval() + 50);
    };
    const double magnification = m_view->viewport().magnification();
    m_view->zoom(1.1);
    twice(1);
    QCOMPARE(rowsShown(), QStringLiteral("2"));
    QVERIFY(m_view->viewport().magnification() > magnification * 1.05); // not fitted, as beside the legend
    twice(1);
    QCOMPARE(rowsShown(), QStringLiteral("12345"));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::AltModifier, nameAt(0));
    QCOMPARE(rowsShown(), QStringLiteral("15"));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::AltModifier, nameAt(2));
    QCOMPARE(rowsShown(), QStringLiteral("3"));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, nameAt(1));
    QCOMPARE(rowsShown(), QStringLiteral("23"));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, nameAt(0)); // the last one: rows of no class come back too
    QCOMPARE(rowsShown(), QStringLiteral("12345"));
    QVERIFY(!m_view->classFilter().hidesAny());
}

void TestMapView::legendHidesOnTopOfOthers()
{
    showClasses();
    m_view->setHidden(std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{0, 0, 0, 1, 0, 0}));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, nameAt(1));
    QCOMPARE(rowsShown(), QStringLiteral("145"));
    m_view->setHidden(nullptr);
    QCOMPARE(rowsShown(), QStringLiteral("1345"));
    m_view->setHidden(std::make_shared<const std::vector<std::uint8_t>>(2, std::uint8_t{1})); // of another table
    QCOMPARE(rowsShown(), QStringLiteral("1345"));
}

void TestMapView::legendTellsWhatAClickDoes()
{
    showClasses();
    QCOMPARE(m_view->cursor().shape(), Qt::ArrowCursor);
    QTest::mouseMove(m_view.get(), nameAt(1));
    QTRY_COMPARE(m_view->cursor().shape(), Qt::PointingHandCursor);
    QTRY_VERIFY(QToolTip::text().contains(QStringLiteral("double-click isolates")));
    QTest::mouseMove(m_view.get(), QPoint(m_view->width() / 2, 40));
    QTRY_COMPARE(m_view->cursor().shape(), Qt::ArrowCursor);
}

void TestMapView::legendBreaksIntoLines()
{
    const PlotColours& colours = m_view->colours();
    const QFont font = m_view->font();
    MapLegend legend;
    for (int i = 0; i < 12; ++i)
        legend.names.push_back(QStringLiteral("a class %1").arg(i));
    const QSizeF all = legendSize(legend, font, 1e6);
    const double line = QFontMetricsF(font).height();
    const auto namesIn = [&](QSizeF size) {
        std::set<std::size_t> names;
        for (double y = 0; y < size.height(); ++y)
            for (double x = 0; x < size.width(); ++x)
                if (const auto name = legendNameAt(legend, font, QRectF(QPointF(), size), {x, y}))
                    names.insert(*name);
        return names.size();
    };
    QCOMPARE(namesIn(all), std::size_t(12));
    QVERIFY(legendSize(legend, font, all.width()) == all); // what fits into one line stays there
    const QSizeF two = legendSize(legend, font, all.width() * 0.6);
    QVERIFY(two.width() <= all.width() * 0.6);
    QVERIFY(std::abs(two.height() - all.height() - line) <= 1);
    QCOMPARE(namesIn(two), std::size_t(12));
    const QSizeF three = legendSize(legend, font, all.width() * 0.2); // too narrow for all
    QVERIFY(std::abs(three.height() - all.height() - 2 * line) <= 1);
    const std::size_t shown = namesIn(three);
    QVERIFY2(shown >= 4 && shown < 12, qPrintable(QString::number(shown)));
    // Each line is painted inside its box.
    QImage image(three.toSize(), QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    paintLegend(painter, QRectF(QPointF(), three), legend, {Qt::red, Qt::blue}, colours, font);
    painter.end();
    for (int i = 0; i < 3; ++i) {
        const int top = static_cast<int>(4 + i * line);
        const QImage strip = image.copy(4, top, image.width() - 8, static_cast<int>(line));
        QVERIFY(pixelsLike(strip, colours.background) < strip.width() * strip.height() * 0.97);
    }
}

QTEST_MAIN(TestMapView)
#include "tst_map_view.moc"
