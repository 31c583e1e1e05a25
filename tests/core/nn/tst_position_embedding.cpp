// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/position_embedding.h"
#include "tests/support/numeric_gradient.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

namespace {

PositionEmbedding positions(PositionKind kind, Index max_length, Index dim)
{
    Random random(5);
    return PositionEmbedding::create({.kind = kind, .max_length = max_length, .embedding_dim = dim}, random).value();
}

} // namespace

class TestPositionEmbedding : public QObject
{
    Q_OBJECT

private slots:
    void sinesByHand();
    void sinesFollowThePaper_data();
    void sinesFollowThePaper();
    void sinesAreNotLearned();
    void aLearnedTableStartsNormal();
    void countsFromZeroInEachSentence();
    void gradientByHand();
    void agreesWithDifferences();
    void aSentenceThatIsTooLongChangesNothing();
    void noRows();
    void refuses_data();
    void refuses();
    void threadsDoNotMatter();
};

void TestPositionEmbedding::sinesByHand()
{
    const auto layer = positions(PositionKind::Sinusoidal, 3, 4);
    // sin 1, cos 1, sin 1/100, cos 1/100, and the same of twice the angles.
    const Matrix expected = matrix({{0, 1, 0, 1},
                                    {0.84147098F, 0.54030231F, 0.00999983F, 0.99995000F},
                                    {0.90929743F, -0.41614684F, 0.01999867F, 0.99980001F}});
    QVERIFY2(deviation(layer.table(), expected) < 1e-7, qPrintable(text(layer.table())));
}

void TestPositionEmbedding::sinesFollowThePaper_data()
{
    QTest::addColumn<int>("dim");
    QTest::newRow("an even number of columns") << 64;
    QTest::newRow("an odd one ends with a sine") << 7;
    QTest::newRow("one column") << 1;
}

/// PE(pos, 2i) = sin(pos / 10000^(2i / d)), PE(pos, 2i + 1) = cos(pos / 10000^(2i / d)).
void TestPositionEmbedding::sinesFollowThePaper()
{
    QFETCH(const int, dim);
    const auto layer = positions(PositionKind::Sinusoidal, 5000, dim);
    QCOMPARE(layer.table().cols(), Index{dim});
    for (const int pos : {0, 1, 77, 4999})
        for (int i = 0; 2 * i < dim; ++i) {
            const double angle = pos / std::exp(std::log(10000.0) * 2 * i / dim);
            QVERIFY(std::abs(static_cast<double>(layer.table()(pos, 2 * i)) - std::sin(angle)) < 1e-7);
            if (2 * i + 1 < dim)
                QVERIFY(std::abs(static_cast<double>(layer.table()(pos, 2 * i + 1)) - std::cos(angle)) < 1e-7);
        }
}

void TestPositionEmbedding::sinesAreNotLearned()
{
    auto layer = positions(PositionKind::Sinusoidal, 3, 2);
    QVERIFY(layer.weights().empty());
    const Matrix table = layer.table();
    Matrix out;
    QVERIFY(layer.forward(matrix({{10, 20}, {30, 40}}), Indices{0, 1, 2}, out).has_value());
    QCOMPARE(text(out), text(matrix({{10, 21}, {30, 41}})));
    Matrix xGrad;
    layer.backward(matrix({{1, 2}, {3, 4}}), &xGrad);
    QCOMPARE(text(xGrad), text(matrix({{1, 2}, {3, 4}})));
    QCOMPARE(text(layer.table()), text(table));
}

void TestPositionEmbedding::aLearnedTableStartsNormal()
{
    auto layer = positions(PositionKind::Learned, 200, 100);
    const auto weights = layer.weights();
    QCOMPARE(weights.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(weights[0].name), QString("weight"));
    const auto& table = *weights[0].value;
    QVERIFY(std::abs(table.mean()) < 0.03F);
    QVERIFY(std::abs(table.squaredNorm() / 20000 - 1) < 0.05F);
    QVERIFY(table.cwiseAbs().maxCoeff() > 3.0F); // which a uniform number of this variance never is
}

