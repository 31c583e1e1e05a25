// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run.h"
#include "core/train/trainer.h"

#include "core/base/parallel.h"
#include "tests/core/train/small_data.h"

#include <QtTest>

using namespace embedscope;

class TestTrainer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void learnsTheClasses_data();
    void learnsTheClasses();
    void theSameSeedGivesTheSameWeights_data();
    void theSameSeedGivesTheSameWeights();
    void anotherSeedGivesOthers();
    void freezeStopsEveryWeightOfTheTable_data();
    void freezeStopsEveryWeightOfTheTable();
    void paddingPinsItsRowUnderPlainSgd();
    void maxNormRewritesAFrozenTableToo();
    void zeroingThePaddingRowHappensOnce();
    void clearedMomentumMovesNothing();
    void aRefusedSettingChangesNothing();
    void settingsAreLoggedAtTheirStep();
    void divergenceKeepsTheLastGoodWeights();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
    void everySentenceOnceAnEpoch();
};

namespace {

TrainOptions options(const std::string& optimizer = "adam")
{
    TrainOptions out;
    out.optimizer = optimizer;
    out.embedding_dim = 8;
    out.batch_size = 16;
    out.epochs = 30;
    out.live.lr = optimizer == "sgd" ? 0.5 : 0.05;
    return out;
}

Trainer trainerWith(const TrainOptions& chosen, std::shared_ptr<const DataSet> data = testing::smallData())
{
    return *Trainer::create(chosen, std::move(data), 3, testing::smallTable());
}

void train(Trainer& trainer, int steps)
{
    for (int i = 0; i < steps; ++i)
        QVERIFY(trainer.step().has_value());
}

const Matrix& table(const Trainer& trainer)
{
    return trainer.model().embedding().weight();
}

} // namespace

void TestTrainer::learnsTheClasses_data()
{
    QTest::addColumn<QString>("optimizer");
    for (const char* name : {"sgd", "adagrad", "adam", "adamw"})
        QTest::newRow(name) << name;
}

void TestTrainer::learnsTheClasses()
{
    QFETCH(QString, optimizer);
    auto trainer = trainerWith(options(optimizer.toStdString()));
    const double before = trainer.step()->loss;
    double loss = before;
    std::int64_t right = 0;
    while (!trainer.finished()) {
        const auto report = trainer.step();
        loss = report->loss;
        right = report->right;
    }
    QVERIFY2(loss < before / 4, qPrintable(QString::number(loss)));
    QVERIFY(right >= 9); // of the last batch's ten
}

void TestTrainer::theSameSeedGivesTheSameWeights_data()
{
    QTest::addColumn<int>("encoder");
    QTest::addColumn<int>("threads");
    for (const auto& [name, kind] : {std::pair("bag", EncoderKind::Bag),
                                     {"LSTM", EncoderKind::Lstm},
                                     {"GRU", EncoderKind::Gru},
                                     {"Transformer", EncoderKind::Transformer}})
        for (const int threads : {2, 5})
            QTest::addRow("%s, %d threads as 1", name, threads) << static_cast<int>(kind) << threads;
}

void TestTrainer::theSameSeedGivesTheSameWeights()
{
    QFETCH(int, encoder);
    QFETCH(int, threads);
    const auto data = testing::smallData(2000, 901);
    const auto run = [&data, encoder](int count) {
        setThreadCount(count);
        auto chosen = options();
        chosen.encoder = {.kind = static_cast<EncoderKind>(encoder),
                          .hidden_dim = 32,
                          .num_layers = 2,
                          .bidirectional = true,
                          .dropout = 0.1};
        chosen.embedding_dim = 32;
        chosen.batch_size = 96; // several shards of a recurrence
        auto trainer = *Trainer::create(chosen, data, 3, testing::smallTable(901, 32));
        train(trainer, 200);
        return modelTensors(trainer.model()).tensors;
    };
    const TensorMap one = run(1);
    const TensorMap many = run(threads);
    setThreadCount(0);
    for (const auto& [name, tensor] : one)
        QVERIFY2(tensor.data == many.at(name).data, name.c_str());
}

