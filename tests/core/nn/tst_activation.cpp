// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/activation.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

#include <numbers>

using namespace embedscope;
using namespace embedscope::test;

namespace {

double normalBelow(double x)
{
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double normalDensity(double x)
{
    return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
}

} // namespace

class TestActivation : public QObject
{
    Q_OBJECT

private slots:
    void reluByHand();
    void nanPassesRelu();
    void geluAgreesWithTheErrorFunction_data();
    void geluAgreesWithTheErrorFunction();
    void geluIsNotItsApproximation();
    void farTailsOfGelu();
    void slopesMayBeLeftOut_data();
    void slopesMayBeLeftOut();
    void threadsDoNotMatter();
};

void TestActivation::reluByHand()
{
    Matrix x = matrix({{-2, 0, 3}, {1e-30F, -1e-30F, -0.0F}});
    Matrix slope;
    activate(Activation::Relu, x, &slope);
    QCOMPARE(text(x.cwiseAbs()), text(matrix({{0, 0, 3}, {1e-30F, 0, 0}})));
    QCOMPARE(text(slope), text(matrix({{0, 0, 1}, {1, 0, 0}})));
}

void TestActivation::nanPassesRelu()
{
    Matrix x = matrix({{NAN, -1}});
    Matrix slope;
    activate(Activation::Relu, x, &slope);
    QVERIFY(std::isnan(x(0, 0)));
    QCOMPARE(text(slope), text(matrix({{1, 0}})));
}

void TestActivation::geluAgreesWithTheErrorFunction_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::newRow("around zero") << -0.01 << 0.01;
    QTest::newRow("where it bends") << -4.0 << 4.0;
    QTest::newRow("the lower tail") << -14.0 << -4.0;
    QTest::newRow("the upper tail") << 4.0 << 40.0;
}

void TestActivation::geluAgreesWithTheErrorFunction()
{
    QFETCH(const double, from);
    QFETCH(const double, to);
    constexpr Index kCount = 20'001;
    Matrix x(1, kCount);
    for (Index i = 0; i < kCount; ++i)
        x(0, i) = static_cast<float>(from + (to - from) * static_cast<double>(i) / (kCount - 1));
    Matrix values = x;
    Matrix slope;
    activate(Activation::Gelu, values, &slope);
    double worstValue = 0;
    double worstSlope = 0;
    for (Index i = 0; i < kCount; ++i) {
        const auto at = static_cast<double>(x(0, i));
        const double expected = at * normalBelow(at);
        const double size = std::max(1.0, std::abs(expected));
        worstValue = std::max(worstValue, std::abs(static_cast<double>(values(0, i)) - expected) / size);
        const double expectedSlope = normalBelow(at) + at * normalDensity(at);
        worstSlope = std::max(worstSlope, std::abs(static_cast<double>(slope(0, i)) - expectedSlope));
    }
    // Two units in the last place of 1 and the error of the formula.
    QVERIFY2(worstValue < 4e-7, qPrintable(QString::number(worstValue)));
    QVERIFY2(worstSlope < 4e-7, qPrintable(QString::number(worstSlope)));
}

/// The approximation by tanh is 0.8411920 at 1.
void TestActivation::geluIsNotItsApproximation()
{
    Matrix x = matrix({{1, -1, 0}});
    activate(Activation::Gelu, x, nullptr);
    QVERIFY2(deviation(x, matrix({{0.8413447F, -0.1586553F, 0}})) < 2e-7, qPrintable(text(x)));
}

/// 1 + erf(x) would keep a rounding error there, which x makes large.
void TestActivation::farTailsOfGelu()
{
    Matrix x = matrix({{-100, -1e6F, 100, 1e6F}});
    Matrix slope;
    activate(Activation::Gelu, x, &slope);
    QVERIFY2(deviation(x, matrix({{0, 0, 100, 1e6F}})) < 1e-12, qPrintable(text(x)));
    QVERIFY2(deviation(slope, matrix({{0, 0, 1, 1}})) < 1e-12, qPrintable(text(slope)));
}

void TestActivation::slopesMayBeLeftOut_data()
{
    QTest::addColumn<bool>("gelu");
    QTest::newRow("ReLU") << false;
    QTest::newRow("GELU") << true;
}

void TestActivation::slopesMayBeLeftOut()
{
    QFETCH(const bool, gelu);
    const Activation activation = gelu ? Activation::Gelu : Activation::Relu;
    for (const Index size : {0, 1, 63, 64, 65, 200}) {
        Matrix with = randomMatrix(1, size, 3);
        Matrix without = with;
        Matrix slope;
        activate(activation, with, &slope);
        activate(activation, without, nullptr);
        QCOMPARE(text(without), text(with));
        QCOMPARE(slope.cols(), size);
    }
}

void TestActivation::threadsDoNotMatter()
{
    const auto run = [](int threads, Activation activation) {
        setThreadCount(threads);
        Matrix x = randomMatrix(500, 301, 2);
        Matrix slope;
        activate(activation, x, &slope);
        setThreadCount(0);
        return std::pair(x, slope);
    };
    for (const auto activation : {Activation::Relu, Activation::Gelu}) {
        const auto one = run(1, activation);
        QVERIFY(one == run(2, activation));
        QVERIFY(one == run(5, activation));
    }
}

QTEST_APPLESS_MAIN(TestActivation)
#include "tst_activation.moc"
