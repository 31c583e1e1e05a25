// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/nn/matrices.h"
#include "tests/core/optim/every_optimizer.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

using Floats = std::vector<float>;

class TestOptimizerSteps : public QObject
{
    Q_OBJECT

private slots:
    void followsTheFormula_data();
    void followsTheFormula();
    void countsStepsByParameter();
    void amsgradKeepsNan();
    void learningRateChangesAtOnce();
};

void TestOptimizerSteps::followsTheFormula_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::addColumn<Floats>("gradients");
    QTest::addColumn<double>("expected"); // of a weight that starts at 1
    const auto row = [](const char* name, const OptimizerOptions& options) -> QTestData& {
        return QTest::newRow(name) << options;
    };
    row("SGD: rate times gradient", SgdOptions{.lr = 0.1}) << Floats{2, -1} << 1 - 0.2 + 0.1;
    row("SGD: weight decay adds to the gradient", SgdOptions{.lr = 0.1, .weight_decay = 0.5}) << Floats{2} << 1 - 0.25;
    // Buffers 2 and 0.9 * 2 + 1 = 2.8.
    row("SGD: momentum", SgdOptions{.lr = 0.1, .momentum = 0.9}) << Floats{2, 1} << 1 - 0.2 - 0.28;
    // Buffers 2 and 0.9 * 2 + 0.6 * 1 = 2.4: the first gradient is not dampened.
    row("SGD: dampening spares the first step", SgdOptions{.lr = 0.1, .momentum = 0.9, .dampening = 0.4})
        << Floats{2, 1} << 1 - 0.2 - 0.24;
    // 2 + 0.9 * 2 = 3.8, then 1 + 0.9 * 2.8 = 3.52.
    row("SGD: Nesterov looks ahead", SgdOptions{.lr = 0.1, .momentum = 0.9, .nesterov = true})
        << Floats{2, 1} << 1 - 0.38 - 0.352;
    row("Adagrad: first step is the rate", AdagradOptions{.lr = 0.1}) << Floats{-3} << 1.1;
    row("Adagrad: the sum of squares grows", AdagradOptions{.lr = 0.1}) << Floats{3, 4} << 1 - 0.1 - 0.1 * 4 / 5;
    row("Adagrad: the rate decays from the second step", AdagradOptions{.lr = 0.1, .lr_decay = 1})
        << Floats{3, 4} << 1 - 0.1 - 0.05 * 4 / 5;
    row("Adagrad: initial sum", AdagradOptions{.lr = 0.1, .initial_accumulator_value = 16})
        << Floats{3} << 1 - 0.1 * 3 / 5;
    row("Adagrad: weight decay", AdagradOptions{.lr = 0.1, .weight_decay = 1, .initial_accumulator_value = 7})
        << Floats{2} << 1 - 0.1 * 3 / 4;
    row("Adam: first step is the rate", AdamOptions{.lr = 0.01}) << Floats{-5} << 1.01;
    // eps stands beside the corrected root, which is |g| in the first step.
    row("Adam: eps comes after the bias correction", AdamOptions{.lr = 0.1, .eps = 1}) << Floats{3} << 1 - 0.1 * 3 / 4;
    // m = 0.5 * 0.5 * 4 + 0.5 * 1 = 1.5, v = 0.25 * 0.75 * 16 + 0.75 * 1 = 3.75.
    row("Adam: two steps, corrected", AdamOptions{.lr = 0.1, .beta1 = 0.5, .beta2 = 0.25})
        << Floats{4, 1} << 1 - 0.1 - 0.1 * (1.5 / 0.75) / std::sqrt(3.75 / 0.9375);
    row("Adam: weight decay goes through the averages", AdamOptions{.lr = 0.1, .eps = 1, .weight_decay = 0.5})
        << Floats{2.5F} << 1 - 0.1 * 3 / 4;
    // v: 12, then 12 * 0.25 + 0.75 = 3.75, but the largest stays 12.
    row("Adam: amsgrad divides by the largest", AdamOptions{.lr = 0.1, .beta1 = 0.5, .beta2 = 0.25, .amsgrad = true})
        << Floats{4, 1} << 1 - 0.1 - 0.1 * (1.5 / 0.75) / std::sqrt(12 / 0.9375);
    row("AdamW: weight decay shrinks first", AdamOptions{.lr = 0.1, .weight_decay = 0.5, .decoupled = true})
        << Floats{2} << 0.95 - 0.1;
    // |g| + eps / sqrt(1 - beta2) in the first step: 3 + 1 / 0.5.
    row("SparseAdam: eps is not corrected", SparseAdamOptions{.lr = 0.1, .beta2 = 0.75, .eps = 1})
        << Floats{3} << 1 - 0.1 * 3 / 5;
    row("SparseAdam: two steps", SparseAdamOptions{.lr = 0.1, .beta1 = 0.5, .beta2 = 0.25})
        << Floats{4, 1} << 1 - 0.1 - 0.1 * (1.5 / 0.75) / std::sqrt(3.75 / 0.9375);
}

void TestOptimizerSteps::followsTheFormula()
{
    QFETCH(const OptimizerOptions, options);
    QFETCH(const Floats, gradients);
    QFETCH(const double, expected);
    Matrix value = Matrix::Ones(1, 1);
    const auto chosen = optimizer(options);
    for (const float g : gradients) {
        const RowGradient gradient{{0}, matrix({{g}})};
        chosen->step({rows(value, gradient)});
    }
    QVERIFY2(std::abs(static_cast<double>(value(0, 0)) - expected) < 1e-6, qPrintable(text(value)));
}

void TestOptimizerSteps::countsStepsByParameter()
{
    const auto adam = optimizer(AdamOptions{.lr = 0.1});
    Matrix first = Matrix::Ones(1, 1);
    Matrix second = Matrix::Ones(1, 1);
    const Matrix grad = Matrix::Ones(1, 1);
    for (int i = 0; i < 5; ++i)
        adam->step({{.name = "first", .value = &first, .grad = &grad}});
    adam->step({{.name = "second", .value = &second, .grad = &grad}});
    // A first step moves by the rate; with a step count of 6 the correction would differ.
    QVERIFY(std::abs(second(0, 0) - 0.9F) < 1e-6F);
    QCOMPARE(adam->state().at("first/step")(0, 0), 5.0F);
    QCOMPARE(adam->state().at("second/step")(0, 0), 1.0F);
}

void TestOptimizerSteps::amsgradKeepsNan()
{
    const auto adam = optimizer(AdamOptions{.amsgrad = true});
    Matrix value = Matrix::Ones(1, 2);
    adam->step({dense(value, matrix({{NAN, 1}}))});
    adam->step({dense(value, matrix({{1, 1}}))});
    QVERIFY(std::isnan(value(0, 0)));
    QVERIFY(std::isnan(adam->state().at("weight/max_exp_avg_sq")(0, 0)));
    QVERIFY(std::isfinite(value(0, 1)));
}

void TestOptimizerSteps::learningRateChangesAtOnce()
{
    const auto sgd = optimizer(SgdOptions{.lr = 0.5});
    Matrix value = Matrix::Ones(1, 1);
    sgd->setLearningRate(0.25);
    QCOMPARE(sgd->learningRate(), 0.25);
    sgd->step({dense(value, Matrix::Ones(1, 1))});
    QCOMPARE(value(0, 0), 0.75F);
}

QTEST_APPLESS_MAIN(TestOptimizerSteps)
#include "tst_optimizer_steps.moc"
