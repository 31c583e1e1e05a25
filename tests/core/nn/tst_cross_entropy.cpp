// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/cross_entropy.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

namespace {

using Floats = std::vector<float>;
using Labels = std::vector<std::int32_t>;

/// Logits whose softmax is (1/4, 3/4) and (1/2, 1/2).
Matrix logits()
{
    return matrix({{0, std::log(3.0F)}, {5, 5}});
}

} // namespace

class TestCrossEntropy : public QObject
{
    Q_OBJECT

private slots:
    void lossByHand_data();
    void lossByHand();
    void gradientByHand();
    void refuses_data();
    void refuses();
    void largeLogitsStayFinite();
    void nanGivesNan();
    void anEmptyBatchGivesNan();
    void agreesWithDifferences_data();
    void agreesWithDifferences();
    void softmaxByHand();
    void threadsDoNotMatter();
};

void TestCrossEntropy::lossByHand_data()
{
    QTest::addColumn<Floats>("weight");
    QTest::addColumn<double>("smoothing");
    QTest::addColumn<bool>("mean");
    QTest::addColumn<double>("expected");
    const double first = std::log(4.0); // -log 1/4
    const double other = std::log(4.0 / 3.0);
    const double second = std::log(2.0);
    QTest::newRow("mean") << Floats{} << 0.0 << true << (first + second) / 2;
    QTest::newRow("sum") << Floats{} << 0.0 << false << first + second;
    QTest::newRow("the weighted mean divides by the weights")
        << Floats{3, 1} << 0.0 << true << (3 * first + second) / 4;
    QTest::newRow("the weighted sum") << Floats{3, 1} << 0.0 << false << 3 * first + second;
    QTest::newRow("smoothing spreads evenly") << Floats{} << 0.2 << true << (0.9 * first + 0.1 * other + second) / 2;
    QTest::newRow("smoothing with weights") // of each class for the share, of the target for the rest
        << Floats{3, 1} << 0.2 << true
        << (0.8 * 3 * first + 0.1 * (3 * first + other) + 0.8 * second + 0.1 * (3 * second + second)) / 4;
    QTest::newRow("all smoothed") << Floats{} << 1.0 << false << (first + other) / 2 + second;
}

void TestCrossEntropy::lossByHand()
{
    QFETCH(const Floats, weight);
    QFETCH(const double, smoothing);
    QFETCH(const bool, mean);
    QFETCH(const double, expected);
    Matrix grad;
    const auto loss = crossEntropy(
        logits(), Labels{0, 1},
        {.weight = weight, .label_smoothing = smoothing, .reduction = mean ? Reduction::Mean : Reduction::Sum}, grad);
    QVERIFY(loss.has_value());
    QVERIFY2(std::abs(*loss - expected) < 1e-6, qPrintable(QString::number(*loss, 'g', 9)));
}

void TestCrossEntropy::gradientByHand()
{
    Matrix grad;
    QVERIFY(crossEntropy(logits(), Labels{0, 1}, {}, grad).has_value());
    QVERIFY2(deviation(grad, matrix({{-0.375F, 0.375F}, {0.25F, -0.25F}})) < 1e-6, qPrintable(text(grad)));
}

void TestCrossEntropy::refuses_data()
{
    QTest::addColumn<Labels>("target");
    QTest::addColumn<Floats>("weight");
    QTest::addColumn<double>("smoothing");
    QTest::addColumn<int>("code");
    const int range = static_cast<int>(ErrorCode::IndexOutOfRange);
    const int shape = static_cast<int>(ErrorCode::ShapeMismatch);
    const int value = static_cast<int>(ErrorCode::ValueRefused);
    QTest::newRow("a target beyond the classes") << Labels{0, 2} << Floats{} << 0.0 << range;
    QTest::newRow("a negative target") << Labels{-1, 0} << Floats{} << 0.0 << range;
    QTest::newRow("a target too few") << Labels{0} << Floats{} << 0.0 << shape;
    QTest::newRow("a weight too many") << Labels{0, 1} << Floats{1, 1, 1} << 0.0 << shape;
    QTest::newRow("smoothing above 1") << Labels{0, 1} << Floats{} << 1.5 << value;
    QTest::newRow("smoothing below 0") << Labels{0, 1} << Floats{} << -0.1 << value;
}

