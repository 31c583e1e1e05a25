// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/project/affinities.h"
#include "core/project/attraction.h"
#include "core/project/repulsion.h"
#include "tests/core/project/map_files.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace embedscope;
using namespace embedscope::test;

class TestRepulsion : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void twoPointsByHand();
    void gradientIsThatOfScikitLearn();
    void theGridAgreesWithAllPairs_data();
    void theGridAgreesWithAllPairs();
    void threadsDoNotMatter();
};

namespace {

constexpr Index kAlwaysGrid = 0;
constexpr Index kAlwaysPairs = std::numeric_limits<Index>::max();

Matrix places(Index count, Index dims, float scale, std::uint64_t seed)
{
    Random random(seed);
    return Matrix::NullaryExpr(count, dims, [&] { return scale * static_cast<float>(random.normal()); });
}

} // namespace

/// Two apart along x: q = 1 / 5; the first is pushed by q^2 * -2, the second by as much the other way.
void TestRepulsion::twoPointsByHand()
{
    Matrix points(2, 2);
    points << 0, 1, 2, 1;
    Matrix forces;
    Repulsion repulsion;
    QCOMPARE_LE(std::abs(repulsion.compute(points, forces, {}) - 0.4), 1e-6);
    Matrix expected(2, 2);
    expected << -0.08F, 0, 0.08F, 0;
    QCOMPARE_LE((forces - expected).cwiseAbs().maxCoeff(), 1e-6F);
}

void TestRepulsion::gradientIsThatOfScikitLearn()
{
    const Matrix at = mapFile("sne_places");
    Progress progress;
    const auto graph = findNeighbors(mapFile("sne_points"), {.k = 30}, {}, progress).value();
    const auto affinities = affinitiesOf(graph, 10, {}, 0, {}, progress).value();
    Matrix attractive;
    Matrix repulsive;
    attract(affinities, at, attractive, {});
    const double z = Repulsion().compute(at, repulsive, {});
    const Matrix gradient = 4 * (attractive - repulsive / static_cast<float>(z));
    const Matrix truth = mapFile("sne_gradient");
    QCOMPARE_LE((gradient - truth).cwiseAbs().maxCoeff(), 1e-4F * truth.cwiseAbs().maxCoeff());
    const double divergence = crossEntropyGap(affinities, at) + std::log(z);
    QCOMPARE_LE(std::abs(divergence / static_cast<double>(mapFile("sne_divergence")(0, 0)) - 1), 1e-4);
}

void TestRepulsion::theGridAgreesWithAllPairs_data()
{
    QTest::addColumn<Index>("dims");
    QTest::addColumn<float>("scale");
    QTest::addColumn<double>("forceError"); // root of the mean square, relative
    QTest::addColumn<double>("sumError");
    QTest::newRow("2-D, as it starts") << Index{2} << 1e-4F << 1e-4 << 1e-6;
    QTest::newRow("2-D, small") << Index{2} << 1.0F << 1e-3 << 1e-4;
    QTest::newRow("2-D, wide") << Index{2} << 25.0F << 0.03 << 1e-3;
    QTest::newRow("2-D, very wide") << Index{2} << 100.0F << 0.08 << 5e-3;
    QTest::newRow("3-D, as it starts") << Index{3} << 1e-4F << 2e-3 << 1e-6;
    QTest::newRow("3-D, small") << Index{3} << 1.0F << 0.01 << 1e-3;
    QTest::newRow("3-D, wide") << Index{3} << 6.0F << 0.05 << 5e-3;
}

void TestRepulsion::theGridAgreesWithAllPairs()
{
    QFETCH(Index, dims);
    QFETCH(float, scale);
    QFETCH(double, forceError);
    QFETCH(double, sumError);
    const Matrix points = places(3000, dims, scale, 1);
    Matrix truth;
    Matrix forces;
    const double z = Repulsion(kAlwaysPairs).compute(points, truth, {});
    Repulsion grid(kAlwaysGrid);
    const double found = grid.compute(points, forces, {});
    const double error = static_cast<double>((forces - truth).norm() / truth.norm());
    QVERIFY2(error <= forceError, qPrintable(QString::number(error)));
    QVERIFY2(std::abs(found / z - 1) <= sumError, qPrintable(QString::number(found / z - 1)));
    // A grid that was made for another extent serves as well.
    (void)grid.compute(points * 3, forces, {});
    Matrix again;
    QCOMPARE_LE(std::abs(grid.compute(points, again, {}) / z - 1), sumError);
}

void TestRepulsion::threadsDoNotMatter()
{
    for (const Index dims : {2, 3}) {
        const Matrix points = places(5000, dims, 8, 2);
        Matrix one;
        Matrix four;
        setThreadCount(1);
        const double z = Repulsion(kAlwaysGrid).compute(points, one, {});
        setThreadCount(4);
        QCOMPARE(Repulsion(kAlwaysGrid).compute(points, four, {}), z);
        QVERIFY(one == four);
    }
}

QTEST_GUILESS_MAIN(TestRepulsion)
#include "tst_repulsion.moc"
