// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/project/map_quality.h"
#include "tests/core/search/glove_sample.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace embedscope;
using namespace embedscope::test;

class TestMapQuality : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void aFaithfulMapHasNoFaults();
    void judgesByHand();
    void obeysTheDefinition_data();
    void obeysTheDefinition();
    void aSampleIsJudgedAgainstAll();
    void survivesDegenerateMaps();
    void refusesTooFewPoints();
    void threadsDoNotMatter();
    void stopsWhenAsked();
    void agreesWithScikitLearn();
};

namespace {

MapQuality qualityOf(const Matrix& points, const Matrix& map, QualityOptions options)
{
    Progress progress;
    return mapQuality(points, map, options, {}, progress).value();
}

Matrix normal(Index rows, Index dim, std::uint64_t seed)
{
    Random random(seed);
    Matrix out(rows, dim);
    for (float& value : out.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    return out;
}

/// All others of a point, nearest first, ties by row, in float64.
std::vector<Index> order(const Matrix& points, Index point)
{
    std::vector<std::pair<double, Index>> all;
    for (Index other = 0; other < points.rows(); ++other)
        if (other != point)
            all.emplace_back((points.row(point).cast<double>() - points.row(other).cast<double>()).squaredNorm(),
                             other);
    std::sort(all.begin(), all.end());
    std::vector<Index> out;
    for (const auto& [distance, other] : all)
        out.push_back(other);
    return out;
}

/// Venna and Kaski's sum over one point: how far beyond k the first k of `a` are in `b`.
double beyond(const std::vector<Index>& a, const std::vector<Index>& b, Index k)
{
    double sum = 0;
    for (Index place = 0; place < k; ++place) {
        const auto at = std::find(b.begin(), b.end(), a[static_cast<std::size_t>(place)]) - b.begin();
        sum += static_cast<double>(std::max<Index>(0, at + 1 - k));
    }
    return sum;
}

} // namespace

void TestMapQuality::aFaithfulMapHasNoFaults()
{
    const Matrix map = normal(500, 2, 1);
    const auto quality = qualityOf(map, map * 3, {.sample = 0});
    QCOMPARE(quality.trustworthiness, 1.0);
    QCOMPARE(quality.continuity, 1.0);
    QCOMPARE(quality.knn_kept, 1.0);
    QCOMPARE(quality.k, Index{15});
    QCOMPARE(quality.judged.size(), std::size_t{500});
}

void TestMapQuality::judgesByHand()
{
    // 0 1 3 7 on a line in the space; the map shows them as 0 10 3 7.
    const Matrix space{{0}, {1}, {3}, {7}};
    const Matrix map{{0, 0}, {10, 0}, {3, 0}, {7, 0}};
    // Neighbours, nearest first, in the space: 0: 1 2 3; 1: 0 2 3; 2: 1 0 3; 3: 2 1 0.
    // On the map: 0: 2 3 1; 1: 3 2 0; 2: 0 3 1; 3: 1 2 0. With k = 1 a rank of r costs r - 1 of 1 * (8 - 3 - 1) / 2
    // = 2.
    const auto quality = qualityOf(space, map, {.k = 1, .kept_k = 2, .sample = 0});
    QCOMPARE(quality.trust_of_point, (std::vector<float>{0.5F, 0, 0.5F, 0.5F}));
    QCOMPARE(quality.continuity_of_point, (std::vector<float>{0, 0, 0, 0.5F}));
    QCOMPARE(quality.kept_of_point, (std::vector<float>{0.5F, 0.5F, 0.5F, 1}));
    QCOMPARE(quality.trustworthiness, 0.375);
    QCOMPARE(quality.continuity, 0.125);
    QCOMPARE(quality.knn_kept, 0.625);
}

void TestMapQuality::obeysTheDefinition_data()
{
    QTest::addColumn<Matrix>("space");
    QTest::addColumn<Matrix>("map");
    QTest::newRow("unrelated") << normal(700, 9, 2) << normal(700, 2, 3);
    QTest::newRow("three dimensions") << normal(300, 4, 4) << normal(300, 3, 5);
    Matrix grid = (normal(600, 3, 6) * 2).array().round();
    QTest::newRow("many ties and duplicates") << grid << grid.leftCols(2).eval();
    Matrix clump = normal(500, 5, 7);
    clump.topRows(200) = (clump.topRows(200) * 1e-5F).rowwise() + RowVector::Constant(5, 40);
    QTest::newRow("a clump below the rounding of products") << clump << clump.leftCols(2).eval();
}

void TestMapQuality::obeysTheDefinition()
{
    QFETCH(Matrix, space);
    QFETCH(Matrix, map);
    const Index n = space.rows();
    const Index k = 12;
    const auto quality = qualityOf(space, map, {.k = k, .kept_k = 20, .sample = 0});
    const double most = static_cast<double>(k * (2 * n - 3 * k - 1)) / 2;
    for (Index point = 0; point < n; ++point) {
        const auto inSpace = order(space, point);
        const auto onMap = order(map, point);
        const auto at = static_cast<std::size_t>(point);
        QVERIFY(std::abs(static_cast<double>(quality.trust_of_point[at]) - (1 - beyond(onMap, inSpace, k) / most)) <
                1e-6);
        QVERIFY(std::abs(static_cast<double>(quality.continuity_of_point[at]) -
                         (1 - beyond(inSpace, onMap, k) / most)) < 1e-6);
        const auto kept = std::count_if(inSpace.begin(), inSpace.begin() + 20, [&](Index other) {
            return std::find(onMap.begin(), onMap.begin() + 20, other) != onMap.begin() + 20;
        });
        QCOMPARE(quality.kept_of_point[at], static_cast<float>(kept) / 20);
    }
}

void TestMapQuality::aSampleIsJudgedAgainstAll()
{
    const Matrix space = normal(1000, 6, 8);
    const Matrix map = space.leftCols(2);
    const auto all = qualityOf(space, map, {.sample = 0});
    const auto some = qualityOf(space, map, {.sample = 50, .seed = 3});
    QCOMPARE(some.judged.size(), std::size_t{50});
    QVERIFY(std::is_sorted(some.judged.begin(), some.judged.end()));
    QVERIFY(std::adjacent_find(some.judged.begin(), some.judged.end()) == some.judged.end());
    double sum = 0;
    for (std::size_t i = 0; i < some.judged.size(); ++i) {
        QCOMPARE(some.trust_of_point[i], all.trust_of_point[static_cast<std::size_t>(some.judged[i])]);
        sum += static_cast<double>(some.trust_of_point[i]);
    }
    QVERIFY(std::abs(some.trustworthiness - sum / 50) < 1e-12);
    QVERIFY(qualityOf(space, map, {.sample = 50, .seed = 4}).judged != some.judged);
}

void TestMapQuality::survivesDegenerateMaps()
{
    const Matrix space = normal(100, 3, 9);
    const auto collapsed = qualityOf(space, Matrix::Zero(100, 2), {});
    QVERIFY(collapsed.trustworthiness > 0 && collapsed.trustworthiness < 1);
    const auto equal = qualityOf(Matrix::Constant(100, 3, 2), Matrix::Constant(100, 2, 1), {});
    QCOMPARE(equal.trustworthiness, 1.0); // ties by row, here and there
    const auto three = qualityOf(Matrix{{0}, {1}, {5}}, Matrix{{0, 0}, {1, 0}, {5, 0}}, {});
    QCOMPARE(three.k, Index{1});
    QCOMPARE(three.kept_k, Index{2});
    QCOMPARE(three.trustworthiness, 1.0);
}

void TestMapQuality::refusesTooFewPoints()
{
    for (const Index rows : {0, 1, 2}) {
        Progress progress;
        const auto result = mapQuality(Matrix::Zero(rows, 3), Matrix::Zero(rows, 2), {}, {}, progress);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ValueRefused);
    }
    Progress progress;
    const auto result = mapQuality(Matrix::Zero(9, 3), Matrix::Zero(8, 2), {}, {}, progress);
    QCOMPARE(result.error().code, ErrorCode::ShapeMismatch);
}

