// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/attention.h"
#include "tests/support/numeric_gradient.h"

#include <QtTest>

#include <algorithm>

using namespace embedscope;
using namespace embedscope::test;

namespace {

MultiheadAttention attention(Index dim, Index heads, double dropout = 0)
{
    Random random(5);
    return MultiheadAttention::create({.embed_dim = dim, .num_heads = heads, .dropout = dropout}, random).value();
}

/// With normal weights: those it starts with attend to all tokens nearly alike.
MultiheadAttention scattered(Index dim, Index heads, double dropout = 0)
{
    auto out = attention(dim, heads, dropout);
    scatterWeights(out.weights(), 0.6F, 11);
    return out;
}

/// Queries, keys and values are the input times these factors; out_proj changes nothing.
MultiheadAttention scaling(Index dim, Index heads, float query, float key, float value)
{
    auto out = attention(dim, heads);
    const auto weights = out.weights();
    weights[0].value->setZero();
    for (Index i = 0; i < dim; ++i) {
        (*weights[0].value)(i, i) = query;
        (*weights[0].value)(dim + i, i) = key;
        (*weights[0].value)(2 * dim + i, i) = value;
    }
    *weights[2].value = Matrix::Identity(dim, dim);
    return out;
}

Matrix predicted(const MultiheadAttention& layer, const Matrix& x, const Indices& offsets)
{
    Matrix out;
    layer.predict(x, offsets, out);
    return out;
}

using Double = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The formula as it stands, in double.
Matrix reference(MultiheadAttention& layer, const Matrix& x, const Indices& offsets)
{
    const auto weights = layer.weights();
    const auto weight = [&](std::size_t i) { return Double(weights[i].value->cast<double>()); };
    const Double projected = (x.cast<double>() * weight(0).transpose()).rowwise() + weight(1).row(0);
    const Index dim = x.cols();
    const Index width = dim / layer.options().num_heads;
    Double context(x.rows(), dim);
    for (std::size_t s = 0; s + 1 < offsets.size(); ++s)
        for (Index column = 0; column < dim; column += width) {
            const Index length = offsets[s + 1] - offsets[s];
            const auto part = [&](Index i) { return projected.block(offsets[s], i * dim + column, length, width); };
            Double p = (part(0) * part(1).transpose() / std::sqrt(static_cast<double>(width))).array().exp();
            p.array().colwise() /= p.rowwise().sum().array().eval();
            context.block(offsets[s], column, length, width) = p * part(2);
        }
    return ((context * weight(2).transpose()).rowwise() + weight(3).row(0)).cast<float>();
}

} // namespace

class TestAttention : public QObject
{
    Q_OBJECT

private slots:
    void startsAsPyTorchDoes();
    void refuses_data();
    void refuses();
    void oneTokenAttendsToItself();
    void attendsByHand();
    void projectionRowsAreQueriesKeysValues();
    void scoresAreDividedByTheRootOfTheHeadsWidth();
    void agreesWithTheFormula_data();
    void agreesWithTheFormula();
    void predictsWhatForwardGives();
    void otherSentencesDoNotMatter();
    void emptySentencesHaveNoRows();
    void noRows();
    void largeScoresStayFinite();
    void nanStaysInItsSentence();
    void dropsProbabilitiesOnly();
    void agreesWithDifferences_data();
    void agreesWithDifferences();
    void aForwardWithoutDropoutForgetsTheLastMask();
    void threadsDoNotMatter();
    void predictsFromSeveralThreads();
};

void TestAttention::startsAsPyTorchDoes()
{
    auto layer = attention(24, 4);
    const auto weights = layer.weights();
    QString names;
    for (const NamedWeight& weight : weights)
        names += QString::fromStdString(weight.name) + " " + QString::number(weight.value->rows()) + "x" +
                 QString::number(weight.value->cols()) + " " + QString::number(weight.dims) + "; ";
    QCOMPARE(names, QString("in_proj_weight 72x24 2; in_proj_bias 1x72 1; out_proj.weight 24x24 2; "
                            "out_proj.bias 1x24 1; "));
    // xavier_uniform over all 72 x 24: sqrt(6 / 96) = 1/4, where each 24 x 24 alone would have sqrt(6 / 48) = 0.35.
    QVERIFY(weights[0].value->cwiseAbs().maxCoeff() <= 0.25F);
    QVERIFY(weights[0].value->cwiseAbs().maxCoeff() > 0.245F);
    const double variance = weights[0].value->cast<double>().squaredNorm() / (72 * 24);
    QVERIFY(std::abs(variance - 0.0625 / 3) < 0.002);
    QVERIFY(weights[2].value->cwiseAbs().maxCoeff() <= 1 / std::sqrt(24.0F));
    QVERIFY(weights[2].value->cwiseAbs().maxCoeff() > 0.98F / std::sqrt(24.0F));
    QCOMPARE(text(*weights[1].value), text(Matrix::Zero(1, 72)));
    QCOMPARE(text(*weights[3].value), text(Matrix::Zero(1, 24)));
}

