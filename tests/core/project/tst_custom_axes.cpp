// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/project/custom_axes.h"
#include "core/project/pca_tools.h"
#include "core/project/place_on_map.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace embedscope;

class TestCustomAxes : public QObject
{
    Q_OBJECT

private slots:
    void projectsByHand();
    void leavesOutWhatHasNoCoordinate();
    void refusesAnAxisWithoutDirection();
    void placesBetweenNeighbours();
    void weightsHaveThePerplexity();
    void placesOnDegenerateMaps();
    void whitens();
    void namesTheStrongestDimensions();
    void removesMeanAndTop();
};

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Matrix normal(Index rows, Index dim, std::uint64_t seed)
{
    Random random(seed);
    Matrix out(rows, dim);
    for (float& value : out.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    return out;
}

Pca fit(const Matrix& rows, Index k)
{
    Progress progress;
    return fitPca(rows, k, {}, progress).value();
}

} // namespace

void TestCustomAxes::projectsByHand()
{
    const auto axis = axisBetween(RowVector{{1, 1}}, RowVector{{4, 5}}).value();
    QVERIFY((axis - RowVector{{0.6F, 0.8F}}).norm() < 1e-6F);
    const std::vector<RowVector> axes{axis, RowVector{{1, 0}}};
    const Matrix rows{{5, 0}, {3, 4}, {-1, 0}};
    const Matrix raw = coordinatesAlong(rows, axes, Metric::Euclidean, {}).value();
    QVERIFY((raw - Matrix{{3, 5}, {5, 3}, {-0.6F, -1}}).norm() < 1e-5F);
    const Matrix cosine = coordinatesAlong(rows, axes, Metric::Cosine, {}).value();
    QVERIFY((cosine - Matrix{{0.6F, 1}, {1, 0.6F}, {-0.6F, -1}}).norm() < 1e-6F);
}

void TestCustomAxes::leavesOutWhatHasNoCoordinate()
{
    const std::vector<RowVector> axes{RowVector{{1, 0}}};
    const Matrix rows{{0, 0}, {kNaN, 1}, {1, std::numeric_limits<float>::infinity()}, {1e30F, 1e30F}};
    const Matrix raw = coordinatesAlong(rows, axes, Metric::Euclidean, {}).value();
    QCOMPARE(raw(0, 0), 0.0F);
    QVERIFY(std::isnan(raw(1, 0)) && std::isnan(raw(2, 0)));
    const Matrix cosine = coordinatesAlong(rows, axes, Metric::Cosine, {}).value();
    QVERIFY(std::isnan(cosine(0, 0)));
    QVERIFY(std::abs(cosine(3, 0) - std::sqrt(0.5F)) < 1e-6F);
}

void TestCustomAxes::refusesAnAxisWithoutDirection()
{
    const RowVector a{{1, 2}};
    QCOMPARE(axisBetween(a, a).error().code, ErrorCode::ValueRefused);
    QCOMPARE(axisBetween(a, RowVector{{kNaN, 1}}).error().code, ErrorCode::ValueRefused);
    QCOMPARE(axisBetween(a, RowVector{{1, 2, 3}}).error().code, ErrorCode::ShapeMismatch);
    const std::vector<RowVector> axes{a};
    QCOMPARE(coordinatesAlong(Matrix(3, 5), axes, Metric::Euclidean, {}).error().code, ErrorCode::ShapeMismatch);
}

void TestCustomAxes::placesBetweenNeighbours()
{
    // Two points at the same distance weigh the same, and the far ones nothing.
    const Matrix points{{0, 1}, {0, -1}, {30, 0}, {31, 0}};
    const Matrix map{{2, 0}, {4, 6}, {-90, 0}, {90, 1}};
    const auto found = placeOnMap(points, map, RowVector{{0, 0}}, {.k = 4, .perplexity = 2}, {}).value();
    QVERIFY((found.place - RowVector{{3, 3}}).norm() < 1e-3F);
    QCOMPARE(found.neighbors[0].row, Index{0});
    // A perplexity of 1 leaves the nearest alone.
    const auto one = placeOnMap(points, map, RowVector{{0, 0.9F}}, {.k = 4, .perplexity = 1}, {}).value();
    QVERIFY((one.place - RowVector{{2, 0}}).norm() < 1e-3F);
}

