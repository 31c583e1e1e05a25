// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/correlation.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace embedscope;

class TestCorrelation : public QObject
{
    Q_OBJECT

private slots:
    void ranks_data();
    void ranks();
    void byHand_data();
    void byHand();
    void undefined_data();
    void undefined();
    void scaleAndShiftDoNotMatter_data();
    void scaleAndShiftDoNotMatter();
};

using List = std::vector<double>;
Q_DECLARE_METATYPE(List)

namespace {
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();
} // namespace

void TestCorrelation::ranks_data()
{
    QTest::addColumn<List>("values");
    QTest::addColumn<List>("expected");
    QTest::newRow("none") << List{} << List{};
    QTest::newRow("one") << List{7} << List{1};
    QTest::newRow("all different") << List{3, -1, 10} << List{2, 1, 3};
    QTest::newRow("ties share the mean") << List{5, 1, 5, 9, 5} << List{3, 1, 3, 5, 3};
    QTest::newRow("two ties") << List{2, 1, 2, 1} << List{3.5, 1.5, 3.5, 1.5};
    QTest::newRow("all equal") << List{4, 4, 4} << List{2, 2, 2};
    QTest::newRow("zero has no sign") << List{0.0, -0.0, 1} << List{1.5, 1.5, 3};
}

void TestCorrelation::ranks()
{
    QFETCH(List, values);
    QTEST(meanRanks(values), "expected");
}

void TestCorrelation::byHand_data()
{
    QTest::addColumn<List>("x");
    QTest::addColumn<List>("y");
    QTest::addColumn<double>("pearson");
    QTest::addColumn<double>("spearman");
    QTest::newRow("a line") << List{1, 2, 3} << List{10, 20, 30} << 1.0 << 1.0;
    QTest::newRow("a falling line") << List{1, 2, 3} << List{3, 2, 1} << -1.0 << -1.0;
    // Deviations (-1, 0, 1) and (-1, 1, 0): 1 / 2.
    QTest::newRow("half") << List{1, 2, 3} << List{1, 3, 2} << 0.5 << 0.5;
    // Deviations (-1, 0, 1) and (-11/3, -8/3, 19/3): 10 / sqrt(2 * 546/9).
    QTest::newRow("rising, but no line") << List{1, 2, 3} << List{0, 1, 10} << 10 / std::sqrt(2 * 546 / 9.0) << 1.0;
    // Ranks (1.5, 1.5, 3) and (1, 2, 3): deviations (-.5, -.5, 1) and (-1, 0, 1): 1.5 / sqrt(1.5 * 2).
    QTest::newRow("ties") << List{4, 4, 6} << List{1, 2, 3} << 1.5 / std::sqrt(3.0) << 1.5 / std::sqrt(3.0);
    QTest::newRow("two values") << List{1, 2} << List{5, -5} << -1.0 << -1.0;
}

void TestCorrelation::byHand()
{
    QFETCH(List, x);
    QFETCH(List, y);
    QFETCH(double, pearson);
    QFETCH(double, spearman);
    QVERIFY(std::abs(pearsonCorrelation(x, y) - pearson) < 1e-14);
    QVERIFY(std::abs(pearsonCorrelation(y, x) - pearson) < 1e-14);
    QVERIFY(std::abs(spearmanCorrelation(x, y) - spearman) < 1e-14);
    QVERIFY(std::abs(pearsonCorrelation(x, y)) <= 1);
}

void TestCorrelation::undefined_data()
{
    QTest::addColumn<List>("x");
    QTest::addColumn<List>("y");
    QTest::newRow("nothing") << List{} << List{};
    QTest::newRow("a single value") << List{1} << List{2};
    QTest::newRow("a constant list") << List{0.1, 0.1, 0.1} << List{1, 2, 3};
    QTest::newRow("zeros") << List{0, 0} << List{1, 2};
    QTest::newRow("lists of two lengths") << List{1, 2} << List{1, 2, 3};
    QTest::newRow("NaN") << List{1, kNaN, 3} << List{1, 2, 3};
    QTest::newRow("infinity") << List{1, kInf, 3} << List{1, 2, 3};
}

void TestCorrelation::undefined()
{
    QFETCH(List, x);
    QFETCH(List, y);
    QVERIFY(std::isnan(pearsonCorrelation(x, y)));
    QVERIFY(std::isnan(pearsonCorrelation(y, x)));
    QVERIFY(std::isnan(spearmanCorrelation(x, y)));
    QVERIFY(std::isnan(spearmanCorrelation(y, x)));
}

void TestCorrelation::scaleAndShiftDoNotMatter_data()
{
    QTest::addColumn<double>("scale");
    QTest::addColumn<double>("shift");
    QTest::newRow("squares that overflow") << 1e300 << 0.0;
    QTest::newRow("squares that vanish") << 1e-300 << 0.0;
    QTest::newRow("shifted") << 1.0 << 1e6;
    QTest::newRow("scaled and shifted") << 0.01 << -3.0;
}

void TestCorrelation::scaleAndShiftDoNotMatter()
{
    QFETCH(double, scale);
    QFETCH(double, shift);
    List x{1, 2, 3};
    for (double& value : x)
        value = value * scale + shift;
    QVERIFY(std::abs(pearsonCorrelation(x, List{1, 3, 2}) - 0.5) < 1e-9);
    QVERIFY(std::abs(spearmanCorrelation(x, List{1, 3, 2}) - 0.5) < 1e-14);
}

QTEST_APPLESS_MAIN(TestCorrelation)
#include "tst_correlation.moc"