void TestCrossEntropy::refuses()
{
    QFETCH(const Labels, target);
    QFETCH(const Floats, weight);
    QFETCH(const double, smoothing);
    QFETCH(const int, code);
    Matrix grad = matrix({{9}});
    const auto loss = crossEntropy(logits(), target, {.weight = weight, .label_smoothing = smoothing}, grad);
    QVERIFY(!loss);
    QCOMPARE(static_cast<int>(loss.error().code), code);
    QCOMPARE(text(grad), text(matrix({{9}})));
}

void TestCrossEntropy::largeLogitsStayFinite()
{
    Matrix grad;
    const auto loss = crossEntropy(matrix({{1e4F, -1e4F}, {3e38F, 3e38F}}), Labels{1, 0}, {}, grad);
    QVERIFY(std::abs(*loss - (2e4 + std::log(2.0)) / 2) < 1e-2);
    QCOMPARE(text(grad), text(matrix({{0.5F, -0.5F}, {-0.25F, 0.25F}})));
}

void TestCrossEntropy::nanGivesNan()
{
    Matrix grad;
    QVERIFY(std::isnan(*crossEntropy(matrix({{1, NAN, 0}}), Labels{0}, {}, grad)));
    QVERIFY(grad.array().isNaN().all());
}

void TestCrossEntropy::anEmptyBatchGivesNan()
{
    Matrix grad;
    QVERIFY(std::isnan(*crossEntropy(Matrix(0, 3), Labels{}, {}, grad)));
    QCOMPARE(text(grad), text(Matrix(0, 3)));
    QCOMPARE(*crossEntropy(Matrix(0, 3), Labels{}, {.reduction = Reduction::Sum}, grad), 0.0);
}

void TestCrossEntropy::agreesWithDifferences_data()
{
    QTest::addColumn<Floats>("weight");
    QTest::addColumn<double>("smoothing");
    QTest::addColumn<bool>("mean");
    const Floats weight{0.5F, 2, 1, 0};
    QTest::newRow("mean") << Floats{} << 0.0 << true;
    QTest::newRow("sum") << Floats{} << 0.0 << false;
    QTest::newRow("weights") << weight << 0.0 << true;
    QTest::newRow("smoothing") << Floats{} << 0.3 << true;
    QTest::newRow("weights and smoothing, mean") << weight << 0.3 << true;
    QTest::newRow("weights and smoothing, sum") << weight << 0.3 << false;
}

void TestCrossEntropy::agreesWithDifferences()
{
    QFETCH(const Floats, weight);
    QFETCH(const double, smoothing);
    QFETCH(const bool, mean);
    const CrossEntropyOptions options{weight, smoothing, mean ? Reduction::Mean : Reduction::Sum};
    Matrix x = randomMatrix(5, 4, 1);
    const Labels target{3, 0, 1, 1, 2};
    Matrix grad;
    const Matrix numeric = numericGradient(x, [&] { return *crossEntropy(x, target, options, grad); });
    QVERIFY(crossEntropy(x, target, options, grad).has_value());
    QVERIFY2(deviation(grad, numeric) < 2e-4, qPrintable(text(grad) + "\n" + text(numeric)));
}

void TestCrossEntropy::softmaxByHand()
{
    Matrix p;
    softmax(logits(), p);
    QVERIFY(deviation(p, matrix({{0.25F, 0.75F}, {0.5F, 0.5F}})) < 1e-6);
    softmax(matrix({{-1e30F, 0, -200}}), p);
    QCOMPARE(text(p), text(matrix({{0, 1, 0}})));
}

void TestCrossEntropy::threadsDoNotMatter()
{
    const Matrix x = randomMatrix(5000, 7, 1);
    Labels target(5000);
    for (std::size_t i = 0; i < target.size(); ++i)
        target[i] = static_cast<std::int32_t>(i % 7);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        Matrix grad;
        const double loss = *crossEntropy(x, target, {.label_smoothing = 0.1}, grad);
        setThreadCount(0);
        return std::pair(loss, grad);
    };
    QVERIFY(run(1) == run(2));
    QVERIFY(run(1) == run(5));
}

QTEST_APPLESS_MAIN(TestCrossEntropy)
#include "tst_cross_entropy.moc"
