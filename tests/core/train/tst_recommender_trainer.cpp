// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_trainer.h"

#include "core/base/parallel.h"
#include "core/text/ratings.h"
#include "core/train/recommender_baselines.h"
#include "core/train/recommender_metrics.h"

#include <QtTest>

#include <cstring>
#include <filesystem>

using namespace embedscope;

namespace {

using Data = std::shared_ptr<const RecommenderData>;

Data dataOf(std::vector<Rating> train, Index users, Index items)
{
    return std::make_shared<const RecommenderData>(RecommenderData{users, items, std::move(train)});
}

constexpr double kNoise = 0.1;

/// mean + biases + a product of rank 2 + noise, for six of ten pairs.
std::vector<Rating> plantedRatings(std::int32_t users = 80, std::int32_t items = 60)
{
    Random random(11);
    Matrix p(users, 3);
    Matrix q(items, 3);
    for (Matrix* m : {&p, &q})
        for (float& value : m->reshaped<Eigen::RowMajor>())
            value = static_cast<float>(random.normal());
    std::vector<Rating> out;
    for (std::int32_t u = 0; u < users; ++u)
        for (std::int32_t i = 0; i < items; ++i)
            if (random.uniform() < 0.6)
                out.push_back({u, i,
                               3 + 0.5F * p(u, 2) + 0.5F * q(i, 2) + p.row(u).head(2).dot(q.row(i).head(2)) +
                                   static_cast<float>(kNoise * random.normal())});
    return out;
}

/// Users like the items of their own kind: number modulo 4.
std::vector<Rating> kindRatings(std::int32_t users = 60, std::int32_t items = 40)
{
    Random random(13);
    std::vector<Rating> out;
    for (std::int32_t u = 0; u < users; ++u)
        for (std::int32_t i = 0; i < items; ++i)
            if (u % 4 == i % 4 && random.uniform() < 0.8)
                out.push_back({u, i, 1});
    return out;
}

RecommenderOptions smallOptions(RecommenderLoss loss = RecommenderLoss::Squared,
                                const std::string& optimizer = "adagrad")
{
    RecommenderOptions out = defaultsFor(loss, optimizer);
    out.embedding_dim = 8;
    out.batch_size = 64;
    out.epochs = 3;
    return out;
}

RecommenderTrainer trained(const RecommenderOptions& options, const Data& data)
{
    auto trainer = *RecommenderTrainer::create(options, data);
    while (!trainer.finished())
        if (!trainer.step())
            break;
    return trainer;
}

bool sameBits(const Matrix& a, const Matrix& b)
{
    return a.size() == b.size() &&
           std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(float)) == 0;
}

bool sameBits(const Recommender& a, const Recommender& b)
{
    return sameBits(a.userVectors(), b.userVectors()) && sameBits(a.itemVectors(), b.itemVectors()) &&
           sameBits(a.userBias(), b.userBias()) && sameBits(a.itemBias(), b.itemBias());
}

double rmse(const Recommender& model, std::span<const Rating> ratings)
{
    return ratingError(ratings, predictionOf(model), {})->rmse;
}

} // namespace

class RecommenderTrainerTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void twoStepsByHand();
    void aStepOfBprByHand();
    void plantedFactorsAreFound_data();
    void plantedFactorsAreFound();
    void ranksWhatBelongsTogether_data();
    void ranksWhatBelongsTogether();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
    void theSeedDecides();
    void everyRatingOnceAnEpoch();
    void whoHasEverythingIsPassedOver();
    void divergenceKeepsTheLastGoodWeights();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
    void optionsSurviveTheirFields();
    void everyOptionHasAText();
    void filmTrust_data();
    void filmTrust();
};

void RecommenderTrainerTest::twoStepsByHand()
{
    // Vectors start at zero and stay there, so that only the biases learn: mean 3, errors +1 and -1.
    RecommenderOptions options = smallOptions(RecommenderLoss::Squared, "sgd");
    options.init_std = 0;
    options.lr = 0.25;
    options.reg = 0.5;
    auto trainer = *RecommenderTrainer::create(options, dataOf({{0, 0, 2}, {0, 1, 4}}, 1, 2));
    QCOMPARE(trainer.model().globalMean(), 3.0F);
    const auto first = trainer.step();
    QCOMPARE(first->loss, 1.0);
    QCOMPARE(first->ratings, 2);
    QVERIFY(first->epochEnded);
    // Mean of two: gradient of an item is its error, and the user's sums to 0.
    QCOMPARE(trainer.model().itemBias(), (Matrix(2, 1) << -0.25F, 0.25F).finished());
    QCOMPARE(trainer.model().userBias()(0, 0), 0.0F);
    QCOMPARE(trainer.step()->loss, 0.5625);
    // Error 0.75, plus 2 * 0.5 / 2 * bias: -0.25 - 0.25 * (0.75 - 0.125)
    QCOMPARE(trainer.model().itemBias(), (Matrix(2, 1) << -0.40625F, 0.40625F).finished());
    QVERIFY(trainer.model().itemVectors().isZero());
}

