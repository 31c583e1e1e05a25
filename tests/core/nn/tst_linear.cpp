// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/linear.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

class TestLinear : public QObject
{
    Q_OBJECT

private slots:
    void startsUniformWithinOneOverRootOfInputs();
    void multipliesByHand();
    void noRowsAndNoInputs();
    void agreesWithDifferences();
    void threadsDoNotMatter();
};

void TestLinear::startsUniformWithinOneOverRootOfInputs()
{
    Random random(3);
    const auto linear = Linear::create(16, 500, random);
    QCOMPARE(linear.weight.rows(), Index{500});
    QCOMPARE(linear.weight.cols(), Index{16});
    QCOMPARE(linear.bias.rows(), Index{1});
    QCOMPARE(linear.bias.cols(), Index{500});
    for (const Matrix* m : {&linear.weight, &linear.bias}) {
        QVERIFY(m->cwiseAbs().maxCoeff() <= 0.25F);
        QVERIFY(m->cwiseAbs().maxCoeff() > 0.24F);
        // The variance of a uniform number in +-a is a^2 / 3.
        const double variance = m->cast<double>().squaredNorm() / static_cast<double>(m->size());
        QVERIFY(std::abs(variance - 0.0625 / 3) < 0.003);
    }
}

void TestLinear::multipliesByHand()
{
    Linear linear;
    linear.weight = matrix({{1, 2}, {3, 4}, {5, 6}});
    linear.bias = matrix({{10, 20, 30}});
    const Matrix x = matrix({{1, -1}, {2, 0}});
    Matrix out;
    linear.forward(x, out);
    QCOMPARE(text(out), text(matrix({{9, 19, 29}, {12, 26, 40}})));
    Matrix xGrad;
    linear.backward(x, matrix({{1, 0, 2}, {0, 1, 0}}), &xGrad);
    QCOMPARE(text(linear.weight_grad), text(matrix({{1, -1}, {2, 0}, {2, -2}})));
    QCOMPARE(text(linear.bias_grad), text(matrix({{1, 1, 2}})));
    QCOMPARE(text(xGrad), text(matrix({{11, 14}, {3, 4}})));
}

void TestLinear::noRowsAndNoInputs()
{
    Random random(1);
    auto linear = Linear::create(2, 3, random);
    Matrix out;
    linear.forward(Matrix(0, 2), out);
    QCOMPARE(text(out), text(Matrix(0, 3)));
    linear.backward(Matrix(0, 2), Matrix(0, 3), nullptr);
    QCOMPARE(text(linear.weight_grad), text(Matrix::Zero(3, 2)));
    QCOMPARE(text(linear.bias_grad), text(Matrix::Zero(1, 3)));
    QCOMPARE(Linear::create(0, 2, random).bias.cwiseAbs().sum(), 0.0F);
}

void TestLinear::agreesWithDifferences()
{
    Random random(5);
    auto linear = Linear::create(4, 3, random);
    Matrix x = randomMatrix(5, 4, 1);
    const Matrix gradOutput = randomMatrix(5, 3, 2);
    Matrix out;
    const auto value = [&] {
        linear.forward(x, out);
        return inner(out, gradOutput);
    };
    Matrix xGrad;
    linear.backward(x, gradOutput, &xGrad);
    QVERIFY(deviation(linear.weight_grad, numericGradient(linear.weight, value)) < 1e-4);
    QVERIFY(deviation(linear.bias_grad, numericGradient(linear.bias, value)) < 1e-4);
    QVERIFY(deviation(xGrad, numericGradient(x, value)) < 1e-4);
}

void TestLinear::threadsDoNotMatter()
{
    const Matrix x = randomMatrix(900, 130, 1);
    const Matrix gradOutput = randomMatrix(900, 70, 2);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        Random random(5);
        auto linear = Linear::create(130, 70, random);
        Matrix out;
        Matrix xGrad;
        linear.forward(x, out);
        linear.backward(x, gradOutput, &xGrad);
        setThreadCount(0);
        return std::tuple(out, xGrad, linear.weight_grad, linear.bias_grad);
    };
    const auto one = run(1);
    QVERIFY(one == run(2));
    QVERIFY(one == run(5));
    Random random(5);
    const auto linear = Linear::create(130, 70, random);
    const Matrix expected = (x.cast<double>() * linear.weight.cast<double>().transpose()).cast<float>();
    QVERIFY(deviation(std::get<0>(one), expected.rowwise() + linear.bias.row(0)) < 1e-4);
}

QTEST_APPLESS_MAIN(TestLinear)
#include "tst_linear.moc"