void TestTrainer::anotherSeedGivesOthers()
{
    auto first = trainerWith(options());
    auto chosen = options();
    chosen.seed = 1;
    auto second = trainerWith(chosen);
    train(first, 10);
    train(second, 10);
    QVERIFY(table(first) != table(second));
}

void TestTrainer::freezeStopsEveryWeightOfTheTable_data()
{
    QTest::addColumn<QString>("optimizer");
    QTest::addColumn<double>("decay");
    for (const char* name : {"sgd", "adagrad", "adam", "adamw"}) {
        QTest::newRow(name) << name << 0.0;
        QTest::addRow("%s with weight decay", name) << name << 0.01;
    }
}

void TestTrainer::freezeStopsEveryWeightOfTheTable()
{
    QFETCH(QString, optimizer);
    QFETCH(double, decay);
    auto chosen = options(optimizer.toStdString());
    chosen.weight_decay = decay;
    auto trainer = trainerWith(chosen);
    train(trainer, 10); // momentum is there
    LiveSettings settings = trainer.settings();
    settings.freeze = true;
    QVERIFY(trainer.apply(settings).has_value());
    const Matrix before = table(trainer);
    const Matrix classifier = trainer.model().classifier().weight;
    train(trainer, 10);
    QVERIFY(table(trainer) == before);
    QVERIFY(trainer.model().classifier().weight != classifier);
    settings.freeze = false;
    QVERIFY(trainer.apply(settings).has_value());
    train(trainer, 1);
    QVERIFY(table(trainer) != before);
}

void TestTrainer::paddingPinsItsRowUnderPlainSgd()
{
    auto trainer = trainerWith(options("sgd"));
    train(trainer, 6);
    LiveSettings settings = trainer.settings();
    settings.padding_idx = 4;
    QVERIFY(trainer.apply(settings).has_value());
    const Matrix before = table(trainer);
    train(trainer, 12);
    QVERIFY(table(trainer).row(4) == before.row(4));
    QVERIFY(table(trainer).row(5) != before.row(5));
    settings.padding_idx.reset();
    QVERIFY(trainer.apply(settings).has_value());
    train(trainer, 12);
    QVERIFY(table(trainer).row(4) != before.row(4));
}

void TestTrainer::maxNormRewritesAFrozenTableToo()
{
    auto chosen = options("sgd");
    chosen.live.freeze = true;
    chosen.live.max_norm = 1.0;
    auto trainer = trainerWith(chosen);
    train(trainer, 6);
    for (Index row = 1; row < 31; ++row)
        QVERIFY(table(trainer).row(row).norm() <= 1.0001F);
    QVERIFY(table(trainer).row(0) == testing::smallTable().row(0)); // never looked up
}

void TestTrainer::zeroingThePaddingRowHappensOnce()
{
    auto trainer = trainerWith(options("sgd"));
    LiveSettings settings = trainer.settings();
    settings.padding_idx = 4;
    settings.zero_padding_row = 1;
    QVERIFY(trainer.apply(settings).has_value());
    QVERIFY(table(trainer).row(4).isZero(0));
    settings.padding_idx.reset();
    QVERIFY(trainer.apply(settings).has_value());
    train(trainer, 12);
    QVERIFY(!table(trainer).row(4).isZero(0));
    settings.lr = 0.1; // the request stands as it stood: nothing is zeroed again
    settings.padding_idx = 4;
    QVERIFY(trainer.apply(settings).has_value());
    QVERIFY(!table(trainer).row(4).isZero(0));
}

