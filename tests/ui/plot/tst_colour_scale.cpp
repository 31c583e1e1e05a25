// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/colour_scale.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace embedscope;

class TestColourScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spreadsOverTheTable();
    void isNotCarriedAwayByOneValue();
    void marksWhatIsNotFinite();
    void standsInTheMiddleForOneValue();
    void divergesFromZero();
    void ranksASampleOfManyValues();
    void isEmptyForNothing();
};

void TestColourScale::spreadsOverTheTable()
{
    const ColourScale scale = colourScaleOf({1, 2, 3});
    QCOMPARE(scale.low, 1.0);
    QCOMPARE(scale.high, 3.0);
    QCOMPARE(scale.indices, (std::vector<std::uint8_t>{0, 127, 254}));
}

void TestColourScale::isNotCarriedAwayByOneValue()
{
    std::vector<float> values;
    for (int i = 0; i <= 1000; ++i)
        values.push_back(static_cast<float>(i));
    values.push_back(1e9F);
    const ColourScale scale = colourScaleOf(values);
    QCOMPARE(scale.low, 10.0);
    QCOMPARE(scale.high, 991.0);
    QCOMPARE(scale.indices.back(), std::uint8_t{254});
    QCOMPARE(scale.indices.front(), std::uint8_t{0});
}

void TestColourScale::marksWhatIsNotFinite()
{
    const ColourScale scale = colourScaleOf({std::numeric_limits<float>::quiet_NaN(), 1, 3});
    QCOMPARE(scale.indices, (std::vector<std::uint8_t>{ColourScale::kMissing, 0, 254}));
}

void TestColourScale::standsInTheMiddleForOneValue()
{
    QCOMPARE(colourScaleOf({5, 5}).indices, (std::vector<std::uint8_t>{127, 127}));
}

void TestColourScale::divergesFromZero()
{
    const ColourScale scale = colourScaleOf({-1, 0, 4, -4, 2}, ColourRange::AroundZero);
    QCOMPARE(scale.low, -4.0);
    QCOMPARE(scale.high, 4.0);
    QCOMPARE(scale.indices, (std::vector<std::uint8_t>{95, 127, 254, 0, 191}));
}

void TestColourScale::ranksASampleOfManyValues()
{
    // Values that grow with the row: each sample of them has the same percentiles.
    std::vector<float> values(3 * kMostRanked + 1);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i);
    const ColourScale scale = colourScaleOf(values);
    const double last = static_cast<double>(values.size() - 1);
    QVERIFY(std::abs(scale.low / last - 0.01) < 1e-5);
    QVERIFY(std::abs(scale.high / last - 0.99) < 1e-5);
    QCOMPARE(scale.indices[values.size() / 2], std::uint8_t{127});
}

void TestColourScale::isEmptyForNothing()
{
    QVERIFY(colourScaleOf({}).indices.empty());
}

QTEST_MAIN(TestColourScale)
#include "tst_colour_scale.moc"
