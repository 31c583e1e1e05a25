// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/optim/every_optimizer.h"

#include <QtTest>

#include <cmath>

using namespace embedscope;
using namespace embedscope::test;

class TestOptimizerOptions : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void acceptsTheEdges_data();
    void acceptsTheEdges();
    void acceptsGradients_data();
    void acceptsGradients();
    void names_data();
    void names();
    void learningRateOfOptions();
};

void TestOptimizerOptions::refuses_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::addColumn<QString>("option");
    const auto row = [](const char* name, const OptimizerOptions& options, const char* option) {
        QTest::newRow(name) << options << option;
    };
    row("SGD: negative rate", SgdOptions{.lr = -1}, "lr");
    row("SGD: NaN rate", SgdOptions{.lr = NAN}, "lr");
    row("SGD: infinite rate", SgdOptions{.lr = INFINITY}, "lr");
    row("SGD: negative momentum", SgdOptions{.momentum = -0.1}, "momentum");
    row("SGD: negative weight decay", SgdOptions{.weight_decay = -0.1}, "weight_decay");
    row("SGD: Nesterov without momentum", SgdOptions{.nesterov = true}, "nesterov");
    row("SGD: Nesterov with dampening", SgdOptions{.momentum = 0.9, .dampening = 0.1, .nesterov = true}, "nesterov");
    row("Adagrad: negative rate", AdagradOptions{.lr = -1}, "lr");
    row("Adagrad: negative rate decay", AdagradOptions{.lr_decay = -1}, "lr_decay");
    row("Adagrad: negative weight decay", AdagradOptions{.weight_decay = -1}, "weight_decay");
    row("Adagrad: negative initial sum", AdagradOptions{.initial_accumulator_value = -1}, "initial_accumulator_value");
    row("Adagrad: negative eps", AdagradOptions{.eps = -1}, "eps");
    row("Adam: negative rate", AdamOptions{.lr = -1}, "lr");
    row("Adam: negative eps", AdamOptions{.eps = -1}, "eps");
    row("Adam: beta1 of 1", AdamOptions{.beta1 = 1}, "beta1");
    row("Adam: negative beta2", AdamOptions{.beta2 = -0.1}, "beta2");
    row("Adam: NaN beta2", AdamOptions{.beta2 = NAN}, "beta2");
    row("Adam: negative weight decay", AdamOptions{.weight_decay = -1}, "weight_decay");
    row("SparseAdam: a rate of 0", SparseAdamOptions{.lr = 0}, "lr");
    row("SparseAdam: an eps of 0", SparseAdamOptions{.eps = 0}, "eps");
    row("SparseAdam: beta1 of 1", SparseAdamOptions{.beta1 = 1}, "beta1");
    row("SparseAdam: beta2 of 1", SparseAdamOptions{.beta2 = 1}, "beta2");
}

void TestOptimizerOptions::refuses()
{
    QFETCH(const OptimizerOptions, options);
    QFETCH(const QString, option);
    const auto result = makeOptimizer(options);
    QVERIFY(!result);
    QCOMPARE(result.error().code, option == "nesterov" ? ErrorCode::OptionsConflict : ErrorCode::ValueRefused);
    QCOMPARE(QString::fromStdString(result.error().args[0]), option);
}

void TestOptimizerOptions::acceptsTheEdges_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::newRow("SGD: a rate of 0") << OptimizerOptions(SgdOptions{.lr = 0});
    QTest::newRow("SGD: Nesterov with momentum") << OptimizerOptions(SgdOptions{.momentum = 0.1, .nesterov = true});
    QTest::newRow("Adagrad: an eps of 0") << OptimizerOptions(AdagradOptions{.eps = 0});
    QTest::newRow("Adam: betas of 0") << OptimizerOptions(AdamOptions{.lr = 0, .beta1 = 0, .beta2 = 0, .eps = 0});
    QTest::newRow("SparseAdam: the defaults") << OptimizerOptions(SparseAdamOptions{});
}

void TestOptimizerOptions::acceptsTheEdges()
{
    QFETCH(const OptimizerOptions, options);
    QVERIFY(makeOptimizer(options).has_value());
}

void TestOptimizerOptions::acceptsGradients_data()
{
    QTest::addColumn<OptimizerOptions>("options");
    QTest::addColumn<bool>("sparse");
    QTest::addColumn<bool>("dense");
    const auto row = [](const char* name, const OptimizerOptions& options, bool sparse, bool dense) {
        QTest::newRow(name) << options << sparse << dense;
    };
    row("plain SGD takes both", SgdOptions{}, true, true);
    row("SGD with momentum takes dense ones", SgdOptions{.momentum = 0.9}, false, true);
    row("SGD with weight decay takes dense ones", SgdOptions{.weight_decay = 0.1}, false, true);
    row("Adagrad takes both", AdagradOptions{.lr_decay = 0.1, .initial_accumulator_value = 1}, true, true);
    row("Adagrad with weight decay takes dense ones", AdagradOptions{.weight_decay = 0.1}, false, true);
    row("Adam takes dense ones", AdamOptions{}, false, true);
    row("AdamW takes dense ones", AdamOptions{.weight_decay = 0.01, .decoupled = true}, false, true);
    row("SparseAdam takes sparse ones", SparseAdamOptions{}, true, false);
}

void TestOptimizerOptions::acceptsGradients()
{
    QFETCH(const OptimizerOptions, options);
    QFETCH(const bool, sparse);
    QFETCH(const bool, dense);
    const auto chosen = optimizer(options);
    QCOMPARE(chosen->accepts(true).has_value(), sparse);
    QCOMPARE(chosen->accepts(false).has_value(), dense);
    for (const bool kind : {true, false})
        if (const auto accepted = chosen->accepts(kind); !accepted)
            QCOMPARE(accepted.error().code, ErrorCode::OptionsConflict);
}

void TestOptimizerOptions::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<double>("lr");
    QTest::newRow("sgd") << QByteArray("sgd") << 1e-3;
    QTest::newRow("adagrad") << QByteArray("adagrad") << 1e-2;
    QTest::newRow("adam") << QByteArray("adam") << 1e-3;
    QTest::newRow("adamw") << QByteArray("adamw") << 1e-3;
    QTest::newRow("sparse_adam") << QByteArray("sparse_adam") << 1e-3;
}

void TestOptimizerOptions::names()
{
    QFETCH(const QByteArray, name);
    QFETCH(const double, lr);
    const auto options = optimizerFromName(name.toStdString());
    QVERIFY(options.has_value());
    QCOMPARE(learningRate(*options), lr);
    QCOMPARE(optimizer(*options)->learningRate(), lr);
    if (const auto* adam = std::get_if<AdamOptions>(&*options)) {
        QCOMPARE(adam->decoupled, name == "adamw");
        QCOMPARE(adam->weight_decay, name == "adamw" ? 1e-2 : 0.0);
    }
    QVERIFY(!optimizerFromName("Adam"));
    QVERIFY(!optimizerFromName(""));
}

void TestOptimizerOptions::learningRateOfOptions()
{
    OptimizerOptions options = AdagradOptions{};
    setLearningRate(options, 0.5);
    QCOMPARE(std::get<AdagradOptions>(options).lr, 0.5);
}

QTEST_APPLESS_MAIN(TestOptimizerOptions)
#include "tst_optimizer_options.moc"
