// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "tests/core/nn/matrices.h"
#include "tests/core/optim/every_optimizer.h"

#include <QtTest>

#include <algorithm>

using namespace embedscope;
using namespace embedscope::test;

namespace {

constexpr Index kRows = 1500; // several chunks
constexpr Index kDim = 37;

enum class Kind { Dense, Rows, SparseRows };

RowGradient someRows(std::uint64_t seed)
{
    const RowGroups groups(randomIndices(400, kRows, seed));
    return {groups.rows(), randomMatrix(static_cast<Index>(groups.size()), kDim, seed + 100)};
}

/// The table and the state after eight steps, the rows given in the way asked for.
std::pair<Matrix, OptimizerState> train(const OptimizerOptions& options, Kind kind)
{
    Matrix value = randomMatrix(kRows, kDim, 1);
    const auto chosen = optimizer(options);
    for (std::uint64_t step = 0; step < 8; ++step) {
        const RowGradient gradient = step == 5 ? RowGradient{{}, Matrix(0, kDim)} : someRows(step);
        if (kind == Kind::Dense)
            chosen->step({dense(value, toDense(gradient, kRows, kDim))});
        else
            chosen->step({rows(value, gradient, kind == Kind::SparseRows)});
    }
    return {value, chosen->state()};
}

} // namespace

class TestOptimizerRows : public QObject
{
    Q_OBJECT

private slots:
    void rowsWithoutGradientCountAsZero_data();
    void rowsWithoutGradientCountAsZero();
    void sparseChangesNoNumber_data();
    void sparseChangesNoNumber();
    void absentRow_data();
    void absentRow();
    void anEmptySparseGradientCountsAsAStep();
    void withoutGradientNothingHappens();
    void zeroOverZeroIsNanInAbsentRowsToo();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
};

void TestOptimizerRows::rowsWithoutGradientCountAsZero_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    for (const auto& [name, options] : denseOptimizers())
        QTest::newRow(name) << options;
}

void TestOptimizerRows::rowsWithoutGradientCountAsZero()
{
    QFETCH(const OptimizerOptions, options);
    QVERIFY(train(options, Kind::Rows) == train(options, Kind::Dense));
}

void TestOptimizerRows::sparseChangesNoNumber_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::newRow("plain SGD") << OptimizerOptions(SgdOptions{.lr = 0.1});
    QTest::newRow("Adagrad") << OptimizerOptions(AdagradOptions{.lr_decay = 0.1, .initial_accumulator_value = 0.1});
}

void TestOptimizerRows::sparseChangesNoNumber()
{
    QFETCH(const OptimizerOptions, options);
    QVERIFY(train(options, Kind::SparseRows) == train(options, Kind::Dense));
}

void TestOptimizerRows::absentRow_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::addColumn<bool>("sparse");
    QTest::addColumn<bool>("seenBefore"); // had a gradient in the first of the two steps
    QTest::addColumn<int>("change");      // of its absolute values in the last step: 0 none, 1 some, -1 a shrinking
    const auto row = [](const char* name, const OptimizerOptions& options) -> QTestData& {
        return QTest::newRow(name) << options;
    };
    row("plain SGD leaves it alone", SgdOptions{}) << false << true << 0;
    row("SGD with momentum carries it on", SgdOptions{.momentum = 0.9}) << false << true << 1;
    row("SGD with momentum leaves a row that was never seen", SgdOptions{.momentum = 0.9}) << false << false << 0;
    row("SGD with weight decay shrinks it, padding too", SgdOptions{.weight_decay = 0.1}) << false << false << -1;
    row("Adagrad leaves it alone", AdagradOptions{}) << false << true << 0;
    row("Adam carries it on while its average decays", AdamOptions{}) << false << true << 1;
    row("Adam leaves a row that was never seen", AdamOptions{}) << false << false << 0;
    row("Adam with weight decay shrinks it, padding too", AdamOptions{.weight_decay = 0.1}) << false << false << -1;
    row("AdamW shrinks it, padding too", AdamOptions{.weight_decay = 0.1, .decoupled = true}) << false << false << -1;
    row("SparseAdam leaves it alone", SparseAdamOptions{}) << true << true << 0;
    row("sparse Adagrad leaves it alone", AdagradOptions{}) << true << true << 0;
    row("sparse SGD leaves it alone", SgdOptions{}) << true << true << 0;
}

