// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/checkpoint.h"
#include "core/train/run.h"
#include "tests/core/train/small_data.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace embedscope;

/// A run that was interrupted ends with the same bits as one that was not.
class TestCheckpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnBitForBit_data();
    void goesOnBitForBit();
    void liveSwitchesAreKept();
    void totalsOfTheEpochGoOn();
    void otherOptionsAreRefused();
    void moreEpochsAreNot();
    void otherDataAreRefused();
    void damagedFilesAreRefused_data();
    void damagedFilesAreRefused();

private:
    [[nodiscard]] std::filesystem::path file() const { return m_folder.filePath("checkpoint").toStdString(); }
    /// Writes what `trainer` is and puts a new one there.
    Trainer continued(const Trainer& trainer);

    QTemporaryDir m_folder;
};

namespace {

constexpr int kSteps = 40; // of 23 an epoch

TrainOptions options(EncoderKind kind, const std::string& optimizer)
{
    TrainOptions out;
    out.encoder = {.kind = kind, .hidden_dim = 6, .num_layers = 2, .bidirectional = true, .dropout = 0.2};
    out.embedding_dim = 8;
    out.optimizer = optimizer;
    out.sparse = optimizer == "sparse_adam";
    out.batch_size = 4;
    out.epochs = 5;
    out.freeze_epochs = 1;
    out.clip_norm = out.sparse ? 0 : 0.5;
    out.schedule = Schedule::Cosine;
    out.warmup_steps = 7;
    out.label_smoothing = 0.1;
    out.class_weight = "1,2,0.5";
    out.live.lr = 0.01;
    return out;
}

Trainer trainerWith(const TrainOptions& chosen)
{
    return *Trainer::create(chosen, testing::smallData(), 3, testing::smallTable());
}

void train(Trainer& trainer, std::int64_t until)
{
    while (trainer.stepsDone() < until)
        QVERIFY(trainer.step().has_value());
}

RunRecord recordFor(const Trainer& trainer)
{
    PreparedRun prepared;
    prepared.classes = {"a", "b", "c"};
    RunRecord record = recordOf(trainer, prepared);
    record.data = {"/data.tsv", 100, 12345};
    return record;
}

bool sameWeights(const Trainer& a, const Trainer& b)
{
    const auto other = b.model().tensors();
    std::size_t i = 0;
    for (const NamedTensor& tensor : a.model().tensors())
        if (*tensor.value != *other.at(i++).value)
            return false;
    return true;
}

} // namespace

Trainer TestCheckpoint::continued(const Trainer& trainer)
{
    const RunRecord record = recordFor(trainer);
    if (!writeCheckpoint(trainer, record, file()))
        qFatal("not written");
    auto checkpoint = readCheckpoint(file());
    auto next = trainerWith(trainer.options());
    if (!checkpoint || !resume(next, record, std::move(*checkpoint)))
        qFatal("not resumed");
    return next;
}

void TestCheckpoint::goesOnBitForBit_data()
{
    QTest::addColumn<int>("encoder");
    QTest::addColumn<QString>("optimizer");
    QTest::addColumn<int>("interruptedAt");
    for (const auto& [name, kind] : {std::pair("bag", EncoderKind::Bag),
                                     {"LSTM", EncoderKind::Lstm},
                                     {"GRU", EncoderKind::Gru},
                                     {"Transformer", EncoderKind::Transformer}})
        for (const int step : {0, 1, 17, 23, 30}) // before, within, at and after the end of an epoch
            QTest::addRow("%s at step %d", name, step) << static_cast<int>(kind) << "adam" << step;
    for (const char* optimizer : {"sgd", "adagrad", "adamw", "sparse_adam"})
        QTest::addRow("bag with %s", optimizer) << static_cast<int>(EncoderKind::Bag) << optimizer << 30;
}

void TestCheckpoint::goesOnBitForBit()
{
    QFETCH(int, encoder);
    QFETCH(QString, optimizer);
    QFETCH(int, interruptedAt);
    const auto chosen = options(static_cast<EncoderKind>(encoder), optimizer.toStdString());
    auto whole = trainerWith(chosen);
    train(whole, kSteps);
    auto first = trainerWith(chosen);
    train(first, interruptedAt);
    auto second = continued(first);
    QCOMPARE(second.stepsDone(), std::int64_t{interruptedAt});
    QVERIFY(sameWeights(first, second));
    train(second, kSteps);
    QVERIFY(sameWeights(whole, second));
    QVERIFY(whole.log() == second.log());
}

