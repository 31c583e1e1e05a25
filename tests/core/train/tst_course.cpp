// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/metrics.h"
#include "core/train/row_backup.h"
#include "core/train/run.h"
#include "core/train/trainer.h"

#include "core/nn/cross_entropy.h"
#include "tests/core/train/small_data.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

using namespace embedscope;

/// What decides the course of a run besides its network: rate, weights of classes, clipping, smoothing, freezing, what
/// is held out, and what happens when it goes wrong.
class TestCourse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rateByHand_data();
    void rateByHand();
    void theRateReachesTheOptimizer();
    void classWeightsByHand_data();
    void classWeightsByHand();
    void classWeightsAreRefused_data();
    void classWeightsAreRefused();
    void classWeightsReachTheLoss();
    void clippingShortensTheUpdate_data();
    void clippingShortensTheUpdate();
    void belowTheLimitNothingIsClipped();
    void aFrozenTableDoesNotCountInTheLength();
    void labelSmoothingReachesTheLoss();
    void theTableThawsInTime();
    void aThawByHandIsNotUndone();
    void rowsComeBackAsTheyWereFirst();
    void thousandsOfRowsComeBack();
    void divergenceRestoresEveryRow_data();
    void divergenceRestoresEveryRow();
    void aSmallerRateGoesOnAfterDivergence_data();
    void aSmallerRateGoesOnAfterDivergence();
    void theSplitIsAShare_data();
    void theSplitIsAShare();
    void theSplitDependsOnTheSeedAlone();
    void theVocabularyIsThatOfTheTrainingPart();
    void collapsesByHand_data();
    void collapsesByHand();
    void transformersReadFiveHundredWords_data();
    void transformersReadFiveHundredWords();
    void everyFieldComesBack();
    void fieldsThatAreNotThereKeepTheirDefault();
};

namespace {

TrainOptions options(const std::string& optimizer = "sgd")
{
    TrainOptions out;
    out.optimizer = optimizer;
    out.embedding_dim = 8;
    out.batch_size = 16;
    out.epochs = 30;
    out.live.lr = 0.05;
    return out;
}

Trainer trainerWith(const TrainOptions& chosen)
{
    return std::move(Trainer::create(chosen, testing::smallData(), 3, testing::smallTable()).value());
}

const Matrix& table(const Trainer& trainer)
{
    return trainer.model().embedding().weight();
}

/// All weights of the model, one after the other.
std::vector<double> weights(const Trainer& trainer)
{
    std::vector<double> out;
    for (const NamedTensor& tensor : trainer.model().tensors())
        out.insert(out.end(), tensor.value->data(), tensor.value->data() + tensor.value->size());
    return out;
}

/// How far one step moves each weight.
std::vector<double> update(const TrainOptions& chosen)
{
    auto trainer = trainerWith(chosen);
    const auto before = weights(trainer);
    auto after = trainer.step().has_value() ? weights(trainer) : std::vector<double>(before.size());
    std::transform(after.begin(), after.end(), before.begin(), after.begin(), std::minus<>());
    return after;
}

double length(const std::vector<double>& x)
{
    return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0));
}

double cosine(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / length(a) / length(b);
}

/// log softmax in double.
std::vector<double> logProbabilities(const Matrix& logits, Index row)
{
    std::vector<double> out(logits.row(row).begin(), logits.row(row).end());
    double sum = 0;
    for (const double x : out)
        sum += std::exp(x);
    for (double& x : out)
        x -= std::log(sum);
    return out;
}

/// Sentences "word<i> shared", by turns of two classes: each has a word that no other has.
std::shared_ptr<const LabelledText> numberedText(int sentences)
{
    LabelledText data;
    data.classes = {"even", "odd"};
    for (int i = 0; i < sentences; ++i) {
        data.texts.push_back("word" + std::to_string(i) + " shared");
        data.labels.push_back(i % 2);
    }
    return std::make_shared<const LabelledText>(std::move(data));
}

PreparedRun prepared(const TrainOptions& chosen, int sentences = 100)
{
    return std::move(prepareRun({.data = numberedText(sentences), .vectors = nullptr, .options = chosen}).value());
}

/// The first token of each sentence: which sentences these are.
std::vector<std::string> firstWords(const PreparedRun& run, const DataSet& data)
{
    std::vector<std::string> out;
    for (std::int64_t i = 0; i < data.size(); ++i)
        out.emplace_back(run.vocabulary.vocabulary[data.sentence(i)[0]]);
    return out;
}

} // namespace

