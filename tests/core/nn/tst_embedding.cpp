// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/embedding.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

namespace {

Matrix table()
{
    return matrix({{1, 2}, {3, 4}, {5, 6}});
}

EmbeddingOptions options(std::optional<std::int64_t> padding = {}, bool scale = false, bool sparse = false)
{
    return {
        .num_embeddings = 3, .embedding_dim = 2, .padding_idx = padding, .scale_grad_by_freq = scale, .sparse = sparse};
}

Embedding layer(const EmbeddingOptions& chosen = options())
{
    return Embedding::create(chosen, table()).value();
}

Matrix lookUp(Embedding& embedding, const Indices& indices)
{
    Matrix out;
    return embedding.forward(indices, out) ? out : Matrix();
}

} // namespace

class TestEmbedding : public QObject
{
    Q_OBJECT

private slots:
    void validates_data();
    void validates();
    void refusesAWeightOfAnotherShape();
    void newWeightIsNormalWithAZeroPaddingRow();
    void givenWeightKeepsItsPaddingRow();
    void pretrainedIsFrozenUnlessAsked();
    void looksUp_data();
    void looksUp();
    void refusesIndices_data();
    void refusesIndices();
    void backward_data();
    void backward();
    void backwardAgreesWithDifferences();
    void settersChangeTheNextStepOnly();
    void settersRefuseAndKeep();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
};

void TestEmbedding::validates_data()
{
    QTest::addColumn<EmbeddingOptions>("options");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<int>("code");
    const auto with = [](auto change) {
        EmbeddingOptions o = options();
        change(o);
        return o;
    };
    const int refused = static_cast<int>(ErrorCode::ValueRefused);
    const int conflict = static_cast<int>(ErrorCode::OptionsConflict);
    QTest::newRow("the defaults are valid") << options() << true << 0;
    QTest::newRow("padding 0 is valid") << options(0) << true << 0;
    QTest::newRow("padding -rows is the first row") << options(-3) << true << 0;
    QTest::newRow("padding beyond the last row") << options(3) << false << refused;
    QTest::newRow("padding before the first row") << options(-4) << false << refused;
    QTest::newRow("max_norm 0 would erase rows") << with([](auto& o) { o.max_norm = 0; }) << false << refused;
    QTest::newRow("max_norm below 0 would flip rows") << with([](auto& o) { o.max_norm = -1; }) << false << refused;
    QTest::newRow("max_norm infinite") << with([](auto& o) { o.max_norm = INFINITY; }) << false << refused;
    QTest::newRow("max_norm NaN") << with([](auto& o) { o.max_norm = NAN; }) << false << refused;
    QTest::newRow("norm_type 0") << with([](auto& o) { o.norm_type = 0; }) << false << refused;
    QTest::newRow("norm_type NaN") << with([](auto& o) { o.norm_type = NAN; }) << false << refused;
    QTest::newRow("norm_type infinite is the largest value")
        << with([](auto& o) { o.norm_type = INFINITY; }) << true << 0;
    QTest::newRow("negative size") << with([](auto& o) { o.embedding_dim = -1; }) << false << refused;
    QTest::newRow("frequency scaling needs a dense gradient") << options({}, true, true) << false << conflict;
}

void TestEmbedding::validates()
{
    QFETCH(const EmbeddingOptions, options);
    QFETCH(const bool, accepted);
    QFETCH(const int, code);
    const auto result = validated(options);
    QCOMPARE(result.has_value(), accepted);
    if (!accepted)
        QCOMPARE(static_cast<int>(result.error().code), code);
    else if (options.padding_idx == -3)
        QCOMPARE(result->padding_idx.value(), std::int64_t{0});
}

void TestEmbedding::refusesAWeightOfAnotherShape()
{
    const auto result = Embedding::create(options(), Matrix::Zero(2, 2));
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::ShapeMismatch);
    QCOMPARE(result.error().args, (std::vector<std::string>{"weight", "3 x 2", "2 x 2"}));
}

