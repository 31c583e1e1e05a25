// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_shapes.h"

#include <QTest>

#include <limits>

using namespace embedscope;

class TestDotShapes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsWithTheValue();
    void fadesWithTheValue();
    void takesBoth();
    void makesMissingOnesSmallAndFaint();
    void isNothingWithoutColumns();

private:
    static DotShape of(const DotShapes& shapes, std::size_t row) { return shapes.shapes[(*shapes.shapeOfPoint)[row]]; }
};

void TestDotShapes::growsWithTheValue()
{
    const std::vector<float> values{1, 2, 3, 4};
    const DotShapes shapes = dotShapes(&values, nullptr);
    QCOMPARE(of(shapes, 0).diameter, 0.6F);
    QCOMPARE(of(shapes, 3).diameter, 2.2F);
    QVERIFY(of(shapes, 1).diameter > 0.6F && of(shapes, 1).diameter < of(shapes, 2).diameter);
    for (std::size_t row = 0; row < 4; ++row)
        QCOMPARE(of(shapes, row).opacity, 1.0F);
}

void TestDotShapes::fadesWithTheValue()
{
    const std::vector<float> values{1, 2, 3, 4};
    const DotShapes shapes = dotShapes(nullptr, &values);
    QCOMPARE(of(shapes, 0).opacity, 0.2F);
    QCOMPARE(of(shapes, 3).opacity, 1.0F);
    QCOMPARE(of(shapes, 2).diameter, 1.0F);
}

void TestDotShapes::takesBoth()
{
    const std::vector<float> sizes{1, 2}, opacities{5, 4};
    const DotShapes shapes = dotShapes(&sizes, &opacities);
    QCOMPARE(of(shapes, 0).diameter, 0.6F);
    QCOMPARE(of(shapes, 0).opacity, 1.0F);
    QCOMPARE(of(shapes, 1).diameter, 2.2F);
    QCOMPARE(of(shapes, 1).opacity, 0.2F);
}

void TestDotShapes::makesMissingOnesSmallAndFaint()
{
    const std::vector<float> values{1, std::numeric_limits<float>::quiet_NaN(), 3};
    QCOMPARE(of(dotShapes(&values, nullptr), 1).diameter, 0.6F);
    QCOMPARE(of(dotShapes(nullptr, &values), 1).opacity, 0.2F);
}

void TestDotShapes::isNothingWithoutColumns()
{
    QVERIFY(!dotShapes(nullptr, nullptr).shapeOfPoint);
}

QTEST_MAIN(TestDotShapes)
#include "tst_dot_shapes.moc"
