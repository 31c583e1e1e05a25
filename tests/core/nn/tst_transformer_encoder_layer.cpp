// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/transformer_encoder_layer.h"
#include "tests/support/numeric_gradient.h"

#include <QtTest>

#include <algorithm>

using namespace embedscope;
using namespace embedscope::test;

namespace {

using Options = TransformerEncoderLayerOptions;

TransformerEncoderLayer encoderLayer(const Options& options)
{
    Random random(5);
    return TransformerEncoderLayer::create(options, random).value();
}

TransformerEncoderLayer scattered(const Options& options)
{
    auto out = encoderLayer(options);
    scatterWeights(out.weights(), 0.5F, 11);
    return out;
}

Matrix& named(TransformerEncoderLayer& layer, const std::string& name)
{
    for (const NamedWeight& weight : layer.weights())
        if (weight.name == name)
            return *weight.value;
    throw std::out_of_range(name);
}

/// All linear maps are zero, so that only the sums and the norms are left.
TransformerEncoderLayer bare(const Options& options)
{
    auto out = encoderLayer(options);
    for (const NamedWeight& weight : out.weights())
        if (weight.name.find("norm") == std::string::npos)
            weight.value->setZero();
    return out;
}

Matrix predicted(const TransformerEncoderLayer& layer, const Matrix& x, const Indices& offsets)
{
    Matrix out;
    layer.predict(x, offsets, out);
    return out;
}

} // namespace

class TestTransformerEncoderLayer : public QObject
{
    Q_OBJECT

private slots:
    void defaultsArePyTorchs();
    void weightsHavePyTorchsNamesAndShapes();
    void refuses_data();
    void refuses();
    void normLastNormalizesTheSums();
    void normFirstLeavesTheInputInTheSum();
    void feedForwardByHand_data();
    void feedForwardByHand();
    void predictsWhatForwardGives_data();
    void predictsWhatForwardGives();
    void withoutDropoutTrainingIsPredicting();
    void otherSentencesDoNotMatter();
    void orderOfSentencesDoesNotMatter();
    void emptySentencesHaveNoRows();
    void noRows_data();
    void noRows();
    void agreesWithDifferences_data();
    void agreesWithDifferences();
    void theInputGradientMayBeLeftOut_data();
    void theInputGradientMayBeLeftOut();
    void aForwardWithoutDropoutForgetsTheLastMask();
    void threadsDoNotMatter();
    void predictsFromSeveralThreads();
};

void TestTransformerEncoderLayer::defaultsArePyTorchs()
{
    const Options options;
    QCOMPARE(options.dim_feedforward, Index{2048});
    QCOMPARE(options.dropout, 0.1);
    QVERIFY(options.activation == Activation::Relu);
    QCOMPARE(options.layer_norm_eps, 1e-5);
    QVERIFY(!options.norm_first);
}

void TestTransformerEncoderLayer::weightsHavePyTorchsNamesAndShapes()
{
    auto layer = encoderLayer({.d_model = 6, .nhead = 2, .dim_feedforward = 10});
    QStringList got;
    for (const NamedWeight& weight : layer.weights())
        got += QString::fromStdString(weight.name) +
               (weight.dims == 1 ? "" : " " + QString::number(weight.value->rows())) + " " +
               QString::number(weight.value->cols());
    const QStringList expected = {"self_attn.in_proj_weight 18 6",
                                  "self_attn.in_proj_bias 18",
                                  "self_attn.out_proj.weight 6 6",
                                  "self_attn.out_proj.bias 6",
                                  "linear1.weight 10 6",
                                  "linear1.bias 10",
                                  "linear2.weight 6 10",
                                  "linear2.bias 6",
                                  "norm1.weight 6",
                                  "norm1.bias 6",
                                  "norm2.weight 6",
                                  "norm2.bias 6"};
    QCOMPARE(got, expected);
}

void TestTransformerEncoderLayer::refuses_data()
{
    QTest::addColumn<int>("heads");
    QTest::addColumn<int>("hidden");
    QTest::addColumn<double>("dropout");
    QTest::newRow("heads that do not divide the columns") << 4 << 8 << 0.1;
    QTest::newRow("no hidden units") << 2 << 0 << 0.1;
    QTest::newRow("dropping all") << 2 << 8 << 1.0;
}

