// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_metrics.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/train/rating_split.h"
#include "core/train/recommender_baselines.h"

#include <QtTest>

#include <set>

using namespace embedscope;

namespace {

using Items = std::vector<std::int32_t>;

/// Every user rates every item.
std::vector<Rating> fullRatings(std::int32_t users, std::int32_t items)
{
    std::vector<Rating> out;
    for (std::int32_t u = 0; u < users; ++u)
        for (std::int32_t i = 0; i < items; ++i)
            out.push_back({u, i, static_cast<float>(1 + (u + i) % 5)});
    return out;
}

} // namespace

class RecommenderMetricsTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void errorsByHand();
    void rankingOfOneUser_data();
    void rankingOfOneUser();
    void rankingLeavesOutWhatIsKnown();
    void equalScoresGoByRow();
    void resultsDoNotDependOnThreads();
    void stops();
    void missingItemsAreThoseTheUserHasNot();
    void splitsEveryRatingOnce();
    void splitsEachUserAlone();
    void thresholdKeepsWhatReachesIt();
    void biasesByHand();
    void biasesSolveTheirEquations();
    void strengthIsThatOfTheBestValidation();
};

void RecommenderMetricsTest::errorsByHand()
{
    const std::vector<Rating> ratings{{0, 0, 1}, {0, 1, 2}, {1, 0, 4}, {1, 1, 4}};
    const auto found = ratingError(ratings, [](Index u, Index) { return u == 0 ? 2.0 : 3.0; }, {});
    QCOMPARE(found->rmse, std::sqrt((1.0 + 0 + 1 + 1) / 4));
    QCOMPARE(found->mae, 0.75);
    QCOMPARE(ratingError({}, [](Index, Index) { return 1.0; }, {})->rmse, 0.0);
}

void RecommenderMetricsTest::rankingOfOneUser_data()
{
    QTest::addColumn<Items>("ranked");
    QTest::addColumn<Items>("relevant");
    QTest::addColumn<int>("k");
    QTest::addColumn<double>("recall");
    QTest::addColumn<double>("ndcg");
    const double second = 1 / std::log2(3.0);
    const double third = 0.5;
    QTest::newRow("all in front") << Items{4, 2} << Items{2, 4} << 2 << 1.0 << 1.0;
    QTest::newRow("none") << Items{4, 2} << Items{1, 3} << 2 << 0.0 << 0.0;
    QTest::newRow("one of two, at the third place")
        << Items{9, 8, 1} << Items{1, 5} << 3 << 0.5 << third / (1 + second);
    QTest::newRow("one of one, at the second place") << Items{9, 1, 8} << Items{1} << 3 << 1.0 << second;
    QTest::newRow("more looked for than places") << Items{1, 2} << Items{1, 2, 3, 4} << 2 << 0.5 << 1.0;
    QTest::newRow("places beyond k do not count") << Items{9, 1} << Items{1} << 1 << 0.0 << 0.0;
}

void RecommenderMetricsTest::rankingOfOneUser()
{
    QFETCH(const Items, ranked);
    QFETCH(const Items, relevant);
    QFETCH(const int, k);
    const RankingQuality found = rankingOf(ranked, relevant, k);
    QTEST(found.recall, "recall");
    QTEST(found.ndcg, "ndcg");
}

void RecommenderMetricsTest::rankingLeavesOutWhatIsKnown()
{
    // Scores fall with the row. User 0 knows items 0 and 1, so that 2 and 3 are in front; user 1 has nothing held out.
    const UserItems train(std::vector<Rating>{{0, 0, 1}, {0, 1, 1}, {1, 0, 1}}, 2);
    const UserItems held(std::vector<Rating>{{0, 3, 1}}, 2);
    const auto falling = [](Index, Eigen::VectorXf& scores) {
        for (Index i = 0; i < scores.size(); ++i)
            scores[i] = static_cast<float>(-i);
    };
    const auto two = rankingQuality(held, train, 5, 2, falling, {});
    QCOMPARE(two->users, 1);
    QCOMPARE(two->recall, 1.0);
    QCOMPARE(two->ndcg, 1 / std::log2(3.0));
    QCOMPARE(rankingQuality(held, train, 5, 1, falling, {})->recall, 0.0);
}

void RecommenderMetricsTest::equalScoresGoByRow()
{
    const UserItems none(std::vector<Rating>{}, 1);
    const auto equal = [](Index, Eigen::VectorXf& scores) { scores.setZero(); };
    QCOMPARE(rankingQuality(UserItems(std::vector<Rating>{{0, 1, 1}}, 1), none, 4, 2, equal, {})->recall, 1.0);
    QCOMPARE(rankingQuality(UserItems(std::vector<Rating>{{0, 2, 1}}, 1), none, 4, 2, equal, {})->recall, 0.0);
}

void RecommenderMetricsTest::resultsDoNotDependOnThreads()
{
    const auto all = fullRatings(300, 100);
    const RatingSplit split = splitRatingsByUser(all, 0.3, 1);
    const UserItems held(split.heldOut, 300);
    const UserItems train(split.train, 300);
    const auto score = [](Index user, Eigen::VectorXf& scores) {
        Random random(static_cast<std::uint64_t>(user));
        for (float& s : scores)
            s = static_cast<float>(random.normal());
    };
    const auto predict = [](Index u, Index i) { return 0.1 * static_cast<double>(u) + 0.3 * static_cast<double>(i); };
    std::set<double> recalls;
    std::set<double> errors;
    for (const int threads : {1, 2, 5}) {
        setThreadCount(threads);
        recalls.insert(rankingQuality(held, train, 100, 10, score, {})->ndcg);
        errors.insert(ratingError(all, predict, {})->rmse);
    }
    QCOMPARE(recalls.size(), std::size_t{1});
    QCOMPARE(errors.size(), std::size_t{1});
}

void RecommenderMetricsTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const auto all = fullRatings(3, 3);
    QCOMPARE(ratingError(
                 all, [](Index, Index) { return 0.0; }, source.get_token())
                 .error()
                 .code,
             ErrorCode::Cancelled);
    QCOMPARE(fitBestBiases(all, 3, 3, 0, source.get_token()).error().code, ErrorCode::Cancelled);
}

void RecommenderMetricsTest::missingItemsAreThoseTheUserHasNot()
{
    const UserItems known(std::vector<Rating>{{0, 5, 1}, {0, 0, 1}, {0, 1, 1}, {0, 9, 1}}, 2);
    Items missing;
    for (int k = 0; k < 6; ++k)
        missing.push_back(known.missing(0, k));
    QCOMPARE(missing, (Items{2, 3, 4, 6, 7, 8}));
    QCOMPARE(known.missing(1, 7), 7);
    QVERIFY(std::ranges::equal(known.of(0), Items{0, 1, 5, 9}));
}

void RecommenderMetricsTest::splitsEveryRatingOnce()
{
    const auto all = fullRatings(20, 10);
    const RatingSplit split = splitRatings(all, 0.2, 3);
    QCOMPARE(split.heldOut.size(), std::size_t{40});
    QCOMPARE(split.train.size(), std::size_t{160});
    std::set<std::pair<int, int>> pairs;
    for (const auto* part : {&split.train, &split.heldOut})
        for (const Rating& rating : *part)
            pairs.emplace(rating.user, rating.item);
    QCOMPARE(pairs.size(), std::size_t{200});
    QCOMPARE(splitRatings(all, 0.2, 3).heldOut, split.heldOut);
    QVERIFY(splitRatings(all, 0.2, 4).heldOut != split.heldOut);
    QCOMPARE(splitRatings(std::span(all).first(1), 0.9, 0).train.size(), std::size_t{1});
    QVERIFY(splitRatings({}, 0.5, 0).train.empty());
}

void RecommenderMetricsTest::splitsEachUserAlone()
{
    auto all = fullRatings(3, 10);
    all.push_back({3, 0, 1}); // a single rating, which stays
    const RatingSplit split = splitRatingsByUser(all, 0.3, 9);
    std::array<int, 4> held{};
    for (const Rating& rating : split.heldOut)
        ++held[static_cast<std::size_t>(rating.user)];
    QCOMPARE(held, (std::array<int, 4>{3, 3, 3, 0}));
    QCOMPARE(split.train.size() + split.heldOut.size(), all.size());
}

void RecommenderMetricsTest::thresholdKeepsWhatReachesIt()
{
    const std::vector<Rating> all{{0, 0, 3}, {0, 1, 4}, {1, 0, 5}, {1, 1, -1}};
    QCOMPARE(positivesOf(all, 4), (std::vector<Rating>{{0, 1, 1}, {1, 0, 1}}));
    QCOMPARE(positivesOf(all).size(), std::size_t{4});
}

void RecommenderMetricsTest::biasesByHand()
{
    // One user, so mean 3: minimise (-1 - u - a)^2 + (1 - u - b)^2 + u^2 + a^2 + b^2, where u = 0, a = -1/2, b = 1/2.
    const std::vector<Rating> ratings{{0, 0, 2}, {0, 1, 4}};
    const auto fitted = fitBiases(ratings, 2, 3, {.user = 1, .item = 1}, {});
    QCOMPARE(fitted->mean, 3.0);
    QVERIFY(std::abs(fitted->user[0]) < 1e-6);
    QVERIFY(std::abs(fitted->item[0] + 0.5) < 1e-6 && std::abs(fitted->item[1] - 0.5) < 1e-6);
    QCOMPARE(fitted->user[1], 0.0);
    QCOMPARE(fitted->item[2], 0.0);
    QVERIFY(std::abs(fitted->predict(0, 1) - 3.5) < 1e-6);
}

void RecommenderMetricsTest::biasesSolveTheirEquations()
{
    const auto ratings = splitRatings(fullRatings(30, 20), 0.5, 1).train;
    const BiasStrength strength{.user = 2, .item = 3};
    const auto fitted = fitBiases(ratings, 30, 20, strength, {});
    std::vector<double> slope(30);
    for (std::size_t u = 0; u < slope.size(); ++u)
        slope[u] = strength.user * fitted->user[u];
    for (const Rating& rating : ratings)
        slope[static_cast<std::size_t>(rating.user)] +=
            fitted->predict(rating.user, rating.item) - static_cast<double>(rating.value);
    for (const double s : slope)
        QVERIFY(std::abs(s) < 1e-4);
}

void RecommenderMetricsTest::strengthIsThatOfTheBestValidation()
{
    // Five ratings a user: of noise, the biases are best held back; of nothing but biases, best let go.
    Random random(2);
    std::vector<Rating> noise = fullRatings(400, 5);
    std::vector<Rating> biased = noise;
    for (Rating& rating : noise)
        rating.value = static_cast<float>(random.normal());
    for (Rating& rating : biased)
        rating.value = static_cast<float>(rating.user % 7 + rating.item % 3);
    QVERIFY(fitBestBiases(noise, 400, 5, 0, {})->strength.user >= 15);
    QCOMPARE(fitBestBiases(biased, 400, 5, 0, {})->strength.user, 0.5);
}

QTEST_APPLESS_MAIN(RecommenderMetricsTest)
#include "tst_recommender_metrics.moc"
