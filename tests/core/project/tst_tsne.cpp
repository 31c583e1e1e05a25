// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/project/affinities.h"
#include "core/project/pca.h"
#include "core/project/tsne.h"
#include "tests/core/project/map_files.h"

#include <QtTest>

#include <chrono>
#include <cmath>
#include <set>
#include <thread>

using namespace embedscope;
using namespace embedscope::test;

class TestTsne : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void affinitiesAreThoseOfScikitLearn();
    void affinitiesOfThreePointsByHand();
    void divergenceIsThatOfScikitLearn();
    void keepsNeighbours_data();
    void keepsNeighbours();
    void threadsAndPausesDoNotMatter_data();
    void threadsAndPausesDoNotMatter();
    void seedsOfPerturbationAreRepeatable();
    void aCancelledRunGoesOnAsIfNothingHappened();
    void stopsQuickly();
    void settingsChangeFromTheNextStep();
    void anotherPerplexityGoesOnFromHere();
    void supervisionDrawsLabelsTogether();
    void degeneratePointsHaveAMap_data();
    void degeneratePointsHaveAMap();
    void refusesAStartOfAnotherShape();
};

namespace {

NeighborGraph graphOf(const Matrix& points, Index k)
{
    Progress progress;
    return findNeighbors(points, {.k = k}, {}, progress).value();
}

Matrix startOf(const Matrix& points, Index dims)
{
    Progress progress;
    const Matrix components = fitPca(points, dims, {}, progress).value().project(points);
    Matrix start = Matrix::Zero(points.rows(), dims);
    start.leftCols(components.cols()) = components;
    return start;
}

Tsne make(const Matrix& points, Index dims, const TsneOptions& options, std::span<const std::int32_t> labels = {})
{
    Progress progress;
    const auto graph = graphOf(points, Tsne::neighborsFor(options.perplexity, points.rows()));
    return Tsne::create(graph, startOf(points, dims), options, labels, {}, progress).value();
}

void runFor(Tsne& tsne, Index iterations)
{
    Progress progress;
    QVERIFY(tsne.run(iterations, {}, progress));
}

/// Share of the k nearest in the space that are among the k nearest on the map.
double neighborsKept(const Matrix& points, const Matrix& map, Index k)
{
    const NeighborGraph truth = graphOf(points, k);
    const NeighborGraph shown = graphOf(map, k);
    Index kept = 0;
    for (Index i = 0; i < points.rows(); ++i) {
        const auto row = shown.rows.row(i);
        const std::set<std::int32_t> near(row.begin(), row.end());
        for (const std::int32_t neighbor : truth.rows.row(i))
            kept += near.contains(neighbor) ? 1 : 0;
    }
    return static_cast<double>(kept) / static_cast<double>(points.rows() * k);
}

/// How near points of one label lie: their mean squared distance from their middle, as a share of that of all points.
double spreadWithinLabels(const Matrix& map, const std::vector<std::int32_t>& labels, std::int32_t count)
{
    double within = 0;
    for (std::int32_t label = 0; label < count; ++label) {
        std::vector<Index> rows;
        for (Index i = 0; i < map.rows(); ++i)
            if (labels[static_cast<std::size_t>(i)] == label)
                rows.push_back(i);
        const Matrix own = map(rows, Eigen::all);
        within += static_cast<double>((own.rowwise() - own.colwise().mean()).squaredNorm());
    }
    return within / static_cast<double>((map.rowwise() - map.colwise().mean()).squaredNorm());
}

} // namespace