void TestEmbedding::newWeightIsNormalWithAZeroPaddingRow()
{
    Random random(7);
    const auto embedding =
        Embedding::create({.num_embeddings = 400, .embedding_dim = 50, .padding_idx = -1}, random).value();
    const Matrix& weight = embedding.weight();
    QCOMPARE(weight.row(399).cwiseAbs().sum(), 0.0F);
    const auto others = weight.topRows(399).cast<double>();
    QVERIFY(std::abs(others.mean()) < 0.03);
    QVERIFY(std::abs(others.squaredNorm() / static_cast<double>(others.size()) - 1) < 0.04);
    QVERIFY(!embedding.frozen());
}

void TestEmbedding::givenWeightKeepsItsPaddingRow()
{
    QCOMPARE(text(layer(options(1)).weight()), text(table()));
    QCOMPARE(text(Embedding::fromPretrained(table(), {.padding_idx = 0}).value().weight()), text(table()));
}

void TestEmbedding::pretrainedIsFrozenUnlessAsked()
{
    QVERIFY(Embedding::fromPretrained(table()).value().frozen());
    QVERIFY(!Embedding::fromPretrained(table(), {.freeze = false}).value().frozen());
    const auto refused = Embedding::fromPretrained(table(), {.padding_idx = 3});
    QCOMPARE(refused.error().code, ErrorCode::ValueRefused);
}

void TestEmbedding::looksUp_data()
{
    QTest::addColumn<EmbeddingOptions>("options");
    QTest::addColumn<Indices>("indices");
    QTest::addColumn<Matrix>("expected");
    QTest::newRow("rows in the order asked for, as often as asked for")
        << options() << Indices{2, 0, 2} << matrix({{5, 6}, {1, 2}, {5, 6}});
    QTest::newRow("no indices give no rows") << options() << Indices{} << Matrix(0, 2);
    QTest::newRow("the padding row comes back with its content") << options(1) << Indices{1} << matrix({{3, 4}});
}

void TestEmbedding::looksUp()
{
    QFETCH(const EmbeddingOptions, options);
    QFETCH(const Indices, indices);
    QFETCH(const Matrix, expected);
    auto embedding = layer(options);
    Matrix out = Matrix::Ones(1, 7);
    QVERIFY(embedding.forward(indices, out).has_value());
    QCOMPARE(text(out), text(expected));
}

void TestEmbedding::refusesIndices_data()
{
    QTest::addColumn<Indices>("indices");
    QTest::addColumn<QString>("named");
    QTest::newRow("the first row that is not there") << Indices{0, 3, 9} << "3";
    QTest::newRow("a negative index") << Indices{0, 1, -1} << "-1";
    QTest::newRow("far outside") << Indices{std::int64_t{1} << 62} << "4611686018427387904";
}

void TestEmbedding::refusesIndices()
{
    QFETCH(const Indices, indices);
    QFETCH(const QString, named);
    auto embedding = layer();
    QVERIFY(embedding.setMaxNorm(0.5, 2.0).has_value());
    Matrix out = matrix({{9}});
    const auto result = embedding.forward(indices, out);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::IndexOutOfRange);
    QCOMPARE(QString::fromStdString(result.error().args[0]), named);
    QCOMPARE(text(out), text(matrix({{9}})));
    QCOMPARE(text(embedding.weight()), text(table()));
}

void TestEmbedding::backward_data()
{
    QTest::addColumn<EmbeddingOptions>("options");
    QTest::addColumn<Indices>("indices");
    QTest::addColumn<Indices>("rows");
    QTest::addColumn<Matrix>("values");
    const Indices two{2, 0, 2};
    QTest::newRow("a row that occurs twice gets the sum")
        << options() << two << Indices{0, 2} << matrix({{3, 4}, {6, 8}});
    QTest::newRow("sparse changes nothing in the numbers")
        << options({}, false, true) << two << Indices{0, 2} << matrix({{3, 4}, {6, 8}});
    QTest::newRow("the padding row gets none") << options(2) << two << Indices{0} << matrix({{3, 4}});
    QTest::newRow("padding 0 is a padding row") << options(0) << two << Indices{2} << matrix({{6, 8}});
    QTest::newRow("padding -1 is the last row") << options(-1) << two << Indices{0} << matrix({{3, 4}});
    QTest::newRow("padding that does not occur") << options(1) << two << Indices{0, 2} << matrix({{3, 4}, {6, 8}});
    QTest::newRow("only padding: no row at all") << options(2) << Indices{2, 2, 2} << Indices{} << Matrix(0, 2);
    QTest::newRow("frequency scaling divides by the count in this call")
        << options({}, true) << two << Indices{0, 2} << matrix({{3, 4}, {3, 4}});
    QTest::newRow("frequency scaling with padding") << options(0, true) << two << Indices{2} << matrix({{3, 4}});
}

