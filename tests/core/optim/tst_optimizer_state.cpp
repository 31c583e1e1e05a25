// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/nn/matrices.h"
#include "tests/core/optim/every_optimizer.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

namespace {

void stepWith(Optimizer& chosen, Matrix& value, std::uint64_t seed)
{
    chosen.step({dense(value, randomMatrix(value.rows(), value.cols(), seed))});
}

QStringList keysOf(const OptimizerState& state)
{
    QStringList out;
    for (const auto& [key, tensor] : state)
        out += QString::fromStdString(key);
    return out;
}

} // namespace

class TestOptimizerState : public QObject
{
    Q_OBJECT

private slots:
    void namesTensorsAsPyTorch_data();
    void namesTensorsAsPyTorch();
    void goesOnFromASavedState_data();
    void goesOnFromASavedState();
    void aStateOfAnotherShapeIsStartedAnew();
    void clearingAParameterForgetsItsSteps();
    void clearingLeavesOtherParameters();
    void clearingARowForgetsItsMomentumOnly();
    void clearingARowOfAdagradGivesItsInitialSum();
};

void TestOptimizerState::namesTensorsAsPyTorch_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::addColumn<QStringList>("keys");
    QTest::newRow("plain SGD keeps nothing") << OptimizerOptions(SgdOptions{}) << QStringList{};
    QTest::newRow("momentum") << OptimizerOptions(SgdOptions{.momentum = 0.5}) << QStringList{"weight/momentum_buffer"};
    QTest::newRow("Adagrad") << OptimizerOptions(AdagradOptions{}) << QStringList{"weight/step", "weight/sum"};
    QTest::newRow("Adam") << OptimizerOptions(AdamOptions{})
                          << QStringList{"weight/exp_avg", "weight/exp_avg_sq", "weight/step"};
    QTest::newRow("amsgrad") << OptimizerOptions(AdamOptions{.amsgrad = true})
                             << QStringList{"weight/exp_avg", "weight/exp_avg_sq", "weight/max_exp_avg_sq",
                                            "weight/step"};
    QTest::newRow("SparseAdam") << OptimizerOptions(SparseAdamOptions{})
                                << QStringList{"weight/exp_avg", "weight/exp_avg_sq", "weight/step"};
}

void TestOptimizerState::namesTensorsAsPyTorch()
{
    QFETCH(const OptimizerOptions, options);
    QFETCH(const QStringList, keys);
    const auto chosen = optimizer(options);
    QVERIFY(chosen->state().empty());
    Matrix value = Matrix::Ones(2, 3);
    const RowGradient gradient{{1}, Matrix::Ones(1, 3)};
    chosen->step({rows(value, gradient, true)});
    QCOMPARE(keysOf(chosen->state()), keys);
}

void TestOptimizerState::goesOnFromASavedState_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    for (const auto& [name, options] : denseOptimizers())
        QTest::newRow(name) << options;
    QTest::newRow("SparseAdam") << OptimizerOptions(SparseAdamOptions{});
}

void TestOptimizerState::goesOnFromASavedState()
{
    QFETCH(const OptimizerOptions, options);
    Matrix uninterrupted = randomMatrix(4, 5, 1);
    Matrix value = uninterrupted;
    const auto whole = optimizer(options);
    for (std::uint64_t seed = 0; seed < 6; ++seed)
        stepWith(*whole, uninterrupted, seed);
    const auto before = optimizer(options);
    for (std::uint64_t seed = 0; seed < 3; ++seed)
        stepWith(*before, value, seed);
    const auto after = optimizer(options);
    after->setState(before->state());
    for (std::uint64_t seed = 3; seed < 6; ++seed)
        stepWith(*after, value, seed);
    QCOMPARE(text(value), text(uninterrupted));
    QVERIFY(after->state() == whole->state());
}

void TestOptimizerState::aStateOfAnotherShapeIsStartedAnew()
{
    Matrix small = Matrix::Ones(1, 1);
    const auto first = optimizer(AdagradOptions{.initial_accumulator_value = 4});
    stepWith(*first, small, 1);
    const auto second = optimizer(AdagradOptions{.initial_accumulator_value = 4});
    second->setState(first->state());
    Matrix large = Matrix::Ones(30, 40);
    second->step({dense(large, Matrix::Zero(30, 40))});
    QCOMPARE(text(second->state().at("weight/sum")), text(Matrix::Constant(30, 40, 4)));
}

void TestOptimizerState::clearingAParameterForgetsItsSteps()
{
    const auto adam = optimizer(AdamOptions{.lr = 0.1});
    Matrix value = randomMatrix(3, 2, 1);
    stepWith(*adam, value, 2);
    adam->clearState("weight");
    QVERIFY(adam->state().empty());
    const Matrix before = value;
    stepWith(*adam, value, 3);
    // A first step moves every weight by the rate.
    QVERIFY(deviation((value - before).cwiseAbs(), Matrix::Constant(3, 2, 0.1F)) < 1e-5);
}

void TestOptimizerState::clearingLeavesOtherParameters()
{
    const auto sgd = optimizer(SgdOptions{.momentum = 0.9});
    Matrix value = Matrix::Ones(1, 1);
    const Matrix grad = Matrix::Ones(1, 1);
    for (const char* name : {"a", "a/b", "ab"})
        sgd->step({{.name = name, .value = &value, .grad = &grad}});
    sgd->clearState("a");
    QCOMPARE(keysOf(sgd->state()), (QStringList{"a/b/momentum_buffer", "ab/momentum_buffer"}));
    sgd->clearState("not there");
    QCOMPARE(sgd->state().size(), std::size_t{2});
}

void TestOptimizerState::clearingARowForgetsItsMomentumOnly()
{
    const auto adam = optimizer(AdamOptions{.amsgrad = true});
    Matrix value = Matrix::Ones(2, 2);
    adam->step({dense(value, Matrix::Ones(2, 2))});
    adam->clearState("weight", 0);
    const OptimizerState state = adam->state();
    for (const char* slot : {"weight/exp_avg", "weight/exp_avg_sq", "weight/max_exp_avg_sq"}) {
        QCOMPARE(state.at(slot).row(0).cwiseAbs().sum(), 0.0F);
        QVERIFY(state.at(slot).row(1).minCoeff() > 0);
    }
    QCOMPARE(state.at("weight/step")(0, 0), 1.0F);
    const Matrix before = value;
    const RowGradient none{{}, Matrix(0, 2)};
    adam->step({rows(value, none)});
    QCOMPARE(text(value.row(0)), text(before.row(0)));
}

void TestOptimizerState::clearingARowOfAdagradGivesItsInitialSum()
{
    const auto adagrad = optimizer(AdagradOptions{.initial_accumulator_value = 0.5});
    Matrix value = Matrix::Ones(2, 1);
    adagrad->step({dense(value, Matrix::Ones(2, 1))});
    adagrad->clearState("weight", 1);
    QCOMPARE(text(adagrad->state().at("weight/sum")), text(matrix({{1.5F}, {0.5F}})));
}

QTEST_APPLESS_MAIN(TestOptimizerState)
#include "tst_optimizer_state.moc"