void TestTsne::affinitiesAreThoseOfScikitLearn()
{
    const Matrix truth = mapFile("sne_affinities");
    Progress progress;
    const auto found = affinitiesOf(graphOf(mapFile("sne_points"), 30), 10, {}, 0, {}, progress).value();
    Matrix dense = Matrix::Zero(truth.rows(), truth.cols());
    for (Index i = 0; i < found.points(); ++i)
        for (Index e = found.offsets[static_cast<std::size_t>(i)]; e < found.offsets[static_cast<std::size_t>(i) + 1];
             ++e)
            dense(i, found.columns[static_cast<std::size_t>(e)]) = found.values[static_cast<std::size_t>(e)];
    QCOMPARE_LE((dense - truth).cwiseAbs().maxCoeff(), 1e-4F * truth.maxCoeff());
    QCOMPARE_LE(std::abs(dense.sum() - 1), 1e-5F);
}

/// Points at 0, 1 and 3: with one neighbour each, whatever the width, p(1|0) = p(0|1) = p(1|2) = 1.
void TestTsne::affinitiesOfThreePointsByHand()
{
    Matrix points(3, 1);
    points << 0, 1, 3;
    Progress progress;
    const auto found = affinitiesOf(graphOf(points, 1), 1, {}, 0, {}, progress).value();
    QCOMPARE(found.offsets, (std::vector<Index>{0, 1, 3, 4}));
    QCOMPARE(found.columns, (std::vector<std::int32_t>{1, 0, 2, 1}));
    const std::vector<float> expected{1.0F / 3, 1.0F / 3, 1.0F / 6, 1.0F / 6};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE_LE(std::abs(found.values[i] - expected[i]), 1e-6F);
}

void TestTsne::divergenceIsThatOfScikitLearn()
{
    const double theirs = static_cast<double>(mapFile("sne_many_divergence")(0, 0));
    // Its learning rate of at least 50 counts four times: it has the 4 of the gradient, which we leave out.
    TsneOptions options{.learning_rate = 200, .momentum = 0.5};
    Tsne tsne = make(mapFile("sne_many"), 2, options);
    runFor(tsne, 250);
    options.momentum = 0.8;
    tsne.setOptions(options);
    runFor(tsne, 750);
    QVERIFY2(std::abs(tsne.klDivergence() / theirs - 1) <= 0.02,
             qPrintable(QStringLiteral("%1, scikit-learn %2").arg(tsne.klDivergence()).arg(theirs)));
}

void TestTsne::keepsNeighbours_data()
{
    QTest::addColumn<Index>("points");
    QTest::addColumn<Index>("dims");
    QTest::addColumn<double>("least");
    QTest::newRow("all pairs, 2-D") << Index{600} << Index{2} << 0.4;
    QTest::newRow("on a grid, 2-D") << Index{2000} << Index{2} << 0.3;
    QTest::newRow("put in order, 2-D") << Index{30000} << Index{2} << 0.2;
    QTest::newRow("all pairs, 3-D") << Index{600} << Index{3} << 0.5;
    QTest::newRow("on a grid, 3-D") << Index{2000} << Index{3} << 0.4;
}

void TestTsne::keepsNeighbours()
{
    QFETCH(Index, points);
    QFETCH(Index, dims);
    QFETCH(double, least);
    const Matrix cloud = mixture(points, 8, 10, 1);
    Tsne tsne = make(cloud, dims, {});
    runFor(tsne, 500);
    const double kept = neighborsKept(cloud, tsne.coordinates(), 15);
    QVERIFY2(kept >= least, qPrintable(QString::number(kept)));
}

void TestTsne::threadsAndPausesDoNotMatter_data()
{
    QTest::addColumn<Index>("points");
    QTest::addColumn<Index>("dims");
    QTest::newRow("all pairs") << Index{300} << Index{2};
    QTest::newRow("grid") << Index{1500} << Index{2};
    QTest::newRow("grid, 3-D") << Index{1500} << Index{3};
    QTest::newRow("put in order on the way") << Index{30500} << Index{2};
}