void TestTransformerEncoderLayer::refuses()
{
    QFETCH(const int, heads);
    QFETCH(const int, hidden);
    QFETCH(const double, dropout);
    Random random(1);
    const auto layer = TransformerEncoderLayer::create(
        {.d_model = 6, .nhead = heads, .dim_feedforward = hidden, .dropout = dropout}, random);
    QVERIFY(!layer);
    QCOMPARE(static_cast<int>(layer.error().code), static_cast<int>(ErrorCode::ValueRefused));
}

/// norm2(norm1(x)): with eps 3 and then 3 again, +-1 becomes 1 / 2, and that 1/2 / sqrt(1/4 + 3).
void TestTransformerEncoderLayer::normLastNormalizesTheSums()
{
    const auto layer = bare({.d_model = 2, .nhead = 1, .dim_feedforward = 3, .layer_norm_eps = 3});
    const float expected = 0.5F / std::sqrt(3.25F);
    const Matrix got = predicted(layer, matrix({{11, 9}, {-3, -1}}), {0, 2});
    QVERIFY2(deviation(got, matrix({{expected, -expected}, {-expected, expected}})) < 1e-6, qPrintable(text(got)));
}

void TestTransformerEncoderLayer::normFirstLeavesTheInputInTheSum()
{
    const auto layer = bare({.d_model = 2, .nhead = 1, .dim_feedforward = 3, .norm_first = true});
    const Matrix x = matrix({{11, 9}, {-3, -1}});
    QCOMPARE(text(predicted(layer, x, {0, 2})), text(x));
}

void TestTransformerEncoderLayer::feedForwardByHand_data()
{
    QTest::addColumn<bool>("gelu");
    QTest::addColumn<float>("atOne");
    QTest::addColumn<float>("atMinusOne");
    QTest::newRow("ReLU") << false << 1.0F << 0.0F;
    QTest::newRow("GELU") << true << 0.8413447F << -0.1586553F;
}

/// Attention adds nothing; linear1 hands the first column of norm2's output, +-1/2, doubled to one hidden unit, and
/// linear2 adds ten times that to the second column.
void TestTransformerEncoderLayer::feedForwardByHand()
{
    QFETCH(const bool, gelu);
    QFETCH(const float, atOne);
    QFETCH(const float, atMinusOne);
    auto layer = bare({.d_model = 2,
                       .nhead = 1,
                       .dim_feedforward = 1,
                       .activation = gelu ? Activation::Gelu : Activation::Relu,
                       .layer_norm_eps = 3,
                       .norm_first = true});
    named(layer, "linear1.weight") = matrix({{2, 0}});
    named(layer, "linear2.weight") = matrix({{0}, {10}});
    named(layer, "linear2.bias") = matrix({{0.25F, 0}});
    const Matrix got = predicted(layer, matrix({{11, 9}, {-3, -1}}), {0, 2});
    const Matrix expected = matrix({{11.25F, 9 + 10 * atOne}, {-2.75F, -1 + 10 * atMinusOne}});
    QVERIFY2(deviation(got, expected) < 1e-6, qPrintable(text(got)));
}

void TestTransformerEncoderLayer::predictsWhatForwardGives_data()
{
    QTest::addColumn<bool>("gelu");
    QTest::addColumn<bool>("norm_first");
    QTest::newRow("ReLU, norm last") << false << false;
    QTest::newRow("ReLU, norm first") << false << true;
    QTest::newRow("GELU, norm last") << true << false;
    QTest::newRow("GELU, norm first") << true << true;
}

void TestTransformerEncoderLayer::predictsWhatForwardGives()
{
    QFETCH(const bool, gelu);
    QFETCH(const bool, norm_first);
    auto layer = scattered({.d_model = 6,
                            .nhead = 2,
                            .dim_feedforward = 10,
                            .dropout = 0.5,
                            .activation = gelu ? Activation::Gelu : Activation::Relu,
                            .norm_first = norm_first});
    const Indices offsets = {0, 3, 3, 15};
    const Matrix x = randomMatrix(15, 6, 1);
    Matrix out;
    layer.forward(x, offsets, nullptr, out);
    QCOMPARE(text(predicted(layer, x, offsets)), text(out));
}