void TestMapQuality::threadsDoNotMatter()
{
    const Matrix space = normal(2000, 10, 10);
    setThreadCount(1);
    const auto one = qualityOf(space, space.leftCols(2), {.sample = 300});
    setThreadCount(2);
    const auto two = qualityOf(space, space.leftCols(2), {.sample = 300});
    QCOMPARE(one.trust_of_point, two.trust_of_point);
    QCOMPARE(one.continuity_of_point, two.continuity_of_point);
    QCOMPARE(one.kept_of_point, two.kept_of_point);
    QCOMPARE(one.trustworthiness, two.trustworthiness);
}

void TestMapQuality::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const auto result = mapQuality(normal(100, 3, 1), normal(100, 2, 2), {}, stop.get_token(), progress);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
}

void TestMapQuality::agreesWithScikitLearn()
{
    const auto table = gloveSample();
    if (!table)
        QSKIP(qPrintable(QStringLiteral("missing: EMBEDSCOPE_DATA, ") + gloveSamplePath()));
    const Matrix points = table->weights().topRows(2000);
    const Matrix map = points.leftCols(2);
    // sklearn.manifold.trustworthiness(X, X[:, :2], n_neighbors=k) in float64, the other way round for continuity, and
    // the sets of sklearn.neighbors.NearestNeighbors(30).
    const auto five = qualityOf(points, map, {.k = 5, .kept_k = 30, .sample = 0});
    QVERIFY(std::abs(five.trustworthiness - 0.582179467871486) < 1e-6);
    QVERIFY(std::abs(five.continuity - 0.7853613955823293) < 1e-6);
    QVERIFY(std::abs(five.knn_kept - 0.04963333333333333) < 1e-6);
    const auto fifteen = qualityOf(points, map, {.sample = 0});
    QVERIFY(std::abs(fifteen.trustworthiness - 0.5853844545607824) < 1e-6);
    QVERIFY(std::abs(fifteen.continuity - 0.7541538020569887) < 1e-6);
    const auto cosine = qualityOf(points, map, {.metric = Metric::Cosine, .sample = 0});
    QVERIFY(std::abs(cosine.trustworthiness - 0.5970026302478504) < 1e-6);
}

QTEST_APPLESS_MAIN(TestMapQuality)
#include "tst_map_quality.moc"
