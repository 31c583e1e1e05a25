// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/table/statistics.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace embedscope;

class TestStatistics : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void normsByHand();
    void normsNeitherOverflowNorVanish();
    void normsDoNotDependOnThreads();
    void summarizes_data();
    void summarizes();
    void countsWhatIsSuspicious();
    void emptyTableHasEmptyStatistics();
    void percentiles_data();
    void percentiles();
    void binsByHand();
    void binsRanges_data();
    void binsRanges();
    void binsLoseNothing();
};

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

} // namespace

void TestStatistics::normsByHand()
{
    const auto norms = rowNorms(Matrix{{3, 4}, {0, 0}, {-5, 12}, {kNaN, 1}, {kInf, 1}});
    QCOMPARE(norms.size(), std::size_t{5});
    QCOMPARE(norms[0], 5.0F);
    QCOMPARE(norms[1], 0.0F);
    QCOMPARE(norms[2], 13.0F);
    QVERIFY(std::isnan(norms[3]));
    QCOMPARE(norms[4], kInf);
}

void TestStatistics::normsNeitherOverflowNorVanish()
{
    // Their squares leave the range of float32.
    const auto norms = rowNorms(Matrix{{3e30F, 4e30F}, {3e-30F, 4e-30F}});
    QCOMPARE(norms[0], 5e30F);
    QCOMPARE(norms[1], 5e-30F);
}