void TestCourse::rateByHand_data()
{
    QTest::addColumn<int>("schedule");
    QTest::addColumn<int>("warmup");
    QTest::addColumn<int>("step"); // of 20
    QTest::addColumn<double>("factor");
    const auto row = [](Schedule schedule, int warmup, int step, double factor) {
        const char* names[] = {"constant", "linear", "cosine"};
        QTest::addRow("%s, %d steps of warm-up, step %d", names[static_cast<int>(schedule)], warmup, step)
            << static_cast<int>(schedule) << warmup << step << factor;
    };
    for (const int step : {0, 7, 19})
        row(Schedule::Constant, 0, step, 1);
    row(Schedule::Constant, 4, 0, 0.25);
    row(Schedule::Constant, 4, 2, 0.75);
    row(Schedule::Constant, 4, 3, 1);
    row(Schedule::Constant, 4, 4, 1);
    // (20 - step) / 20, and with four steps of warm-up (20 - step) / 16 from the fourth on.
    row(Schedule::Linear, 0, 0, 1);
    row(Schedule::Linear, 0, 5, 0.75);
    row(Schedule::Linear, 0, 19, 0.05);
    row(Schedule::Linear, 0, 20, 0);
    row(Schedule::Linear, 4, 1, 0.5);
    row(Schedule::Linear, 4, 3, 1);
    row(Schedule::Linear, 4, 4, 1);
    row(Schedule::Linear, 4, 8, 0.75);
    row(Schedule::Linear, 4, 19, 0.0625);
    // (1 + cos(pi step / 20)) / 2.
    row(Schedule::Cosine, 0, 0, 1);
    row(Schedule::Cosine, 0, 5, (1 + std::numbers::sqrt2 / 2) / 2);
    row(Schedule::Cosine, 0, 10, 0.5);
    row(Schedule::Cosine, 0, 15, (1 - std::numbers::sqrt2 / 2) / 2);
    row(Schedule::Cosine, 0, 20, 0);
    row(Schedule::Cosine, 4, 0, 0.25);
    row(Schedule::Cosine, 4, 12, 0.5);
    // More warm-up than steps: the rate is still rising when the run ends.
    row(Schedule::Cosine, 40, 19, 0.5);
    // A run that was continued beyond its end stays at zero.
    row(Schedule::Linear, 0, 25, 0);
    row(Schedule::Cosine, 4, 25, 0);
}

void TestCourse::rateByHand()
{
    QFETCH(const int, schedule);
    QFETCH(const int, warmup);
    QFETCH(const int, step);
    QFETCH(const double, factor);
    const TrainOptions chosen{.schedule = static_cast<Schedule>(schedule), .warmup_steps = warmup};
    QVERIFY(std::abs(rateFactor(chosen, step, 20) - factor) < 1e-12);
}

/// The same first step, at the first quarter of the rate.
void TestCourse::theRateReachesTheOptimizer()
{
    auto chosen = options();
    chosen.live.lr = 1;
    const auto full = update(chosen);
    chosen.warmup_steps = 4;
    const auto quarter = update(chosen);
    QVERIFY(length(full) > 0.01);
    QVERIFY(std::abs(length(quarter) / length(full) - 0.25) < 1e-4);
}

void TestCourse::classWeightsByHand_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<std::vector<float>>("expected"); // for the labels 0 0 0 1 2 2
    QTest::newRow("none") << "none" << std::vector<float>{};
    // sklearn's n / (classes * count): 6 / (3 * 3), 6 / (3 * 1), 6 / (3 * 2).
    QTest::newRow("balanced") << "balanced" << std::vector<float>{2.0F / 3, 2, 1};
    QTest::newRow("a list") << "1,2.5,0" << std::vector<float>{1, 2.5F, 0};
}

void TestCourse::classWeightsByHand()
{
    QFETCH(const QString, text);
    QFETCH(const std::vector<float>, expected);
    const std::vector<std::int32_t> labels = {0, 0, 0, 1, 2, 2};
    const auto got = classWeights(text.toStdString(), labels, 3);
    QVERIFY(got.has_value());
    QCOMPARE(*got, expected);
}

void TestCourse::classWeightsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "equal", "1,2", "1,2,3,4", "1,,2", "1,2,", "1,2,-1", "1,2,nan", "1,2,inf", "1 2 3"})
        QTest::addRow("\"%s\"", text) << text;
}

