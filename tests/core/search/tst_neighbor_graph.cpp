// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/search/neighbor_graph.h"

#include <QtTest>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <thread>
#include <vector>

using namespace embedscope;

Q_DECLARE_METATYPE(embedscope::Metric)

class TestNeighborGraph : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void findsNeighboursByHand();
    void agreesWithTheDefinition_data();
    void agreesWithTheDefinition();
    void survivesFewPoints_data();
    void survivesFewPoints();
    void equalPointsAreNearestByRow();
    void duplicatesHaveDistanceZero_data();
    void duplicatesHaveDistanceZero();
    void aHeavyClumpFarFromTheCentre();
    void nearDuplicatesKeepTheirDigits();
    void hugeAndTinyNumbers_data();
    void hugeAndTinyNumbers();
    void constantColumnsAndOneDimension();
    void saysHowManyItMissed();
    void threadsDoNotMatter();
    void stopsWhenAsked();
};

namespace {

NeighborGraph neighborsOf(const Matrix& points, Index k, Metric metric = Metric::Euclidean,
                          NeighborSearch search = NeighborSearch::Exact)
{
    Progress progress;
    return findNeighbors(points, {.k = k, .metric = metric, .search = search}, {}, progress).value();
}

Matrix normal(Index rows, Index dim, std::uint64_t seed)
{
    Random random(seed);
    Matrix out(rows, dim);
    for (float& value : out.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    return out;
}

double distanceByDefinition(const Matrix& points, Index a, Index b, Metric metric)
{
    const Eigen::RowVectorXd left = points.row(a).cast<double>();
    const Eigen::RowVectorXd right = points.row(b).cast<double>();
    switch (metric) {
    case Metric::Euclidean:
        return (left - right).stableNorm();
    case Metric::Cosine:
        return (left.stableNormalized() - right.stableNormalized()).squaredNorm() / 2;
    case Metric::Dot:
        return -left.dot(right);
    }
    return 0;
}

/// The k smallest distances from one point, in float64.
std::vector<double> smallestDistances(const Matrix& points, Index row, Index k, Metric metric)
{
    std::vector<double> all;
    for (Index other = 0; other < points.rows(); ++other)
        if (other != row)
            all.push_back(distanceByDefinition(points, row, other, metric));
    std::partial_sort(all.begin(), all.begin() + k, all.end());
    all.resize(static_cast<std::size_t>(k));
    return all;
}

/// What is wrong with the graph as a graph of these points, or nothing. `slack`: by how much of a distance (of the
/// largest one of its row) two points may change places.
QString complaint(const Matrix& points, const NeighborGraph& graph, double slack, Index step = 1)
{
    for (Index row = 0; graph.k() > 0 && row < graph.points(); row += step) {
        const auto truth = smallestDistances(points, row, graph.k(), graph.metric);
        const double scale = graph.metric == Metric::Dot ? std::abs(truth.front()) + std::abs(truth.back()) : 0;
        std::vector<std::int32_t> seen;
        for (Index place = 0; place < graph.k(); ++place) {
            const std::int32_t other = graph.rows(row, place);
            const auto given = static_cast<double>(graph.distances(row, place));
            const QString where = QString("point %1, neighbour %2: ").arg(row).arg(place);
            if (other < 0 || other >= points.rows() || other == row)
                return where + "row " + QString::number(other);
            seen.push_back(other);
            const double exact = distanceByDefinition(points, row, other, graph.metric);
            const double allowed = slack * (scale > 0 ? scale : std::abs(exact));
            if (!(std::abs(given - exact) <= allowed))
                return where + QString("distance %1, not %2").arg(given).arg(exact);
            if (!(std::abs(exact - truth[static_cast<std::size_t>(place)]) <= allowed))
                return where + QString("at %1 where the nearest is at %2")
                                   .arg(exact)
                                   .arg(truth[static_cast<std::size_t>(place)]);
            if (place > 0 && graph.distances(row, place - 1) > graph.distances(row, place))
                return where + "not sorted";
            if (place > 0 && graph.distances(row, place - 1) == graph.distances(row, place) &&
                graph.rows(row, place - 1) > other)
                return where + "a tie out of order";
        }
        std::sort(seen.begin(), seen.end());
        if (std::adjacent_find(seen.begin(), seen.end()) != seen.end())
            return QString("point %1: a neighbour twice").arg(row);
    }
    return {};
}

} // namespace

void TestNeighborGraph::findsNeighboursByHand()
{
    const Matrix line{{0, 0}, {1, 0}, {3, 0}, {3, 4}};
    const auto euclidean = neighborsOf(line, 2);
    QCOMPARE(euclidean.rows, (NeighborGraph::Rows{{1, 2}, {0, 2}, {1, 0}, {2, 1}}));
    QVERIFY((euclidean.distances - Matrix{{1, 3}, {1, 2}, {2, 3}, {4, std::sqrt(20.0F)}}).norm() < 1e-6F);
    QVERIFY(euclidean.exact);
    QCOMPARE(euclidean.recall, 1.0);

    const Matrix rays{{2, 0}, {0, 3}, {5, 5}, {-1, 0}};
    const auto cosine = neighborsOf(rays, 3, Metric::Cosine);
    const float half = 1 - std::sqrt(0.5F);
    QCOMPARE(cosine.rows, (NeighborGraph::Rows{{2, 1, 3}, {2, 0, 3}, {0, 1, 3}, {1, 2, 0}}));
    QVERIFY((cosine.distances - Matrix{{half, 1, 2}, {half, 1, 1}, {half, half, 2 - half}, {1, 2 - half, 2}}).norm() <
            1e-6F);

    const auto dot = neighborsOf(rays, 3, Metric::Dot);
    QCOMPARE(dot.rows, (NeighborGraph::Rows{{2, 1, 3}, {2, 0, 3}, {1, 0, 3}, {1, 0, 2}}));
    QVERIFY((dot.distances - Matrix{{-10, 0, 2}, {-15, 0, 0}, {-15, -10, 5}, {0, 2, 5}}).norm() < 1e-6F);
}

void TestNeighborGraph::agreesWithTheDefinition_data()
{
    QTest::addColumn<Index>("rows");
    QTest::addColumn<Index>("dim");
    QTest::addColumn<Index>("k");
    QTest::addColumn<Metric>("metric");
    for (const Metric metric : {Metric::Euclidean, Metric::Cosine, Metric::Dot}) {
        const QByteArray name(metricName(metric).data());
        QTest::newRow(name + ", few") << Index{40} << Index{3} << Index{5} << metric;
        QTest::newRow(name + ", all others") << Index{100} << Index{7} << Index{99} << metric;
        QTest::newRow(name + ", several blocks") << Index{3001} << Index{20} << Index{15} << metric;
        QTest::newRow(name + ", many neighbours") << Index{2500} << Index{10} << Index{400} << metric;
        QTest::newRow(name + ", many dimensions") << Index{700} << Index{1030} << Index{30} << metric;
    }
}

void TestNeighborGraph::agreesWithTheDefinition()
{
    QFETCH(Index, rows);
    QFETCH(Index, dim);
    QFETCH(Index, k);
    QFETCH(Metric, metric);
    const Matrix points = normal(rows, dim, 1);
    const auto graph = neighborsOf(points, k, metric);
    QCOMPARE(graph.points(), rows);
    QCOMPARE(graph.k(), k);
    QCOMPARE(complaint(points, graph, 1e-6, std::max<Index>(1, rows / 300)), QString());
}

void TestNeighborGraph::survivesFewPoints_data()
{
    QTest::addColumn<Index>("rows");
    for (const Index rows : {0, 1, 2, 3})
        QTest::addRow("%d", static_cast<int>(rows)) << rows;
}

void TestNeighborGraph::survivesFewPoints()
{
    QFETCH(Index, rows);
    for (const Metric metric : {Metric::Euclidean, Metric::Cosine, Metric::Dot})
        for (const auto search : {NeighborSearch::Auto, NeighborSearch::Exact, NeighborSearch::Approximate})
            for (const Index k : {0, 1, 15}) {
                const Matrix points = normal(rows, 4, 2);
                const auto graph = neighborsOf(points, k, metric, search);
                QCOMPARE(graph.points(), rows);
                QCOMPARE(graph.k(), std::min(k, std::max<Index>(0, rows - 1)));
                QCOMPARE(complaint(points, graph, 1e-6), QString());
            }
}

void TestNeighborGraph::equalPointsAreNearestByRow()
{
    for (const auto search : {NeighborSearch::Exact, NeighborSearch::Approximate}) {
        const auto graph = neighborsOf(Matrix::Constant(3000, 5, 0.1F), 7, Metric::Euclidean, search);
        QVERIFY(graph.distances.isZero(0));
        QCOMPARE(graph.rows.row(0).eval(), (NeighborGraph::Rows{{1, 2, 3, 4, 5, 6, 7}}));
        QCOMPARE(graph.rows.row(3).eval(), (NeighborGraph::Rows{{0, 1, 2, 4, 5, 6, 7}}));
        QCOMPARE(graph.rows.row(2999).eval(), (NeighborGraph::Rows{{0, 1, 2, 3, 4, 5, 6}}));
        QCOMPARE(graph.recall, 1.0);
    }
}

void TestNeighborGraph::duplicatesHaveDistanceZero_data()
{
    QTest::addColumn<Metric>("metric");
    QTest::newRow("euclidean") << Metric::Euclidean;
    QTest::newRow("cosine") << Metric::Cosine;
    QTest::newRow("dot") << Metric::Dot;
}

void TestNeighborGraph::duplicatesHaveDistanceZero()
{
    QFETCH(Metric, metric);
    Matrix points = normal(1500, 6, 3).rowwise() + RowVector::Constant(6, 20);
    for (Index row = 0; row < 1500; row += 3) // 500 equal ones, and 250 pairs
        points.row(row) = points.row(0);
    for (Index row = 1; row + 1 < 1500; row += 6)
        points.row(row + 1) = points.row(row);
    points(9, 0) += 0.0F;
    const auto graph = neighborsOf(points, 12, metric);
    QCOMPARE(complaint(points, graph, metric == Metric::Cosine ? 1e-3 : 1e-6, 7), QString());
    if (metric == Metric::Dot)
        return;
    QVERIFY(graph.distances.row(0).isZero(0));
    QCOMPARE(graph.rows.row(3).head(4).eval(), (NeighborGraph::Rows{{0, 6, 9, 12}}));
    QCOMPARE(graph.rows(1, 0), 2);
    QCOMPARE(graph.distances(1, 0), 0.0F);
}

void TestNeighborGraph::aHeavyClumpFarFromTheCentre()
{
    // In the products the clump is one point: all its distances are below the rounding of its squared length.
    Matrix points = normal(2000, 8, 4);
    points.topRows(400) = (points.topRows(400) * 1e-5F).rowwise() + RowVector::Constant(8, 30);
    const auto graph = neighborsOf(points, 10);
    QCOMPARE(complaint(points, graph, 1e-6), QString());
}

void TestNeighborGraph::nearDuplicatesKeepTheirDigits()
{
    Matrix points = normal(500, 4, 5);
    points.row(1) = points.row(0);
    points(1, 2) += 1e-6F;
    const auto graph = neighborsOf(points, 3);
    QCOMPARE(graph.rows(0, 0), 1);
    QCOMPARE(graph.distances(0, 0), std::abs(points(1, 2) - points(0, 2)));
    QVERIFY(graph.distances(0, 0) > 0);
}

void TestNeighborGraph::hugeAndTinyNumbers_data()
{
    QTest::addColumn<float>("factor");
    QTest::newRow("huge") << 0x1p100F;
    QTest::newRow("tiny") << 0x1p-100F;
}

void TestNeighborGraph::hugeAndTinyNumbers()
{
    QFETCH(float, factor);
    const Matrix points = normal(300, 5, 6);
    const auto plain = neighborsOf(points, 6);
    const auto scaled = neighborsOf(points * factor, 6);
    QCOMPARE(scaled.rows, plain.rows);
    QCOMPARE(scaled.distances, (plain.distances * factor).eval());
    QCOMPARE(neighborsOf(points * factor, 6, Metric::Cosine).rows, neighborsOf(points, 6, Metric::Cosine).rows);
    QVERIFY(neighborsOf(points * factor, 6, Metric::Dot).distances.allFinite());
}

void TestNeighborGraph::constantColumnsAndOneDimension()
{
    Matrix points = normal(400, 3, 7);
    const auto plain = neighborsOf(points, 5);
    Matrix wide(400, 5);
    wide << Matrix::Constant(400, 1, 1000), points, Matrix::Constant(400, 1, -3);
    QCOMPARE(neighborsOf(wide, 5).rows, plain.rows);
    const Matrix line = points.leftCols(1);
    QCOMPARE(complaint(line, neighborsOf(line, 5), 1e-6), QString());
    QVERIFY(neighborsOf(Matrix(10, 0), 3).distances.isZero(0)); // no dimension at all: all points are equal
}

void TestNeighborGraph::saysHowManyItMissed()
{
    Matrix points = normal(20'000, 10, 10);
    for (Index row = 0; row < points.rows(); ++row)
        points.row(row).head(2) += RowVector{{static_cast<float>(row % 5) * 4, static_cast<float>(row % 3) * 5}};
    for (const Metric metric : {Metric::Euclidean, Metric::Cosine}) {
        const auto graph = neighborsOf(points, 25, metric, NeighborSearch::Approximate);
        QVERIFY(!graph.exact);
        const auto exact = neighborsOf(points, 25, metric);
        QVERIFY(exact.exact);
        Index found = 0;
        for (Index row = 0; row < points.rows(); ++row)
            for (Index place = 0; place < 25; ++place) {
                found += (exact.rows.row(row).array() == graph.rows(row, place)).any() ? 1 : 0;
                QVERIFY(place == 0 || graph.distances(row, place - 1) <= graph.distances(row, place));
                QVERIFY(graph.distances(row, place) >= exact.distances(row, place) * 0.999999F);
            }
        const double share = static_cast<double>(found) / static_cast<double>(points.rows() * 25);
        QVERIFY2(share > 0.93, qPrintable(QString::number(share)));
        QVERIFY2(std::abs(share - graph.recall) < 0.02, qPrintable(QString::number(graph.recall)));
    }
    // Dot products know no triangle inequality.
    QVERIFY(neighborsOf(points.topRows(2000), 5, Metric::Dot, NeighborSearch::Approximate).exact);
}

void TestNeighborGraph::threadsDoNotMatter()
{
    const Matrix points = normal(5000, 12, 8);
    for (const auto search : {NeighborSearch::Exact, NeighborSearch::Approximate}) {
        setThreadCount(1);
        const auto one = neighborsOf(points, 20, Metric::Euclidean, search);
        setThreadCount(2);
        const auto two = neighborsOf(points, 20, Metric::Euclidean, search);
        QCOMPARE(one.rows, two.rows);
        QCOMPARE(one.distances, two.distances);
        QCOMPARE(one.recall, two.recall);
    }
}

void TestNeighborGraph::stopsWhenAsked()
{
    const Matrix points = normal(60'000, 50, 9);
    for (const auto search : {NeighborSearch::Exact, NeighborSearch::Approximate})
        for (const int wait : {0, 50, 400}) {
            std::stop_source stop;
            std::chrono::steady_clock::time_point asked;
            std::jthread asker([&] {
                std::this_thread::sleep_for(std::chrono::milliseconds(wait));
                asked = std::chrono::steady_clock::now();
                stop.request_stop();
            });
            Progress progress;
            const auto result = findNeighbors(points, {.k = 30, .search = search}, stop.get_token(), progress);
            const auto answered = std::chrono::steady_clock::now();
            asker.join();
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Cancelled);
            QVERIFY2(answered - asked < std::chrono::milliseconds(200), // 20 ms on an idle machine
                     qPrintable(QString::number((answered - asked).count() / 1'000'000)));
        }
}

QTEST_MAIN(TestNeighborGraph)
#include "tst_neighbor_graph.moc"
