// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/embedding_bag.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

#include <limits>

using namespace embedscope;
using namespace embedscope::test;

namespace {

using Floats = std::vector<float>;
const float kNan = std::numeric_limits<float>::quiet_NaN();

Embedding layer(const Matrix& weight, std::optional<std::int64_t> padding = {}, bool scale = false)
{
    return Embedding::create({.num_embeddings = weight.rows(),
                              .embedding_dim = weight.cols(),
                              .padding_idx = padding,
                              .scale_grad_by_freq = scale},
                             weight)
        .value();
}

Matrix table()
{
    return matrix({{1, -2}, {3, 4}, {5, 0}});
}

Matrix pooled(Embedding& embedding, BagMode mode, const Bags& bags)
{
    Matrix out;
    auto bag = EmbeddingBag::create(embedding, mode).value();
    return bag.forward(bags, out) ? out : Matrix();
}

} // namespace

class TestEmbeddingBag : public QObject
{
    Q_OBJECT

private slots:
    void pools_data();
    void pools();
    void refusesBags_data();
    void refusesBags();
    void refusesOptionsThatMaxCannotHave();
    void renormalizesBeforePooling();
    void backward_data();
    void backward();
    void documentedFrequencyScaling();
    void sampleWeightsGetTheirGradient();
    void agreesWithDifferences_data();
    void agreesWithDifferences();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
};

void TestEmbeddingBag::pools_data()
{
    QTest::addColumn<Matrix>("weight");
    QTest::addColumn<int>("mode");
    QTest::addColumn<Indices>("indices");
    QTest::addColumn<Indices>("offsets");
    QTest::addColumn<bool>("last");
    QTest::addColumn<int>("padding");
    QTest::addColumn<Matrix>("expected");
    const int sum = static_cast<int>(BagMode::Sum);
    const int mean = static_cast<int>(BagMode::Mean);
    const int max = static_cast<int>(BagMode::Max);
    const int none = 1000;
    const Indices four{0, 1, 2, 1};
    const auto row = [](const char* name) -> QTestData& { return QTest::newRow(name) << table(); };
    row("sum") << sum << four << Indices{0, 3} << false << none << matrix({{9, 2}, {3, 4}});
    row("mean") << mean << four << Indices{0, 2} << false << none << matrix({{2, 1}, {4, 2}});
    row("max by column") << max << four << Indices{0, 3} << false << none << matrix({{5, 4}, {3, 4}});
    row("sum of an empty bag is zero") << sum << four << Indices{0, 4} << false << none << matrix({{12, 6}, {0, 0}});
    row("mean of an empty bag is zero") << mean << four << Indices{0, 0} << false << none
                                        << matrix({{0, 0}, {3, 1.5F}});
    row("max of an empty bag is zero") << max << Indices{0} << Indices{0, 0} << false << none
                                       << matrix({{0, 0}, {1, -2}});
    row("the last offset is the end") << sum << four << Indices{0, 3, 4} << true << none << matrix({{9, 2}, {3, 4}});
    row("the last offset alone makes no bag") << sum << Indices{} << Indices{0} << true << none << Matrix(0, 2);
    row("no bags at all") << sum << Indices{} << Indices{} << false << none << Matrix(0, 2);
    row("padding does not count in the mean") << mean << four << Indices{0} << false << 1 << matrix({{3, -1}});
    row("padding is not added") << sum << four << Indices{0} << false << 0 << matrix({{11, 8}});
    row("padding cannot be the maximum") << max << four << Indices{0} << false << 1 << matrix({{5, 0}});
    row("a bag of padding only gives a mean of zero")
        << mean << Indices{1, 1} << Indices{0} << false << 1 << matrix({{0, 0}});
    row("a bag of padding only gives a maximum of zero")
        << max << Indices{1, 1} << Indices{0} << false << 1 << matrix({{0, 0}});
    const Matrix holes = matrix({{kNan, 1}, {2, kNan}, {3, 3}});
    QTest::newRow("a NaN that comes first stays the maximum, a later one never wins")
        << holes << max << Indices{0, 1, 2} << Indices{0} << false << none << matrix({{kNan, 3}});
}

