// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender.h"

#include "core/train/recommender_loss.h"

#include <QtTest>

#include <functional>

using namespace embedscope;

namespace {

using Doubles = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr std::array<const char*, 4> kNames{"user_embedding.weight", "item_embedding.weight", "user_bias.weight",
                                            "item_bias.weight"};

Recommender model(Index users, Index items, Index dim)
{
    Random random(5);
    std::vector<Rating> all;
    for (std::int32_t u = 0; u < users; ++u)
        for (std::int32_t i = 0; i < items; ++i)
            all.push_back({u, i, 1});
    auto out = *Recommender::create(users, items, dim, 0.5, true, all, random);
    for (const char* name : {"user_bias.weight", "item_bias.weight"})
        for (float& value : out.weight(name).reshaped())
            value = static_cast<float>(random.normal());
    out.setGlobalMean(0.75F);
    return out;
}

/// The formula of recommender.h over again, in float64.
Doubles scores(const std::vector<Doubles>& w, const RecommenderBatch& batch, double mean)
{
    const auto each = static_cast<Index>(batch.items.size() / batch.users.size());
    Doubles out(static_cast<Index>(batch.users.size()), each);
    for (Index u = 0; u < out.rows(); ++u)
        for (Index c = 0; c < each; ++c) {
            const Index user = batch.users[static_cast<std::size_t>(u)];
            const Index item = batch.items[static_cast<std::size_t>(u * each + c)];
            out(u, c) = mean + w[2](user, 0) + w[3](item, 0) + w[0].row(user).dot(w[1].row(item));
        }
    return out;
}

double penalty(const std::vector<Doubles>& w, const RecommenderBatch& batch)
{
    double users = 0;
    double items = 0;
    for (const auto user : batch.users)
        users += w[0].row(user).squaredNorm() + w[2].row(user).squaredNorm();
    for (const auto item : batch.items)
        items += w[1].row(item).squaredNorm() + w[3].row(item).squaredNorm();
    return users / static_cast<double>(batch.users.size()) + items / static_cast<double>(batch.items.size());
}

using DataLoss = std::function<double(const Doubles& scores)>;

/// Compares every gradient of the model with central differences of loss + reg * penalty.
void compareGradients(Recommender& tested, const RecommenderBatch& batch, double reg, const DataLoss& loss)
{
    std::vector<Doubles> w;
    for (const char* name : kNames)
        w.push_back(tested.weight(name).cast<double>());
    const double mean = static_cast<double>(tested.globalMean());
    const auto objective = [&] { return loss(scores(w, batch, mean)) + reg * penalty(w, batch); };
    const auto parameters = tested.parameters();
    for (std::size_t table = 0; table < w.size(); ++table) {
        QCOMPARE(parameters[table].name, std::string(kNames[table]));
        const Matrix gradient = toDense(*parameters[table].row_grad, w[table].rows(), w[table].cols());
        for (Index k = 0; k < w[table].size(); ++k) {
            constexpr double kStep = 1e-5;
            const double kept = w[table].data()[k];
            w[table].data()[k] = kept + kStep;
            const double above = objective();
            w[table].data()[k] = kept - kStep;
            const double below = objective();
            w[table].data()[k] = kept;
            const double expected = (above - below) / (2 * kStep);
            const auto found = static_cast<double>(gradient.data()[k]);
            QVERIFY2(
                std::abs(found - expected) < 1e-5 * (1 + std::abs(expected)),
                qPrintable(QStringLiteral("%1[%2]: %3, not %4").arg(kNames[table]).arg(k).arg(found).arg(expected)));
        }
    }
}

} // namespace

class RecommenderTest : public QObject
{
    Q_OBJECT

private slots:
    void scoresByHand();
    void gradientsByHand();
    void gradientOfSquaredLoss();
    void gradientOfRankingLoss_data();
    void gradientOfRankingLoss();
    void oneNegativeIsBpr();
    void rowsNobodyKnowsAreZero();
    void biasesOfUsersCanStay();
    void rowsOutOfRangeAreRefused();
    void tensorsHaveTheNamesOfTorch();
};