void TestTsne::threadsAndPausesDoNotMatter()
{
    QFETCH(Index, points);
    QFETCH(Index, dims);
    const Matrix cloud = mixture(points, 6, 7, 2);
    const TsneOptions options{.perplexity = 12, .early_exaggeration_iter = 30};
    setThreadCount(1);
    Tsne one = make(cloud, dims, options);
    runFor(one, 60);
    setThreadCount(3);
    Tsne pieces = make(cloud, dims, options);
    for (const Index iterations : {1, 19, 0, 12, 28})
        runFor(pieces, iterations);
    QCOMPARE(pieces.iteration(), Index{60});
    QVERIFY(one.coordinates() == pieces.coordinates());
    QCOMPARE(one.klDivergence(), pieces.klDivergence());
}

void TestTsne::seedsOfPerturbationAreRepeatable()
{
    const Matrix cloud = mixture(200, 6, 5, 3);
    Tsne a = make(cloud, 2, {});
    Tsne b = make(cloud, 2, {});
    Tsne c = make(cloud, 2, {});
    for (Tsne* tsne : {&a, &b, &c})
        runFor(*tsne, 20);
    const Matrix before = a.coordinates();
    a.perturb(0.1, 1);
    b.perturb(0.1, 1);
    c.perturb(0.1, 2);
    QVERIFY(a.coordinates() == b.coordinates());
    QVERIFY(a.coordinates() != c.coordinates());
    const float moved = (a.coordinates() - before).norm() / before.norm();
    QCOMPARE_GT(moved, 0.07F);
    QCOMPARE_LT(moved, 0.15F);
}

void TestTsne::aCancelledRunGoesOnAsIfNothingHappened()
{
    const Matrix cloud = mixture(3000, 6, 5, 4);
    Tsne whole = make(cloud, 2, {});
    Tsne cut = make(cloud, 2, {});
    runFor(whole, 150);
    std::stop_source source;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(7));
        source.request_stop();
    });
    Progress progress;
    const auto stopped = cut.run(150, source.get_token(), progress);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE_LT(cut.iteration(), Index{150});
    runFor(cut, 150 - cut.iteration());
    QVERIFY(whole.coordinates() == cut.coordinates());
}

void TestTsne::stopsQuickly()
{
    using Clock = std::chrono::steady_clock;
    Tsne tsne = make(mixture(20000, 4, 20, 5), 2, {.perplexity = 10});
    std::stop_source source;
    Clock::time_point asked;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        asked = Clock::now();
        source.request_stop();
    });
    Progress progress;
    QVERIFY(!tsne.run(100000, source.get_token(), progress));
    // 20 ms are meant; a machine that does other things as well gets more.
    QCOMPARE_LT(std::chrono::duration<double>(Clock::now() - asked).count(), 0.2);
}

void TestTsne::settingsChangeFromTheNextStep()
{
    const Matrix cloud = mixture(400, 6, 5, 6);
    Tsne plain = make(cloud, 2, {.early_exaggeration_iter = 100});
    Tsne late = make(cloud, 2, {.early_exaggeration_iter = 100});
    runFor(plain, 200);
    runFor(late, 200);
    TsneOptions options = late.options();
    options.exaggeration = 4;
    late.setOptions(options);
    QVERIFY(plain.coordinates() == late.coordinates());
    runFor(plain, 200);
    runFor(late, 200);
    // Stronger attraction makes the whole map smaller.
    QCOMPARE_LT(late.coordinates().norm(), 0.8F * plain.coordinates().norm());
}

void TestTsne::anotherPerplexityGoesOnFromHere()
{
    const Matrix cloud = mixture(400, 6, 5, 7);
    Tsne tsne = make(cloud, 2, {.perplexity = 30});
    runFor(tsne, 300);
    const Matrix before = tsne.coordinates();
    const double far = tsne.klDivergence();
    TsneOptions options = tsne.options();
    options.perplexity = 8;
    Progress progress;
    std::stop_source stopped;
    stopped.request_stop();
    QVERIFY(!tsne.setAffinities(graphOf(cloud, 24), options, {}, stopped.get_token(), progress));
    QCOMPARE(tsne.klDivergence(), far);
    QVERIFY(tsne.setAffinities(graphOf(cloud, 24), options, {}, {}, progress));
    QVERIFY(tsne.coordinates() == before);
    QCOMPARE(tsne.iteration(), Index{300});
    const double other = tsne.klDivergence();
    QVERIFY(other != far);
    runFor(tsne, 300);
    QCOMPARE_LT(tsne.klDivergence(), other);
}