void TestTransformerEncoderLayer::withoutDropoutTrainingIsPredicting()
{
    auto layer = scattered({.d_model = 6, .nhead = 2, .dim_feedforward = 10, .dropout = 0});
    const Matrix x = randomMatrix(15, 6, 1);
    Random random(3);
    Matrix out;
    layer.forward(x, Indices{0, 5, 15}, &random, out);
    QCOMPARE(text(predicted(layer, x, {0, 5, 15})), text(out));
}

void TestTransformerEncoderLayer::otherSentencesDoNotMatter()
{
    const auto layer = scattered({.d_model = 6, .nhead = 2, .dim_feedforward = 10});
    const Matrix x = randomMatrix(30, 6, 1);
    const Matrix all = predicted(layer, x, {0, 7, 19, 30});
    QVERIFY(deviation(all.middleRows(7, 12), predicted(layer, x.middleRows(7, 12), {0, 12})) < 2e-6);
}

void TestTransformerEncoderLayer::orderOfSentencesDoesNotMatter()
{
    const auto layer = scattered({.d_model = 6, .nhead = 2, .dim_feedforward = 10});
    const Matrix x = randomMatrix(20, 6, 1);
    Matrix swapped(20, 6);
    swapped << x.bottomRows(13), x.topRows(7);
    const Matrix got = predicted(layer, x, {0, 7, 20});
    Matrix expected(20, 6);
    const Matrix other = predicted(layer, swapped, {0, 13, 20});
    expected << other.bottomRows(7), other.topRows(13);
    QVERIFY(deviation(got, expected) < 2e-6);
}

void TestTransformerEncoderLayer::emptySentencesHaveNoRows()
{
    const auto layer = scattered({.d_model = 6, .nhead = 2, .dim_feedforward = 10});
    const Matrix x = randomMatrix(9, 6, 1);
    QCOMPARE(text(predicted(layer, x, {0, 0, 5, 5, 9, 9})), text(predicted(layer, x, {0, 5, 9})));
}

void TestTransformerEncoderLayer::noRows_data()
{
    QTest::addColumn<bool>("norm_first");
    QTest::newRow("norm last") << false;
    QTest::newRow("norm first") << true;
}

void TestTransformerEncoderLayer::noRows()
{
    QFETCH(const bool, norm_first);
    auto layer = scattered({.d_model = 6, .nhead = 2, .dim_feedforward = 10, .norm_first = norm_first});
    Random random(1);
    Matrix out;
    Matrix xGrad;
    layer.forward(Matrix(0, 6), Indices{0, 0}, &random, out);
    layer.backward(Matrix(0, 6), &xGrad);
    QCOMPARE(text(out), text(Matrix(0, 6)));
    QCOMPARE(text(xGrad), text(Matrix(0, 6)));
    for (const NamedWeight& weight : layer.weights())
        QCOMPARE(text(*weight.grad), text(Matrix::Zero(weight.value->rows(), weight.value->cols())));
}

void TestTransformerEncoderLayer::agreesWithDifferences_data()
{
    QTest::addColumn<bool>("gelu");
    QTest::addColumn<bool>("norm_first");
    QTest::addColumn<double>("dropout");
    QTest::newRow("ReLU, norm last") << false << false << 0.0;
    QTest::newRow("ReLU, norm first") << false << true << 0.0;
    QTest::newRow("GELU, norm last") << true << false << 0.0;
    QTest::newRow("GELU, norm first") << true << true << 0.0;
    QTest::newRow("GELU, norm last, dropout") << true << false << 0.3;
    QTest::newRow("GELU, norm first, dropout") << true << true << 0.3;
    QTest::newRow("ReLU, norm last, dropout") << false << false << 0.3;
}