void TestCourse::classWeightsAreRefused()
{
    QFETCH(const QString, text);
    const std::vector<std::int32_t> labels = {0, 1, 2};
    const auto got = classWeights(text.toStdString(), labels, 3);
    QVERIFY(!got.has_value());
    QCOMPARE(static_cast<int>(got.error().code), static_cast<int>(ErrorCode::ValueRefused));
    QCOMPARE(QString::fromStdString(got.error().args[0]), QString("class_weight"));
}

/// The mean of w(c) (-log p(c)), divided by the sum of the weights.
void TestCourse::classWeightsReachTheLoss()
{
    auto chosen = options();
    chosen.batch_size = 90;
    chosen.class_weight = "1,2,5";
    auto trainer = trainerWith(chosen);
    const auto data = testing::smallData();
    const Matrix logits = trainer.model().predict(*data, {}).value();
    const double weight[] = {1, 2, 5};
    double loss = 0;
    double sum = 0;
    for (Index i = 0; i < 90; ++i) {
        const auto label = static_cast<std::size_t>(data->labels[static_cast<std::size_t>(i)]);
        loss -= weight[label] * logProbabilities(logits, i)[label];
        sum += weight[label];
    }
    QVERIFY(std::abs(trainer.step()->loss - loss / sum) < 1e-5);
}

void TestCourse::clippingShortensTheUpdate_data()
{
    QTest::addColumn<int>("encoder");
    QTest::addColumn<bool>("sparse");
    QTest::newRow("bag") << static_cast<int>(EncoderKind::Bag) << false;
    QTest::newRow("bag with sparse gradients") << static_cast<int>(EncoderKind::Bag) << true;
    QTest::newRow("LSTM") << static_cast<int>(EncoderKind::Lstm) << false;
    QTest::newRow("Transformer") << static_cast<int>(EncoderKind::Transformer) << false;
}

/// Under plain SGD at a rate of 1 the update is the gradient: the same direction, exactly as long as allowed.
void TestCourse::clippingShortensTheUpdate()
{
    QFETCH(const int, encoder);
    QFETCH(const bool, sparse);
    auto chosen = options();
    chosen.live.lr = 1;
    chosen.encoder = {.kind = static_cast<EncoderKind>(encoder), .hidden_dim = 12};
    chosen.sparse = sparse;
    const auto whole = update(chosen);
    chosen.clip_norm = length(whole) / 3;
    const auto clipped = update(chosen);
    QVERIFY(length(whole) > 0.05);
    QVERIFY2(std::abs(length(clipped) / chosen.clip_norm - 1) < 1e-4, qPrintable(QString::number(length(clipped))));
    QVERIFY(cosine(clipped, whole) > 1 - 1e-6);
}

void TestCourse::belowTheLimitNothingIsClipped()
{
    auto chosen = options();
    chosen.live.lr = 1;
    const auto whole = update(chosen);
    chosen.clip_norm = length(whole) * 1.01;
    QVERIFY(update(chosen) == whole);
}

void TestCourse::aFrozenTableDoesNotCountInTheLength()
{
    auto chosen = options();
    chosen.live.lr = 1;
    chosen.live.freeze = true;
    chosen.clip_norm = length(update(chosen)) * 1.01;
    const auto free = update(chosen);
    chosen.clip_norm /= 2;
    QVERIFY(std::abs(length(update(chosen)) / chosen.clip_norm - 1) < 1e-4);
    chosen.clip_norm = 0;
    QVERIFY(update(chosen) == free);
}

/// (1 - s) (-log p(target)) + s mean over all classes of -log p.
void TestCourse::labelSmoothingReachesTheLoss()
{
    auto chosen = options();
    chosen.batch_size = 90; // one batch of all: its order does not matter to the mean
    chosen.label_smoothing = 0.25;
    auto trainer = trainerWith(chosen);
    const auto data = testing::smallData();
    const Matrix logits = trainer.model().predict(*data, {}).value();
    double loss = 0;
    for (Index i = 0; i < 90; ++i) {
        const auto log = logProbabilities(logits, i);
        const auto label = static_cast<std::size_t>(data->labels[static_cast<std::size_t>(i)]);
        loss -= (0.75 * log[label] + 0.25 * (log[0] + log[1] + log[2]) / 3) / 90;
    }
    QVERIFY(std::abs(trainer.step()->loss - loss) < 1e-5);
}