void TestStatistics::normsDoNotDependOnThreads()
{
    Matrix weights(10'000, 5);
    Random random(1);
    for (float& value : weights.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    setThreadCount(1);
    const auto one = rowNorms(weights);
    setThreadCount(5);
    QCOMPARE(rowNorms(weights), one);
    QCOMPARE(one[9'999], static_cast<float>(weights.row(9'999).cast<double>().norm()));
}

void TestStatistics::summarizes_data()
{
    QTest::addColumn<QList<float>>("norms");
    QTest::addColumn<QList<double>>("expected"); // min, median, mean, max
    QTest::newRow("an odd number") << QList<float>{5, 1, 3} << QList<double>{1, 3, 3, 5};
    QTest::newRow("an even number has the mean of the middle two")
        << QList<float>{8, 1, 2, 5} << QList<double>{1, 3.5, 4, 8};
    QTest::newRow("one") << QList<float>{2} << QList<double>{2, 2, 2, 2};
    QTest::newRow("none") << QList<float>{} << QList<double>{0, 0, 0, 0};
    QTest::newRow("what is not finite stays out") << QList<float>{kNaN, 1, kInf, 3, -kInf} << QList<double>{1, 2, 2, 3};
    QTest::newRow("nothing finite") << QList<float>{kNaN, kInf} << QList<double>{0, 0, 0, 0};
}

void TestStatistics::summarizes()
{
    QFETCH(QList<float>, norms);
    QFETCH(QList<double>, expected);
    const auto summary = summarize(std::vector<float>(norms.begin(), norms.end()));
    QCOMPARE((QList<double>{summary.min, summary.median, summary.mean, summary.max}), expected);
}

void TestStatistics::countsWhatIsSuspicious()
{
    const auto table = EmbeddingTable::create(Matrix{{3, 4}, {0, 0}, {kNaN, 1}, {-kInf, 1}, {0, -0.0F}, {6, 8}},
                                              Vocabulary({"a", "b", "a", "c", "d", "a"}))
                           .value();
    const auto statistics = statisticsOf(table);
    QCOMPARE(statistics.norms.size(), std::size_t{6});
    QCOMPARE(statistics.duplicateTokens, Index{2});
    QCOMPARE(statistics.zeroRows, Index{2});
    QCOMPARE(statistics.nanRows, Index{2});
    QCOMPARE(statistics.norm.max, 10.0);
    QCOMPARE(statistics.norm.mean, 3.75);
}

void TestStatistics::emptyTableHasEmptyStatistics()
{
    const auto statistics = statisticsOf(EmbeddingTable::create(Matrix(0, 3), Vocabulary()).value());
    QVERIFY(statistics.norms.empty());
    QCOMPARE(statistics.zeroRows + statistics.nanRows + statistics.duplicateTokens, Index{0});
    QCOMPARE(statistics.norm.max, 0.0);
}

void TestStatistics::percentiles_data()
{
    QTest::addColumn<float>("norm");
    QTest::addColumn<double>("share");
    QTest::newRow("below all") << 0.5F << 0.0;
    QTest::newRow("the smallest counts itself") << 1.0F << 0.25;
    QTest::newRow("equal ones count together") << 2.0F << 0.75;
    QTest::newRow("between two") << 3.0F << 0.75;
    QTest::newRow("the largest") << 4.0F << 1.0;
    QTest::newRow("above all") << 9.0F << 1.0;
}

void TestStatistics::percentiles()
{
    QFETCH(float, norm);
    QFETCH(double, share);
    QCOMPARE(normPercentile({1, 2, 2, 4}, norm), share);
    QCOMPARE(normPercentile({}, norm), 0.0);
}

void TestStatistics::binsByHand()
{
    // Width 2; a border belongs to the bin above it, the last border to the last bin.
    const auto histogram = histogramOf({0, 1.9F, 2, 4, 6, 8, 7.9F, kNaN, kInf, -kInf}, 4);
    QCOMPARE(histogram.low, 0.0);
    QCOMPARE(histogram.high, 8.0);
    QCOMPARE(histogram.counts, (std::vector<Index>{2, 1, 1, 3}));
}

void TestStatistics::binsRanges_data()
{
    QTest::addColumn<QList<float>>("values");
    QTest::addColumn<int>("bins");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QList<int>>("counts");
    QTest::newRow("one value gets a range of width 1") << QList<float>{3, 3, 3} << 2 << 2.5 << 3.5 << QList<int>{0, 3};
    QTest::newRow("one huge value gets a range it can be told from")
        << QList<float>{1.0e30F} << 3 << double{1.0e30F} * (1 - 1e-6) << double{1.0e30F} * (1 + 1e-6)
        << QList<int>{0, 1, 0};
    QTest::newRow("the whole range of float32")
        << QList<float>{-std::numeric_limits<float>::max(), std::numeric_limits<float>::max()} << 2
        << -double{std::numeric_limits<float>::max()} << double{std::numeric_limits<float>::max()} << QList<int>{1, 1};
    QTest::newRow("nothing") << QList<float>{} << 2 << 0.0 << 1.0 << QList<int>{0, 0};
    QTest::newRow("nothing finite") << QList<float>{kNaN, kInf} << 1 << 0.0 << 1.0 << QList<int>{0};
    QTest::newRow("no bins are one bin") << QList<float>{1, 2} << 0 << 1.0 << 2.0 << QList<int>{2};
}

void TestStatistics::binsRanges()
{
    QFETCH(QList<float>, values);
    QFETCH(int, bins);
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QList<int>, counts);
    const auto histogram = histogramOf(std::vector<float>(values.begin(), values.end()), bins);
    QCOMPARE(histogram.low, low);
    QCOMPARE(histogram.high, high);
    QCOMPARE(QList<int>(histogram.counts.begin(), histogram.counts.end()), counts);
}

void TestStatistics::binsLoseNothing()
{
    Random random(4);
    std::vector<float> values(10'000);
    for (float& value : values)
        value = random.uniform(-1, 3);
    const auto histogram = histogramOf(values, 37);
    QCOMPARE(std::accumulate(histogram.counts.begin(), histogram.counts.end(), Index{0}), Index{10'000});
    for (const Index count : histogram.counts)
        QVERIFY(std::abs(count - 270) < 90); // 10,000 / 37, more than five standard deviations off
}

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