void TestTransformerEncoderLayer::agreesWithDifferences()
{
    QFETCH(const bool, gelu);
    QFETCH(const bool, norm_first);
    QFETCH(const double, dropout);
    // With a large eps: a norm bends so much where its four numbers are nearly equal that no step would be narrow
    // enough.
    auto layer = scattered({.d_model = 4,
                            .nhead = 2,
                            .dim_feedforward = 6,
                            .dropout = dropout,
                            .activation = gelu ? Activation::Gelu : Activation::Relu,
                            .layer_norm_eps = 0.5,
                            .norm_first = norm_first});
    // Weights of the norms around 1, as they are in use; and with ReLU hidden units that are on and off but not near
    // the kink, where differences mean nothing.
    for (const char* name : {"norm1.weight", "norm2.weight"})
        named(layer, name).array() += 1.0F;
    if (!gelu)
        named(layer, "linear1.bias") = matrix({{4, -4, 4, -4, 4, 4}});
    Matrix x = randomMatrix(8, 4, 1);
    const Indices offsets = {0, 3, 3, 4, 8};
    const auto forward = [&](Matrix& out) {
        Random random(3); // the same ones drop each time
        layer.forward(x, offsets, &random, out);
    };
    const QString problems = gradientProblems(x, layer.weights(), forward,
                                              [&](const Matrix& g, Matrix& xGrad) { layer.backward(g, &xGrad); });
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

void TestTransformerEncoderLayer::theInputGradientMayBeLeftOut_data()
{
    noRows_data();
}

void TestTransformerEncoderLayer::theInputGradientMayBeLeftOut()
{
    QFETCH(const bool, norm_first);
    auto layer = scattered({.d_model = 6, .nhead = 2, .dim_feedforward = 10, .norm_first = norm_first});
    const auto gradients = [&](Matrix* xGrad) {
        Random random(3);
        Matrix out;
        layer.forward(randomMatrix(9, 6, 1), Indices{0, 4, 9}, &random, out);
        layer.backward(randomMatrix(9, 6, 2), xGrad);
        QString all;
        for (const NamedWeight& weight : layer.weights())
            all += text(*weight.grad);
        return all;
    };
    Matrix xGrad;
    QCOMPARE(gradients(nullptr), gradients(&xGrad));
}

void TestTransformerEncoderLayer::aForwardWithoutDropoutForgetsTheLastMask()
{
    const Options options{.d_model = 6, .nhead = 2, .dim_feedforward = 10, .dropout = 0.5};
    auto once = scattered(options);
    auto twice = scattered(options);
    const Matrix x = randomMatrix(9, 6, 1);
    const Matrix g = randomMatrix(9, 6, 2);
    const Indices offsets = {0, 4, 9};
    Random random(3);
    Matrix out;
    Matrix first;
    Matrix second;
    twice.forward(x, offsets, &random, out);
    twice.forward(x, offsets, nullptr, out);
    twice.backward(g, &first);
    once.forward(x, offsets, nullptr, out);
    once.backward(g, &second);
    QCOMPARE(text(first), text(second));
}

void TestTransformerEncoderLayer::threadsDoNotMatter()
{
    Indices offsets = {0};
    for (std::int64_t i = 0; i < 40; ++i)
        offsets.push_back(offsets.back() + i * 37 % 61);
    const Matrix x = randomMatrix(offsets.back(), 32, 1);
    const Matrix g = randomMatrix(offsets.back(), 32, 2);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        auto layer = scattered(
            {.d_model = 32, .nhead = 4, .dim_feedforward = 64, .dropout = 0.2, .activation = Activation::Gelu});
        Random random(3);
        std::vector<Matrix> all(2);
        layer.forward(x, offsets, &random, all[0]);
        layer.backward(g, &all[1]);
        for (const NamedWeight& weight : layer.weights())
            all.push_back(*weight.grad);
        setThreadCount(0);
        return all;
    };
    const auto one = run(1);
    QVERIFY(one == run(2));
    QVERIFY(one == run(5));
}

void TestTransformerEncoderLayer::predictsFromSeveralThreads()
{
    const auto layer = scattered({.d_model = 16, .nhead = 4, .dim_feedforward = 20});
    const Matrix x = randomMatrix(200, 16, 1);
    const Indices offsets = {0, 50, 51, 130, 200};
    const QString expected = text(predicted(layer, x, offsets));
    std::vector<QString> got(16);
    parallelFor(16, 1,
                [&](Index begin, Index) { got[static_cast<std::size_t>(begin)] = text(predicted(layer, x, offsets)); });
    QCOMPARE(std::count(got.begin(), got.end(), expected), std::ptrdiff_t{16});
}

QTEST_APPLESS_MAIN(TestTransformerEncoderLayer)
#include "tst_transformer_encoder_layer.moc"