void TestCourse::theTableThawsInTime()
{
    auto chosen = options("adam");
    chosen.freeze_epochs = 2;
    auto trainer = trainerWith(chosen);
    const std::int64_t thaw = 2 * trainer.stepsPerEpoch();
    QVERIFY(trainer.settings().freeze);
    while (trainer.stepsDone() < thaw)
        QVERIFY(trainer.step().has_value());
    QVERIFY(table(trainer) == testing::smallTable());
    QVERIFY(trainer.log().empty());
    QVERIFY(trainer.step().has_value());
    QVERIFY(table(trainer) != testing::smallTable());
    QVERIFY(!trainer.settings().freeze);
    QCOMPARE(trainer.log().size(), std::size_t{1});
    QCOMPARE(trainer.log()[0].step, thaw);
    QVERIFY(!trainer.log()[0].settings.freeze);
}

/// Thawed early it stays so, and frozen again after the time it stays frozen.
void TestCourse::aThawByHandIsNotUndone()
{
    auto chosen = options();
    chosen.freeze_epochs = 1;
    auto trainer = trainerWith(chosen);
    const auto freeze = [&trainer](bool on) {
        LiveSettings settings = trainer.settings();
        settings.freeze = on;
        QVERIFY(trainer.apply(settings).has_value());
    };
    QVERIFY(trainer.step().has_value());
    freeze(false);
    while (trainer.stepsDone() < trainer.stepsPerEpoch() + 1)
        QVERIFY(trainer.step().has_value());
    QCOMPARE(trainer.log().size(), std::size_t{1});
    freeze(true);
    const Matrix before = table(trainer);
    while (trainer.stepsDone() < 3 * trainer.stepsPerEpoch())
        QVERIFY(trainer.step().has_value());
    QVERIFY(table(trainer) == before);
    QCOMPARE(trainer.log().size(), std::size_t{2});
}

void TestCourse::rowsComeBackAsTheyWereFirst()
{
    Matrix table = testing::smallTable(6, 3);
    const Matrix start = table;
    RowBackup backup;
    backup.start(6);
    const std::vector<std::int64_t> first = {1, 4, 1};
    backup.keep(table, first);
    table.row(1).setConstant(7);
    table.row(4).setConstant(NAN);
    const std::vector<std::int64_t> second = {4, 5};
    backup.keep(table, second); // row 4 was touched before: what it was then counts
    table.row(5).setConstant(9);
    backup.restore(table);
    QVERIFY(table == start);

    // A new start forgets: only what was touched since then comes back.
    backup.start(6);
    table.row(1).setConstant(2);
    backup.keep(table, std::vector<std::int64_t>{5});
    table.row(5).setConstant(3);
    backup.restore(table);
    QVERIFY((table.row(1).array() == 2.0F).all());
    QVERIFY(table.row(5) == start.row(5));
}

void TestCourse::thousandsOfRowsComeBack()
{
    Matrix table = testing::smallTable(5000, 3);
    const Matrix start = table;
    RowBackup backup;
    for (int round = 0; round < 2; ++round) { // what it holds is used again
        backup.start(5000);
        for (std::int64_t row = 4998; row > 0; row -= 2) {
            backup.keep(table, std::vector<std::int64_t>{row});
            table.row(row).setConstant(NAN);
        }
        backup.restore(table);
        QVERIFY(table == start);
    }
}

void TestCourse::divergenceRestoresEveryRow_data()
{
    QTest::addColumn<QString>("optimizer");
    QTest::newRow("SGD") << "sgd";
    QTest::newRow("Adagrad") << "adagrad";
    QTest::newRow("SparseAdam") << "sparse_adam";
}

/// With sparse gradients only rows that were touched are kept.
void TestCourse::divergenceRestoresEveryRow()
{
    QFETCH(const QString, optimizer);
    auto chosen = options(optimizer.toStdString());
    chosen.sparse = true;
    auto trainer = trainerWith(chosen);
    while (trainer.stepsDone() < trainer.stepsPerEpoch())
        QVERIFY(trainer.step().has_value());
    const auto good = weights(trainer);
    LiveSettings settings = trainer.settings();
    settings.lr = 1e38;
    QVERIFY(trainer.apply(settings).has_value());
    Result<StepReport> report;
    for (int i = 0; i < 20 && report; ++i)
        report = trainer.step();
    QVERIFY(!report.has_value());
    QCOMPARE(static_cast<int>(report.error().code), static_cast<int>(ErrorCode::TrainingDiverged));
    QVERIFY(weights(trainer) == good);
    QVERIFY(table(trainer).row(0) == testing::smallTable().row(0)); // never looked up
}