void TestCheckpoint::liveSwitchesAreKept()
{
    const auto chosen = options(EncoderKind::Bag, "adam");
    const auto change = [](Trainer& trainer) {
        LiveSettings settings = trainer.settings();
        settings.freeze = false;
        settings.lr = 0.5;
        settings.padding_idx = 3;
        settings.max_norm = 1.5;
        settings.zero_padding_row = 1;
        return trainer.apply(settings).has_value();
    };
    auto whole = trainerWith(chosen);
    auto first = trainerWith(chosen);
    for (Trainer* trainer : {&whole, &first}) {
        train(*trainer, 5);
        QVERIFY(change(*trainer));
        train(*trainer, 10);
    }
    auto second = continued(first);
    QVERIFY(second.settings() == first.settings());
    train(whole, kSteps);
    train(second, kSteps);
    QVERIFY(sameWeights(whole, second));
    QVERIFY(whole.log() == second.log());
}

void TestCheckpoint::totalsOfTheEpochGoOn()
{
    auto whole = trainerWith(options(EncoderKind::Lstm, "adam"));
    train(whole, 9);
    auto second = continued(whole);
    train(whole, 23);
    train(second, 23);
    QCOMPARE(second.totals().sentences, std::int64_t{90});
    QCOMPARE(second.totals().loss, whole.totals().loss);
    QCOMPARE(second.totals().right, whole.totals().right);
}

void TestCheckpoint::otherOptionsAreRefused()
{
    auto trainer = trainerWith(options(EncoderKind::Bag, "adam"));
    train(trainer, 3);
    QVERIFY(writeCheckpoint(trainer, recordFor(trainer), file()).has_value());
    auto chosen = options(EncoderKind::Bag, "adam");
    chosen.encoder.dropout = 0.3;
    auto other = trainerWith(chosen);
    const auto done = resume(other, recordFor(other), *readCheckpoint(file()));
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, ErrorCode::ValueRefused);
    QCOMPARE(done.error().args.at(0), std::string("dropout"));
    QCOMPARE(other.stepsDone(), std::int64_t{0});
}

void TestCheckpoint::moreEpochsAreNot()
{
    auto trainer = trainerWith(options(EncoderKind::Bag, "adam"));
    train(trainer, 3);
    QVERIFY(writeCheckpoint(trainer, recordFor(trainer), file()).has_value());
    auto chosen = options(EncoderKind::Bag, "adam");
    chosen.epochs = 9;
    auto other = trainerWith(chosen);
    QVERIFY(resume(other, recordFor(other), *readCheckpoint(file())).has_value());
    QCOMPARE(other.stepsDone(), std::int64_t{3});
}

void TestCheckpoint::otherDataAreRefused()
{
    auto trainer = trainerWith(options(EncoderKind::Bag, "adam"));
    QVERIFY(writeCheckpoint(trainer, recordFor(trainer), file()).has_value());
    RunRecord record = recordFor(trainer);
    record.data.crc32 = 1;
    auto done = resume(trainer, record, *readCheckpoint(file()));
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, ErrorCode::DataChanged);
    record = recordFor(trainer);
    record.vectors = record.data;
    done = resume(trainer, record, *readCheckpoint(file()));
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, ErrorCode::DataChanged);
}

void TestCheckpoint::damagedFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("no record") << QByteArray("\"record\"") << QByteArray("\"recorD\"");
    QTest::newRow("no step") << QByteArray("\"step\":\"") << QByteArray("\"steP\":\"");
    QTest::newRow("a number that is none") << QByteArray("\"has_spare\":\"o") << QByteArray("\"has_spare\":\"x");
    QTest::newRow("a tensor too few") << QByteArray("model.classifier.bias") << QByteArray("mode1.classifier.bias");
}

void TestCheckpoint::damagedFilesAreRefused()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    auto trainer = trainerWith(options(EncoderKind::Bag, "adam"));
    QVERIFY(writeCheckpoint(trainer, recordFor(trainer), file()).has_value());
    QFile stored(QString::fromStdString(file().string()));
    QVERIFY(stored.open(QIODevice::ReadWrite));
    QByteArray content = stored.readAll();
    QVERIFY(content.contains(before));
    content.replace(before, after.left(before.size()));
    QVERIFY(stored.seek(0));
    QCOMPARE(stored.write(content), content.size());
    stored.close();
    auto checkpoint = readCheckpoint(file());
    auto other = trainerWith(trainer.options());
    const bool resumed = checkpoint && resume(other, recordFor(other), std::move(*checkpoint)).has_value();
    QVERIFY(!resumed);
}

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
