// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/project/pca.h"
#include "tests/core/search/glove_sample.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

using namespace embedscope;
using namespace embedscope::test;

class TestPca : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void findsALineByHand();
    void findsACrossByHand();
    void obeysItsDefinition_data();
    void obeysItsDefinition();
    void survivesDegenerateTables_data();
    void survivesDegenerateTables();
    void givesAsManyComponentsAsThereAre_data();
    void givesAsManyComponentsAsThereAre();
    void constantColumnsTakeNoPart();
    void aFarMeanCostsNoPrecision();
    void hugeAndTinyNumbersKeepTheirShares_data();
    void hugeAndTinyNumbersKeepTheirShares();
    void rowsThatAreNotFiniteStayOut();
    void noFiniteRow();
    void orderOfRowsDoesNotMatter();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
    void projectsOtherRows();
    void reportsProgress();
    void stopsWhenAsked();
    void stopsInTheMiddle();
    void agreesWithScikitLearn();
};

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

Pca fit(const Matrix& weights, Index k)
{
    Progress progress;
    return fitPca(weights, k, {}, progress).value();
}

/// Columns of falling spread around different means, mixed so that no axis is a component.
Matrix cloud(Index rows, Index dim, std::uint64_t seed)
{
    Random random(seed);
    Matrix out(rows, dim);
    for (Index row = 0; row < rows; ++row)
        for (Index column = 0; column < dim; ++column)
            out(row, column) = static_cast<float>(random.normal() / (1 + 0.3 * static_cast<double>(column)));
    for (Index column = 1; column < dim; ++column)
        out.col(column) += out.col(column - 1) / 2;
    return out.rowwise() + RowVector::LinSpaced(dim, -2, 3);
}

Eigen::MatrixXd covarianceByDefinition(const Matrix& weights)
{
    const Eigen::MatrixXd rows = weights.cast<double>();
    const Eigen::MatrixXd centred = rows.rowwise() - rows.colwise().mean();
    return centred.transpose() * centred / static_cast<double>(rows.rows() - 1);
}

double sumOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

void TestPca::findsALineByHand()
{
    const auto pca = fit(Matrix{{1, 1}, {2, 2}, {3, 3}}, 2);
    const float half = std::sqrt(0.5F);
    QVERIFY((pca.mean - RowVector{{2, 2}}).norm() == 0);
    QVERIFY((pca.components.row(0) - RowVector{{half, half}}).norm() < 1e-6F);
    QVERIFY(std::abs(pca.explained_variance[0] - 2) < 1e-6);
    QVERIFY(pca.explained_variance[1] < 1e-12);
    QVERIFY(std::abs(pca.explained_variance_ratio[0] - 1) < 1e-12);
    const Matrix coordinates = pca.project(Matrix{{1, 1}, {2, 2}, {3, 3}, {3, 1}});
    QVERIFY((coordinates.col(0) - Eigen::Vector4f(-2 * half, 0, 2 * half, 0)).norm() < 1e-6F);
    QVERIFY(std::abs(std::abs(coordinates(3, 1)) - 2 * half) < 1e-6F);
}

void TestPca::findsACrossByHand()
{
    // Arms of 2 and 1 around (10, 20): the sums of squares are 8 and 2, over n - 1 = 3.
    const Matrix cross{{12, 20}, {8, 20}, {10, 21}, {10, 19}};
    const auto pca = fit(cross, 2);
    QVERIFY((pca.components - Matrix::Identity(2, 2)).norm() < 1e-6F); // each sign is the positive one
    QVERIFY(std::abs(pca.explained_variance[0] - 8.0 / 3) < 1e-6);
    QVERIFY(std::abs(pca.explained_variance[1] - 2.0 / 3) < 1e-6);
    QVERIFY(std::abs(pca.explained_variance_ratio[0] - 0.8) < 1e-6);
    QVERIFY((pca.project(cross) - Matrix{{2, 0}, {-2, 0}, {0, 1}, {0, -1}}).norm() < 1e-5F);
}