void RecommenderTrainerTest::aStepOfBprByHand()
{
    RecommenderOptions options = smallOptions(RecommenderLoss::Bpr, "sgd");
    options.init_std = 0;
    options.lr = 1;
    options.reg = 0;
    auto trainer = *RecommenderTrainer::create(options, dataOf({{0, 1, 1}}, 1, 2));
    QCOMPARE(trainer.step()->loss, std::log(2.0));
    // Item 0 is the only one to rank below; sigmoid(0) = 1/2.
    QCOMPARE(trainer.model().itemBias(), (Matrix(2, 1) << -0.5F, 0.5F).finished());
    QVERIFY(std::abs(trainer.step()->loss - std::log1p(std::exp(-1.0))) < 1e-7);
    QCOMPARE(trainer.model().globalMean(), 0.0F);
    QCOMPARE(trainer.model().userBias()(0, 0), 0.0F);
}

void RecommenderTrainerTest::plantedFactorsAreFound_data()
{
    QTest::addColumn<QString>("optimizer");
    QTest::addColumn<double>("lr");
    QTest::addColumn<double>("init_std");
    QTest::newRow("adagrad") << "adagrad" << 0.1 << 0.3;
    QTest::newRow("sgd") << "sgd" << 2.0 << 0.3;
    QTest::newRow("adam") << "adam" << 0.01 << 0.3;
    QTest::newRow("sparse_adam") << "sparse_adam" << 0.01 << 0.3;
}

void RecommenderTrainerTest::plantedFactorsAreFound()
{
    QFETCH(const QString, optimizer);
    QFETCH(const double, lr);
    QFETCH(const double, init_std);
    const RatingSplit split = splitRatings(plantedRatings(), 0.2, 0);
    RecommenderOptions options = smallOptions(RecommenderLoss::Squared, optimizer.toStdString());
    options.embedding_dim = 2;
    options.lr = lr;
    options.init_std = init_std;
    options.reg = 0.001;
    options.epochs = 120;
    const auto trainer = trained(options, dataOf(split.train, 80, 60));
    const double found = rmse(trainer.model(), split.heldOut);
    // Noise 0.1, and 6 numbers for each of 140 rows out of 2,300 ratings cost a little: sqrt(1 + 420 / 2300).
    QVERIFY2(found > 0.9 * kNoise && found < 1.35 * kNoise, qPrintable(QString::number(found)));
    const auto biases = fitBestBiases(split.train, 80, 60, 0, {});
    const auto ofBiases = ratingError(split.heldOut, [&biases](Index u, Index i) { return biases->predict(u, i); }, {});
    QVERIFY(ofBiases->rmse > 1);
}

void RecommenderTrainerTest::ranksWhatBelongsTogether_data()
{
    QTest::addColumn<int>("loss");
    QTest::newRow("bpr") << static_cast<int>(RecommenderLoss::Bpr);
    QTest::newRow("softmax") << static_cast<int>(RecommenderLoss::Softmax);
}

void RecommenderTrainerTest::ranksWhatBelongsTogether()
{
    QFETCH(const int, loss);
    const RatingSplit split = splitRatingsByUser(kindRatings(), 0.25, 0);
    RecommenderOptions options = smallOptions(static_cast<RecommenderLoss>(loss));
    options.epochs = 40;
    options.lr = 0.1;
    const auto trainer = trained(options, dataOf(split.train, 60, 40));
    const UserItems held(split.heldOut, 60);
    const UserItems known(split.train, 60);
    const auto found = rankingQuality(held, known, 40, 10, scoresOf(trainer.model()), {});
    // Ten items of the kind: those not known all fit into ten places.
    QVERIFY2(found->recall > 0.99, qPrintable(QString::number(found->recall)));
    const Eigen::VectorXf counts = popularity(split.train, 40);
    const auto popular =
        rankingQuality(held, known, 40, 10, [&counts](Index, Eigen::VectorXf& scores) { scores = counts; }, {});
    QVERIFY(popular->recall < 0.6);
}