void TestCourse::aSmallerRateGoesOnAfterDivergence_data()
{
    QTest::addColumn<QString>("optimizer");
    QTest::addColumn<bool>("sparse");
    QTest::addColumn<double>("rate"); // overflows after some steps, those of the Adam family still in bounds
    QTest::newRow("SGD") << "sgd" << false << 1e17;
    QTest::newRow("Adagrad") << "adagrad" << false << 1e19;
    QTest::newRow("Adam") << "adam" << false << 1e19;
    QTest::newRow("AdamW") << "adamw" << false << 1e19;
    QTest::newRow("SGD, sparse") << "sgd" << true << 1e17;
    QTest::newRow("SparseAdam") << "sparse_adam" << true << 1e19;
}

/// As the sentence of the error promises. An optimizer that remembers gradients of 1e18 would not move any more.
void TestCourse::aSmallerRateGoesOnAfterDivergence()
{
    QFETCH(const QString, optimizer);
    QFETCH(const bool, sparse);
    QFETCH(const double, rate);
    DataSet data = *testing::smallData();
    for (std::size_t i = 0; i < data.labels.size(); ++i)
        data.labels[i] = static_cast<std::int32_t>(i / 3 % 3); // whatever the words: there is always a gradient
    auto chosen = options(optimizer.toStdString());
    chosen.sparse = sparse;
    auto trainer =
        std::move(Trainer::create(chosen, std::make_shared<const DataSet>(data), 3, testing::smallTable()).value());
    while (trainer.stepsDone() < trainer.stepsPerEpoch())
        QVERIFY(trainer.step().has_value());
    LiveSettings settings = trainer.settings();
    settings.lr = rate;
    QVERIFY(trainer.apply(settings).has_value());
    Result<StepReport> report;
    int steps = 0;
    for (; report && steps < 100; ++steps)
        report = trainer.step();
    QVERIFY(!report.has_value());
    QVERIFY2(steps > 2, "it overflowed before the optimizer saw a large gradient");
    QCOMPARE(trainer.stepsDone(), trainer.stepsPerEpoch());
    settings.lr = 0.05;
    QVERIFY(trainer.apply(settings).has_value());
    for (int i = 0; i < 150; ++i) // what is left of a large average has faded by then
        QVERIFY(trainer.step().has_value());
    const Matrix before = trainer.model().classifier().weight;
    QVERIFY(trainer.step().has_value());
    const float moved = (trainer.model().classifier().weight - before).norm();
    QVERIFY2(moved > 1e-4F && moved < 1, qPrintable(QString::number(static_cast<double>(moved))));
}

void TestCourse::theSplitIsAShare_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<std::size_t>("held");
    QTest::newRow("a third") << 0.3 << std::size_t{30};
    QTest::newRow("half") << 0.5 << std::size_t{50};
    QTest::newRow("rounded") << 0.126 << std::size_t{13};
    QTest::newRow("none") << 0.0 << std::size_t{0};
    QTest::newRow("less than one sentence") << 0.001 << std::size_t{0};
}

void TestCourse::theSplitIsAShare()
{
    QFETCH(const double, share);
    QFETCH(const std::size_t, held);
    auto chosen = options();
    chosen.valid_split = share;
    const PreparedRun run = prepared(chosen);
    QCOMPARE(run.valid != nullptr, held > 0);
    QCOMPARE(static_cast<std::size_t>(run.data->size()), 100 - held);
    if (!run.valid)
        return;
    QCOMPARE(static_cast<std::size_t>(run.valid->size()), held);
    QCOMPARE(run.classes, (std::vector<std::string>{"even", "odd"}));
    // The words of the others are unknown, so that no sentence is in both.
    const std::string unknown(run.vocabulary.vocabulary[run.vocabulary.unknownRow]);
    QCOMPARE(firstWords(run, *run.valid), std::vector<std::string>(held, unknown));
    const auto kept = firstWords(run, *run.data);
    QCOMPARE(std::set<std::string>(kept.begin(), kept.end()).size(), kept.size());
    QVERIFY(std::find(kept.begin(), kept.end(), unknown) == kept.end());
}