void TestPca::obeysItsDefinition_data()
{
    QTest::addColumn<Index>("rows");
    QTest::addColumn<Index>("dim");
    QTest::addColumn<Index>("k");
    QTest::newRow("one dimension") << Index{100} << Index{1} << Index{1};
    QTest::newRow("all components") << Index{500} << Index{8} << Index{8};
    QTest::newRow("rows in several chunks") << Index{30'000} << Index{20} << Index{3};
    QTest::newRow("columns in several tiles") << Index{900} << Index{400} << Index{4};
    QTest::newRow("dimensions for the Krylov solver") << Index{1500} << Index{800} << Index{3};
    QTest::newRow("fewer rows than dimensions") << Index{30} << Index{100} << Index{5};
    QTest::newRow("more components than rows") << Index{4} << Index{30} << Index{10};
    QTest::newRow("few rows of very many dimensions") << Index{20} << Index{1200} << Index{3};
}

void TestPca::obeysItsDefinition()
{
    QFETCH(Index, rows);
    QFETCH(Index, dim);
    QFETCH(Index, k);
    const Matrix weights = cloud(rows, dim, 1);
    const auto pca = fit(weights, k);
    const auto covariance = covarianceByDefinition(weights);
    const Eigen::MatrixXd components = pca.components.cast<double>();
    QCOMPARE(components.rows(), k);
    QVERIFY((components * components.transpose() - Eigen::MatrixXd::Identity(k, k)).cwiseAbs().maxCoeff() < 1e-6);
    // Each component is an eigenvector of the covariance, its variance the eigenvalue, the largest come first.
    const auto variances = Eigen::Map<const Eigen::VectorXd>(pca.explained_variance.data(), k);
    const Eigen::MatrixXd residual =
        covariance * components.transpose() - components.transpose() * variances.asDiagonal();
    QVERIFY(residual.cwiseAbs().maxCoeff() < 2e-6 * covariance.trace());
    QVERIFY(std::is_sorted(variances.data(), variances.data() + k, std::greater<>()));
    QVERIFY(std::abs(sumOf(pca.explained_variance_ratio) - variances.sum() / covariance.trace()) < 1e-6);
    for (Index i = 0; i < k; ++i) {
        Index largest = 0;
        components.row(i).cwiseAbs().maxCoeff(&largest);
        QVERIFY(components(i, largest) > 0);
    }
    // The variance of the coordinates is the variance that was promised.
    const auto spread = covarianceByDefinition(pca.project(weights));
    QVERIFY((spread - Eigen::MatrixXd(variances.asDiagonal())).cwiseAbs().maxCoeff() < 2e-6 * covariance.trace());
    if (k == dim) {
        const Matrix back = (pca.project(weights) * pca.components).rowwise() + pca.mean;
        QVERIFY((back - weights).cwiseAbs().maxCoeff() < 1e-5F);
        QVERIFY(std::abs(sumOf(pca.explained_variance_ratio) - 1) < 1e-9);
    }
}

void TestPca::survivesDegenerateTables_data()
{
    QTest::addColumn<Index>("rows");
    QTest::addColumn<Index>("dim");
    QTest::addColumn<float>("value");
    QTest::newRow("no rows") << Index{0} << Index{3} << 0.0F;
    QTest::newRow("one row") << Index{1} << Index{3} << 0.1F;
    QTest::newRow("two equal rows") << Index{2} << Index{3} << 0.1F;
    QTest::newRow("many equal rows") << Index{5000} << Index{3} << 0.1F;
    QTest::newRow("all zero") << Index{10} << Index{3} << 0.0F;
    QTest::newRow("equal rows of one dimension") << Index{7} << Index{1} << -3.3F;
    QTest::newRow("equal rows of many dimensions") << Index{7} << Index{600} << 1e30F;
}

void TestPca::survivesDegenerateTables()
{
    QFETCH(Index, rows);
    QFETCH(Index, dim);
    QFETCH(float, value);
    const Matrix weights = Matrix::Constant(rows, dim, value);
    const auto pca = fit(weights, 3);
    const Index k = std::min<Index>(3, dim);
    QCOMPARE(pca.components.rows(), k);
    QVERIFY((pca.components * pca.components.transpose() - Matrix::Identity(k, k)).norm() < 1e-6F);
    QCOMPARE(pca.explained_variance, std::vector<double>(static_cast<std::size_t>(k), 0.0));
    QCOMPARE(pca.explained_variance_ratio, std::vector<double>(static_cast<std::size_t>(k), 0.0));
    QVERIFY((pca.mean.array() == (rows == 0 ? 0.0F : value)).all());
    QVERIFY((pca.project(weights).array() == 0.0F).all());
}

void TestPca::givesAsManyComponentsAsThereAre_data()
{
    QTest::addColumn<Index>("k");
    QTest::addColumn<Index>("expected");
    QTest::newRow("fewer than none") << Index{-1} << Index{0};
    QTest::newRow("none") << Index{0} << Index{0};
    QTest::newRow("some") << Index{2} << Index{2};
    QTest::newRow("more than dimensions") << Index{9} << Index{4};
}

void TestPca::givesAsManyComponentsAsThereAre()
{
    QFETCH(Index, k);
    QFETCH(Index, expected);
    const auto pca = fit(cloud(20, 4, 2), k);
    QCOMPARE(pca.components.rows(), expected);
    QCOMPARE(pca.components.cols(), Index{4});
    QCOMPARE(static_cast<Index>(pca.explained_variance.size()), expected);
    QCOMPARE(pca.project(cloud(20, 4, 2)).cols(), expected);
}

void TestPca::constantColumnsTakeNoPart()
{
    Matrix weights = cloud(1000, 5, 3);
    weights.col(1).setConstant(0.1F);
    weights.col(4).setConstant(-7e5F);
    const auto pca = fit(weights, 3);
    QVERIFY(pca.components.col(1).cwiseAbs().maxCoeff() < 1e-6F);
    QVERIFY(pca.components.col(4).cwiseAbs().maxCoeff() < 1e-6F);
    QVERIFY(fit(weights, 5).explained_variance[3] < 1e-12);
}

void TestPca::aFarMeanCostsNoPrecision()
{
    // Whole numbers stay exact in float32 so far out; their squares would not.
    Random random(4);
    const Matrix near = Matrix::NullaryExpr(3000, 4, [&random] { return static_cast<float>(random.below(9)); });
    const auto expected = fit(near, 4);
    const auto found = fit(near.array() + 4'000'000.0F, 4);
    QVERIFY((found.components - expected.components).cwiseAbs().maxCoeff() < 1e-5F);
    for (std::size_t i = 0; i < 4; ++i)
        QVERIFY(std::abs(found.explained_variance[i] - expected.explained_variance[i]) < 1e-6);
}

void TestPca::hugeAndTinyNumbersKeepTheirShares_data()
{
    QTest::addColumn<float>("scale");
    QTest::newRow("squares that overflow float32") << 1e37F;
    QTest::newRow("squares that vanish in float32") << 1e-35F;
}

void TestPca::hugeAndTinyNumbersKeepTheirShares()
{
    QFETCH(float, scale);
    const Matrix weights = cloud(500, 6, 5);
    const auto usual = fit(weights, 3);
    const auto scaled = fit(weights * scale, 3);
    QVERIFY((scaled.components - usual.components).cwiseAbs().maxCoeff() < 1e-5F);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(std::abs(scaled.explained_variance_ratio[i] - usual.explained_variance_ratio[i]) < 1e-6);
        const double squared = static_cast<double>(scale) * static_cast<double>(scale);
        QVERIFY(std::abs(scaled.explained_variance[i] / squared - usual.explained_variance[i]) < 1e-5);
    }
}