void RecommenderTrainerTest::threadsDoNotMatter_data()
{
    QTest::addColumn<int>("loss");
    QTest::addColumn<QString>("optimizer");
    QTest::newRow("squared") << static_cast<int>(RecommenderLoss::Squared) << "adagrad";
    QTest::newRow("squared with adam, which moves all rows") << static_cast<int>(RecommenderLoss::Squared) << "adam";
    QTest::newRow("bpr") << static_cast<int>(RecommenderLoss::Bpr) << "sgd";
    QTest::newRow("softmax") << static_cast<int>(RecommenderLoss::Softmax) << "sparse_adam";
}

void RecommenderTrainerTest::threadsDoNotMatter()
{
    QFETCH(const int, loss);
    QFETCH(const QString, optimizer);
    RecommenderOptions options = smallOptions(static_cast<RecommenderLoss>(loss), optimizer.toStdString());
    // Large enough for several chunks of every loop.
    options.embedding_dim = 64;
    options.batch_size = 2000;
    options.epochs = 2;
    const Data data = dataOf(plantedRatings(), 80, 60);
    setThreadCount(1);
    const auto expected = trained(options, data);
    for (const int threads : {2, 5}) {
        setThreadCount(threads);
        QVERIFY(sameBits(trained(options, data).model(), expected.model()));
    }
}

void RecommenderTrainerTest::theSeedDecides()
{
    const Data data = dataOf(plantedRatings(), 80, 60);
    RecommenderOptions options = smallOptions();
    const auto first = trained(options, data);
    QVERIFY(sameBits(trained(options, data).model(), first.model()));
    options.seed = 1;
    QVERIFY(!sameBits(trained(options, data).model(), first.model()));
}

void RecommenderTrainerTest::everyRatingOnceAnEpoch()
{
    const auto ratings = plantedRatings();
    RecommenderOptions options = smallOptions();
    options.lr = 0; // so that the loss of an epoch is that of the start
    options.init_std = 0;
    auto trainer = *RecommenderTrainer::create(options, dataOf(ratings, 80, 60));
    double mean = 0;
    for (const Rating& rating : ratings)
        mean += static_cast<double>(rating.value) / static_cast<double>(ratings.size());
    double expected = 0;
    for (const Rating& rating : ratings)
        expected += std::pow(static_cast<double>(rating.value) - mean, 2);
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        double sum = 0;
        std::int64_t count = 0;
        for (bool ended = false; !ended;) {
            const auto report = trainer.step();
            sum += report->loss * static_cast<double>(report->ratings);
            count += report->ratings;
            ended = report->epochEnded;
        }
        QCOMPARE(count, std::ssize(ratings));
        QVERIFY(std::abs(sum / expected - 1) < 1e-5);
    }
    QVERIFY(trainer.finished());
    QCOMPARE(trainer.stepsDone(), trainer.totalSteps());
}

void RecommenderTrainerTest::whoHasEverythingIsPassedOver()
{
    const std::vector<Rating> ratings{{0, 0, 1}, {0, 1, 1}, {1, 0, 1}};
    auto trainer = *RecommenderTrainer::create(smallOptions(RecommenderLoss::Bpr), dataOf(ratings, 2, 2));
    QCOMPARE(trainer.step()->ratings, 1);
    const auto none =
        RecommenderTrainer::create(smallOptions(RecommenderLoss::Softmax), dataOf({{0, 0, 1}, {0, 1, 1}}, 1, 2));
    QVERIFY(!none && none.error().code == ErrorCode::FormatRefused);
    QVERIFY(!RecommenderTrainer::create(smallOptions(), dataOf({}, 1, 2)));
}

void RecommenderTrainerTest::divergenceKeepsTheLastGoodWeights()
{
    RecommenderOptions options = smallOptions(RecommenderLoss::Squared, "sgd");
    options.lr = 1e6;
    options.epochs = 1000;
    auto trainer = *RecommenderTrainer::create(options, dataOf(plantedRatings(), 80, 60));
    auto report = trainer.step();
    while (report)
        report = trainer.step();
    QCOMPARE(report.error().code, ErrorCode::TrainingDiverged);
    QVERIFY(std::stoll(report.error().args[0]) < 1000);
    QVERIFY(trainer.model().allFinite());
    QCOMPARE(trainer.stepsDone() % trainer.stepsPerEpoch(), 0);
}