void TestCourse::theSplitDependsOnTheSeedAlone()
{
    auto chosen = options();
    chosen.valid_split = 0.3;
    const PreparedRun first = prepared(chosen);
    const auto kept = firstWords(first, *first.data);
    chosen.optimizer = "adam";
    chosen.epochs = 3;
    chosen.embedding_dim = 5;
    const PreparedRun again = prepared(chosen);
    QVERIFY(firstWords(again, *again.data) == kept);
    QVERIFY(again.valid->labels == first.valid->labels);
    chosen.seed = 1;
    const PreparedRun other = prepared(chosen);
    QVERIFY(firstWords(other, *other.data) != kept);
    // Both parts keep the order of the data.
    std::vector<int> numbers;
    for (const std::string& word : kept)
        numbers.push_back(std::stoi(word.substr(4)));
    QVERIFY(std::is_sorted(numbers.begin(), numbers.end()));
}

void TestCourse::theVocabularyIsThatOfTheTrainingPart()
{
    auto chosen = options();
    chosen.valid_split = 0.3;
    const PreparedRun run = prepared(chosen);
    // <pad>, <unk>, "shared" and a word of each of the 70.
    QCOMPARE(run.vocabulary.vocabulary.size(), Index{73});
    QCOMPARE(run.valid->unknownTokens, std::int64_t{30});
    QCOMPARE(run.data->unknownTokens, std::int64_t{0});
}

void TestCourse::collapsesByHand_data()
{
    QTest::addColumn<Matrix>("logits");
    QTest::addColumn<std::vector<std::int32_t>>("labels");
    QTest::addColumn<int>("expected"); // -1: none
    Matrix all(3, 2);
    all << 0, 1, 0, 1, 0, 1;
    Matrix mixed(3, 2);
    mixed << 0, 1, 1, 0, 0, 1;
    using Labels = std::vector<std::int32_t>;
    QTest::newRow("all taken for the second") << all << Labels{0, 1, 1} << 1;
    QTest::newRow("all taken for a class that does not occur") << all << Labels{0, 0, 0} << 1;
    QTest::newRow("all of the second") << all << Labels{1, 1, 1} << -1;
    QTest::newRow("predictions differ") << mixed << Labels{0, 1, 1} << -1;
    QTest::newRow("no sentence") << Matrix(0, 2) << Labels{} << -1;
}

void TestCourse::collapsesByHand()
{
    QFETCH(const Matrix, logits);
    QFETCH(const std::vector<std::int32_t>, labels);
    QFETCH(const int, expected);
    QCOMPARE(collapsedClass(evaluate(logits, labels)).value_or(-1), expected);
}

void TestCourse::transformersReadFiveHundredWords_data()
{
    QTest::addColumn<int>("encoder");
    QTest::addColumn<int>("max_length"); // 0: not given
    QTest::addColumn<int>("tokens");     // of a sentence of 600
    QTest::newRow("Transformer, nothing said") << static_cast<int>(EncoderKind::Transformer) << 0 << 512;
    QTest::newRow("Transformer, less") << static_cast<int>(EncoderKind::Transformer) << 7 << 7;
    QTest::newRow("Transformer, more") << static_cast<int>(EncoderKind::Transformer) << 1000 << 600;
    QTest::newRow("LSTM, nothing said") << static_cast<int>(EncoderKind::Lstm) << 0 << 600;
    QTest::newRow("bag, nothing said") << static_cast<int>(EncoderKind::Bag) << 0 << 600;
}

void TestCourse::transformersReadFiveHundredWords()
{
    QFETCH(const int, encoder);
    QFETCH(const int, max_length);
    QFETCH(const int, tokens);
    LabelledText data{.texts = {"", "b"}, .labels = {0, 1}, .classes = {"a", "b"}};
    for (int i = 0; i < 600; ++i)
        data.texts[0] += "word ";
    auto chosen = options();
    chosen.encoder.kind = static_cast<EncoderKind>(encoder);
    chosen.encoder.hidden_dim = 8;
    if (max_length > 0)
        chosen.max_length = max_length;
    auto run = prepareRun({.data = std::make_shared<const LabelledText>(data), .vectors = nullptr, .options = chosen});
    QVERIFY(run.has_value());
    QCOMPARE(run->data->offsets[1], std::int64_t{tokens});
    if (chosen.encoder.kind == EncoderKind::Transformer)
        QCOMPARE(run->options.encoder.max_positions, *run->options.max_length);
    auto trainer = startTrainer(*run);
    QVERIFY(trainer.has_value());
    QVERIFY(trainer->step().has_value());
}

