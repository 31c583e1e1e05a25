// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/preflight.h"

#include "core/base/error.h"

#include <QtTest>

#include <functional>

using namespace embedscope;

namespace {

using Change = std::function<void(TrainOptions&)>;

Change encoder(EncoderKind kind)
{
    return [kind](TrainOptions& options) { options.encoder.kind = kind; };
}

} // namespace

Q_DECLARE_METATYPE(Change)

/// The window refuses what PyTorch refuses, in the core's words, before a run starts.
class TestPreflight : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatCanBeTrained_data();
    void takesWhatCanBeTrained();
    void refuses_data();
    void refuses();
    void doesNotGrowWithTheModel();
};

void TestPreflight::takesWhatCanBeTrained_data()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("the defaults") << Change([](TrainOptions&) {});
    QTest::newRow("LSTM") << encoder(EncoderKind::Lstm);
    QTest::newRow("GRU") << encoder(EncoderKind::Gru);
    QTest::newRow("Transformer") << encoder(EncoderKind::Transformer);
    QTest::newRow("five heads in 50 dimensions") << Change([](TrainOptions& options) {
        options.encoder.kind = EncoderKind::Transformer;
        options.encoder.nhead = 5;
    });
    QTest::newRow("sparse gradients with SparseAdam") << Change([](TrainOptions& options) {
        options.optimizer = "sparse_adam";
        options.sparse = true;
    });
    QTest::newRow("sparse gradients with Adagrad") << Change([](TrainOptions& options) {
        options.optimizer = "adagrad";
        options.sparse = true;
    });
    QTest::newRow("maximum with dense gradients")
        << Change([](TrainOptions& options) { options.encoder.mode = BagMode::Max; });
    QTest::newRow("a padding row beyond the small table")
        << Change([](TrainOptions& options) { options.live.padding_idx = 4000; });
    QTest::newRow("a weight for each class") << Change([](TrainOptions& options) { options.class_weight = "1,2,3"; });
    QTest::newRow("frozen at first") << Change([](TrainOptions& options) { options.freeze_epochs = 2; });
}

void TestPreflight::takesWhatCanBeTrained()
{
    QFETCH(Change, change);
    TrainOptions options;
    change(options);
    const auto fine = preflight(options, {.dim = 50, .classes = 3});
    QVERIFY2(fine.has_value(), fine ? "" : describe(fine.error()).c_str());
}

void TestPreflight::refuses_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const Change& change, ErrorCode code, const char* sentence) {
        QTest::newRow(name) << change << code << QString::fromLatin1(sentence);
    };
    using enum ErrorCode;
    row(
        "sparse gradients with Adam", [](TrainOptions& options) { options.sparse = true; }, OptionsConflict,
        "sparse and Adam do not go together. Use SparseAdam, or turn sparse gradients off.");
    row(
        "SparseAdam with dense gradients", [](TrainOptions& options) { options.optimizer = "sparse_adam"; },
        OptionsConflict, "sparse_adam and dense gradients do not go together. Switch on sparse, or choose adam.");
    row(
        "sparse gradients with weight decay",
        [](TrainOptions& options) {
            options.optimizer = "adagrad";
            options.sparse = true;
            options.weight_decay = 0.1;
        },
        OptionsConflict, "sparse and weight_decay do not go together.");
    row(
        "sparse gradients with a maximum",
        [](TrainOptions& options) {
            options.optimizer = "sgd";
            options.sparse = true;
            options.encoder.mode = BagMode::Max;
        },
        OptionsConflict, "mode max and sparse do not go together.");
    row(
        "a maximum scaled by frequency",
        [](TrainOptions& options) {
            options.encoder.mode = BagMode::Max;
            options.live.scale_grad_by_freq = true;
        },
        OptionsConflict, "scale_grad_by_freq and max pooling do not go together.");
    row(
        "heads that do not divide the dimensions",
        [](TrainOptions& options) {
            options.encoder.kind = EncoderKind::Transformer;
            options.encoder.nhead = 7;
        },
        ValueRefused, "num_heads cannot be 7");
    row(
        "early stop without validation", [](TrainOptions& options) { options.early_stop = 2; }, OptionsConflict,
        "early_stop and no validation data do not go together. Set a validation share above 0.");
    row(
        "weights for two of three classes", [](TrainOptions& options) { options.class_weight = "1,2"; }, ValueRefused,
        "class_weight cannot be 1,2: there are 3 classes.");
    row(
        "a weight that is no number", [](TrainOptions& options) { options.class_weight = "heavy"; }, ValueRefused,
        "class_weight cannot be heavy");
}

void TestPreflight::refuses()
{
    QFETCH(Change, change);
    QFETCH(ErrorCode, code);
    QFETCH(QString, sentence);
    TrainOptions options;
    change(options);
    const auto fine = preflight(options, {.dim = 50, .classes = 3});
    QVERIFY(!fine);
    QCOMPARE(fine.error().code, code);
    const QString text = QString::fromStdString(describe(fine.error()));
    QVERIFY2(text.contains(sentence), qPrintable(text));
}

void TestPreflight::doesNotGrowWithTheModel()
{
    TrainOptions options;
    options.encoder = {.kind = EncoderKind::Lstm, .hidden_dim = 4096, .num_layers = 64, .bidirectional = true};
    QElapsedTimer timer;
    timer.start();
    QVERIFY(preflight(options, {.dim = 300, .classes = 2}).has_value());
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed()))); // such an LSTM has 50 GB
}

QTEST_APPLESS_MAIN(TestPreflight)
#include "tst_preflight.moc"