void TestOptimizerRows::absentRow()
{
    QFETCH(const OptimizerOptions, options);
    QFETCH(const bool, sparse);
    QFETCH(const bool, seenBefore);
    QFETCH(const int, change);
    Matrix value = matrix({{1, -1}, {1, -1}});
    const RowGradient both{{0, 1}, Matrix::Ones(2, 2)};
    const RowGradient second{{1}, Matrix::Ones(1, 2)};
    const auto chosen = optimizer(options);
    chosen->step({rows(value, seenBefore ? both : second, sparse)});
    const Matrix before = value;
    chosen->step({rows(value, second, sparse)});
    QVERIFY((value.row(1) - before.row(1)).cwiseAbs().minCoeff() > 0);
    const auto difference = (value.row(0).cwiseAbs() - before.row(0).cwiseAbs()).eval();
    if (change == 0)
        QCOMPARE(text(value.row(0)), text(before.row(0)));
    else if (change == 1)
        QVERIFY(difference.cwiseAbs().minCoeff() > 0);
    else
        QVERIFY(difference.maxCoeff() < 0);
}

void TestOptimizerRows::anEmptySparseGradientCountsAsAStep()
{
    const auto adam = optimizer(SparseAdamOptions{});
    Matrix value = Matrix::Ones(2, 1);
    const RowGradient none{{}, Matrix(0, 1)};
    adam->step({rows(value, none, true)});
    QCOMPARE(adam->state().at("weight/step")(0, 0), 1.0F);
    QCOMPARE(text(value), text(Matrix::Ones(2, 1)));
}

void TestOptimizerRows::withoutGradientNothingHappens()
{
    const auto adam = optimizer(AdamOptions{.weight_decay = 0.1, .decoupled = true});
    Matrix value = Matrix::Ones(2, 1);
    adam->step({dense(value, Matrix::Ones(2, 1))});
    const Matrix before = value;
    const OptimizerState state = adam->state();
    adam->step({{.name = "weight", .value = &value}});
    QCOMPARE(text(value), text(before));
    QVERIFY(adam->state() == state);
}

void TestOptimizerRows::zeroOverZeroIsNanInAbsentRowsToo()
{
    const auto adagrad = optimizer(AdagradOptions{.eps = 0});
    Matrix value = Matrix::Ones(2, 1);
    const RowGradient first{{0}, Matrix::Ones(1, 1)};
    adagrad->step({rows(value, first)});
    QVERIFY(std::isfinite(value(0, 0)));
    QVERIFY(std::isnan(value(1, 0)));
}

void TestOptimizerRows::threadsDoNotMatter_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::addColumn<int>("kind");
    for (const auto& [name, options] : denseOptimizers()) {
        QTest::addRow("%s, some rows", name) << options << static_cast<int>(Kind::Rows);
        QTest::addRow("%s, dense", name) << options << static_cast<int>(Kind::Dense);
    }
    QTest::newRow("SparseAdam") << OptimizerOptions(SparseAdamOptions{}) << static_cast<int>(Kind::SparseRows);
}

void TestOptimizerRows::threadsDoNotMatter()
{
    QFETCH(const OptimizerOptions, options);
    QFETCH(const int, kind);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        auto result = train(options, static_cast<Kind>(kind));
        setThreadCount(0);
        return result;
    };
    const auto one = run(1);
    QVERIFY(one == run(2));
    QVERIFY(one == run(5));
}

QTEST_APPLESS_MAIN(TestOptimizerRows)
#include "tst_optimizer_rows.moc"