void RecommenderTest::scoresByHand()
{
    Recommender tested = model(2, 2, 2);
    tested.weight("user_embedding.weight") << 1, 2, 3, 4;
    tested.weight("item_embedding.weight") << 5, 6, -1, 0.5F;
    tested.weight("user_bias.weight") << 0.25F, -1;
    tested.weight("item_bias.weight") << 0.5F, 2;
    tested.setGlobalMean(3);
    Matrix found;
    QVERIFY(tested.forward({{0, 1}, {0, 1, 1, 0}, {}}, found).has_value());
    // 3 + 0.25 + 0.5 + (5 + 12); 3 + 0.25 + 2 + (-1 + 1); 3 - 1 + 2 + (-3 + 2); 3 - 1 + 0.5 + (15 + 24)
    QCOMPARE(found, (Matrix(2, 2) << 20.75F, 5.25F, 3, 41.5F).finished());
    QCOMPARE(tested.score(0, 0), 20.75);
    QCOMPARE(tested.score(1, 1), 3.0);
}

void RecommenderTest::gradientsByHand()
{
    Recommender tested = model(1, 1, 1);
    tested.weight("user_embedding.weight") << 2;
    tested.weight("item_embedding.weight") << 3;
    tested.weight("user_bias.weight") << 0.5F;
    tested.weight("item_bias.weight") << -1;
    tested.setGlobalMean(4);
    const RecommenderBatch batch{{0}, {0}, {4}};
    Matrix found;
    Matrix grad;
    QVERIFY(tested.forward(batch, found).has_value());
    // 4 + 0.5 - 1 + 6 - 4 = 5.5
    QCOMPARE(squaredLoss(found, batch.values, grad).value(), 30.25);
    tested.backward(batch, grad, 0.5, true);
    const auto parameters = tested.parameters();
    QCOMPARE(parameters[0].row_grad->values(0, 0), 11.0F * 3 + 2);   // 2 e q + 2 reg p
    QCOMPARE(parameters[1].row_grad->values(0, 0), 11.0F * 2 + 3);   // 2 e p + 2 reg q
    QCOMPARE(parameters[2].row_grad->values(0, 0), 11.0F + 0.5F);    // 2 e + 2 reg b_u
    QCOMPARE(parameters[3].row_grad->values(0, 0), 11.0F + (-1.0F)); // 2 e + 2 reg b_i
}

void RecommenderTest::gradientOfSquaredLoss()
{
    Recommender tested = model(4, 5, 3);
    // User 1 and item 2 occur several times; user 3 and item 4 not at all.
    const RecommenderBatch batch{{1, 0, 1, 2, 1}, {2, 2, 0, 3, 1}, {1, 4, 2, 3, 0.5F}};
    Matrix found;
    Matrix grad;
    QVERIFY(tested.forward(batch, found).has_value());
    const double value = squaredLoss(found, batch.values, grad).value();
    tested.backward(batch, grad, 0.3, true);
    const DataLoss loss = [&batch](const Doubles& s) {
        double sum = 0;
        for (Index i = 0; i < s.rows(); ++i)
            sum += std::pow(s(i, 0) - static_cast<double>(batch.values[static_cast<std::size_t>(i)]), 2);
        return sum / static_cast<double>(s.rows());
    };
    QVERIFY(std::abs(value - loss(found.cast<double>())) < 1e-6);
    compareGradients(tested, batch, 0.3, loss);
}

void RecommenderTest::gradientOfRankingLoss_data()
{
    QTest::addColumn<std::vector<std::int64_t>>("items");
    QTest::newRow("bpr: one other item") << std::vector<std::int64_t>{0, 1, 2, 0, 3, 0};
    QTest::newRow("softmax: three others, one of them twice")
        << std::vector<std::int64_t>{0, 1, 2, 1, 2, 0, 4, 3, 3, 0, 1, 4};
}