/// The names in brackets are all the fields there are: a new one stops this function from compiling, until it is
/// compared as well.
void TestCourse::everyFieldComesBack()
{
    TrainOptions before;
    before.encoder = {.kind = EncoderKind::Transformer,
                      .mode = BagMode::Max,
                      .hidden_dim = 3,
                      .num_layers = 4,
                      .bidirectional = true,
                      .nhead = 5,
                      .positions = PositionKind::Sinusoidal,
                      .max_positions = 6,
                      .norm_first = true,
                      .gelu = true,
                      .dropout = 0.123456789};
    before.embedding_dim = 7;
    before.optimizer = "adagrad";
    before.weight_decay = 1e-17;
    before.batch_size = 8;
    before.epochs = 9;
    before.seed = 0xFFFFFFFFFFFFFFFFULL;
    before.max_length = 10;
    before.min_count = 11;
    before.sparse = true;
    before.freeze_epochs = 12;
    before.early_stop = 13;
    before.valid_split = 0.1;
    before.class_weight = "1,2.5";
    before.label_smoothing = 0.3;
    before.clip_norm = 14.5;
    before.schedule = Schedule::Cosine;
    before.warmup_steps = 15;

    const Fields fields = toFields(before);
    const Fields defaults = toFields(TrainOptions());
    for (const auto& [name, value] : fields)
        QVERIFY2(defaults.at(name) != value, name.c_str());

    const auto after = trainOptionsFrom(fields);
    QVERIFY(after.has_value());
    const auto& [encoder, embedding_dim, optimizer, weight_decay, batch_size, epochs, seed, max_length, min_count,
                 sparse, freeze_epochs, early_stop, valid_split, class_weight, label_smoothing, clip_norm, schedule,
                 warmup_steps, live] = *after;
    const auto& [kind, mode, hidden_dim, num_layers, bidirectional, nhead, positions, max_positions, norm_first, gelu,
                 dropout] = encoder;
    QVERIFY(kind == before.encoder.kind);
    QVERIFY(mode == before.encoder.mode);
    QCOMPARE(hidden_dim, before.encoder.hidden_dim);
    QCOMPARE(num_layers, before.encoder.num_layers);
    QCOMPARE(bidirectional, before.encoder.bidirectional);
    QVERIFY(nhead == before.encoder.nhead);
    QVERIFY(positions == before.encoder.positions);
    QCOMPARE(max_positions, before.encoder.max_positions);
    QCOMPARE(norm_first, before.encoder.norm_first);
    QCOMPARE(gelu, before.encoder.gelu);
    QVERIFY(dropout == before.encoder.dropout);
    QCOMPARE(embedding_dim, before.embedding_dim);
    QCOMPARE(optimizer, before.optimizer);
    QVERIFY(weight_decay == before.weight_decay);
    QCOMPARE(batch_size, before.batch_size);
    QCOMPARE(epochs, before.epochs);
    QCOMPARE(seed, before.seed);
    QVERIFY(max_length == before.max_length);
    QCOMPARE(min_count, before.min_count);
    QCOMPARE(sparse, before.sparse);
    QCOMPARE(freeze_epochs, before.freeze_epochs);
    QCOMPARE(early_stop, before.early_stop);
    QVERIFY(valid_split == before.valid_split);
    QCOMPARE(class_weight, before.class_weight);
    QVERIFY(label_smoothing == before.label_smoothing);
    QVERIFY(clip_norm == before.clip_norm);
    QVERIFY(schedule == before.schedule);
    QCOMPARE(warmup_steps, before.warmup_steps);
    QVERIFY(live == LiveSettings()); // has fields of its own
}

void TestCourse::fieldsThatAreNotThereKeepTheirDefault()
{
    const auto got = trainOptionsFrom({{"epochs", "3"}});
    QVERIFY(got.has_value());
    Fields expected = toFields(TrainOptions());
    expected["epochs"] = "3";
    QVERIFY(toFields(*got) == expected);
}

QTEST_APPLESS_MAIN(TestCourse)
#include "tst_course.moc"
