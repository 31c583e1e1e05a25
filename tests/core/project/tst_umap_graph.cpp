// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/project/umap.h"
#include "tests/core/project/umap_cases.h"

#include <QtTest>

#include <cmath>
#include <map>
#include <numeric>

using namespace embedscope;
using namespace embedscope::test;

/// The weights of UMAP's edges and the curve of its map.
class TestUmapGraph : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void threePointsByHand();
    void agreesWithUmapLearn_data();
    void agreesWithUmapLearn();
    void isSymmetricAndSorted();
    void dotProductsAreMeasuredFromTheNearest();
    void allPointsInOnePlace();
    void curveAgreesWithScipy();
    void stopsWhenAsked();
};

namespace {

NeighborGraph graphOf(Index points, const std::vector<int>& rows, const std::vector<float>& distances)
{
    const auto k = static_cast<Index>(rows.size()) / points;
    NeighborGraph graph;
    graph.rows = Eigen::Map<const NeighborGraph::Rows>(rows.data(), points, k);
    graph.distances = ConstMatrixMap(distances.data(), points, k);
    return graph;
}

FuzzyGraph weigh(const NeighborGraph& graph, const UmapOptions& options = {})
{
    Progress progress;
    return fuzzyGraph(graph, options, {}, progress).value();
}

using Edges = std::map<std::pair<int, int>, float>;

Edges edgesOf(const FuzzyGraph& graph)
{
    Edges out;
    for (std::size_t row = 0; row + 1 < graph.offsets.size(); ++row)
        for (auto i = static_cast<std::size_t>(graph.offsets[row]);
             i < static_cast<std::size_t>(graph.offsets[row + 1]); ++i)
            out[{static_cast<int>(row), graph.columns[i]}] = graph.weights[i];
    return out;
}

/// Every point has all others at distances that grow with their number.
NeighborGraph chain(Index points)
{
    NeighborGraph graph{NeighborGraph::Rows(points, points - 1), Matrix(points, points - 1)};
    for (Index i = 0; i < points; ++i) {
        std::vector<std::int32_t> others;
        for (Index j = 0; j < points; ++j)
            if (j != i)
                others.push_back(static_cast<std::int32_t>(j));
        std::stable_sort(others.begin(), others.end(),
                         [i](auto a, auto b) { return std::abs(a - i) < std::abs(b - i); });
        for (Index place = 0; place + 1 < points; ++place) {
            graph.rows(i, place) = others[static_cast<std::size_t>(place)];
            graph.distances(i, place) = static_cast<float>(std::abs(others[static_cast<std::size_t>(place)] - i));
        }
    }
    return graph;
}

} // namespace

/// Points at 0, 1 and 3. The nearest has strength 1, so that the other has log2(3) - 1 of the sum log2(3).
void TestUmapGraph::threePointsByHand()
{
    const Edges edges = edgesOf(weigh(graphOf(3, {1, 2, 0, 2, 1, 0}, {1, 3, 1, 2, 2, 3})));
    QCOMPARE(edges.size(), std::size_t{6});
    const double far = std::log2(3) - 1;
    const auto isNear = [&](int a, int b, double expected) {
        return std::abs(static_cast<double>(edges.at({a, b})) - expected) < 2e-5 &&
               edges.at({a, b}) == edges.at({b, a});
    };
    QVERIFY(isNear(0, 1, 1)); // each is the nearest of the other
    QVERIFY(isNear(1, 2, 1)); // 1 from 2, far from 1: 1 + far - far
    QVERIFY(isNear(0, 2, far + far - far * far));
}

void TestUmapGraph::agreesWithUmapLearn_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < umapCases().size(); ++i)
        QTest::newRow(umapCases()[i].name) << static_cast<int>(i);
}

void TestUmapGraph::agreesWithUmapLearn()
{
    QFETCH(int, number);
    const UmapCase& wanted = umapCases()[static_cast<std::size_t>(number)];
    UmapOptions options;
    options.n_neighbors = wanted.k + 1;
    options.local_connectivity = wanted.local_connectivity;
    options.set_op_mix_ratio = wanted.set_op_mix_ratio;
    const Edges edges = edgesOf(weigh(graphOf(wanted.points, wanted.neighbors, wanted.distances), options));
    QCOMPARE(edges.size(), wanted.weights.size());
    for (std::size_t i = 0; i < wanted.weights.size(); ++i) {
        const auto found = edges.find({wanted.heads[i], wanted.tails[i]});
        QVERIFY(found != edges.end());
        QVERIFY2(std::abs(found->second - wanted.weights[i]) < 1e-4F,
                 qPrintable(QString::number(static_cast<double>(found->second))));
    }
}

void TestUmapGraph::isSymmetricAndSorted()
{
    setThreadCount(1);
    const FuzzyGraph alone = weigh(chain(200));
    setThreadCount(3);
    const FuzzyGraph graph = weigh(chain(200));
    QVERIFY(alone.offsets == graph.offsets && alone.columns == graph.columns && alone.weights == graph.weights);
    const Edges edges = edgesOf(graph);
    for (const auto& [edge, weight] : edges) {
        QVERIFY(weight > 0 && weight <= 1);
        QCOMPARE(edges.at({edge.second, edge.first}), weight);
    }
    for (std::size_t row = 0; row < 200; ++row)
        QVERIFY(
            std::is_sorted(graph.columns.begin() + graph.offsets[row], graph.columns.begin() + graph.offsets[row + 1]));
}

/// Only differences count: the same numbers moved by a constant give the same weights.
void TestUmapGraph::dotProductsAreMeasuredFromTheNearest()
{
    NeighborGraph graph = chain(8);
    graph.metric = Metric::Dot;
    const Edges plain = edgesOf(weigh(chain(8)));
    graph.distances.array() -= 5;
    const Edges moved = edgesOf(weigh(graph));
    QCOMPARE(moved.size(), plain.size());
    for (const auto& [edge, weight] : plain)
        QVERIFY(std::abs(moved.at(edge) - weight) < 1e-5F);
}

void TestUmapGraph::allPointsInOnePlace()
{
    NeighborGraph graph = chain(6);
    graph.distances.setZero();
    for (const float weight : weigh(graph).weights)
        QCOMPARE(weight, 1.0F);
}

void TestUmapGraph::curveAgreesWithScipy()
{
    for (const UmapCurveCase& wanted : umapCurveCases()) {
        const UmapCurve curve = umapCurve(wanted.spread, wanted.min_dist);
        QVERIFY2(std::abs(curve.a - wanted.a) < 1e-4, qPrintable(QString::number(curve.a)));
        QVERIFY2(std::abs(curve.b - wanted.b) < 1e-4, qPrintable(QString::number(curve.b)));
    }
}

void TestUmapGraph::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const auto graph = fuzzyGraph(chain(50), {}, stop.get_token(), progress);
    QVERIFY(!graph);
    QVERIFY(graph.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestUmapGraph)
#include "tst_umap_graph.moc"
