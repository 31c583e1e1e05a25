// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/project/umap.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>
#include <thread>

using namespace embedscope;

/// The layout of UMAP: what it does to points, and what must not change it.
class TestUmap : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void twoPointsAttractByHand();
    void thePullIsClippedByHand();
    void strangersRepel();
    void weakEdgesActSeldom();
    void keepsNeighboursAndClusters_data();
    void keepsNeighboursAndClusters();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
    void piecesDoNotMatter();
    void seedMatters();
    void epochsByDefault();
    void goesOnWithMoreEpochs();
    void goesOnFromWhereItIs();
    void perturbs();
    void survivesOddPoints_data();
    void survivesOddPoints();
    void stopsAndGoesOn();
    void stopsWhileItBegins();
};

namespace {

NeighborGraph neighborsOf(const Matrix& points, Index k)
{
    Progress progress;
    return findNeighbors(points, {.k = k, .metric = Metric::Euclidean}, {}, progress).value();
}

Umap make(const NeighborGraph& graph, const Matrix& start, const UmapOptions& options = {}, std::uint64_t seed = 0,
          Index dims = 2)
{
    Progress progress;
    return Umap::create(graph, start, dims, options, seed, {}, progress).value();
}

void run(Umap& umap, Index epochs)
{
    Progress progress;
    QVERIFY(umap.run(epochs, {}, progress));
}

Matrix finished(const NeighborGraph& graph, const Matrix& start, const UmapOptions& options = {},
                std::uint64_t seed = 0, Index dims = 2)
{
    Umap umap = make(graph, start, options, seed, dims);
    run(umap, umap.epochs());
    return umap.coordinates();
}

/// `clusters` balls of `each` points around far-off centres.
Matrix balls(Index clusters, Index each, Index dim)
{
    Random random(3);
    Matrix centres(clusters, dim);
    for (float& value : centres.reshaped())
        value = static_cast<float>(random.normal() * 6);
    Matrix out(clusters * each, dim);
    for (Index i = 0; i < out.rows(); ++i)
        for (Index d = 0; d < dim; ++d)
            out(i, d) = centres(i % clusters, d) + static_cast<float>(random.normal());
    return out;
}

Matrix noise(Index points, Index dims)
{
    Random random(11);
    Matrix out(points, dims);
    for (float& value : out.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    return out;
}

/// Share of the k nearest in the space that are among the k nearest on the map.
double neighborsKept(const Matrix& points, const Matrix& map, Index k)
{
    const NeighborGraph space = neighborsOf(points, k);
    const NeighborGraph flat = neighborsOf(map, k);
    Index kept = 0;
    for (Index i = 0; i < points.rows(); ++i) {
        const std::set<std::int32_t> near(space.rows.row(i).begin(), space.rows.row(i).end());
        kept += std::count_if(flat.rows.row(i).begin(), flat.rows.row(i).end(),
                              [&](auto row) { return near.contains(row); });
    }
    return static_cast<double>(kept) / static_cast<double>(points.rows() * k);
}

/// Share of nearest neighbours on the map that are of the same ball.
double purity(const Matrix& map, Index clusters)
{
    const NeighborGraph flat = neighborsOf(map, 1);
    Index same = 0;
    for (Index i = 0; i < map.rows(); ++i)
        same += flat.rows(i, 0) % clusters == i % clusters;
    return static_cast<double>(same) / static_cast<double>(map.rows());
}

double gradient(const UmapCurve& curve, double distance)
{
    const double squared = distance * distance;
    return 2 * curve.a * curve.b * std::pow(squared, curve.b - 1) / (1 + curve.a * std::pow(squared, curve.b)) *
           distance;
}

/// Two points, each the other's only neighbour, 10 apart in the first direction, without negative samples.
Umap pair(double learningRate, Index epochs)
{
    NeighborGraph graph{NeighborGraph::Rows(2, 1), Matrix::Ones(2, 1)};
    graph.rows << 1, 0;
    UmapOptions options;
    options.negative_sample_rate = 0;
    options.learning_rate = learningRate;
    options.n_epochs = epochs;
    return make(graph, Matrix{{-1, 5}, {1, 5}}, options);
}

} // namespace

/// Nothing is due in the first epoch; in the second each draws on the edge twice, at the full rate, one after the
/// other.
void TestUmap::twoPointsAttractByHand()
{
    Umap umap = pair(0.25, 100);
    const UmapCurve curve = umapCurve(1, 0.1);
    double left = 0;
    double right = 10;
    run(umap, 1);
    QVERIFY(std::abs(static_cast<double>(umap.coordinates()(0, 0)) - left) < 1e-3);
    for (const double rate : {0.25, 0.25 * 0.99, 0.25 * 0.98}) {
        run(umap, 1);
        left += 2 * rate * gradient(curve, right - left);
        right -= 2 * rate * gradient(curve, right - left);
        const Matrix at = umap.coordinates();
        QVERIFY2(std::abs(static_cast<double>(at(0, 0)) - left) < 1e-3, qPrintable(QString::number(left)));
        QVERIFY2(std::abs(static_cast<double>(at(1, 0)) - right) < 1e-3, qPrintable(QString::number(right)));
        QVERIFY(std::abs(at(0, 1)) < 1e-3F && std::abs(at(1, 1)) < 1e-3F);
    }
    QVERIFY(left > 0.2 && right < 9.8);
}

/// A curve so steep that the pull would be far above 4.
void TestUmap::thePullIsClippedByHand()
{
    NeighborGraph graph{NeighborGraph::Rows(2, 1), Matrix::Ones(2, 1)};
    graph.rows << 1, 0;
    UmapOptions options;
    options.negative_sample_rate = 0;
    options.spread = 0.02;
    options.min_dist = 0.001;
    options.learning_rate = 0.01;
    Umap umap = make(graph, Matrix{{0, 0}, {1, 1}}, options);
    run(umap, 2);
    const UmapCurve curve = umapCurve(0.02, 0.001);
    const double towards = gradient(curve, std::sqrt(200.0)) / std::sqrt(2.0);
    const double move = 2 * 0.01 * std::min(4.0, towards);
    QVERIFY(std::abs(static_cast<double>(umap.coordinates()(0, 0)) - move) < 1e-3);
}

/// Without negative samples the points of a ball fall together; with more of them they lie further apart.
void TestUmap::strangersRepel()
{
    const NeighborGraph graph = neighborsOf(balls(4, 50, 5), 14);
    const Matrix start = noise(200, 2);
    const auto gap = [&](double rate) {
        UmapOptions options;
        options.negative_sample_rate = rate;
        return neighborsOf(finished(graph, start, options), 1).distances.mean();
    };
    const float none = gap(0);
    const float few = gap(1);
    QVERIFY2(few > 10 * none, qPrintable(QString::number(static_cast<double>(none))));
    QVERIFY2(gap(8) > 1.5F * few, qPrintable(QString::number(static_cast<double>(few))));
}

/// Four points in the corners of a square. Point 1 is drawn to the right by point 2 alone, which does not have it among
/// its own neighbours: an edge of the weight log2(3) - 1.
void TestUmap::weakEdgesActSeldom()
{
    NeighborGraph graph{NeighborGraph::Rows(4, 2), Matrix(4, 2)};
    graph.rows << 1, 2, 0, 2, 3, 0, 2, 0;
    graph.distances << 1, 3, 1, 3, 1, 3, 1, 3;
    UmapOptions options;
    options.negative_sample_rate = 0;
    options.n_epochs = 100;
    options.learning_rate = 1e-3;
    Umap umap = make(graph, Matrix{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, options);
    const double pull = gradient(umapCurve(1, 0.1), std::sqrt(200.0)) / std::sqrt(2.0);
    int pulled = 0;
    for (int epoch = 0; epoch < 100; ++epoch) {
        const float before = umap.coordinates()(1, 0);
        run(umap, 1);
        const double rate = 1e-3 * (1 - std::max(0, epoch - 1) / 100.0);
        const double move = static_cast<double>(umap.coordinates()(1, 0) - before) / (2 * rate * pull);
        QVERIFY2(std::abs(move - std::round(move)) < 0.05, qPrintable(QString::number(move)));
        pulled += move > 0.5;
    }
    QCOMPARE(pulled, static_cast<int>(99 * (std::log2(3.0) - 1)));
}

void TestUmap::keepsNeighboursAndClusters_data()
{
    QTest::addColumn<int>("dims");
    QTest::addColumn<bool>("spectral");
    QTest::newRow("2-D from noise") << 2 << false;
    QTest::newRow("3-D from noise") << 3 << false;
    QTest::newRow("2-D spectral") << 2 << true;
    QTest::newRow("3-D spectral") << 3 << true;
}

void TestUmap::keepsNeighboursAndClusters()
{
    QFETCH(int, dims);
    QFETCH(bool, spectral);
    const Matrix points = balls(6, 100, 8);
    const Matrix start = noise(600, dims);
    QVERIFY(neighborsKept(points, start, 15) < 0.05);
    QVERIFY(purity(start, 6) < 0.3);
    const Matrix map = finished(neighborsOf(points, 14), spectral ? Matrix() : start, {}, 0, dims);
    QVERIFY(map.allFinite());
    const double kept = neighborsKept(points, map, 15);
    QVERIFY2(kept > (dims == 2 ? 0.40 : 0.45), qPrintable(QString::number(kept)));
    QVERIFY2(purity(map, 6) > 0.99, qPrintable(QString::number(purity(map, 6))));
}

void TestUmap::threadsDoNotMatter_data()
{
    QTest::addColumn<int>("dims");
    QTest::newRow("2-D") << 2;
    QTest::newRow("3-D") << 3;
}

void TestUmap::threadsDoNotMatter()
{
    QFETCH(int, dims);
    const Matrix points = balls(5, 1000, 6);
    const NeighborGraph graph = neighborsOf(points, 9);
    const Matrix start = noise(points.rows(), dims);
    UmapOptions options;
    options.n_epochs = 30;
    setThreadCount(1);
    const Matrix alone = finished(graph, start, options, 5, dims);
    for (const int threads : {2, 5}) {
        setThreadCount(threads);
        QVERIFY(alone == finished(graph, start, options, 5, dims));
    }
    QVERIFY(alone != make(graph, start, options, 5, dims).coordinates());
}

void TestUmap::piecesDoNotMatter()
{
    const NeighborGraph graph = neighborsOf(balls(4, 50, 5), 8);
    const Matrix start = noise(200, 2);
    UmapOptions options;
    options.n_epochs = 60;
    options.negative_sample_rate = 2.5;
    Umap umap = make(graph, start, options);
    for (const Index piece : {1, 7, 0, 30, 1000})
        run(umap, piece);
    QCOMPARE(umap.epoch(), Index{60});
    QVERIFY(umap.coordinates() == finished(graph, start, options));
}

void TestUmap::seedMatters()
{
    const NeighborGraph graph = neighborsOf(balls(4, 50, 5), 8);
    const Matrix start = noise(200, 2);
    QVERIFY(finished(graph, start, {}, 1) == finished(graph, start, {}, 1));
    QVERIFY(finished(graph, start, {}, 1) != finished(graph, start, {}, 2));
}

void TestUmap::epochsByDefault()
{
    NeighborGraph graph{NeighborGraph::Rows(10001, 1), Matrix::Ones(10001, 1)};
    for (Index i = 0; i < 10001; ++i)
        graph.rows(i, 0) = static_cast<std::int32_t>(i == 0 ? 1 : i - 1);
    QCOMPARE(make(graph, noise(10001, 2)).epochs(), Index{200});
    graph.rows.conservativeResize(10000, 1);
    graph.distances.conservativeResize(10000, 1);
    QCOMPARE(make(graph, noise(10000, 2)).epochs(), Index{500});
    UmapOptions options;
    options.n_epochs = 7;
    QCOMPARE(make(graph, noise(10000, 2), options).epochs(), Index{7});
}

void TestUmap::goesOnWithMoreEpochs()
{
    const NeighborGraph graph = neighborsOf(balls(4, 50, 5), 8);
    UmapOptions options;
    options.n_epochs = 20;
    Umap umap = make(graph, noise(200, 2), options);
    run(umap, 20);
    const Matrix before = umap.coordinates();
    run(umap, 5);
    QVERIFY(before == umap.coordinates()); // all epochs are done
    options.n_epochs = 40;
    umap.setOptions(options);
    run(umap, 40);
    QCOMPARE(umap.epoch(), Index{40});
    QVERIFY(before != umap.coordinates());
}

void TestUmap::goesOnFromWhereItIs()
{
    const Matrix points = balls(4, 50, 5);
    Umap umap = make(neighborsOf(points, 8), noise(200, 2));
    run(umap, 500);
    const Matrix before = umap.coordinates();
    Progress progress;
    UmapOptions options;
    options.n_neighbors = 16;
    QVERIFY(umap.setGraph(neighborsOf(points, 15), options, {}, progress));
    QVERIFY(umap.coordinates() == before);
    QCOMPARE(umap.epoch(), Index{0});
    run(umap, 500);
    QVERIFY(umap.coordinates() != before);
    QVERIFY(purity(umap.coordinates(), 4) > 0.99);
}

void TestUmap::perturbs()
{
    Umap umap = make(neighborsOf(balls(4, 50, 5), 8), noise(200, 2));
    const Matrix before = umap.coordinates();
    umap.perturb(0.1, 4);
    const Matrix moves = umap.coordinates() - before;
    const double spread = static_cast<double>((before.rowwise() - before.colwise().mean()).norm());
    QVERIFY(std::abs(static_cast<double>(moves.norm()) / spread - 0.1) < 0.02);
}

void TestUmap::survivesOddPoints_data()
{
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("k");
    QTest::addColumn<QString>("kind");
    QTest::newRow("four points") << 4 << 3 << "balls";
    QTest::newRow("all are neighbours") << 12 << 11 << "balls";
    QTest::newRow("one neighbour each") << 40 << 1 << "balls";
    QTest::newRow("one place") << 50 << 10 << "one place";
    QTest::newRow("every point twice") << 50 << 10 << "twice";
    QTest::newRow("a hundred times each") << 300 << 10 << "many times";
    QTest::newRow("far parts") << 60 << 5 << "far";
}

void TestUmap::survivesOddPoints()
{
    QFETCH(int, points);
    QFETCH(int, k);
    QFETCH(QString, kind);
    Matrix rows = noise(points, 3);
    if (kind == "one place")
        rows.setOnes();
    for (Index i = 0; i < points; ++i) {
        if (kind == "twice")
            rows.row(i) = rows.row(i / 2 * 2).eval();
        if (kind == "many times")
            rows.row(i) = rows.row(i % 3).eval();
        if (kind == "far")
            rows(i, 0) += static_cast<float>(1000 * (i % 10));
    }
    const NeighborGraph graph = neighborsOf(rows, k);
    for (const Index dims : {2, 3})
        for (const bool spectral : {false, true}) {
            const Matrix map = finished(graph, spectral ? Matrix() : Matrix(rows.leftCols(dims)), {}, 0, dims);
            QVERIFY(map.allFinite());
            QVERIFY(map.cwiseAbs().maxCoeff() < 1000);
            QVERIFY((map.rowwise() - map.row(0)).norm() > 0.1F);
        }
}

void TestUmap::stopsAndGoesOn()
{
    const Matrix points = balls(5, 600, 6);
    const NeighborGraph graph = neighborsOf(points, 14);
    const Matrix start = noise(points.rows(), 2);
    UmapOptions options;
    options.n_epochs = 150;
    Umap umap = make(graph, start, options);
    Progress progress;
    std::stop_source stop;
    const std::jthread watcher([&](const std::stop_token& done) {
        while (progress.done() < 5 && !done.stop_requested())
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto stopped = umap.run(150, stop.get_token(), progress);
    QVERIFY(!stopped);
    QVERIFY(stopped.error().code == ErrorCode::Cancelled);
    QVERIFY(umap.epoch() >= 5 && umap.epoch() < 150);
    run(umap, 150);
    QVERIFY(umap.coordinates() == finished(graph, start, options));
}

void TestUmap::stopsWhileItBegins()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const Matrix points = balls(5, 60, 6);
    const auto umap = Umap::create(neighborsOf(points, 14), {}, 2, {}, 0, stop.get_token(), progress);
    QVERIFY(!umap);
    QVERIFY(umap.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestUmap)
#include "tst_umap.moc"