void TestEmbeddingBag::pools()
{
    QFETCH(const Matrix, weight);
    QFETCH(const int, mode);
    QFETCH(const Indices, indices);
    QFETCH(const Indices, offsets);
    QFETCH(const bool, last);
    QFETCH(const int, padding);
    QFETCH(const Matrix, expected);
    auto embedding = layer(weight, padding == 1000 ? std::optional<std::int64_t>() : padding);
    const Matrix out = pooled(embedding, static_cast<BagMode>(mode),
                              {.indices = indices, .offsets = offsets, .include_last_offset = last});
    QCOMPARE(text(out), text(expected));
}

void TestEmbeddingBag::refusesBags_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<Indices>("indices");
    QTest::addColumn<Indices>("offsets");
    QTest::addColumn<bool>("last");
    QTest::addColumn<Floats>("weights");
    QTest::addColumn<int>("code");
    const int sum = static_cast<int>(BagMode::Sum);
    const int mean = static_cast<int>(BagMode::Mean);
    const int value = static_cast<int>(ErrorCode::ValueRefused);
    const Indices two{0, 1};
    QTest::newRow("first offset not 0") << sum << two << Indices{1} << false << Floats{} << value;
    QTest::newRow("offsets fall") << sum << two << Indices{0, 2, 1} << false << Floats{} << value;
    QTest::newRow("offset beyond the indices") << sum << two << Indices{0, 3} << false << Floats{} << value;
    QTest::newRow("last offset before the end") << sum << two << Indices{0, 1} << true << Floats{} << value;
    QTest::newRow("no offset for include_last_offset") << sum << Indices{} << Indices{} << true << Floats{} << value;
    QTest::newRow("indices without a bag") << sum << two << Indices{} << false << Floats{} << value;
    QTest::newRow("index out of range") << sum << Indices{0, 3} << Indices{0} << false << Floats{}
                                        << static_cast<int>(ErrorCode::IndexOutOfRange);
    QTest::newRow("one weight too few") << sum << two << Indices{0} << false << Floats{1}
                                        << static_cast<int>(ErrorCode::ShapeMismatch);
    QTest::newRow("weights with a mean") << mean << two << Indices{0} << false << Floats{1, 1}
                                         << static_cast<int>(ErrorCode::OptionsConflict);
}

void TestEmbeddingBag::refusesBags()
{
    QFETCH(const int, mode);
    QFETCH(const Indices, indices);
    QFETCH(const Indices, offsets);
    QFETCH(const bool, last);
    QFETCH(const Floats, weights);
    QFETCH(const int, code);
    auto embedding = layer(table());
    QVERIFY(embedding.setMaxNorm(0.1, 2.0).has_value());
    auto bag = EmbeddingBag::create(embedding, static_cast<BagMode>(mode)).value();
    Matrix out = matrix({{9}});
    const auto result = bag.forward({indices, offsets, weights, last}, out);
    QVERIFY(!result);
    QCOMPARE(static_cast<int>(result.error().code), code);
    QCOMPARE(text(out), text(matrix({{9}})));
    QCOMPARE(text(embedding.weight()), text(table()));
}

void TestEmbeddingBag::refusesOptionsThatMaxCannotHave()
{
    auto scaled = layer(table(), {}, true);
    QCOMPARE(EmbeddingBag::create(scaled, BagMode::Max).error().code, ErrorCode::OptionsConflict);
    QVERIFY(EmbeddingBag::create(scaled, BagMode::Mean).has_value());
    auto sparse = Embedding::create({.num_embeddings = 3, .embedding_dim = 2, .sparse = true}, table()).value();
    QCOMPARE(EmbeddingBag::create(sparse, BagMode::Max).error().code, ErrorCode::OptionsConflict);
    auto plain = layer(table());
    auto bag = EmbeddingBag::create(plain, BagMode::Max).value();
    QVERIFY(plain.setScaleGradByFreq(true).has_value());
    Matrix out;
    QCOMPARE(bag.forward({.indices = {}, .offsets = {}}, out).error().code, ErrorCode::OptionsConflict);
}

void TestEmbeddingBag::renormalizesBeforePooling()
{
    auto embedding = layer(matrix({{3, 4}, {30, 40}}));
    QVERIFY(embedding.setMaxNorm(1.0, 2.0).has_value());
    const Indices indices{0, 0};
    const Matrix out = pooled(embedding, BagMode::Mean, {.indices = indices, .offsets = Indices{0}});
    QVERIFY2(deviation(out, matrix({{0.6F, 0.8F}})) < 1e-6, qPrintable(text(out)));
    QVERIFY(deviation(embedding.weight(), matrix({{0.6F, 0.8F}, {30, 40}})) < 1e-6);
}

