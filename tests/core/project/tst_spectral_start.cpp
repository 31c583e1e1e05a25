// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/project/spectral_start.h"

#include <QtTest>

#include <Eigen/Dense>

#include <cmath>

using namespace embedscope;

/// Eigenvectors of the normalised Laplacian as a start for UMAP.
class TestSpectralStart : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void aPathByHand();
    void obeysItsDefinition_data();
    void obeysItsDefinition();
    void threadsDoNotMatter();
    void partsLieApart_data();
    void partsLieApart();
    void stopsWhenAsked();
};

namespace {

FuzzyGraph fromDense(const Eigen::MatrixXd& weights)
{
    FuzzyGraph graph;
    graph.offsets.assign(1, 0);
    for (Index row = 0; row < weights.rows(); ++row) {
        for (Index column = 0; column < weights.cols(); ++column)
            if (weights(row, column) > 0) {
                graph.columns.push_back(static_cast<std::int32_t>(column));
                graph.weights.push_back(static_cast<float>(weights(row, column)));
            }
        graph.offsets.push_back(static_cast<Index>(graph.columns.size()));
    }
    return graph;
}

/// A strip of `rows` x `columns` points, each bound to those beside it; weights differ, so that no eigenvalue comes
/// twice.
Eigen::MatrixXd strip(Index rows, Index columns)
{
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(rows * columns, rows * columns);
    const auto bind = [&](Index a, Index b) { out(a, b) = out(b, a) = 0.5 + 0.4 * static_cast<double>(a % 3) / 3; };
    for (Index row = 0; row < rows; ++row)
        for (Index column = 0; column < columns; ++column) {
            if (column + 1 < columns)
                bind(row * columns + column, row * columns + column + 1);
            if (row + 1 < rows)
                bind(row * columns + column, (row + 1) * columns + column);
        }
    return out;
}

Matrix startOf(const FuzzyGraph& graph, Index dims)
{
    Progress progress;
    return spectralStart(graph, dims, 7, {}, progress).value();
}

} // namespace

/// 0 - 1 - 2 - 3 - 4 - 5 - 6 - 7 with weight 1: D^1/2 times cos(pi j k / 7) for k = 1 and 2.
void TestSpectralStart::aPathByHand()
{
    Eigen::MatrixXd path = Eigen::MatrixXd::Zero(8, 8);
    for (Index i = 0; i < 7; ++i)
        path(i, i + 1) = path(i + 1, i) = 1;
    const Matrix start = startOf(fromDense(path), 2);
    for (int k = 1; k <= 2; ++k) {
        Eigen::VectorXd expected(8);
        for (Index j = 0; j < 8; ++j)
            expected[j] = std::sqrt(j == 0 || j == 7 ? 1.0 : 2.0) * std::cos(M_PI * static_cast<double>(j) * k / 7);
        expected.normalize();
        const double agreement = start.col(k - 1).cast<double>().dot(expected);
        QVERIFY(std::abs(std::abs(agreement) - 1) < 1e-6);
        QVERIFY(start.col(k - 1).maxCoeff() >= -start.col(k - 1).minCoeff());
    }
}

void TestSpectralStart::obeysItsDefinition_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::newRow("dense solver") << 5 << 20;
    QTest::newRow("filtered subspace") << 15 << 40;
}

void TestSpectralStart::obeysItsDefinition()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    const Eigen::MatrixXd weights = strip(rows, columns);
    const Eigen::VectorXd roots = weights.rowwise().sum().cwiseSqrt().cwiseInverse();
    const Eigen::MatrixXd laplacian =
        Eigen::MatrixXd::Identity(weights.rows(), weights.rows()) - roots.asDiagonal() * weights * roots.asDiagonal();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> exact(laplacian);
    const Matrix start = startOf(fromDense(weights), 3);
    for (Index k = 0; k < 3; ++k) {
        const Eigen::VectorXd found = start.col(k).cast<double>();
        QVERIFY(std::abs(found.norm() - 1) < 1e-4);
        QVERIFY(std::abs(std::abs(found.dot(exact.eigenvectors().col(k + 1))) - 1) < 1e-3);
        QVERIFY(std::abs(found.dot(laplacian * found) - exact.eigenvalues()[k + 1]) < 1e-5);
    }
}

void TestSpectralStart::threadsDoNotMatter()
{
    const FuzzyGraph graph = fromDense(strip(40, 50));
    setThreadCount(1);
    const Matrix alone = startOf(graph, 2);
    setThreadCount(3);
    QVERIFY(alone == startOf(graph, 2));
}

void TestSpectralStart::partsLieApart_data()
{
    QTest::addColumn<int>("parts");
    QTest::addColumn<int>("dims");
    for (const int dims : {2, 3})
        for (const int parts : {2, 3, 4, 5, 30})
            QTest::addRow("%d parts, %d-D", parts, dims) << parts << dims;
}

/// Each point is nearer to the middle of its own part than to that of another.
void TestSpectralStart::partsLieApart()
{
    QFETCH(int, parts);
    QFETCH(int, dims);
    Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(12 * parts + 2, 12 * parts + 2);
    for (Index part = 0; part < parts; ++part)
        weights.block(12 * part, 12 * part, 12, 12) = strip(3, 4);
    weights(12 * parts, 12 * parts + 1) = weights(12 * parts + 1, 12 * parts) = 1; // a pair, too small for eigenvectors
    const Matrix start = startOf(fromDense(weights), dims);
    QVERIFY(start.allFinite());
    Matrix middles(parts, dims);
    for (Index part = 0; part < parts; ++part)
        middles.row(part) = start.middleRows(12 * part, 12).colwise().mean();
    for (Index i = 0; i < 12 * parts; ++i) {
        Index nearest = 0;
        (middles.rowwise() - start.row(i)).rowwise().squaredNorm().minCoeff(&nearest);
        QCOMPARE(nearest, i / 12);
    }
}

void TestSpectralStart::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const auto start = spectralStart(fromDense(strip(20, 30)), 2, 0, stop.get_token(), progress);
    QVERIFY(!start);
    QVERIFY(start.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestSpectralStart)
#include "tst_spectral_start.moc"