void TestEmbedding::backward()
{
    QFETCH(const EmbeddingOptions, options);
    QFETCH(const Indices, indices);
    QFETCH(const Indices, rows);
    QFETCH(const Matrix, values);
    const auto gradient = layer(options).backward(indices, matrix({{1, 2}, {3, 4}, {5, 6}}));
    QCOMPARE(gradient.rows, rows);
    QCOMPARE(text(gradient.values), text(values));
}

void TestEmbedding::backwardAgreesWithDifferences()
{
    const Indices indices{4, 1, 4, 0, 4, 6};
    auto embedding = Embedding::create({.num_embeddings = 7, .embedding_dim = 3}, randomMatrix(7, 3, 1)).value();
    const Matrix gradOutput = randomMatrix(6, 3, 2);
    const Matrix numeric =
        numericGradient(embedding.weight(), [&] { return inner(lookUp(embedding, indices), gradOutput); });
    const Matrix exact = toDense(embedding.backward(indices, gradOutput), 7, 3);
    QVERIFY2(deviation(exact, numeric) < 1e-4, qPrintable(text(numeric)));
}

void TestEmbedding::settersChangeTheNextStepOnly()
{
    auto embedding = layer();
    const Matrix ones = Matrix::Ones(2, 2);
    QVERIFY(embedding.setPaddingIdx(-2).has_value());
    QCOMPARE(embedding.options().padding_idx.value(), std::int64_t{1});
    QCOMPARE(text(embedding.weight()), text(table()));
    QCOMPARE(embedding.backward(Indices{1, 0}, ones).rows, (Indices{0}));
    QVERIFY(embedding.setPaddingIdx({}).has_value());
    QCOMPARE(embedding.backward(Indices{1, 0}, ones).rows, (Indices{0, 1}));
    QVERIFY(embedding.setMaxNorm(1.0, INFINITY).has_value());
    QCOMPARE(text(embedding.weight()), text(table()));
    QVERIFY(embedding.setScaleGradByFreq(true).has_value());
    QCOMPARE(text(embedding.backward(Indices{1, 1}, ones).values), text(matrix({{1, 1}})));
}

void TestEmbedding::settersRefuseAndKeep()
{
    auto embedding = layer(options(1, false, true));
    QCOMPARE(embedding.setPaddingIdx(3).error().code, ErrorCode::ValueRefused);
    QCOMPARE(embedding.options().padding_idx.value(), std::int64_t{1});
    QCOMPARE(embedding.setMaxNorm(-1.0, 2.0).error().code, ErrorCode::ValueRefused);
    QCOMPARE(embedding.setMaxNorm(1.0, 0.0).error().code, ErrorCode::ValueRefused);
    QVERIFY(!embedding.options().max_norm);
    QCOMPARE(embedding.setScaleGradByFreq(true).error().code, ErrorCode::OptionsConflict);
    QVERIFY(!embedding.options().scale_grad_by_freq);
}

void TestEmbedding::threadsDoNotMatter_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("two threads") << 2;
    QTest::newRow("five threads") << 5;
}

void TestEmbedding::threadsDoNotMatter()
{
    QFETCH(const int, threads);
    const Indices indices = randomIndices(20000, 700, 5);
    const Matrix gradOutput = randomMatrix(20000, 37, 6);
    const EmbeddingOptions chosen{
        .num_embeddings = 700, .embedding_dim = 37, .padding_idx = 3, .max_norm = 5.5, .scale_grad_by_freq = true};
    const auto run = [&](int count) {
        setThreadCount(count);
        auto embedding = Embedding::create(chosen, randomMatrix(700, 37, 4)).value();
        const Matrix out = lookUp(embedding, indices);
        const auto gradient = embedding.backward(indices, gradOutput);
        setThreadCount(0);
        return std::tuple(out, embedding.weight(), gradient.rows, gradient.values);
    };
    QVERIFY(run(1) == run(threads));
}

QTEST_APPLESS_MAIN(TestEmbedding)
#include "tst_embedding.moc"