void RecommenderTest::gradientOfRankingLoss()
{
    QFETCH(const std::vector<std::int64_t>, items);
    Recommender tested = model(4, 5, 3);
    const RecommenderBatch batch{{1, 0, 1}, items, {}};
    Matrix found;
    Matrix grad;
    QVERIFY(tested.forward(batch, found).has_value());
    const double value = rankingLoss(found, grad).value();
    tested.backward(batch, grad, 0.2, true);
    const DataLoss loss = [](const Doubles& s) {
        double sum = 0;
        for (Index i = 0; i < s.rows(); ++i)
            sum += std::log(s.row(i).array().exp().sum()) - s(i, 0);
        return sum / static_cast<double>(s.rows());
    };
    QVERIFY(std::abs(value - loss(found.cast<double>())) < 1e-6);
    compareGradients(tested, batch, 0.2, loss);
}

void RecommenderTest::oneNegativeIsBpr()
{
    const Matrix given = (Matrix(2, 2) << 1.5F, 0.5F, -2, 1).finished();
    Matrix grad;
    const auto minusLogSigmoid = [](double x) { return std::log1p(std::exp(-x)); };
    const double expected = (minusLogSigmoid(1) + minusLogSigmoid(-3)) / 2;
    QVERIFY(std::abs(rankingLoss(given, grad).value() - expected) < 1e-7);
    const auto pull = [](double x) { return static_cast<float>(-1 / (1 + std::exp(x)) / 2); }; // of the mean over two
    QVERIFY(std::abs(grad(0, 0) - pull(1)) < 1e-7F && std::abs(grad(0, 1) + pull(1)) < 1e-7F);
    QVERIFY(std::abs(grad(1, 0) - pull(-3)) < 1e-7F && std::abs(grad(1, 1) + pull(-3)) < 1e-7F);
}

void RecommenderTest::rowsNobodyKnowsAreZero()
{
    const std::vector<Rating> train{{0, 2, 1}, {2, 0, 1}};
    Random random(1);
    const auto made = Recommender::create(3, 4, 2, 1.0, true, train, random);
    QVERIFY(made.has_value());
    for (const Index row : {0, 2})
        QVERIFY(!made->userVectors().row(row).isZero() && !made->itemVectors().row(row).isZero());
    QVERIFY(made->userVectors().row(1).isZero());
    QVERIFY(made->itemVectors().row(1).isZero() && made->itemVectors().row(3).isZero());
    QVERIFY(made->userBias().isZero() && made->itemBias().isZero());
}

void RecommenderTest::biasesOfUsersCanStay()
{
    Recommender tested = model(2, 3, 2);
    Matrix found;
    Matrix grad;
    const RecommenderBatch batch{{0}, {0, 1}, {}};
    QVERIFY(tested.forward(batch, found).has_value());
    QVERIFY(rankingLoss(found, grad).has_value());
    tested.backward(batch, grad, 0.1, false);
    QVERIFY(tested.parameters()[2].row_grad == nullptr);
    QVERIFY(tested.parameters()[3].row_grad != nullptr);
}

void RecommenderTest::rowsOutOfRangeAreRefused()
{
    Recommender tested = model(2, 3, 2);
    Matrix found;
    QCOMPARE(tested.forward({{2}, {0}, {}}, found).error().code, ErrorCode::IndexOutOfRange);
    QCOMPARE(tested.forward({{0}, {3}, {}}, found).error().code, ErrorCode::IndexOutOfRange);
}

void RecommenderTest::tensorsHaveTheNamesOfTorch()
{
    const Recommender tested = model(2, 3, 4);
    const TensorFile file = tested.tensors();
    QCOMPARE(file.tensors.size(), std::size_t{5});
    QCOMPARE(file.tensors.at("user_embedding.weight").shape, (std::vector<Index>{2, 4}));
    QCOMPARE(file.tensors.at("item_embedding.weight").shape, (std::vector<Index>{3, 4}));
    QCOMPARE(file.tensors.at("user_bias.weight").shape, (std::vector<Index>{2, 1}));
    QCOMPARE(file.tensors.at("item_bias.weight").shape, (std::vector<Index>{3, 1}));
    QCOMPARE(file.tensors.at("global_mean").shape, std::vector<Index>{});
    QCOMPARE(std::get<std::vector<float>>(file.tensors.at("global_mean").data), std::vector<float>{0.75F});
}

QTEST_APPLESS_MAIN(RecommenderTest)
#include "tst_recommender.moc"