/// Labels dealt at random have nothing to do with the places, unless they pull.
void TestTsne::supervisionDrawsLabelsTogether()
{
    const Matrix cloud = mixture(600, 6, 1, 8);
    std::vector<std::int32_t> labels(600);
    Random random(9);
    for (auto& label : labels)
        label = static_cast<std::int32_t>(random.below(3));
    Tsne free = make(cloud, 2, {});
    Tsne pulled = make(cloud, 2, {.supervision = 0.9}, labels);
    Tsne torn = make(cloud, 2, {.supervision = 1}, labels);
    for (Tsne* tsne : {&free, &pulled, &torn})
        runFor(*tsne, 500);
    QCOMPARE_GT(spreadWithinLabels(free.coordinates(), labels, 3), 0.95);
    QCOMPARE_LT(spreadWithinLabels(pulled.coordinates(), labels, 3), 0.9);
    QCOMPARE_LT(spreadWithinLabels(torn.coordinates(), labels, 3), 0.5);
}

void TestTsne::degeneratePointsHaveAMap_data()
{
    QTest::addColumn<Matrix>("points");
    QTest::addColumn<double>("perplexity");
    QTest::newRow("four points") << mixture(4, 3, 1, 1) << 30.0;
    QTest::newRow("all equal") << Matrix(Matrix::Ones(50, 4)) << 30.0;
    QTest::newRow("all equal, on a grid") << Matrix(Matrix::Ones(1500, 4)) << 10.0;
    Matrix duplicates = mixture(200, 4, 3, 2);
    duplicates.bottomRows(100) = duplicates.topRows(100);
    QTest::newRow("duplicates") << duplicates << 10.0;
    QTest::newRow("one dimension") << mixture(100, 1, 2, 3) << 10.0;
    Matrix constant = mixture(100, 4, 2, 4);
    constant.rightCols(3).setConstant(1e6F);
    QTest::newRow("constant columns") << constant << 10.0;
    QTest::newRow("perplexity too large") << mixture(30, 4, 2, 5) << 500.0;
    QTest::newRow("least perplexity") << mixture(100, 4, 2, 6) << 2.0;
    QTest::newRow("huge numbers") << Matrix(mixture(100, 4, 2, 7) * 1e15F) << 10.0;
    QTest::newRow("tiny numbers") << Matrix(mixture(100, 4, 2, 8) * 1e-15F) << 10.0;
}

void TestTsne::degeneratePointsHaveAMap()
{
    QFETCH(Matrix, points);
    QFETCH(double, perplexity);
    for (const Index dims : {2, 3}) {
        Tsne tsne = make(points, dims, {.perplexity = perplexity});
        runFor(tsne, 300);
        QVERIFY(tsne.coordinates().allFinite());
        QVERIFY(std::isfinite(tsne.klDivergence()));
        QCOMPARE(tsne.coordinates().rows(), points.rows());
    }
}

void TestTsne::refusesAStartOfAnotherShape()
{
    Progress progress;
    const NeighborGraph graph = graphOf(mixture(20, 3, 1, 1), 5);
    for (const Matrix& start :
         {Matrix(Matrix::Zero(19, 2)), Matrix(Matrix::Zero(20, 1)), Matrix(Matrix::Zero(20, 4))}) {
        const auto made = Tsne::create(graph, start, {}, {}, {}, progress);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::ShapeMismatch);
    }
}

QTEST_GUILESS_MAIN(TestTsne)
#include "tst_tsne.moc"