void TestPca::rowsThatAreNotFiniteStayOut()
{
    // Bad rows at both ends, at a border of blocks, and alone in their chunk; one with both infinities, whose sum is
    // NaN.
    const Matrix good = cloud(20'000, 30, 6);
    Matrix weights(good.rows() + 5, good.cols());
    const QList<Index> bad{0, 64, 65, 15'000, weights.rows() - 1};
    for (Index row = 0, next = 0; row < weights.rows(); ++row)
        weights.row(row) = bad.contains(row) ? RowVector(good.row(0)) : RowVector(good.row(next++));
    weights(bad[0], 3) = kNaN;
    weights(bad[1], 0) = kInf;
    weights(bad[2], 29) = -kInf;
    weights(bad[3], 1) = kInf;
    weights(bad[3], 2) = -kInf;
    weights.row(bad[4]).setConstant(kNaN);
    const auto pca = fit(weights, 2);
    const auto expected = fit(good, 2);
    QCOMPARE(pca.rows_left_out, Index{5});
    QCOMPARE(expected.rows_left_out, Index{0});
    QVERIFY((pca.mean - expected.mean).cwiseAbs().maxCoeff() < 1e-6F);
    QVERIFY((pca.components - expected.components).cwiseAbs().maxCoeff() < 1e-5F);
    QVERIFY(std::abs(pca.explained_variance[0] - expected.explained_variance[0]) < 1e-6);
    const Matrix coordinates = pca.project(weights);
    for (Index row = 0; row < weights.rows(); ++row) {
        const bool finite = coordinates.row(row).allFinite();
        const bool nan = coordinates.row(row).array().isNaN().all();
        QVERIFY(bad.contains(row) ? nan : finite);
    }
}

void TestPca::noFiniteRow()
{
    const auto pca = fit(Matrix::Constant(3, 2, kInf), 2);
    QCOMPARE(pca.rows_left_out, Index{3});
    QVERIFY((pca.mean.array() == 0).all());
    QCOMPARE(pca.explained_variance, (std::vector<double>{0, 0}));
    QVERIFY(pca.project(Matrix::Constant(3, 2, kInf)).array().isNaN().all());
}

void TestPca::orderOfRowsDoesNotMatter()
{
    const Matrix weights = cloud(5000, 12, 7);
    std::vector<Index> order(5000);
    std::iota(order.begin(), order.end(), Index{0});
    Random(8).shuffle(std::span(order));
    const Matrix shuffled = weights(order, Eigen::all);
    const auto first = fit(weights, 3);
    const auto second = fit(shuffled, 3);
    QVERIFY((first.components - second.components).cwiseAbs().maxCoeff() < 1e-5F);
    const Matrix moved = first.project(weights)(order, Eigen::all);
    QVERIFY((second.project(shuffled) - moved).cwiseAbs().maxCoeff() < 1e-5F);
}

void TestPca::threadsDoNotMatter_data()
{
    QTest::addColumn<Index>("rows");
    QTest::addColumn<Index>("dim");
    QTest::newRow("many rows") << Index{40'000} << Index{10};
    QTest::newRow("several tiles") << Index{1000} << Index{390};
    QTest::newRow("the Krylov solver") << Index{500} << Index{800};
}

void TestPca::threadsDoNotMatter()
{
    QFETCH(Index, rows);
    QFETCH(Index, dim);
    const Matrix weights = cloud(rows, dim, 9);
    setThreadCount(1);
    const auto one = fit(weights, 3);
    const Matrix coordinates = one.project(weights);
    for (const int threads : {2, 5}) {
        setThreadCount(threads);
        const auto more = fit(weights, 3);
        QVERIFY(more.mean == one.mean);
        QVERIFY(more.components == one.components);
        QCOMPARE(more.explained_variance, one.explained_variance);
        QVERIFY(more.project(weights) == coordinates);
    }
}

void TestPca::projectsOtherRows()
{
    const Matrix weights = cloud(300, 6, 10);
    const auto pca = fit(weights, 2);
    const Matrix all = pca.project(weights);
    QVERIFY((pca.project(weights.middleRows(100, 7)) - all.middleRows(100, 7)).cwiseAbs().maxCoeff() < 1e-6F);
    QCOMPARE(pca.project(Matrix(0, 6)).rows(), Index{0});
    QVERIFY(pca.project(pca.mean).cwiseAbs().maxCoeff() == 0);
}

void TestPca::reportsProgress()
{
    Progress progress;
    QVERIFY(fitPca(cloud(5000, 800, 11), 2, {}, progress));
    QCOMPARE(progress.fraction(), 1.0);
    QVERIFY(progress.total() > 0);
}

void TestPca::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const auto pca = fitPca(cloud(100, 5, 12), 2, stop.get_token(), progress);
    QVERIFY(!pca);
    QVERIFY(pca.error().code == ErrorCode::Cancelled);
}

void TestPca::stopsInTheMiddle()
{
    const Matrix weights = Matrix::Random(4000, 1500);
    Progress progress;
    std::stop_source stop;
    const std::jthread watcher([&](const std::stop_token& done) {
        while (progress.done() <= 4000 && !done.stop_requested()) // the first pass is over, the second has begun
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto pca = fitPca(weights, 2, stop.get_token(), progress);
    QVERIFY(!pca);
    QVERIFY(pca.error().code == ErrorCode::Cancelled);
    QVERIFY(progress.done() < progress.total());
}

void TestPca::agreesWithScikitLearn()
{
    const auto table = gloveSample();
    if (!table)
        QSKIP(qPrintable(QStringLiteral("missing: EMBEDSCOPE_DATA, ") + gloveSamplePath()));
    // sklearn.decomposition.PCA(3, svd_solver="full") in float64, signs turned to our rule.
    const auto pca = fit(table->weights(), 3);
    const std::vector<double> variances{1.4395120960008494, 1.1880905779245623, 1.0599295041861485};
    const std::vector<double> ratios{0.07353050628282697, 0.06068785524439108, 0.05414136726147196};
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(std::abs(pca.explained_variance[i] - variances[i]) < 1e-7);
        QVERIFY(std::abs(pca.explained_variance_ratio[i] - ratios[i]) < 1e-8);
    }
    const Matrix coordinates = pca.project(table->weights());
    const auto isAt = [&](const char* word, const RowVector& expected) {
        return (coordinates.row(table->vocabulary().find(word).value()) - expected).cwiseAbs().maxCoeff() < 1e-5F;
    };
    QVERIFY(isAt("king", RowVector{{-1.59327059F, -1.24964118F, 0.70355435F}}));
    QVERIFY(isAt("queen", RowVector{{-1.91967814F, -0.28955363F, 0.60023851F}}));
    QVERIFY(isAt("the", RowVector{{0.28437119F, 0.02391606F, -0.25386238F}}));
}

QTEST_APPLESS_MAIN(TestPca)
#include "tst_pca.moc"