void TestEmbeddingBag::backward_data()
{
    QTest::addColumn<Matrix>("weight");
    QTest::addColumn<int>("mode");
    QTest::addColumn<Indices>("indices");
    QTest::addColumn<int>("padding");
    QTest::addColumn<Matrix>("expected");
    const int sum = static_cast<int>(BagMode::Sum);
    const int mean = static_cast<int>(BagMode::Mean);
    const int max = static_cast<int>(BagMode::Max);
    const Indices three{0, 1, 1};
    const auto row = [](const char* name) -> QTestData& { return QTest::newRow(name) << table(); };
    row("sum: once for each time in the bag") << sum << three << 1000 << matrix({{6, 12}, {12, 24}, {0, 0}});
    row("mean: a share for each entry") << mean << three << 1000 << matrix({{2, 4}, {4, 8}, {0, 0}});
    row("mean: padding takes no share") << mean << three << 0 << matrix({{0, 0}, {6, 12}, {0, 0}});
    row("a bag of padding only") << mean << Indices{1, 1} << 1 << matrix({{0, 0}, {0, 0}, {0, 0}});
    row("an empty bag") << mean << Indices{} << 1000 << matrix({{0, 0}, {0, 0}, {0, 0}});
    row("max: the winner of each column takes all")
        << max << Indices{0, 1, 2} << 1000 << matrix({{0, 0}, {0, 12}, {6, 0}});
    row("max: padding wins nothing") << max << Indices{0, 1, 2} << 1 << matrix({{0, 0}, {0, 0}, {6, 12}});
    row("max: a row twice in the bag wins once") << max << Indices{2, 2} << 1000 << matrix({{0, 0}, {0, 0}, {6, 12}});
    QTest::newRow("max: of equal rows the first wins")
        << matrix({{1, 1}, {1, 1}, {1, 1}}) << max << Indices{1, 0, 2} << 1000 << matrix({{0, 0}, {6, 12}, {0, 0}});
    QTest::newRow("max: NaN wins where it comes first")
        << matrix({{kNan, 1}, {2, kNan}, {3, 3}}) << max << Indices{0, 1, 2} << 1000
        << matrix({{6, 0}, {0, 0}, {0, 12}});
}

void TestEmbeddingBag::backward()
{
    QFETCH(const Matrix, weight);
    QFETCH(const int, mode);
    QFETCH(const Indices, indices);
    QFETCH(const int, padding);
    QFETCH(const Matrix, expected);
    auto embedding = layer(weight, padding == 1000 ? std::optional<std::int64_t>() : padding);
    auto bag = EmbeddingBag::create(embedding, static_cast<BagMode>(mode)).value();
    const Indices offsets{0};
    const Bags bags{.indices = indices, .offsets = offsets};
    Matrix out;
    QVERIFY(bag.forward(bags, out).has_value());
    const auto gradient = bag.backward(bags, matrix({{6, 12}}));
    QCOMPARE(text(toDense(gradient.weight, 3, 2)), text(expected));
    QVERIFY(gradient.per_sample_weights.empty());
}

/// The example of PyTorch's issue 190063, whose CPU code gives row 3 one half, because it divides by the count of
/// row 1.
void TestEmbeddingBag::documentedFrequencyScaling()
{
    auto embedding = layer(Matrix::Ones(4, 3), {}, true);
    auto bag = EmbeddingBag::create(embedding, BagMode::Sum).value();
    const Indices indices{1, 1, 3};
    const Indices offsets{0};
    const auto gradient = bag.backward({.indices = indices, .offsets = offsets}, Matrix::Ones(1, 3)).weight;
    QCOMPARE(text(toDense(gradient, 4, 3)), text(matrix({{0, 0, 0}, {1, 1, 1}, {0, 0, 0}, {1, 1, 1}})));
}