void TestCustomAxes::weightsHaveThePerplexity()
{
    const Matrix points = normal(500, 8, 1);
    const auto found = placeOnMap(points, points.leftCols(2), RowVector::Zero(8), {}, {}).value();
    double entropy = 0;
    for (const double weight : found.weights)
        entropy -= weight * std::log(weight);
    QVERIFY(std::abs(std::exp(entropy) - 5) < 1e-6);
    QVERIFY(std::abs(std::accumulate(found.weights.begin(), found.weights.end(), 0.0) - 1) < 1e-12);
    QVERIFY(std::is_sorted(found.weights.rbegin(), found.weights.rend()));
    const double first = found.neighbors[0].score;
    const double last = found.neighbors[24].score;
    const double middle = found.neighbors[12].score; // the logarithm of a weight is linear in the squared distance
    const double slope = std::log(found.weights[24] / found.weights[0]) / (last * last - first * first);
    QVERIFY(std::abs(std::log(found.weights[12] / found.weights[0]) - slope * (middle * middle - first * first)) <
            1e-6);
}

void TestCustomAxes::placesOnDegenerateMaps()
{
    const auto one = placeOnMap(Matrix{{1, 2}}, Matrix{{3, 4}}, RowVector{{9, 9}}, {}, {}).value();
    QVERIFY((one.place - RowVector{{3, 4}}).norm() == 0);
    const auto equal =
        placeOnMap(Matrix::Ones(4, 2), Matrix{{0, 0}, {4, 0}, {0, 4}, {4, 4}}, RowVector{{1, 1}}, {}, {}).value();
    QVERIFY((equal.place - RowVector{{2, 2}}).norm() < 1e-6F);
    QCOMPARE(placeOnMap(Matrix(0, 2), Matrix(0, 2), RowVector{{1, 1}}, {}, {}).error().code, ErrorCode::ValueRefused);
    QCOMPARE(placeOnMap(Matrix(3, 2), Matrix(2, 2), RowVector{{1, 1}}, {}, {}).error().code, ErrorCode::ShapeMismatch);
}

void TestCustomAxes::whitens()
{
    Matrix rows = normal(400, 3, 2);
    rows.col(0) *= 5;
    rows.col(2).setConstant(4);
    const Matrix white = projectWhitened(fit(rows, 3), rows);
    const Eigen::MatrixXd exact = white.cast<double>();
    const Eigen::MatrixXd covariance = exact.transpose() * exact / 399;
    QVERIFY((covariance.topLeftCorner(2, 2) - Eigen::Matrix2d::Identity()).norm() < 1e-4);
    QVERIFY(white.allFinite() && white.col(2).cwiseAbs().maxCoeff() < 1e-2F);
}

void TestCustomAxes::namesTheStrongestDimensions()
{
    Pca pca;
    pca.components = Matrix{{0.1F, -0.8F, 0.3F, 0.5F}};
    const auto found = strongestLoadings(pca, 0, 3);
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[0].dimension, Index{1});
    QCOMPARE(found[0].weight, -0.8F);
    QCOMPARE(found[1].dimension, Index{3});
    QCOMPARE(found[2].dimension, Index{2});
    QCOMPARE(strongestLoadings(pca, 0, 99).size(), std::size_t{4});
}

void TestCustomAxes::removesMeanAndTop()
{
    Progress progress;
    Matrix rows = normal(600, 5, 3);
    rows.col(0) *= 10;
    rows.rowwise() += RowVector::Constant(5, 7);
    const Matrix left = allButTheTop(rows, 1, {}, progress).value();
    QVERIFY(left.cast<double>().colwise().mean().norm() < 1e-4);
    const auto before = fit(rows, 5);
    const auto after = fit(left, 5);
    QVERIFY((left * before.components.row(0).transpose()).norm() < 1e-3F);
    for (std::size_t i = 0; i < 4; ++i)
        QVERIFY(std::abs(after.explained_variance[i] - before.explained_variance[i + 1]) < 1e-4);
    QCOMPARE(allButTheTop(rows, 6, {}, progress).error().code, ErrorCode::ValueRefused);
    QVERIFY((allButTheTop(rows, -1, {}, progress).value() - left).norm() == 0); // 5 / 100, at least 1
    rows(3, 2) = kNaN;
    const Matrix some = allButTheTop(rows, 1, {}, progress).value();
    QVERIFY(std::isnan(some(3, 2)) && some(3, 0) == rows(3, 0));
}

QTEST_APPLESS_MAIN(TestCustomAxes)
#include "tst_custom_axes.moc"
