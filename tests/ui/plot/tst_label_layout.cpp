// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/plot/label_layout.h"

#include <QTest>

using namespace embedscope;

namespace {

constexpr QSizeF kSize(40, 12);

QSizeF sameSize(Index)
{
    return kSize;
}

LabelLayout screen()
{
    LabelLayout layout;
    layout.area = QRectF(0, 0, 400, 300);
    layout.dotGap = 5;
    layout.padding = 6;
    return layout;
}

std::vector<LabelCandidate> randomCandidates(std::size_t count)
{
    Random random(11);
    std::vector<LabelCandidate> candidates;
    for (std::size_t i = 0; i < count; ++i)
        candidates.push_back(
            {static_cast<Index>(i), {400 * random.uniform(), 300 * random.uniform()}, std::nullopt, false});
    return candidates;
}

bool anyOverlap(const std::vector<PlacedLabel>& labels, double padding)
{
    const double half = padding / 2;
    for (std::size_t i = 0; i < labels.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (labels[i]
                    .box.adjusted(-half, -half, half, half)
                    .intersects(labels[j].box.adjusted(-half, -half, half, half)))
                return true;
    return false;
}

} // namespace

class TestLabelLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesRightOfTheDot();
    void triesTheOtherSides();
    void neverOverlaps();
    void staysInTheArea();
    void prefersTheFirst();
    void stopsAtTheLimit();
    void avoidsObstacles();
    void keepsLabelsWhereTheyWere();
    void placesTheSelectedAlways();
    void placesNothingWithoutRoom();
};

void TestLabelLayout::placesRightOfTheDot()
{
    const auto labels =
        placeLabels(std::vector<LabelCandidate>{{4, {100, 100}, std::nullopt, false}}, screen(), sameSize);
    QCOMPARE(labels.size(), std::size_t{1});
    QCOMPARE(labels[0], (PlacedLabel{4, {100, 100}, QRectF(105, 94, 40, 12)}));
}

void TestLabelLayout::triesTheOtherSides()
{
    // Five dots at one place: right, left, above, below, and none left for the fifth.
    const std::vector<LabelCandidate> candidates(5, {0, {100, 100}, std::nullopt, false});
    LabelLayout layout = screen();
    layout.padding = 0;
    layout.dotGap = 8;
    const auto labels = placeLabels(candidates, layout, sameSize);
    QCOMPARE(labels.size(), std::size_t{4});
    QCOMPARE(labels[0].box.topLeft(), QPointF(108, 94));
    QCOMPARE(labels[1].box.topLeft(), QPointF(52, 94));
    QCOMPARE(labels[2].box.topLeft(), QPointF(80, 80));
    QCOMPARE(labels[3].box.topLeft(), QPointF(80, 108));
}

void TestLabelLayout::neverOverlaps()
{
    LabelLayout layout = screen();
    layout.limit = 1000;
    const auto labels = placeLabels(randomCandidates(2000), layout,
                                    [](Index row) { return QSizeF(10 + static_cast<double>(row % 70), 12); });
    QVERIFY(labels.size() > 40);
    QVERIFY(!anyOverlap(labels, layout.padding));
}

void TestLabelLayout::staysInTheArea()
{
    LabelLayout layout = screen();
    layout.area = QRectF(50, 30, 200, 150);
    const auto labels = placeLabels(randomCandidates(500), layout, sameSize);
    QVERIFY(!labels.empty());
    for (const PlacedLabel& label : labels)
        QVERIFY(layout.area.contains(label.box));
}

void TestLabelLayout::prefersTheFirst()
{
    const auto candidates = randomCandidates(300);
    const auto labels = placeLabels(candidates, screen(), sameSize);
    QCOMPARE(labels.front().row, Index{0});
    // One more unimportant candidate changes nothing.
    auto more = candidates;
    more.push_back({999, {200, 150}, std::nullopt, false});
    const auto again = placeLabels(more, screen(), sameSize);
    for (std::size_t i = 0; i < labels.size(); ++i)
        QCOMPARE(again[i], labels[i]);
}

void TestLabelLayout::stopsAtTheLimit()
{
    LabelLayout layout = screen();
    layout.limit = 3;
    int measured = 0;
    const auto labels = placeLabels(randomCandidates(500), layout, [&](Index) {
        ++measured;
        return kSize;
    });
    QCOMPARE(labels.size(), std::size_t{3});
    QVERIFY(measured < 20);
}

void TestLabelLayout::avoidsObstacles()
{
    LabelLayout layout = screen();
    layout.obstacles = {QRectF(0, 200, 400, 100)};
    for (const PlacedLabel& label : placeLabels(randomCandidates(300), layout, sameSize))
        QVERIFY(!label.box.intersects(layout.obstacles.front()));
}

void TestLabelLayout::keepsLabelsWhereTheyWere()
{
    // It stood left of its dot, and does so still, though the right side is free.
    const std::vector<LabelCandidate> candidates{{1, {100, 100}, QPointF(-45, -6), false}};
    QCOMPARE(placeLabels(candidates, screen(), sameSize)[0].box.topLeft(), QPointF(55, 94));
    // Dragged over the border: still there.
    const std::vector<LabelCandidate> leaving{{1, {20, 100}, QPointF(-45, -6), false}};
    QCOMPARE(placeLabels(leaving, screen(), sameSize)[0].box.topLeft(), QPointF(-25, 94));
}

void TestLabelLayout::placesTheSelectedAlways()
{
    LabelLayout layout = screen();
    layout.area = QRectF(0, 0, 30, 30); // too narrow for any label
    std::vector<LabelCandidate> candidates{{1, {15, 15}, std::nullopt, false}, {2, {15, 15}, std::nullopt, true}};
    const auto labels = placeLabels(candidates, layout, sameSize);
    QCOMPARE(labels.size(), std::size_t{1});
    QCOMPARE(labels[0].row, Index{2});
}

void TestLabelLayout::placesNothingWithoutRoom()
{
    LabelLayout layout = screen();
    layout.area = {};
    QVERIFY(placeLabels(randomCandidates(10), layout, sameSize).empty());
    QVERIFY(placeLabels({}, screen(), sameSize).empty());
}

QTEST_MAIN(TestLabelLayout)
#include "tst_label_layout.moc"
