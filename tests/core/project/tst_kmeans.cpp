// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/project/kmeans.h"
#include "tests/core/project/lattice_points.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace embedscope;
using namespace embedscope::test;

class TestKMeans : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void partsByHand();
    void agreesWithScikitLearn();
    void isAFixedPoint();
    void survivesDegenerateTables();
    void threadsDoNotMatter();
    void stopsAndRefuses();
};

namespace {

KMeans clustersOf(const Matrix& points, Index clusters, std::uint64_t seed = 0)
{
    Progress progress;
    return kMeans(points, {.n_clusters = clusters, .seed = seed}, {}, progress).value();
}

} // namespace

void TestKMeans::partsByHand()
{
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const auto found = clustersOf(Matrix{{0, 1}, {100, 0}, {0, 3}, {104, 0}}, 2, seed);
        QCOMPARE(found.labels[0], found.labels[2]);
        QCOMPARE(found.labels[1], found.labels[3]);
        QVERIFY(found.labels[0] != found.labels[1]);
        QVERIFY((found.centres.row(found.labels[0]) - RowVector{{0, 2}}).norm() < 1e-5F);
        QVERIFY((found.centres.row(found.labels[1]) - RowVector{{102, 0}}).norm() < 1e-5F);
        QVERIFY(std::abs(found.inertia - 10) < 1e-3);
    }
}

void TestKMeans::agreesWithScikitLearn()
{
    // The best of 30 runs of sklearn.cluster.KMeans; ours the best of five.
    const Matrix points = latticePoints(1500);
    for (const auto& [clusters, expected] : {std::pair<Index, double>{3, 10382.886532611517}, {8, 3965.844445763053}}) {
        double best = clustersOf(points, clusters).inertia;
        for (std::uint64_t seed = 1; seed < 5; ++seed)
            best = std::min(best, clustersOf(points, clusters, seed).inertia);
        QVERIFY2(best < expected * 1.02, qPrintable(QString::number(best)));
        QVERIFY2(best > expected * 0.99, qPrintable(QString::number(best)));
    }
}

void TestKMeans::isAFixedPoint()
{
    const Matrix points = latticePoints(700).rowwise() + RowVector::Constant(2, 500);
    const auto found = clustersOf(points, 6);
    double inertia = 0;
    for (Index row = 0; row < points.rows(); ++row) {
        const Eigen::VectorXd squares =
            (found.centres.cast<double>().rowwise() - points.row(row).cast<double>()).rowwise().squaredNorm();
        inertia += squares.minCoeff();
        QVERIFY(squares(found.labels[static_cast<std::size_t>(row)]) <= squares.minCoeff() + 1e-2);
    }
    QVERIFY(std::abs(found.inertia - inertia) < 1e-4 * inertia);
}

void TestKMeans::survivesDegenerateTables()
{
    QCOMPARE(clustersOf(Matrix(0, 3), 4).centres.rows(), Index{0});
    QCOMPARE(clustersOf(Matrix{{1, 2}}, 4).labels, std::vector<std::int32_t>{0});
    const auto equal = clustersOf(Matrix::Constant(50, 3, 0.1F), 4);
    QCOMPARE(equal.centres.rows(), Index{1}); // no second point that is not a centre
    QCOMPARE(equal.inertia, 0.0);
    const auto three = clustersOf(Matrix{{0}, {1}, {5}}, 8);
    QCOMPARE(three.centres.rows(), Index{3});
    QVERIFY(three.inertia < 1e-10);
    Matrix two(40, 1);
    two << Matrix::Zero(20, 1), Matrix::Ones(20, 1);
    QVERIFY(clustersOf(two, 5).inertia < 1e-10);
}

void TestKMeans::threadsDoNotMatter()
{
    const Matrix points = latticePoints(20'000);
    setThreadCount(1);
    const auto one = clustersOf(points, 12);
    setThreadCount(2);
    const auto two = clustersOf(points, 12);
    QCOMPARE(one.labels, two.labels);
    QCOMPARE(one.centres, two.centres);
    QCOMPARE(one.inertia, two.inertia);
    QVERIFY(clustersOf(points, 12, 1).centres != one.centres);
}

void TestKMeans::stopsAndRefuses()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    QCOMPARE(kMeans(latticePoints(100), {}, stop.get_token(), progress).error().code, ErrorCode::Cancelled);
    QCOMPARE(kMeans(latticePoints(100), {.n_clusters = 0}, {}, progress).error().code, ErrorCode::ValueRefused);
}

QTEST_APPLESS_MAIN(TestKMeans)
#include "tst_kmeans.moc"