void TestPositionEmbedding::countsFromZeroInEachSentence()
{
    auto layer = positions(PositionKind::Learned, 3, 1);
    *layer.weights()[0].value = matrix({{100}, {200}, {300}});
    Matrix out;
    QVERIFY(layer.predict(matrix({{1}, {2}, {3}, {4}, {5}}), Indices{0, 2, 2, 5}, out).has_value());
    QCOMPARE(text(out), text(matrix({{101}, {202}, {103}, {204}, {305}})));
}

void TestPositionEmbedding::gradientByHand()
{
    auto layer = positions(PositionKind::Learned, 4, 1);
    Matrix out;
    QVERIFY(layer.forward(matrix({{1}, {2}, {3}, {4}, {5}}), Indices{0, 2, 2, 5}, out).has_value());
    layer.backward(matrix({{1}, {20}, {3}, {40}, {500}}), nullptr);
    QCOMPARE(text(*layer.weights()[0].grad), text(matrix({{4}, {60}, {500}, {0}})));
}

void TestPositionEmbedding::agreesWithDifferences()
{
    auto layer = positions(PositionKind::Learned, 6, 3);
    Matrix x = randomMatrix(9, 3, 1);
    const Indices offsets = {0, 4, 4, 9};
    const QString problems = gradientProblems(
        x, layer.weights(), [&](Matrix& out) { QVERIFY(layer.forward(x, offsets, out).has_value()); },
        [&](const Matrix& g, Matrix& xGrad) { layer.backward(g, &xGrad); });
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

void TestPositionEmbedding::aSentenceThatIsTooLongChangesNothing()
{
    auto layer = positions(PositionKind::Learned, 3, 1);
    Matrix out = matrix({{9}});
    const auto done = layer.forward(Matrix::Ones(6, 1), Indices{0, 2, 6}, out);
    QVERIFY(!done);
    QCOMPARE(static_cast<int>(done.error().code), static_cast<int>(ErrorCode::ValueRefused));
    QCOMPARE(QString::fromStdString(done.error().args[1]), QString("4"));
    QCOMPARE(text(out), text(matrix({{9}})));
}

void TestPositionEmbedding::noRows()
{
    auto layer = positions(PositionKind::Learned, 3, 2);
    Matrix out;
    Matrix xGrad;
    QVERIFY(layer.forward(Matrix(0, 2), Indices{0, 0}, out).has_value());
    layer.backward(Matrix(0, 2), &xGrad);
    QCOMPARE(text(out), text(Matrix(0, 2)));
    QCOMPARE(text(xGrad), text(Matrix(0, 2)));
    QCOMPARE(text(*layer.weights()[0].grad), text(Matrix::Zero(3, 2)));
}

void TestPositionEmbedding::refuses_data()
{
    QTest::addColumn<int>("max_length");
    QTest::addColumn<int>("dim");
    QTest::newRow("no positions") << 0 << 4;
    QTest::newRow("fewer than none") << -1 << 4;
    QTest::newRow("no columns") << 5 << 0;
}

void TestPositionEmbedding::refuses()
{
    QFETCH(const int, max_length);
    QFETCH(const int, dim);
    Random random(1);
    const auto layer = PositionEmbedding::create({.max_length = max_length, .embedding_dim = dim}, random);
    QVERIFY(!layer);
    QCOMPARE(static_cast<int>(layer.error().code), static_cast<int>(ErrorCode::ValueRefused));
}

void TestPositionEmbedding::threadsDoNotMatter()
{
    Indices offsets = {0};
    for (std::int64_t i = 0; i < 200; ++i)
        offsets.push_back(offsets.back() + i * 37 % 61);
    const Matrix x = randomMatrix(offsets.back(), 20, 1);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        auto layer = positions(PositionKind::Learned, 61, 20);
        Matrix out;
        const bool done = layer.forward(x, offsets, out).has_value();
        layer.backward(x, nullptr);
        setThreadCount(0);
        return std::tuple(done, out, *layer.weights()[0].grad);
    };
    const auto one = run(1);
    QVERIFY(std::get<0>(one));
    QVERIFY(one == run(2));
    QVERIFY(one == run(5));
}

QTEST_APPLESS_MAIN(TestPositionEmbedding)
#include "tst_position_embedding.moc"