void TestAttention::refuses_data()
{
    QTest::addColumn<int>("dim");
    QTest::addColumn<int>("heads");
    QTest::addColumn<double>("dropout");
    QTest::addColumn<QString>("option");
    QTest::newRow("no columns") << 0 << 1 << 0.0 << "embed_dim";
    QTest::newRow("no heads") << 8 << 0 << 0.0 << "num_heads";
    QTest::newRow("a negative number of heads") << 8 << -2 << 0.0 << "num_heads";
    QTest::newRow("heads that do not divide the columns") << 8 << 3 << 0.0 << "num_heads";
    QTest::newRow("more heads than columns") << 8 << 16 << 0.0 << "num_heads";
    QTest::newRow("dropping all") << 8 << 2 << 1.0 << "dropout";
    QTest::newRow("dropping less than nothing") << 8 << 2 << -0.1 << "dropout";
    QTest::newRow("dropping NaN") << 8 << 2 << static_cast<double>(NAN) << "dropout";
}

void TestAttention::refuses()
{
    QFETCH(const int, dim);
    QFETCH(const int, heads);
    QFETCH(const double, dropout);
    QFETCH(const QString, option);
    Random random(1);
    const auto layer = MultiheadAttention::create({.embed_dim = dim, .num_heads = heads, .dropout = dropout}, random);
    QVERIFY(!layer);
    QCOMPARE(static_cast<int>(layer.error().code), static_cast<int>(ErrorCode::ValueRefused));
    QCOMPARE(QString::fromStdString(layer.error().args[0]), option);
}

void TestAttention::oneTokenAttendsToItself()
{
    const auto layer = scaling(2, 1, 5, 7, 3);
    QCOMPARE(text(predicted(layer, matrix({{1, 2}, {-4, 5}}), {0, 1, 2})), text(matrix({{3, 6}, {-12, 15}})));
}

/// One column: the scores of a query q are q, and 0 for the other token; so it attends by e^q : 1.
void TestAttention::attendsByHand()
{
    const auto layer = scaling(1, 1, 1, 1, 1);
    const float share = std::exp(1.0F) / (std::exp(1.0F) + 1);
    const Matrix got = predicted(layer, matrix({{1}, {0}}), {0, 2});
    QVERIFY2(deviation(got, matrix({{share}, {0.5F}})) < 1e-6, qPrintable(text(got)));
}

void TestAttention::projectionRowsAreQueriesKeysValues()
{
    const Matrix x = matrix({{1}, {0}});
    const float half = 0.5F;
    // Without queries or without keys all tokens count alike; without values nothing comes.
    QCOMPARE(text(predicted(scaling(1, 1, 0, 4, 1), x, {0, 2})), text(matrix({{half}, {half}})));
    QCOMPARE(text(predicted(scaling(1, 1, 4, 0, 1), x, {0, 2})), text(matrix({{half}, {half}})));
    QCOMPARE(text(predicted(scaling(1, 1, 4, 4, 0), x, {0, 2})), text(matrix({{0}, {0}})));
    // A bias on the queries alone wakes a token that has none of its own; one on the keys changes nothing.
    auto layer = scaling(1, 1, 0, 1, 1);
    *layer.weights()[1].value = matrix({{1, 20, 0}});
    const float share = std::exp(1.0F) / (std::exp(1.0F) + 1);
    QVERIFY(deviation(predicted(layer, x, {0, 2}), matrix({{share}, {share}})) < 1e-6);
}

