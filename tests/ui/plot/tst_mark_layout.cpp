// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/mark_layout.h"

#include <QTest>

#include <cmath>

using namespace embedscope;

class TestMarkLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesTextsBesideTheirLines();
    void takesTheNextLineOfText();
    void staysLeftOfTheBorder();
    void leavesOutWhatHasNoRoom();
    void neverOverlaps();
    void spreadsLabelsApart();
    void spreadsLabelsInsideTheBorders();
};

void TestMarkLayout::placesTextsBesideTheirLines()
{
    const auto placed = placeMarks({{10, 50}, {100, 50}}, 0, 300, 3);
    QCOMPARE(placed[0], (PlacedMark{14, 0}));
    QCOMPARE(placed[1], (PlacedMark{104, 0}));
}

void TestMarkLayout::takesTheNextLineOfText()
{
    const auto placed = placeMarks({{10, 50}, {20, 50}, {80, 50}}, 0, 300, 3);
    QCOMPARE(placed[1], (PlacedMark{24, 1}));
    QCOMPARE(placed[2], (PlacedMark{84, 0})); // the first line is free again
}

void TestMarkLayout::staysLeftOfTheBorder()
{
    QCOMPARE(placeMarks({{280, 50}}, 0, 300, 3)[0], (PlacedMark{226, 0}));
    QCOMPARE(placeMarks({{280, 500}}, 0, 300, 3)[0].left, 0.0);
}

void TestMarkLayout::leavesOutWhatHasNoRoom()
{
    const auto placed = placeMarks({{10, 50}, {11, 50}, {12, 50}}, 0, 300, 2);
    QCOMPARE(placed[2].line, -1);
}

void TestMarkLayout::neverOverlaps()
{
    std::vector<MarkText> marks;
    for (int i = 0; i < 60; ++i)
        marks.push_back({i * 7.0, 20.0 + (i * 37) % 90});
    const auto placed = placeMarks(marks, 0, 400, 4);
    for (std::size_t i = 0; i < marks.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const bool sameLine = placed[i].line >= 0 && placed[i].line == placed[j].line;
            const bool apart =
                placed[i].left >= placed[j].left + marks[j].width || placed[j].left >= placed[i].left + marks[i].width;
            QVERIFY(!sameLine || apart);
        }
}

void TestMarkLayout::spreadsLabelsApart()
{
    QCOMPARE(spreadLabels({50, 20}, 10, 0, 100), (std::vector<double>{50, 20}));
    QCOMPARE(spreadLabels({50, 48}, 10, 0, 100), (std::vector<double>{58, 48}));
    QCOMPARE(spreadLabels({}, 10, 0, 100), std::vector<double>());
}

void TestMarkLayout::spreadsLabelsInsideTheBorders()
{
    QCOMPARE(spreadLabels({99, 98}, 10, 0, 100), (std::vector<double>{95, 85}));
    QCOMPARE(spreadLabels({-20, 1}, 10, 0, 100), (std::vector<double>{5, 15}));
}

QTEST_MAIN(TestMarkLayout)
#include "tst_mark_layout.moc"