void TestEmbeddingBag::sampleWeightsGetTheirGradient()
{
    auto embedding = layer(table(), 2);
    auto bag = EmbeddingBag::create(embedding, BagMode::Sum).value();
    const Indices indices{0, 2, 1};
    const Indices offsets{0, 2};
    const Floats weights{2, 7, -1};
    const Bags bags{.indices = indices, .offsets = offsets, .per_sample_weights = weights};
    Matrix out;
    QVERIFY(bag.forward(bags, out).has_value());
    QCOMPARE(text(out), text(matrix({{2, -4}, {-3, -4}})));
    const auto gradient = bag.backward(bags, matrix({{1, 10}, {100, 1000}}));
    // 1 * 1 - 2 * 10; nothing for padding; 3 * 100 + 4 * 1000.
    QCOMPARE(gradient.per_sample_weights, (Floats{-19, 0, 4300}));
    QCOMPARE(text(toDense(gradient.weight, 3, 2)), text(matrix({{2, 20}, {-100, -1000}, {0, 0}})));
}

void TestEmbeddingBag::agreesWithDifferences_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("weighted");
    QTest::newRow("sum") << static_cast<int>(BagMode::Sum) << false;
    QTest::newRow("sum with per_sample_weights") << static_cast<int>(BagMode::Sum) << true;
    QTest::newRow("mean") << static_cast<int>(BagMode::Mean) << false;
    QTest::newRow("max") << static_cast<int>(BagMode::Max) << false;
}

void TestEmbeddingBag::agreesWithDifferences()
{
    QFETCH(const int, mode);
    QFETCH(const bool, weighted);
    auto embedding = layer(randomMatrix(6, 3, 1), 2);
    const Indices indices{0, 5, 5, 2, 1, 3, 0, 2};
    const Indices offsets{0, 3, 3, 6};
    Matrix factors = weighted ? randomMatrix(1, 8, 2) : Matrix();
    const Bags bags{indices, offsets, {factors.data(), static_cast<std::size_t>(factors.size())}};
    const Matrix gradOutput = randomMatrix(4, 3, 3);
    auto bag = EmbeddingBag::create(embedding, static_cast<BagMode>(mode)).value();
    Matrix out;
    const auto value = [&] { return bag.forward(bags, out) ? inner(out, gradOutput) : NAN; };
    const Matrix numeric = numericGradient(embedding.weight(), value, 1e-3);
    const Matrix numericFactors = numericGradient(factors, value);
    value();
    const auto exact = bag.backward(bags, gradOutput);
    QVERIFY2(deviation(toDense(exact.weight, 6, 3), numeric) < 1e-3, qPrintable(text(numeric)));
    const Matrix exactFactors = ConstMatrixMap(exact.per_sample_weights.data(), factors.rows(), factors.cols());
    QVERIFY2(deviation(exactFactors, numericFactors) < 1e-3, qPrintable(text(numericFactors)));
}

void TestEmbeddingBag::threadsDoNotMatter_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("threads");
    QTest::newRow("sum, two threads") << static_cast<int>(BagMode::Sum) << 2;
    QTest::newRow("mean, five threads") << static_cast<int>(BagMode::Mean) << 5;
    QTest::newRow("max, five threads") << static_cast<int>(BagMode::Max) << 5;
}

void TestEmbeddingBag::threadsDoNotMatter()
{
    QFETCH(const int, mode);
    QFETCH(const int, threads);
    const Indices indices = randomIndices(20000, 500, 5);
    Indices offsets(2000);
    for (std::size_t i = 0; i < offsets.size(); ++i)
        offsets[i] = static_cast<std::int64_t>(i * 10);
    const Bags bags{.indices = indices, .offsets = offsets};
    const Matrix gradOutput = randomMatrix(2000, 21, 6);
    const auto run = [&](int count) {
        setThreadCount(count);
        auto embedding = layer(randomMatrix(500, 21, 4), 7);
        auto bag = EmbeddingBag::create(embedding, static_cast<BagMode>(mode)).value();
        Matrix out;
        const bool done = bag.forward(bags, out).has_value();
        const auto gradient = bag.backward(bags, gradOutput).weight;
        setThreadCount(0);
        return std::tuple(done, out, gradient.rows, gradient.values);
    };
    QVERIFY(run(1) == run(threads));
}

QTEST_APPLESS_MAIN(TestEmbeddingBag)
#include "tst_embedding_bag.moc"
