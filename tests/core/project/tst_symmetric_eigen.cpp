// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/project/symmetric_eigen.h"

#include <QtTest>

#include <cmath>

using namespace embedscope;

class TestSymmetricEigen : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void solvesByHand();
    void wantsNone();
    void findsChosenValues_data();
    void findsChosenValues();
    void threadsDoNotMatter();
    void stopsWhenAsked();
};

namespace {

/// Q diag(values) Q' with a random orthogonal Q; products of Householder reflections keep it exact and cheap.
Eigen::MatrixXd withEigenvalues(const Eigen::VectorXd& values)
{
    Random random(1);
    Eigen::MatrixXd matrix = values.asDiagonal();
    for (int i = 0; i < 6; ++i) {
        const Eigen::VectorXd v =
            Eigen::VectorXd::NullaryExpr(values.size(), [&random] { return random.normal(); }).normalized();
        const Eigen::RowVectorXd left = v.transpose() * matrix;
        matrix -= 2 * v * left;
        const Eigen::VectorXd right = matrix * v;
        matrix -= 2 * right * v.transpose();
    }
    return (matrix + matrix.transpose()) / 2;
}

/// value(i) for i in [0, dim), largest first.
Eigen::VectorXd spectrum(Index dim, const QString& kind)
{
    return Eigen::VectorXd::NullaryExpr(dim, [&](Index i) {
        const auto x = static_cast<double>(i);
        if (kind == QStringLiteral("decays"))
            return std::pow(1 + x, -0.7);
        if (kind == QStringLiteral("repeats"))
            return i < 4 ? 3.0 : 1 / (1 + x);
        if (kind == QStringLiteral("flat"))
            return 1 + 1e-3 * static_cast<double>(dim - i) / static_cast<double>(dim);
        if (kind == QStringLiteral("low rank"))
            return i < 2 ? 2.0 - x : 0.0;
        if (kind == QStringLiteral("equal"))
            return 1.0;
        return 0.0;
    });
}

} // namespace

void TestSymmetricEigen::solvesByHand()
{
    const Eigen::MatrixXd matrix{{2, 1, 0}, {1, 2, 0}, {0, 0, 5}};
    const auto pairs = largestEigenpairs(matrix, 2, {}).value();
    QVERIFY((pairs.values - Eigen::Vector2d(5, 3)).norm() < 1e-14);
    QVERIFY((pairs.vectors.col(0).cwiseAbs() - Eigen::Vector3d(0, 0, 1)).norm() < 1e-14);
    QVERIFY((pairs.vectors.col(1).cwiseAbs() - Eigen::Vector3d(1, 1, 0).normalized()).norm() < 1e-14);
}

void TestSymmetricEigen::wantsNone()
{
    const auto pairs = largestEigenpairs(Eigen::MatrixXd::Identity(3, 3), 0, {}).value();
    QCOMPARE(pairs.values.size(), Index{0});
    QCOMPARE(pairs.vectors.rows(), Index{3});
    QCOMPARE(largestEigenpairs(Eigen::MatrixXd(0, 0), 0, {}).value().vectors.rows(), Index{0});
}

void TestSymmetricEigen::findsChosenValues_data()
{
    QTest::addColumn<Index>("dim");
    QTest::addColumn<Index>("k");
    QTest::addColumn<QString>("kind");
    // 512 and below is solved densely, 513 and above in a Krylov space, which gives up on the flat ones.
    for (const Index dim : {1, 40, 513})
        for (const char* kind : {"decays", "repeats", "flat", "low rank", "equal", "zero"})
            QTest::addRow("%td dimensions, %s", dim, kind)
                << dim << std::min<Index>(dim, 5) << QString::fromLatin1(kind);
    QTest::newRow("many components of many dimensions") << Index{700} << Index{50} << QStringLiteral("decays");
    QTest::newRow("all components") << Index{60} << Index{60} << QStringLiteral("decays");
}

void TestSymmetricEigen::findsChosenValues()
{
    QFETCH(Index, dim);
    QFETCH(Index, k);
    QFETCH(QString, kind);
    const auto values = spectrum(dim, kind);
    const auto matrix = withEigenvalues(values);
    const auto pairs = largestEigenpairs(matrix, k, {}).value();
    QCOMPARE(pairs.values.size(), k);
    QCOMPARE(pairs.vectors.cols(), k);
    QVERIFY((pairs.values - values.head(k)).cwiseAbs().maxCoeff() < 1e-9 * std::max(1.0, values(0)));
    const Eigen::MatrixXd products = pairs.vectors.transpose() * pairs.vectors;
    QVERIFY((products - Eigen::MatrixXd::Identity(k, k)).cwiseAbs().maxCoeff() < 1e-12);
    const Eigen::MatrixXd residual = matrix * pairs.vectors - pairs.vectors * pairs.values.asDiagonal();
    QVERIFY(residual.colwise().norm().maxCoeff() <= 2e-9 * std::max(values(0), 1e-6));
}

void TestSymmetricEigen::threadsDoNotMatter()
{
    const auto matrix = withEigenvalues(spectrum(600, QStringLiteral("decays")));
    setThreadCount(1);
    const auto one = largestEigenpairs(matrix, 3, {}).value();
    for (const int threads : {2, 5}) {
        setThreadCount(threads);
        const auto more = largestEigenpairs(matrix, 3, {}).value();
        QVERIFY(more.values == one.values);
        QVERIFY(more.vectors == one.vectors);
    }
}

void TestSymmetricEigen::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const auto pairs = largestEigenpairs(Eigen::MatrixXd::Identity(600, 600), 3, stop.get_token());
    QVERIFY(!pairs);
    QVERIFY(pairs.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestSymmetricEigen)
#include "tst_symmetric_eigen.moc"
