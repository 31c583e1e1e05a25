// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/plot/cluster_outlines.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace embedscope;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

struct Clusters
{
    Matrix points;
    std::vector<std::int32_t> clusterOf;

    void add(std::int32_t cluster, Index count, float x, float y, float width)
    {
        const Index before = points.rows();
        points.conservativeResize(before + count, 2);
        for (Index i = 0; i < count; ++i)
            points.row(before + i) << x + width * static_cast<float>(random.normal()),
                y + width * static_cast<float>(random.normal());
        clusterOf.insert(clusterOf.end(), static_cast<std::size_t>(count), cluster);
    }

    Random random{3};
};

Clusters two()
{
    Clusters clusters;
    clusters.add(1, 3000, 0, 0, 1);
    clusters.add(0, 1000, 20, 5, 2);
    clusters.add(-1, 500, 10, 10, 4);
    return clusters;
}

} // namespace

class TestClusterOutlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesAroundEachCluster();
    void closesItsLines();
    void findsTheMiddleOfAMapInSpace();
    void leavesOutSmallClusters();
    void bearsNothing();
};

void TestClusterOutlines::goesAroundEachCluster()
{
    const Clusters clusters = two();
    const auto outlines = clusterOutlines(clusters.points, clusters.clusterOf);
    QCOMPARE(outlines.size(), std::size_t{2});
    QCOMPARE(outlines[0].cluster, 1);
    QCOMPARE(outlines[0].points, Index{3000});
    QCOMPARE(outlines[1].cluster, 0);
    // A level of 0.12 of the peak is 2.06 standard deviations from the middle of a round cluster.
    for (const auto& [outline, middle, width] : {std::tuple(outlines[0], QPointF(0, 0), 1.0), //
                                                 std::tuple(outlines[1], QPointF(20, 5), 2.0)}) {
        QVERIFY(outline.lines.size() > 10);
        for (const QLineF& line : outline.lines) {
            const QPointF away = line.center() - middle;
            const double distance = std::hypot(away.x(), away.y()) / width;
            QVERIFY2(distance > 1.5 && distance < 3, qPrintable(QString::number(distance)));
        }
        QVERIFY(std::hypot(outline.middle[0] - static_cast<float>(middle.x()),
                           outline.middle[1] - static_cast<float>(middle.y())) < static_cast<float>(width));
    }
}

void TestClusterOutlines::closesItsLines()
{
    const Clusters clusters = two();
    for (const ClusterOutline& outline : clusterOutlines(clusters.points, clusters.clusterOf))
        for (const QLineF& line : outline.lines) {
            int ends = 0; // each end is the end of one other line
            for (const QLineF& other : outline.lines)
                ends += (other.p1() - line.p1()).manhattanLength() < 1e-5 ||
                        (other.p2() - line.p1()).manhattanLength() < 1e-5;
            QCOMPARE(ends, 2);
        }
}

void TestClusterOutlines::findsTheMiddleOfAMapInSpace()
{
    Matrix points(6, 3);
    points << 0, 0, 0, 2, 0, 0, 0, 2, 0, 2, 2, 0, 1, 1, 5, kNan, 0, 0;
    const std::vector<std::int32_t> cluster(6, 0);
    const auto outlines = clusterOutlines(points, cluster);
    QCOMPARE(outlines.size(), std::size_t{1});
    QVERIFY(outlines[0].lines.empty());
    QCOMPARE(outlines[0].middle, Eigen::Vector3f(1, 1, 1));
}

void TestClusterOutlines::leavesOutSmallClusters()
{
    Clusters clusters;
    for (std::int32_t i = 0; i < 50; ++i)
        clusters.add(i, 4 + i, static_cast<float>(i), 0, 0.1F);
    const auto outlines = clusterOutlines(clusters.points, clusters.clusterOf);
    QCOMPARE(outlines.size(), std::size_t{kMostClusters});
    QCOMPARE(outlines.front().cluster, 49);
    Clusters small;
    small.add(0, 4, 0, 0, 1);
    QVERIFY(clusterOutlines(small.points, small.clusterOf).empty());
}

void TestClusterOutlines::bearsNothing()
{
    QVERIFY(clusterOutlines(Matrix(0, 2), {}).empty());
    const std::vector<std::int32_t> cluster(10, 0);
    QVERIFY(clusterOutlines(Matrix::Constant(10, 2, kNan), cluster).empty());
    QVERIFY(clusterOutlines(Matrix::Constant(9, 2, 1), cluster).empty()); // of another table
    const auto equal = clusterOutlines(Matrix::Constant(10, 2, 1), cluster);
    QCOMPARE(equal.size(), std::size_t{1});
    QVERIFY(std::isfinite(equal[0].middle[0]));
}

QTEST_MAIN(TestClusterOutlines)
#include "tst_cluster_outlines.moc"