/// Two heads of four columns each: the score is divided by 2, the root of 4, not of 8.
void TestAttention::scoresAreDividedByTheRootOfTheHeadsWidth()
{
    const auto layer = scaling(8, 2, 1, 1, 1);
    Matrix x = Matrix::Zero(2, 8);
    x(0, 0) = 2; // its score with itself is 4 in the first head: 2 after the division
    const float share = std::exp(2.0F) / (std::exp(2.0F) + 1);
    Matrix expected = Matrix::Zero(2, 8);
    expected(0, 0) = 2 * share;
    expected(1, 0) = 1;
    const Matrix got = predicted(layer, x, {0, 2});
    QVERIFY2(deviation(got, expected) < 1e-6, qPrintable(text(got)));
}

void TestAttention::agreesWithTheFormula_data()
{
    QTest::addColumn<Indices>("offsets");
    QTest::addColumn<int>("heads");
    QTest::newRow("one sentence, one head") << Indices{0, 9} << 1;
    QTest::newRow("several, three heads") << Indices{0, 4, 5, 5, 16} << 3;
    QTest::newRow("a head for each column") << Indices{0, 4, 16} << 6;
    QTest::newRow("longer than the tokens computed together") << Indices{0, 63, 127, 192, 392} << 2;
}

void TestAttention::agreesWithTheFormula()
{
    QFETCH(const Indices, offsets);
    QFETCH(const int, heads);
    auto layer = scattered(6, heads);
    const Matrix x = randomMatrix(offsets.back(), 6, 1);
    const Matrix got = predicted(layer, x, offsets);
    QVERIFY(deviation(got, reference(layer, x, offsets)) < 2e-5);
}

void TestAttention::predictsWhatForwardGives()
{
    auto layer = scattered(6, 2, 0.5);
    const Indices offsets = {0, 100, 103, 110};
    const Matrix x = randomMatrix(110, 6, 1);
    Matrix out;
    layer.forward(x, offsets, nullptr, out);
    QCOMPARE(text(predicted(layer, x, offsets)), text(out));
}

void TestAttention::otherSentencesDoNotMatter()
{
    const auto layer = scattered(6, 2);
    const Matrix x = randomMatrix(30, 6, 1);
    const Matrix all = predicted(layer, x, {0, 7, 19, 30});
    const Matrix alone = predicted(layer, x.middleRows(7, 12), {0, 12});
    QVERIFY(deviation(all.middleRows(7, 12), alone) < 1e-6);
}

void TestAttention::emptySentencesHaveNoRows()
{
    auto layer = scattered(6, 2);
    const Matrix x = randomMatrix(9, 6, 1);
    const Matrix g = randomMatrix(9, 6, 2);
    const auto run = [&](const Indices& offsets) {
        Matrix out;
        Matrix xGrad;
        layer.forward(x, offsets, nullptr, out);
        layer.backward(g, &xGrad);
        return text(out) + text(xGrad) + text(*layer.weights()[0].grad);
    };
    QCOMPARE(run({0, 0, 5, 5, 5, 9, 9}), run({0, 5, 9}));
}

void TestAttention::noRows()
{
    auto layer = scattered(6, 2, 0.5);
    Random random(1);
    for (const Indices& offsets : {Indices{0}, Indices{0, 0, 0}}) {
        Matrix out;
        Matrix xGrad;
        layer.forward(Matrix(0, 6), offsets, &random, out);
        layer.backward(Matrix(0, 6), &xGrad);
        QCOMPARE(text(out), text(Matrix(0, 6)));
        QCOMPARE(text(xGrad), text(Matrix(0, 6)));
        QCOMPARE(text(predicted(layer, Matrix(0, 6), offsets)), text(Matrix(0, 6)));
        for (const NamedWeight& weight : layer.weights())
            QVERIFY((weight.grad->array() == 0.0F).all());
    }
}

void TestAttention::largeScoresStayFinite()
{
    const auto layer = scaling(1, 1, 100, 100, 1);
    QCOMPARE(text(predicted(layer, matrix({{10}, {-10}, {9}}), {0, 3})), text(matrix({{10}, {-10}, {10}})));
}

void TestAttention::nanStaysInItsSentence()
{
    const auto layer = scaling(1, 1, 1, 1, 1);
    const Matrix got = predicted(layer, matrix({{NAN}, {1}, {2}}), {0, 2, 3});
    QVERIFY(std::isnan(got(0, 0)) && std::isnan(got(1, 0)));
    QCOMPARE(got(2, 0), 2.0F);
}

