// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/layer_norm.h"
#include "tests/support/numeric_gradient.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

namespace {

Matrix normed(const LayerNorm& norm, const Matrix& x)
{
    Matrix out;
    norm.predict(x, out);
    return out;
}

} // namespace

class TestLayerNorm : public QObject
{
    Q_OBJECT

private slots:
    void startsAsOnesAndZeros();
    void normalizesByHand();
    void theVarianceIsBiased();
    void epsIsAddedToTheVariance();
    void weightAndBiasByHand();
    void aLargeMeanCostsNoDigits();
    void oneColumnGivesTheBias();
    void noRows();
    void nanStaysInItsRow();
    void predictsWhatForwardGives();
    void agreesWithDifferences();
    void theInputGradientMayBeLeftOut();
    void threadsDoNotMatter();
};

void TestLayerNorm::startsAsOnesAndZeros()
{
    auto norm = LayerNorm::create(3);
    const auto weights = norm.weights();
    QCOMPARE(weights.size(), std::size_t{2});
    QCOMPARE(QString::fromStdString(weights[0].name + " " + weights[1].name), QString("weight bias"));
    QCOMPARE(weights[0].dims + weights[1].dims, 2);
    QCOMPARE(text(*weights[0].value), text(Matrix::Ones(1, 3)));
    QCOMPARE(text(*weights[1].value), text(Matrix::Zero(1, 3)));
    QCOMPARE(norm.eps(), 1e-5);
}

void TestLayerNorm::normalizesByHand()
{
    const float a = 1 / std::sqrt(1 + 1e-5F); // x = mean +- 1: the variance is 1
    const float b = 10 / std::sqrt(100 + 1e-5F);
    const Matrix expected = matrix({{a, -a}, {-b, b}, {0, 0}});
    const Matrix got = normed(LayerNorm::create(2), matrix({{5, 3}, {-20, 0}, {7, 7}}));
    QVERIFY2(deviation(got, expected) < 1e-7, qPrintable(text(got)));
}

/// Divided by the count: sqrt(3 / 2). Divided by the count less one, it would be 1.
void TestLayerNorm::theVarianceIsBiased()
{
    const Matrix got = normed(LayerNorm::create(3), matrix({{-300, 0, 300}}));
    const float largest = std::sqrt(1.5F);
    QVERIFY2(deviation(got, matrix({{-largest, 0, largest}})) < 1e-6, qPrintable(text(got)));
}

void TestLayerNorm::epsIsAddedToTheVariance()
{
    const Matrix got = normed(LayerNorm::create(2, 3.0), matrix({{1, -1}})); // 1 / sqrt(1 + 3)
    QCOMPARE(text(got), text(matrix({{0.5F, -0.5F}})));
}

void TestLayerNorm::weightAndBiasByHand()
{
    auto norm = LayerNorm::create(2, 3.0);
    *norm.weights()[0].value = matrix({{10, 20}});
    *norm.weights()[1].value = matrix({{1, 2}});
    QCOMPARE(text(normed(norm, matrix({{1, -1}}))), text(matrix({{6, -8}})));
}

void TestLayerNorm::aLargeMeanCostsNoDigits()
{
    const Matrix got = normed(LayerNorm::create(2), matrix({{65537, 65535}}));
    QVERIFY2(deviation(got, matrix({{1, -1}})) < 1e-5, qPrintable(text(got)));
}

void TestLayerNorm::oneColumnGivesTheBias()
{
    auto norm = LayerNorm::create(1);
    *norm.weights()[1].value = matrix({{4}});
    QCOMPARE(text(normed(norm, matrix({{5}, {-7}}))), text(matrix({{4}, {4}})));
}

void TestLayerNorm::noRows()
{
    auto norm = LayerNorm::create(3);
    Matrix out;
    Matrix xGrad;
    norm.forward(Matrix(0, 3), out);
    norm.backward(Matrix(0, 3), &xGrad);
    QCOMPARE(text(out), text(Matrix(0, 3)));
    QCOMPARE(text(xGrad), text(Matrix(0, 3)));
    for (const NamedWeight& weight : norm.weights())
        QCOMPARE(text(*weight.grad), text(Matrix::Zero(1, 3)));
}

void TestLayerNorm::nanStaysInItsRow()
{
    const Matrix got = normed(LayerNorm::create(2, 3.0), matrix({{NAN, 1}, {1, -1}}));
    QVERIFY(got.row(0).array().isNaN().all());
    QCOMPARE(text(got.bottomRows(1)), text(matrix({{0.5F, -0.5F}})));
}

void TestLayerNorm::predictsWhatForwardGives()
{
    auto norm = LayerNorm::create(37);
    scatterWeights(norm.weights(), 1, 3);
    const Matrix x = randomMatrix(9, 37, 1);
    Matrix out;
    norm.forward(x, out);
    QCOMPARE(text(normed(norm, x)), text(out));
}

void TestLayerNorm::agreesWithDifferences()
{
    auto norm = LayerNorm::create(7);
    scatterWeights(norm.weights(), 1, 3);
    Matrix x = randomMatrix(5, 7, 1);
    const QString problems = gradientProblems(
        x, norm.weights(), [&](Matrix& out) { norm.forward(x, out); },
        [&](const Matrix& g, Matrix& xGrad) { norm.backward(g, &xGrad); });
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

void TestLayerNorm::theInputGradientMayBeLeftOut()
{
    auto norm = LayerNorm::create(4);
    Matrix out;
    norm.forward(randomMatrix(5, 4, 1), out);
    Matrix xGrad;
    norm.backward(randomMatrix(5, 4, 2), &xGrad);
    const Matrix with = *norm.weights()[0].grad;
    norm.backward(randomMatrix(5, 4, 2), nullptr);
    QCOMPARE(text(*norm.weights()[0].grad), text(with));
}

void TestLayerNorm::threadsDoNotMatter()
{
    const Matrix x = randomMatrix(900, 130, 1);
    const Matrix g = randomMatrix(900, 130, 2);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        auto norm = LayerNorm::create(130);
        Matrix out;
        Matrix xGrad;
        norm.forward(x, out);
        norm.backward(g, &xGrad);
        setThreadCount(0);
        return std::tuple(out, xGrad, *norm.weights()[0].grad, *norm.weights()[1].grad);
    };
    const auto one = run(1);
    QVERIFY(one == run(2));
    QVERIFY(one == run(5));
    QVERIFY(relativeError(std::get<3>(one), g.colwise().sum()) < 1e-5);
}

QTEST_APPLESS_MAIN(TestLayerNorm)
#include "tst_layer_norm.moc"
