// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/session_file.h"
#include "core/train/restored_run.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace embedscope;

/// A run inside a session file goes on to the bits of a run that was never interrupted.
class TestRestoredRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnBitForBit_data();
    void goesOnBitForBit();
    void aCopyIsWrittenLikeTheRun();
    void hostileCheckpointsAreRefused_data();
    void hostileCheckpointsAreRefused();

private:
    QTemporaryDir m_folder;
};

namespace {

std::shared_ptr<const LabelledText> sentences()
{
    LabelledText text;
    text.classes = {"a", "b", "c"};
    Random random(5);
    for (int i = 0; i < 60; ++i) {
        std::string words;
        for (std::uint64_t w = 0; w <= random.below(6); ++w)
            words += "w" + std::to_string(random.below(9) + static_cast<std::uint64_t>(i % 3) * 9) + " ";
        text.texts.push_back(words);
        text.labels.push_back(i % 3);
    }
    return std::make_shared<const LabelledText>(std::move(text));
}

std::shared_ptr<const EmbeddingTable> vectors()
{
    Vocabulary vocabulary;
    Matrix weights(20, 6);
    Random random(1);
    for (Index i = 0; i < weights.size(); ++i)
        weights.data()[i] = static_cast<float>(random.normal());
    for (int i = 0; i < 20; ++i)
        vocabulary.add("w" + std::to_string(i));
    return std::make_shared<const EmbeddingTable>(*EmbeddingTable::create(weights, vocabulary));
}

TrainOptions options(EncoderKind kind)
{
    TrainOptions out;
    out.encoder = {.kind = kind, .hidden_dim = 6, .num_layers = 2, .bidirectional = true, .dropout = 0.2};
    out.embedding_dim = 8;
    out.batch_size = 4;
    out.epochs = 4;
    out.valid_split = 0.1;
    out.freeze_epochs = 1;
    out.schedule = Schedule::Cosine;
    out.live.lr = 0.01;
    return out;
}

struct Run
{
    PreparedRun prepared;
    Trainer trainer;
};

Run begin(const TrainOptions& chosen, const std::shared_ptr<const EmbeddingTable>& initial)
{
    auto prepared = prepareRun({sentences(), initial, chosen, {}});
    auto trainer = startTrainer(*prepared);
    return {std::move(*prepared), std::move(*trainer)};
}

void train(Trainer& trainer, std::int64_t until)
{
    while (trainer.stepsDone() < until) {
        if (trainer.stepsDone() == 20) {
            LiveSettings settings = trainer.settings();
            settings.max_norm = 1.5;
            QVERIFY(trainer.apply(settings).has_value());
        }
        QVERIFY(trainer.step().has_value());
    }
}

bool sameRun(const Trainer& a, const Trainer& b)
{
    const auto other = b.model().tensors();
    std::size_t i = 0;
    for (const NamedTensor& tensor : a.model().tensors())
        if (*tensor.value != *other.at(i++).value)
            return false;
    return a.optimizerState() == b.optimizerState() && a.log() == b.log() && a.stepsDone() == b.stepsDone();
}

} // namespace

void TestRestoredRun::goesOnBitForBit_data()
{
    QTest::addColumn<int>("encoder");
    QTest::addColumn<bool>("fromVectors");
    for (const auto& [name, kind] : {std::pair("bag", EncoderKind::Bag),
                                     {"LSTM", EncoderKind::Lstm},
                                     {"GRU", EncoderKind::Gru},
                                     {"Transformer", EncoderKind::Transformer}})
        for (const bool from : {false, true})
            QTest::addRow("%s, %s", name, from ? "vectors" : "fresh table") << static_cast<int>(kind) << from;
}