void TestTrainer::clearedMomentumMovesNothing()
{
    // Under Adam a row without a gradient moves as long as it has momentum.
    auto trainer = trainerWith(options());
    train(trainer, 10);
    LiveSettings settings = trainer.settings();
    settings.padding_idx = 4;
    QVERIFY(trainer.apply(settings).has_value());
    Matrix before = table(trainer);
    train(trainer, 1);
    QVERIFY(table(trainer).row(4) != before.row(4));
    settings.clear_table_state = 1;
    QVERIFY(trainer.apply(settings).has_value());
    before = table(trainer);
    train(trainer, 5);
    QVERIFY(table(trainer).row(4) == before.row(4));
}

void TestTrainer::aRefusedSettingChangesNothing()
{
    auto trainer = trainerWith(options());
    LiveSettings settings = trainer.settings();
    settings.freeze = true;
    settings.padding_idx = 99;
    const auto taken = trainer.apply(settings);
    QVERIFY(!taken.has_value());
    QVERIFY(!trainer.model().embedding().frozen());
    QVERIFY(trainer.log().empty());
    QVERIFY(!trainer.settings().freeze);
}

void TestTrainer::settingsAreLoggedAtTheirStep()
{
    auto trainer = trainerWith(options());
    train(trainer, 3);
    LiveSettings settings = trainer.settings();
    QVERIFY(trainer.apply(settings).has_value());
    QVERIFY(trainer.log().empty()); // nothing changed
    settings.freeze = true;
    QVERIFY(trainer.apply(settings).has_value());
    QCOMPARE(trainer.log().size(), std::size_t(1));
    QCOMPARE(trainer.log()[0].step, std::int64_t(3));
    QVERIFY(trainer.log()[0].settings.freeze);
}

void TestTrainer::divergenceKeepsTheLastGoodWeights()
{
    auto chosen = options("sgd");
    auto trainer = trainerWith(chosen);
    train(trainer, static_cast<int>(trainer.stepsPerEpoch()));
    const Matrix good = table(trainer);
    LiveSettings settings = trainer.settings();
    settings.lr = 1e38;
    QVERIFY(trainer.apply(settings).has_value());
    Result<StepReport> report;
    for (int i = 0; i < 20; ++i)
        if (report = trainer.step(); !report)
            break;
    QVERIFY(!report.has_value());
    QCOMPARE(report.error().code, ErrorCode::TrainingDiverged);
    QVERIFY(table(trainer) == good);
    QVERIFY(trainer.model().classifier().weight.allFinite());
    QCOMPARE(trainer.stepsDone(), trainer.stepsPerEpoch());
}

void TestTrainer::badOptionsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("an optimizer nobody knows") << "optimizer"
                                               << "lion";
    QTest::newRow("no sentence a step") << "batch_size"
                                        << "0";
    QTest::newRow("no epoch") << "epochs"
                              << "0";
    QTest::newRow("no dimension") << "embedding_dim"
                                  << "0";
    QTest::newRow("sparse gradients with Adam") << "sparse"
                                                << "on";
    QTest::newRow("dense gradients with SparseAdam") << "optimizer"
                                                     << "sparse_adam";
}

void TestTrainer::badOptionsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    Fields fields = toFields(options());
    fields[name.toStdString()] = value.toStdString();
    const auto chosen = trainOptionsFrom(fields);
    QVERIFY(chosen.has_value());
    QVERIFY(!Trainer::create(*chosen, testing::smallData(), 3, testing::smallTable()).has_value());
}

void TestTrainer::everySentenceOnceAnEpoch()
{
    auto trainer = trainerWith(options());
    QCOMPARE(trainer.stepsPerEpoch(), std::int64_t(6)); // 90 sentences, 16 at a time
    std::int64_t sentences = 0;
    std::int64_t tokens = 0;
    for (bool ended = false; !ended;) {
        const auto report = trainer.step();
        sentences += report->sentences;
        tokens += report->tokens;
        ended = report->epochEnded;
    }
    QCOMPARE(sentences, std::int64_t(90));
    QCOMPARE(tokens, static_cast<std::int64_t>(testing::smallData()->tokens.size()));
}

QTEST_APPLESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