/// A token alone attends to itself with probability 1: its output is 0, or twice the value where half drops.
void TestAttention::dropsProbabilitiesOnly()
{
    auto layer = scaling(1, 1, 1, 1, 1);
    auto dropping = attention(1, 1, 0.5);
    for (std::size_t i = 0; i < 4; ++i)
        *dropping.weights()[i].value = *layer.weights()[i].value;
    Indices offsets(1001);
    for (std::size_t i = 0; i < offsets.size(); ++i)
        offsets[i] = static_cast<std::int64_t>(i);
    Random random(4);
    Matrix out;
    dropping.forward(Matrix::Ones(1000, 1), offsets, &random, out);
    const auto dropped = (out.array() == 0.0F).count();
    QCOMPARE(dropped + (out.array() == 2.0F).count(), Index{1000});
    QVERIFY2(dropped > 420 && dropped < 580, qPrintable(QString::number(dropped)));
}

void TestAttention::agreesWithDifferences_data()
{
    QTest::addColumn<int>("heads");
    QTest::addColumn<double>("dropout");
    QTest::newRow("one head") << 1 << 0.0;
    QTest::newRow("two heads") << 2 << 0.0;
    QTest::newRow("a head for each column") << 4 << 0.0;
    QTest::newRow("with dropout") << 2 << 0.4;
}

void TestAttention::agreesWithDifferences()
{
    QFETCH(const int, heads);
    QFETCH(const double, dropout);
    auto layer = scattered(4, heads, dropout);
    Matrix x = randomMatrix(9, 4, 1);
    const Indices offsets = {0, 4, 4, 5, 9};
    const auto forward = [&](Matrix& out) {
        Random random(3); // the same ones drop each time
        layer.forward(x, offsets, &random, out);
    };
    const QString problems = gradientProblems(x, layer.weights(), forward,
                                              [&](const Matrix& g, Matrix& xGrad) { layer.backward(g, &xGrad); });
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

void TestAttention::aForwardWithoutDropoutForgetsTheLastMask()
{
    auto dropping = scattered(4, 2, 0.5);
    auto plain = scattered(4, 2);
    const Matrix x = randomMatrix(9, 4, 1);
    const Matrix g = randomMatrix(9, 4, 2);
    const Indices offsets = {0, 9};
    Random random(3);
    Matrix out;
    Matrix first;
    Matrix second;
    dropping.forward(x, offsets, &random, out);
    dropping.forward(x, offsets, nullptr, out);
    dropping.backward(g, &first);
    plain.forward(x, offsets, nullptr, out);
    plain.backward(g, &second);
    QCOMPARE(text(first), text(second));
}

void TestAttention::threadsDoNotMatter()
{
    // Sentences of 0 to 96 tokens, several chunks of them.
    Indices offsets = {0};
    for (std::int64_t i = 0; i < 60; ++i)
        offsets.push_back(offsets.back() + i * 37 % 97);
    const Matrix x = randomMatrix(offsets.back(), 32, 1);
    const Matrix g = randomMatrix(offsets.back(), 32, 2);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        auto layer = scattered(32, 4, 0.2);
        Random random(3);
        Matrix out;
        Matrix xGrad;
        layer.forward(x, offsets, &random, out);
        layer.backward(g, &xGrad);
        setThreadCount(0);
        return std::tuple(out, xGrad, *layer.weights()[0].grad, *layer.weights()[2].grad);
    };
    const auto one = run(1);
    QVERIFY(one == run(2));
    QVERIFY(one == run(5));
}

void TestAttention::predictsFromSeveralThreads()
{
    const auto layer = scattered(16, 4);
    const Matrix x = randomMatrix(200, 16, 1);
    const Indices offsets = {0, 50, 51, 130, 200};
    const QString expected = text(predicted(layer, x, offsets));
    std::vector<QString> got(16);
    parallelFor(16, 1,
                [&](Index begin, Index) { got[static_cast<std::size_t>(begin)] = text(predicted(layer, x, offsets)); });
    QCOMPARE(std::count(got.begin(), got.end(), expected), std::ptrdiff_t{16});
}

QTEST_APPLESS_MAIN(TestAttention)
#include "tst_attention.moc"