void TestRestoredRun::goesOnBitForBit()
{
    QFETCH(int, encoder);
    QFETCH(bool, fromVectors);
    const auto initial = fromVectors ? vectors() : nullptr;
    const auto chosen = options(static_cast<EncoderKind>(encoder));
    Run whole = begin(chosen, initial);
    train(whole.trainer, 48);
    Run first = begin(chosen, initial);
    train(first.trainer, 31); // within an epoch of 14 steps
    const std::filesystem::path path = m_folder.filePath("run.embedscope").toStdString();
    const auto bytes = checkpointBytes(first.trainer, recordOf(first.trainer, first.prepared));
    QVERIFY(bytes.has_value());
    Session session;
    if (initial)
        session.tables["initial"] = initial;
    Progress progress;
    QVERIFY(writeSession(session, {{"run", bytes->pieces()}}, path, {}, progress).has_value());
    const auto opened = readSession(path, {}, progress);
    QVERIFY(opened.has_value());
    auto checkpoint = readCheckpoint(opened->parts.at("run"), "run");
    QVERIFY(checkpoint.has_value());
    auto second = restoreRun(std::move(*checkpoint), sentences(), initial ? opened->tables.at("initial") : nullptr);
    QVERIFY2(second.has_value(), second ? "" : describe(second.error()).c_str());
    QVERIFY(sameRun(first.trainer, second->trainer));
    train(second->trainer, 48);
    QVERIFY(sameRun(whole.trainer, second->trainer));
    QVERIFY(second->prepared.valid != nullptr);
    QCOMPARE(second->prepared.valid->tokens, whole.prepared.valid->tokens);
}

void TestRestoredRun::aCopyIsWrittenLikeTheRun()
{
    Run run = begin(options(EncoderKind::Lstm), nullptr);
    train(run.trainer, 9);
    const RunRecord record = recordOf(run.trainer, run.prepared);
    const auto joined = [](const Result<CheckpointBytes>& bytes) {
        std::string out;
        for (const std::string_view piece : bytes->pieces())
            out += piece;
        return out;
    };
    const Checkpoint copy = checkpointOf(run.trainer, record);
    const std::string before = joined(checkpointBytes(run.trainer, record));
    QVERIFY(before == joined(checkpointBytes(copy)));
    train(run.trainer, 12);
    QVERIFY(before == joined(checkpointBytes(copy)));
    const std::filesystem::path path = m_folder.filePath("checkpoint").toStdString();
    QVERIFY(writeCheckpoint(run.trainer, record, path).has_value());
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().toStdString() == joined(checkpointBytes(run.trainer, record)));
}

void TestRestoredRun::hostileCheckpointsAreRefused_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("a sentence that there is not") << 0;
    QTest::newRow("a negative sentence") << 1;
    QTest::newRow("a state of another shape") << 2;
    QTest::newRow("a state of no parameter") << 3;
    QTest::newRow("a model of other sizes than its tensors") << 4;
    QTest::newRow("more layers than tensors") << 5;
    QTest::newRow("a negative step") << 6;
}

void TestRestoredRun::hostileCheckpointsAreRefused()
{
    QFETCH(int, what);
    Run run = begin(options(EncoderKind::Lstm), nullptr);
    train(run.trainer, 16);
    Checkpoint checkpoint = checkpointOf(run.trainer, recordOf(run.trainer, run.prepared));
    switch (what) {
    case 0:
        checkpoint.state.order[3] = 1 << 20;
        break;
    case 1:
        checkpoint.state.order[3] = -1;
        break;
    case 2:
        checkpoint.state.optimizer["embedding.weight/exp_avg"] = Matrix::Zero(1, 1);
        break;
    case 3:
        checkpoint.state.optimizer["nothing/exp_avg"] = Matrix::Zero(1, 1);
        break;
    case 4:
        checkpoint.record.options["hidden_dim"] = "100000";
        break;
    case 5:
        checkpoint.record.options["num_layers"] = "64";
        break;
    default:
        checkpoint.state.step = -1;
    }
    QVERIFY(!restoreRun(std::move(checkpoint), sentences(), nullptr).has_value());
}

QTEST_APPLESS_MAIN(TestRestoredRun)
#include "tst_restored_run.moc"
