// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/project/density_clusters.h"
#include "tests/core/project/lattice_points.h"

#include <QtTest>

#include <algorithm>
#include <limits>

using namespace embedscope;
using namespace embedscope::test;

class TestDensityClusters : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void partsByHand();
    void agreesWithScikitLearn_data();
    void agreesWithScikitLearn();
    void choosesAScale();
    void worksInThreeDimensions();
    void survivesDegenerateMaps();
    void threadsDoNotMatter();
    void stopsAndRefuses();
};

namespace {

DensityClusters clustersOf(const Matrix& map, DensityOptions options)
{
    Progress progress;
    return densityClusters(map, options, {}, progress).value();
}

} // namespace

void TestDensityClusters::partsByHand()
{
    constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
    // Three in a row, the last only at the border; a pair, too few; one alone; one that has no place.
    const Matrix map{{0, 0}, {1, 0}, {9, 9}, {0, 1}, {2, 0}, {9, 8}, {50, 0}, {kNaN, 0}};
    const auto found = clustersOf(map, {.eps = 1, .min_samples = 3});
    QCOMPARE(found.labels, (std::vector<std::int32_t>{0, 0, -1, 0, 0, -1, -1, -1}));
    QCOMPARE(found.clusters, Index{1});
}

void TestDensityClusters::agreesWithScikitLearn_data()
{
    QTest::addColumn<double>("eps");
    QTest::addColumn<Index>("minSamples");
    QTest::addColumn<Index>("clusters");
    QTest::addColumn<Index>("noise");
    QTest::addColumn<std::uint32_t>("hash");
    // sklearn.cluster.DBSCAN(eps, min_samples).fit(points).labels_: how many, and h = (h * 31 + label + 1) % 2**32.
    QTest::newRow("0.3, 10") << 0.3 << Index{10} << Index{46} << Index{424} << std::uint32_t{4017538738};
    QTest::newRow("0.2, 6") << 0.2 << Index{6} << Index{61} << Index{770} << std::uint32_t{23154118};
    QTest::newRow("0.15, 5") << 0.15 << Index{5} << Index{64} << Index{1086} << std::uint32_t{2974796088};
}

void TestDensityClusters::agreesWithScikitLearn()
{
    QFETCH(double, eps);
    QFETCH(Index, minSamples);
    QFETCH(Index, clusters);
    QFETCH(Index, noise);
    QFETCH(std::uint32_t, hash);
    const auto found = clustersOf(latticePoints(1500), {.eps = eps, .min_samples = minSamples});
    QCOMPARE(found.clusters, clusters);
    QCOMPARE(static_cast<Index>(std::count(found.labels.begin(), found.labels.end(), -1)), noise);
    std::uint32_t sum = 0;
    for (const std::int32_t label : found.labels)
        sum = sum * 31 + static_cast<std::uint32_t>(label + 1);
    QCOMPARE(sum, hash);
}

void TestDensityClusters::choosesAScale()
{
    const Matrix map = latticePoints(1500);
    const auto found = clustersOf(map, {});
    QVERIFY(found.eps > 0);
    const auto larger = clustersOf(map * 1024, {});
    QCOMPARE(larger.eps, found.eps * 1024); // the clusters do not depend on the unit
    QCOMPARE(larger.labels, found.labels);
    QVERIFY(found.clusters >= 3 && found.clusters < 20);
}

void TestDensityClusters::worksInThreeDimensions()
{
    const Matrix flat = latticePoints(1500);
    Matrix map(1500, 3);
    map << flat.col(1), Matrix::Constant(1500, 1, 7), flat.col(0);
    const DensityOptions options{.eps = 0.3, .min_samples = 10};
    QCOMPARE(clustersOf(map, options).labels, clustersOf(flat, options).labels);
}

void TestDensityClusters::survivesDegenerateMaps()
{
    QCOMPARE(clustersOf(Matrix(0, 2), {}).clusters, Index{0});
    QCOMPARE(clustersOf(Matrix{{1, 2}}, {}).labels, std::vector<std::int32_t>{-1});
    QCOMPARE(clustersOf(Matrix{{1, 2}, {1, 2}, {9, 9}}, {}).labels, (std::vector<std::int32_t>{-1, -1, -1}));
    const auto equal = clustersOf(Matrix::Constant(5000, 2, 3), {});
    QCOMPARE(equal.clusters, Index{1});
    QCOMPARE(std::count(equal.labels.begin(), equal.labels.end(), 0), 5000);
    Matrix far = latticePoints(300);
    far.row(0).setConstant(1e30F);
    QCOMPARE(clustersOf(far, {}).labels[0], -1);
}

void TestDensityClusters::threadsDoNotMatter()
{
    const Matrix map = latticePoints(20'000);
    setThreadCount(1);
    const auto one = clustersOf(map, {});
    setThreadCount(2);
    QCOMPARE(clustersOf(map, {}).labels, one.labels);
}

void TestDensityClusters::stopsAndRefuses()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const Matrix map = latticePoints(100);
    QCOMPARE(densityClusters(map, {}, stop.get_token(), progress).error().code, ErrorCode::Cancelled);
    QCOMPARE(densityClusters(map, {.min_samples = 0}, {}, progress).error().code, ErrorCode::ValueRefused);
    QCOMPARE(densityClusters(map, {.eps = -1}, {}, progress).error().code, ErrorCode::ValueRefused);
    QCOMPARE(densityClusters(Matrix(5, 4), {}, {}, progress).error().code, ErrorCode::ValueRefused);
}

QTEST_APPLESS_MAIN(TestDensityClusters)
#include "tst_density_clusters.moc"
