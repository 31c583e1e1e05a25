// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_series.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace embedscope;

class TestCurveSeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsFewPointsAsTheyAre();
    void correctsTheAverageForItsStart();
    void staysBounded();
    void losesNoPeak();
    void keepsTimeWhereStepsAreMissing();
    void leavesOutWhatIsNotFinite();
    void startsAgain();
};

void TestCurveSeries::keepsFewPointsAsTheyAre()
{
    CurveSeries series;
    series.add(1, 0.5);
    series.add(2, 0.25);
    QCOMPARE(series.buckets().size(), std::size_t{2});
    QCOMPARE(series.buckets()[1].firstStep, std::int64_t{2});
    QCOMPARE(series.buckets()[1].max, 0.25);
    QCOMPARE(series.last(), std::optional(0.25));
}

void TestCurveSeries::correctsTheAverageForItsStart()
{
    CurveSeries series(0.5);
    QVERIFY(!series.smoothed());
    series.add(0, 4);
    QCOMPARE(*series.smoothed(), 4.0); // not 2
    series.add(1, 1);
    QCOMPARE(*series.smoothed(), (0.25 * 4 + 0.5 * 1) / 0.75);
}

void TestCurveSeries::staysBounded()
{
    CurveSeries series;
    constexpr std::int64_t kSteps = 1'000'000;
    for (std::int64_t step = 0; step < kSteps; ++step)
        series.add(step, static_cast<double>(step));
    QVERIFY(series.buckets().size() <= CurveSeries::kMostBuckets);
    QVERIFY(series.buckets().size() > CurveSeries::kMostBuckets / 4);
    QCOMPARE(series.buckets().front().firstStep, std::int64_t{0});
    QCOMPARE(series.buckets().back().lastStep, kSteps - 1);
    for (std::size_t i = 1; i < series.buckets().size(); ++i)
        QCOMPARE(series.buckets()[i].firstStep, series.buckets()[i - 1].lastStep + 1);
}

void TestCurveSeries::losesNoPeak()
{
    CurveSeries series;
    for (std::int64_t step = 0; step < 100'000; ++step)
        series.add(step, step == 54'321 ? 99 : step == 11'111 ? -7 : 1);
    const auto peak = std::ranges::max_element(series.buckets(), {}, &CurveSeries::Bucket::max);
    QCOMPARE(peak->max, 99.0);
    QCOMPARE(peak->min, 1.0);
    QVERIFY(peak->firstStep <= 54'321 && peak->lastStep >= 54'321);
    QCOMPARE(std::ranges::min_element(series.buckets(), {}, &CurveSeries::Bucket::min)->min, -7.0);
}

void TestCurveSeries::keepsTimeWhereStepsAreMissing()
{
    CurveSeries series;
    for (std::int64_t step = 0; step < 10'000; ++step)
        series.add(step, 1);
    series.add(5'000'000, 2);
    const CurveSeries::Bucket last = series.buckets().back();
    QCOMPARE(last.firstStep, std::int64_t{5'000'000});
    QCOMPARE(last.min, 2.0);
}

void TestCurveSeries::leavesOutWhatIsNotFinite()
{
    CurveSeries series;
    series.add(0, std::numeric_limits<double>::quiet_NaN());
    series.add(1, std::numeric_limits<double>::infinity());
    QVERIFY(series.buckets().empty());
    QVERIFY(!series.last());
    series.add(2, 3);
    QCOMPARE(*series.smoothed(), 3.0);
}

void TestCurveSeries::startsAgain()
{
    CurveSeries series(0.5);
    series.add(0, 8);
    series.clear();
    QVERIFY(series.buckets().empty());
    QVERIFY(!series.smoothed());
    series.add(0, 2);
    QCOMPARE(*series.smoothed(), 2.0);
}

QTEST_MAIN(TestCurveSeries)
#include "tst_curve_series.moc"