void RecommenderTrainerTest::badOptionsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    for (const auto& [name, value] :
         {std::pair("loss", "hinge"), std::pair("optimizer", "adamw"), std::pair("optimizer", "newton"),
          std::pair("embedding_dim", "0"), std::pair("embedding_dim", "100001"), std::pair("embedding_dim", "3.5"),
          std::pair("lr", "-1"), std::pair("lr", "inf"), std::pair("lr", "fast"), std::pair("reg", "-0.1"),
          std::pair("reg", "nan"), std::pair("batch_size", "0"), std::pair("epochs", "0"), std::pair("negatives", "0"),
          std::pair("init_std", "-1"), std::pair("early_stop", "-1"), std::pair("seed", "-1")})
        QTest::addRow("%s %s", name, value) << name << value;
}

void RecommenderTrainerTest::badOptionsAreRefused()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    const auto read = recommenderOptionsFrom({{name.toStdString(), value.toStdString()}});
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::ValueRefused);
    QVERIFY(describe(read.error()).find(name.toStdString()) != std::string::npos);
}

void RecommenderTrainerTest::optionsSurviveTheirFields()
{
    RecommenderOptions options = defaultsFor(RecommenderLoss::Softmax, "adam");
    options.embedding_dim = 7;
    options.lr = 0.125;
    options.reg = 0.5;
    options.batch_size = 9;
    options.epochs = 11;
    options.negatives = 13;
    options.init_std = 0.75;
    options.early_stop = 2;
    options.seed = 18446744073709551615U;
    const auto back = recommenderOptionsFrom(toFields(options));
    QVERIFY(back.has_value());
    QCOMPARE(toFields(*back), toFields(options));
    // What is not named is what suits the loss and the optimizer.
    const auto sparse = recommenderOptionsFrom({{"loss", "bpr"}, {"optimizer", "sgd"}});
    QCOMPARE(toFields(*sparse), toFields(defaultsFor(RecommenderLoss::Bpr, "sgd")));
}

void RecommenderTrainerTest::everyOptionHasAText()
{
    for (const auto& [name, value] : toFields(RecommenderOptions()))
        QCOMPARE(std::string(recommenderParameter(name).name), name);
}

void RecommenderTrainerTest::filmTrust_data()
{
    QTest::addColumn<quint64>("seed");
    for (const quint64 seed : {0U, 1U, 2U})
        QTest::addRow("seed %d", static_cast<int>(seed)) << seed;
}

void RecommenderTrainerTest::filmTrust()
{
    QFETCH(const quint64, seed);
    std::vector<std::filesystem::path> paths;
    for (int part = 0; part < 4; ++part)
        paths.push_back(std::filesystem::path(qgetenv("EMBEDSCOPE_DATA").toStdString()) /
                        ("filmtrust/ratings_" + std::to_string(part) + ".txt"));
    for (const auto& path : paths)
        if (!std::filesystem::exists(path))
            QSKIP(("EMBEDSCOPE_DATA has no " + path.string()).c_str());
    Progress progress;
    const auto set = readRatings(paths, {}, progress);
    QVERIFY(set.has_value());
    const Index users = set->users.size();
    const Index items = set->items.size();
    const RatingSplit split = splitRatings(set->ratings, 0.2, seed);
    RecommenderOptions options;
    options.seed = seed;
    const auto trainer = trained(options, dataOf(split.train, users, items));
    const auto biases = fitBestBiases(split.train, users, items, seed, {});
    const auto ofBiases = ratingError(split.heldOut, [&biases](Index u, Index i) { return biases->predict(u, i); }, {});
    const auto ofMean = ratingError(split.heldOut, [&biases](Index, Index) { return biases->mean; }, {});
    const double found = rmse(trainer.model(), split.heldOut);
    const QString figures = QStringLiteral("%1, biases %2, mean %3").arg(found).arg(ofBiases->rmse).arg(ofMean->rmse);
    QVERIFY2(found < ofBiases->rmse - 0.005, qPrintable(figures));
    QVERIFY2(ofBiases->rmse < ofMean->rmse - 0.09, qPrintable(figures));
    QVERIFY2(found > 0.75 && found < 0.81, qPrintable(figures));
}

QTEST_APPLESS_MAIN(RecommenderTrainerTest)
#include "tst_recommender_trainer.moc"
