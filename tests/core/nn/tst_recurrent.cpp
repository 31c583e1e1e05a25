// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/recurrent.h"

#include "core/base/parallel.h"
#include "tests/support/numeric_gradient.h"

#include <QtTest>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

using namespace embedscope;
using namespace embedscope::test;

namespace {

using Options = RecurrentOptions;
using Kind = RecurrentKind;

const auto kLn3 = static_cast<float>(std::log(3.0)); // sigmoid: 3/4; tanh of its half: 1/2

Recurrent network(const Options& options, std::uint64_t seed = 5)
{
    Random random(seed);
    return Recurrent::create(options, random).value();
}

/// With weights so large that every gate matters.
Recurrent scattered(const Options& options)
{
    auto out = network(options);
    scatterWeights(out.weights(), 0.5F, 11);
    return out;
}

Matrix& named(Recurrent& net, const std::string& name)
{
    for (const NamedWeight& weight : net.weights())
        if (weight.name == name)
            return *weight.value;
    throw std::out_of_range(name);
}

RecurrentResult predicted(const Recurrent& net, const Matrix& x, const Indices& offsets)
{
    RecurrentResult out;
    net.predict(x, offsets, out);
    return out;
}

/// All that a result holds, for comparisons bit for bit.
QString text(const RecurrentResult& result)
{
    QString out = test::text(result.output);
    for (const auto* states : {&result.h_n, &result.c_n})
        for (const Matrix& state : *states)
            out += "\n" + test::text(state);
    return out;
}

QString gradientText(Recurrent& net)
{
    QString out;
    for (const NamedWeight& weight : net.weights())
        out += QString::fromStdString(weight.name) + " " + test::text(*weight.grad) + "\n";
    return out;
}

Indices offsetsOf(const Indices& lengths)
{
    Indices out = {0};
    for (const std::int64_t length : lengths)
        out.push_back(out.back() + length);
    return out;
}

/// More sentences than go through a recurrence together, empty ones among them.
Indices manyLengths(std::size_t count)
{
    Indices out = randomIndices(count, 9, 21);
    out[0] = 0;
    out[count / 2] = 0;
    out[count - 1] = 1;
    return out;
}

/// Output and last states as one row: a gradient of its sum reaches all that backward() takes.
Matrix flat(const RecurrentResult& result)
{
    Index size = result.output.size();
    for (const Matrix& state : result.h_n)
        size += state.size();
    Matrix out(1, size);
    float* to = std::copy_n(result.output.data(), result.output.size(), out.data());
    for (const Matrix& state : result.h_n)
        to = std::copy_n(state.data(), state.size(), to);
    return out;
}

/// The reverse of flat(), in the shapes of `like`.
RecurrentResult unflat(const Matrix& row, const RecurrentResult& like)
{
    RecurrentResult out;
    const float* from = row.data();
    const auto take = [&from](const Matrix& shape) {
        const Matrix part = ConstMatrixMap(from, shape.rows(), shape.cols());
        from += part.size();
        return part;
    };
    out.output = take(like.output);
    for (const Matrix& state : like.h_n)
        out.h_n.push_back(take(state));
    return out;
}

RecurrentResult randomGradient(const RecurrentResult& like, std::uint64_t seed)
{
    return unflat(randomMatrix(1, flat(like).cols(), seed), like);
}

/// Both kinds, one and two layers, one and two directions.
void everyNetwork()
{
    QTest::addColumn<bool>("lstm");
    QTest::addColumn<int>("layers");
    QTest::addColumn<bool>("bidirectional");
    for (const bool lstm : {true, false})
        for (const int layers : {1, 2})
            for (const bool bidirectional : {false, true})
                QTest::addRow("%s of %d layers in %s", lstm ? "LSTM" : "GRU", layers,
                              bidirectional ? "both directions" : "one direction")
                    << lstm << layers << bidirectional;
}

} // namespace

#define FETCH_NETWORK(hidden)                                                                                          \
    QFETCH(const bool, lstm);                                                                                          \
    QFETCH(const int, layers);                                                                                         \
    QFETCH(const bool, bidirectional);                                                                                 \
    const Options options                                                                                              \
    {                                                                                                                  \
        .kind = lstm ? Kind::Lstm : Kind::Gru, .input_size = 4, .hidden_size = hidden, .num_layers = layers,           \
        .bidirectional = bidirectional                                                                                 \
    }

class TestRecurrent : public QObject
{
    Q_OBJECT

private slots:
    void lstmByHand();
    void gruByHand();
    void weightsHavePyTorchsNamesAndShapes_data();
    void weightsHavePyTorchsNamesAndShapes();
    void allWeightsStartWithinOneBound_data();
    void allWeightsStartWithinOneBound();
    void theForgetGateStartsWithoutABias();
    void refuses_data();
    void refuses();
    void lastStatesStandLayerByLayer_data();
    void lastStatesStandLayerByLayer();
    void backwardReadsFromEachSentencesOwnEnd_data();
    void backwardReadsFromEachSentencesOwnEnd();
    void aSentenceGivesTheSameInAnyCompany_data();
    void aSentenceGivesTheSameInAnyCompany();
    void orderOfSentencesDoesNotMatter_data();
    void orderOfSentencesDoesNotMatter();
    void anEmptySentenceHasTheZeroState_data();
    void anEmptySentenceHasTheZeroState();
    void emptySentencesDoNotTouchGradients_data();
    void emptySentencesDoNotTouchGradients();
    void nothingToRead_data();
    void nothingToRead();
    void predictsWhatForwardGives_data();
    void predictsWhatForwardGives();
    void oneLayerDropsNothing_data();
    void oneLayerDropsNothing();
    void dropoutStandsBetweenLayers_data();
    void dropoutStandsBetweenLayers();
    void outputsMayBeLeftOut_data();
    void outputsMayBeLeftOut();
    void gradientsThatAreNotThereCountAsZero_data();
    void gradientsThatAreNotThereCountAsZero();
    void theInputGradientMayBeLeftOut();
    void agreesWithDifferences_data();
    void agreesWithDifferences();
    void agreesWithDifferencesUnderDropout_data();
    void agreesWithDifferencesUnderDropout();
    void agreesWithDifferencesInAnyWidth_data();
    void agreesWithDifferencesInAnyWidth();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
};

/// In units of ln 3, so that sigmoid(1) = 3/4, sigmoid(2) = 9/10, tanh(1/2) = 1/2. Rows are the gates i, f, g, o.
/// Step 1, x = 1: 2 - 1 + 0 = 1; -3 + 1 + 1 = -1; 1 - 1 + 1/2 = 1/2; 1 + 0 + 1 = 2: i = 3/4, f = 1/4, g = 1/2, o =
/// 9/10, c = 3/4 * 1/2 = 3/8, h = 9/10 tanh(3/8). Step 2, x = 0: the biases alone give -1, 2, -1/2, 1; the hidden state
/// adds 1, -1, 1, 1: 0, 1, 1/2, 2, so that i = 1/2, f = 3/4, g = 1/2, o = 9/10, c = 3/4 * 3/8 + 1/2 * 1/2 = 17/32, h =
/// 9/10 tanh(17/32).
void TestRecurrent::lstmByHand()
{
    auto net = network({.kind = Kind::Lstm, .input_size = 1, .hidden_size = 1});
    const float h1 = 0.9F * std::tanh(0.375F);
    const float h2 = 0.9F * std::tanh(0.53125F);
    named(net, "weight_ih_l0") = kLn3 * matrix({{2}, {-3}, {1}, {1}});
    named(net, "weight_hh_l0") = kLn3 / h1 * matrix({{1}, {-1}, {1}, {1}});
    named(net, "bias_ih_l0") = kLn3 * matrix({{-1, 1, -1, 0}});
    named(net, "bias_hh_l0") = kLn3 * matrix({{0, 1, 0.5F, 1}});
    const RecurrentResult got = predicted(net, matrix({{1}, {0}}), {0, 2});
    QVERIFY2(deviation(got.output, matrix({{h1}, {h2}})) < 1e-6, qPrintable(text(got)));
    QVERIFY2(deviation(got.h_n[0], matrix({{h2}})) < 1e-6, qPrintable(text(got)));
    QVERIFY2(deviation(got.c_n[0], matrix({{0.53125F}})) < 1e-6, qPrintable(text(got)));
}

/// In units of ln 3. Rows are the gates r, z, n; the recurrent bias of n is 2/3 and stands inside the product with r.
/// Step 1, x = 1: 3 - 1 - 1 = 1; 1 - 1 - 1 = -1: r = 3/4, z = 1/4; n = tanh(1 - 1 + 3/4 * 2/3) = tanh(1/2) = 1/2 (it
/// would be tanh(2/3) with the bias outside); h = (1 - 1/4) * 1/2 + 0 = 3/8.
/// Step 2, x = 0: the biases alone give -2, -2, -1; the hidden state adds 1, 3 and 16/3: r = sigmoid(-1) = 1/4,
/// z = sigmoid(1) = 3/4, n = tanh(-1 + 1/4 * (16/3 + 2/3)) = tanh(1/2) = 1/2; h = 1/4 * 1/2 + 3/4 * 3/8 = 13/32.
void TestRecurrent::gruByHand()
{
    auto net = network({.kind = Kind::Gru, .input_size = 1, .hidden_size = 1});
    named(net, "weight_ih_l0") = kLn3 * matrix({{3}, {1}, {1}});
    named(net, "weight_hh_l0") = kLn3 / 0.375F * matrix({{1}, {3}, {16.0F / 3}});
    named(net, "bias_ih_l0") = kLn3 * matrix({{-1, -1, -1}});
    named(net, "bias_hh_l0") = kLn3 * matrix({{-1, -1, 2.0F / 3}});
    const RecurrentResult got = predicted(net, matrix({{1}, {0}}), {0, 2});
    QVERIFY2(deviation(got.output, matrix({{0.375F}, {0.40625F}})) < 1e-6, qPrintable(text(got)));
    QVERIFY2(deviation(got.h_n[0], matrix({{0.40625F}})) < 1e-6, qPrintable(text(got)));
    QVERIFY(got.c_n.empty());
}

void TestRecurrent::weightsHavePyTorchsNamesAndShapes_data()
{
    QTest::addColumn<bool>("lstm");
    QTest::addColumn<QString>("stacked"); // gates times hidden
    QTest::newRow("LSTM: four gates") << true << "20";
    QTest::newRow("GRU: three gates") << false << "15";
}

void TestRecurrent::weightsHavePyTorchsNamesAndShapes()
{
    QFETCH(const bool, lstm);
    QFETCH(const QString, stacked);
    auto net = network({.kind = lstm ? Kind::Lstm : Kind::Gru,
                        .input_size = 3,
                        .hidden_size = 5,
                        .num_layers = 2,
                        .bidirectional = true});
    QStringList got;
    for (const NamedWeight& weight : net.weights()) {
        got += QString::fromStdString(weight.name) +
               (weight.dims == 1 ? "" : " " + QString::number(weight.value->rows())) + " " +
               QString::number(weight.value->cols());
        QCOMPARE(weight.grad->size(), weight.value->size());
    }
    QStringList expected;
    for (const auto& [suffix, width] :
         {std::pair("_l0", "3"), {"_l0_reverse", "3"}, {"_l1", "10"}, {"_l1_reverse", "10"}})
        for (const auto& [name, columns] :
             {std::pair("weight_ih", QString(width)), {"weight_hh", "5"}, {"bias_ih", ""}, {"bias_hh", ""}})
            expected += name + QString(suffix) + " " + stacked + (columns.isEmpty() ? "" : " " + columns);
    QCOMPARE(got, expected);
}

void TestRecurrent::allWeightsStartWithinOneBound_data()
{
    QTest::addColumn<bool>("lstm");
    QTest::addColumn<int>("hidden");
    QTest::newRow("LSTM of 64") << true << 64;
    QTest::newRow("GRU of 64") << false << 64;
    QTest::newRow("LSTM of 100") << true << 100;
}

/// +-1 / sqrt(hidden), biases too, and filled to the edges. A uniform number's standard error over n draws is
/// bound / sqrt(3 n).
void TestRecurrent::allWeightsStartWithinOneBound()
{
    QFETCH(const bool, lstm);
    QFETCH(const int, hidden);
    auto net = network({.kind = lstm ? Kind::Lstm : Kind::Gru,
                        .input_size = 7,
                        .hidden_size = hidden,
                        .num_layers = 2,
                        .bidirectional = true});
    const double bound = 1 / std::sqrt(static_cast<double>(hidden));
    for (const NamedWeight& weight : net.weights()) {
        const auto largest = static_cast<double>(weight.value->cwiseAbs().maxCoeff());
        QVERIFY2(largest <= bound + 1e-7 && largest > 0.95 * bound, weight.name.c_str());
        const auto mean = static_cast<double>(weight.value->mean());
        QVERIFY2(std::abs(mean) < 5 * bound / std::sqrt(3.0 * static_cast<double>(weight.value->size())),
                 weight.name.c_str());
    }
}

void TestRecurrent::theForgetGateStartsWithoutABias()
{
    auto net = network({.kind = Kind::Lstm, .input_size = 3, .hidden_size = 400});
    const Matrix sum = named(net, "bias_ih_l0") + named(net, "bias_hh_l0");
    // Two uniform numbers within 1/20 each: a bias of 1 would be far outside.
    QVERIFY(std::abs(sum.middleCols(400, 400).mean()) < 0.02F);
    QVERIFY(sum.cwiseAbs().maxCoeff() <= 0.1F);
}

void TestRecurrent::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("value");
    for (const char* name : {"input_size", "hidden_size", "num_layers"}) {
        QTest::addRow("%s 0", name) << name << 0.0;
        QTest::addRow("%s -3", name) << name << -3.0;
    }
    QTest::newRow("dropping all") << "dropout" << 1.0;
    QTest::newRow("dropping less than nothing") << "dropout" << -0.1;
    QTest::newRow("dropping NaN") << "dropout" << std::nan("");
}

void TestRecurrent::refuses()
{
    QFETCH(const QString, name);
    QFETCH(const double, value);
    Options options{.input_size = 3, .hidden_size = 4};
    if (name == "dropout")
        options.dropout = value;
    else
        (name == "input_size"    ? options.input_size
         : name == "hidden_size" ? options.hidden_size
                                 : options.num_layers) = static_cast<std::int64_t>(value);
    Random random(1);
    const auto net = Recurrent::create(options, random);
    QVERIFY(!net);
    QCOMPARE(static_cast<int>(net.error().code), static_cast<int>(ErrorCode::ValueRefused));
    QCOMPARE(QString::fromStdString(net.error().args[0]), name);
}

void TestRecurrent::lastStatesStandLayerByLayer_data()
{
    QTest::addColumn<bool>("lstm");
    QTest::newRow("LSTM") << true;
    QTest::newRow("GRU") << false;
}

/// Layer 0 forward, layer 0 backward, layer 1 forward, layer 1 backward: the first two are those of a network of one
/// layer, the others stand at the ends of the output.
void TestRecurrent::lastStatesStandLayerByLayer()
{
    QFETCH(const bool, lstm);
    const Kind kind = lstm ? Kind::Lstm : Kind::Gru;
    auto two = scattered({.kind = kind, .input_size = 3, .hidden_size = 5, .num_layers = 2, .bidirectional = true});
    auto one = network({.kind = kind, .input_size = 3, .hidden_size = 5, .bidirectional = true});
    for (const NamedWeight& weight : one.weights())
        *weight.value = named(two, weight.name);
    const Matrix x = randomMatrix(6, 3, 1);
    const Indices offsets = {0, 4, 6};
    const RecurrentResult whole = predicted(two, x, offsets);
    const RecurrentResult first = predicted(one, x, offsets);
    QCOMPARE(whole.h_n.size(), std::size_t{4});
    QCOMPARE(whole.c_n.size(), std::size_t{lstm ? 4U : 0U});
    QCOMPARE(test::text(whole.h_n[0]), test::text(first.h_n[0]));
    QCOMPARE(test::text(whole.h_n[1]), test::text(first.h_n[1]));
    for (Index sentence = 0; sentence < 2; ++sentence) {
        const auto i = static_cast<std::size_t>(sentence);
        QVERIFY(whole.h_n[2].row(sentence) == whole.output.row(offsets[i + 1] - 1).leftCols(5));
        QVERIFY(whole.h_n[3].row(sentence) == whole.output.row(offsets[i]).rightCols(5));
        if (lstm) {
            QVERIFY(whole.c_n[0].row(sentence) == first.c_n[0].row(sentence));
            QVERIFY(whole.c_n[3].row(sentence) != whole.c_n[2].row(sentence));
        }
    }
}

void TestRecurrent::backwardReadsFromEachSentencesOwnEnd_data()
{
    lastStatesStandLayerByLayer_data();
}

/// The backward half is what a forward network with the same weights says of each sentence turned round.
void TestRecurrent::backwardReadsFromEachSentencesOwnEnd()
{
    QFETCH(const bool, lstm);
    const Kind kind = lstm ? Kind::Lstm : Kind::Gru;
    auto both = scattered({.kind = kind, .input_size = 3, .hidden_size = 5, .bidirectional = true});
    auto forward = network({.kind = kind, .input_size = 3, .hidden_size = 5});
    for (const NamedWeight& weight : forward.weights())
        *weight.value = named(both, weight.name + "_reverse");
    const Indices offsets = {0, 4, 4, 5, 8};
    const Matrix x = randomMatrix(8, 3, 1);
    Matrix turned(8, 3);
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i)
        for (Index t = offsets[i]; t < offsets[i + 1]; ++t)
            turned.row(t) = x.row(offsets[i] + offsets[i + 1] - 1 - t);
    const RecurrentResult got = predicted(both, x, offsets);
    const RecurrentResult expected = predicted(forward, turned, offsets);
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i)
        for (Index t = offsets[i]; t < offsets[i + 1]; ++t)
            QVERIFY(got.output.row(t).rightCols(5) == expected.output.row(offsets[i] + offsets[i + 1] - 1 - t));
    QCOMPARE(test::text(got.h_n[1]), test::text(expected.h_n[0]));
}

void TestRecurrent::aSentenceGivesTheSameInAnyCompany_data()
{
    everyNetwork();
}

void TestRecurrent::aSentenceGivesTheSameInAnyCompany()
{
    FETCH_NETWORK(17);
    const auto net = scattered(options);
    const Indices offsets = offsetsOf(manyLengths(40));
    const Matrix x = randomMatrix(offsets.back(), 4, 1);
    const RecurrentResult all = predicted(net, x, offsets);
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
        const Index length = offsets[i + 1] - offsets[i];
        const RecurrentResult alone = predicted(net, x.middleRows(offsets[i], length), {0, length});
        QCOMPARE(test::text(all.output.middleRows(offsets[i], length)), test::text(alone.output));
        for (std::size_t k = 0; k < alone.h_n.size(); ++k)
            QVERIFY(all.h_n[k].row(static_cast<Index>(i)) == alone.h_n[k].row(0));
        for (std::size_t k = 0; k < alone.c_n.size(); ++k)
            QVERIFY(all.c_n[k].row(static_cast<Index>(i)) == alone.c_n[k].row(0));
    }
}

void TestRecurrent::orderOfSentencesDoesNotMatter_data()
{
    everyNetwork();
}

/// States and the gradients of the input go with their sentences, bit for bit; those of the weights are summed in
/// another order.
void TestRecurrent::orderOfSentencesDoesNotMatter()
{
    FETCH_NETWORK(5);
    auto net = scattered(options);
    const Indices lengths = manyLengths(20);
    const Indices offsets = offsetsOf(lengths);
    const Matrix x = randomMatrix(offsets.back(), 4, 1);
    Indices order(lengths.size());
    std::iota(order.begin(), order.end(), 0);
    Random(3).shuffle(std::span(order));
    Indices movedLengths;
    Indices tokens; // of the moved batch: their places before
    for (const std::int64_t sentence : order) {
        const auto i = static_cast<std::size_t>(sentence);
        movedLengths.push_back(lengths[i]);
        for (Index t = offsets[i]; t < offsets[i + 1]; ++t)
            tokens.push_back(t);
    }
    const Indices movedOffsets = offsetsOf(movedLengths);
    const auto run = [&](const Matrix& input, const Indices& ends, const RecurrentResult* given, RecurrentResult& out,
                         Matrix& xGrad) {
        Random random(1);
        net.forward(input, ends, random, out);
        net.backward(ends, given != nullptr ? *given : randomGradient(out, 7), &xGrad);
        std::vector<Matrix> grads;
        for (const NamedWeight& weight : net.weights())
            grads.push_back(*weight.grad);
        return grads;
    };
    RecurrentResult result;
    Matrix xGrad;
    const auto grads = run(x, offsets, nullptr, result, xGrad);
    RecurrentResult grad = randomGradient(result, 7);
    grad.output = Matrix(grad.output(tokens, Eigen::all));
    for (Matrix& state : grad.h_n)
        state = Matrix(state(order, Eigen::all));
    RecurrentResult moved;
    Matrix movedXGrad;
    const auto movedGrads = run(x(tokens, Eigen::all), movedOffsets, &grad, moved, movedXGrad);
    QCOMPARE(test::text(moved.output), test::text(result.output(tokens, Eigen::all)));
    QCOMPARE(test::text(movedXGrad), test::text(xGrad(tokens, Eigen::all)));
    for (std::size_t k = 0; k < result.h_n.size(); ++k)
        QCOMPARE(test::text(moved.h_n[k]), test::text(result.h_n[k](order, Eigen::all)));
    for (std::size_t k = 0; k < grads.size(); ++k)
        QVERIFY(deviation(movedGrads[k], grads[k]) < 1e-5);
}

void TestRecurrent::anEmptySentenceHasTheZeroState_data()
{
    everyNetwork();
}

void TestRecurrent::anEmptySentenceHasTheZeroState()
{
    FETCH_NETWORK(17);
    const auto net = scattered(options);
    const Indices offsets = {0, 0, 3, 3, 3, 5, 5};
    const RecurrentResult got = predicted(net, randomMatrix(5, 4, 1), offsets);
    QCOMPARE(got.output.rows(), Index{5});
    for (const auto* states : {&got.h_n, &got.c_n})
        for (const Matrix& state : *states) {
            QCOMPARE(state.rows(), Index{6});
            for (const Index empty : {0, 2, 3, 5})
                QVERIFY(state.row(empty).isZero(0));
            for (const Index full : {1, 4})
                QVERIFY(!state.row(full).isZero(0));
        }
}

void TestRecurrent::emptySentencesDoNotTouchGradients_data()
{
    everyNetwork();
}

/// Whatever gradient their states are given: it ends there.
void TestRecurrent::emptySentencesDoNotTouchGradients()
{
    FETCH_NETWORK(17);
    auto net = scattered(options);
    const Matrix x = randomMatrix(5, 4, 1);
    const auto run = [&](const Indices& offsets, const std::vector<Index>& full) {
        Random random(1);
        RecurrentResult result;
        net.forward(x, offsets, random, result);
        RecurrentResult grad{.output = randomMatrix(5, result.output.cols(), 2)};
        const Matrix ofFull = randomMatrix(2, options.hidden_size, 3);
        for (const Matrix& state : result.h_n) {
            grad.h_n.push_back(Matrix::Constant(state.rows(), state.cols(), 1e3F));
            for (std::size_t i = 0; i < full.size(); ++i)
                grad.h_n.back().row(full[i]) = ofFull.row(static_cast<Index>(i));
        }
        Matrix xGrad;
        net.backward(offsets, grad, &xGrad);
        return test::text(xGrad) + "\n" + gradientText(net);
    };
    QCOMPARE(run({0, 0, 3, 3, 3, 5, 5}, {1, 4}), run({0, 3, 5}, {0, 1}));
}

void TestRecurrent::nothingToRead_data()
{
    everyNetwork();
}

void TestRecurrent::nothingToRead()
{
    FETCH_NETWORK(17);
    auto net = scattered(options);
    const Index width = bidirectional ? 34 : 17;
    for (const Indices& offsets : {Indices{0, 0, 0}, Indices{0}}) {
        // A batch before leaves its tape behind.
        Random random(1);
        RecurrentResult result;
        Matrix xGrad;
        net.forward(randomMatrix(5, 4, 1), Indices{0, 2, 5}, random, result);
        net.backward(Indices{0, 2, 5}, randomGradient(result, 2), &xGrad);

        const auto sentences = static_cast<Index>(offsets.size()) - 1;
        net.forward(Matrix(0, 4), offsets, random, result);
        QCOMPARE(test::text(result.output), test::text(Matrix(0, width)));
        for (const Matrix& state : result.h_n)
            QCOMPARE(test::text(state), test::text(Matrix::Zero(sentences, 17)));
        net.backward(offsets, randomGradient(result, 3), &xGrad);
        QCOMPARE(test::text(xGrad), test::text(Matrix(0, 4)));
        for (const NamedWeight& weight : net.weights())
            QVERIFY2(weight.grad->isZero(0), weight.name.c_str());
    }
}

void TestRecurrent::predictsWhatForwardGives_data()
{
    everyNetwork();
}

void TestRecurrent::predictsWhatForwardGives()
{
    FETCH_NETWORK(16);
    auto net = scattered(options);
    const Indices offsets = offsetsOf(manyLengths(20));
    const Matrix x = randomMatrix(offsets.back(), 4, 1);
    Random random(1);
    RecurrentResult trained;
    net.forward(x, offsets, random, trained);
    QCOMPARE(text(predicted(net, x, offsets)), text(trained));
    QVERIFY(random.state() == Random(1).state()); // nothing to drop, nothing drawn
}

void TestRecurrent::oneLayerDropsNothing_data()
{
    lastStatesStandLayerByLayer_data();
}

void TestRecurrent::oneLayerDropsNothing()
{
    QFETCH(const bool, lstm);
    auto net = scattered({.kind = lstm ? Kind::Lstm : Kind::Gru,
                          .input_size = 4,
                          .hidden_size = 5,
                          .bidirectional = true,
                          .dropout = 0.9});
    const Matrix x = randomMatrix(7, 4, 1);
    const Indices offsets = {0, 3, 7};
    Random random(1);
    RecurrentResult trained;
    net.forward(x, offsets, random, trained);
    QCOMPARE(text(trained), text(predicted(net, x, offsets)));
    QVERIFY(random.state() == Random(1).state());
}

void TestRecurrent::dropoutStandsBetweenLayers_data()
{
    lastStatesStandLayerByLayer_data();
}

/// Two layers are one layer, a dropout, and another layer: neither the last states of the first nor anything of the
/// last is dropped.
void TestRecurrent::dropoutStandsBetweenLayers()
{
    QFETCH(const bool, lstm);
    const Kind kind = lstm ? Kind::Lstm : Kind::Gru;
    auto two = scattered(
        {.kind = kind, .input_size = 4, .hidden_size = 5, .num_layers = 2, .bidirectional = true, .dropout = 0.5});
    auto lower = network({.kind = kind, .input_size = 4, .hidden_size = 5, .bidirectional = true});
    auto upper = network({.kind = kind, .input_size = 10, .hidden_size = 5, .bidirectional = true});
    for (const NamedWeight& weight : lower.weights())
        *weight.value = named(two, weight.name);
    for (const NamedWeight& weight : upper.weights()) {
        std::string name = weight.name;
        name.replace(name.find("_l0"), 3, "_l1");
        *weight.value = named(two, name);
    }
    const Matrix x = randomMatrix(7, 4, 1);
    const Indices offsets = {0, 3, 7};
    Random random(1);
    RecurrentResult trained;
    two.forward(x, offsets, random, trained);

    RecurrentResult below = predicted(lower, x, offsets);
    QCOMPARE(test::text(trained.h_n[0]), test::text(below.h_n[0]));
    QCOMPARE(test::text(trained.h_n[1]), test::text(below.h_n[1]));
    Random again(1);
    Dropout(0.5).forward(below.output, again);
    QVERIFY((below.output.array() == 0.0F).any());
    const RecurrentResult above = predicted(upper, below.output, offsets);
    QCOMPARE(test::text(trained.output), test::text(above.output));
    QCOMPARE(test::text(trained.h_n[2]), test::text(above.h_n[0]));
    QVERIFY((trained.output.array() != 0.0F).all());
    QVERIFY(trained.output != predicted(two, x, offsets).output);
}

void TestRecurrent::outputsMayBeLeftOut_data()
{
    everyNetwork();
}

void TestRecurrent::outputsMayBeLeftOut()
{
    FETCH_NETWORK(5);
    const auto net = scattered(options);
    const Matrix x = randomMatrix(7, 4, 1);
    const Indices offsets = {0, 3, 7};
    RecurrentResult without{.output = matrix({{42}}), .wants_output = false};
    net.predict(x, offsets, without);
    const RecurrentResult with = predicted(net, x, offsets);
    QCOMPARE(test::text(without.output), test::text(matrix({{42}})));
    for (std::size_t k = 0; k < with.h_n.size(); ++k)
        QCOMPARE(test::text(without.h_n[k]), test::text(with.h_n[k]));
}

void TestRecurrent::gradientsThatAreNotThereCountAsZero_data()
{
    everyNetwork();
}

void TestRecurrent::gradientsThatAreNotThereCountAsZero()
{
    FETCH_NETWORK(5);
    auto net = scattered(options);
    const Matrix x = randomMatrix(7, 4, 1);
    const Indices offsets = {0, 3, 7};
    const auto run = [&](bool output, bool states, bool spelledOut) {
        Random random(1);
        RecurrentResult result;
        net.forward(x, offsets, random, result);
        RecurrentResult grad = randomGradient(result, 2);
        if (!output)
            grad.output = spelledOut ? Matrix::Zero(grad.output.rows(), grad.output.cols()) : Matrix();
        for (Matrix& state : grad.h_n)
            if (!states)
                state = spelledOut ? Matrix::Zero(state.rows(), state.cols()) : Matrix();
        if (!states && !spelledOut)
            grad.h_n.resize(0);
        Matrix xGrad;
        net.backward(offsets, grad, &xGrad);
        return test::text(xGrad) + "\n" + gradientText(net);
    };
    QCOMPARE(run(false, true, false), run(false, true, true));
    QCOMPARE(run(true, false, false), run(true, false, true));
    QCOMPARE(run(false, false, false), run(false, false, true));
    QVERIFY(run(true, true, true) != run(true, false, true));
}

void TestRecurrent::theInputGradientMayBeLeftOut()
{
    auto net = scattered({.kind = Kind::Lstm, .input_size = 4, .hidden_size = 5, .num_layers = 2});
    const auto run = [&net](Matrix* xGrad) {
        Random random(1);
        RecurrentResult result;
        net.forward(randomMatrix(7, 4, 1), Indices{0, 3, 7}, random, result);
        net.backward(Indices{0, 3, 7}, randomGradient(result, 2), xGrad);
        return gradientText(net);
    };
    Matrix xGrad;
    QCOMPARE(run(nullptr), run(&xGrad));
}

namespace {

/// Of every weight and of the input, for a gradient of the output and of all last states.
QString differences(const Options& options, const Indices& lengths)
{
    auto net = scattered(options);
    const Indices offsets = offsetsOf(lengths);
    Matrix x = randomMatrix(offsets.back(), options.input_size, 1);
    RecurrentResult result;
    const auto forward = [&](Matrix& out) {
        Random random(3); // the same ones drop each time
        net.forward(x, offsets, random, result);
        out = flat(result);
    };
    return gradientProblems(x, net.weights(), forward,
                            [&](const Matrix& g, Matrix& xGrad) { net.backward(offsets, unflat(g, result), &xGrad); });
}

} // namespace

void TestRecurrent::agreesWithDifferences_data()
{
    everyNetwork();
}

void TestRecurrent::agreesWithDifferences()
{
    FETCH_NETWORK(5);
    const QString problems = differences(options, {3, 0, 1, 5, 2});
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

void TestRecurrent::agreesWithDifferencesUnderDropout_data()
{
    lastStatesStandLayerByLayer_data();
}

void TestRecurrent::agreesWithDifferencesUnderDropout()
{
    QFETCH(const bool, lstm);
    const QString problems = differences({.kind = lstm ? Kind::Lstm : Kind::Gru,
                                          .input_size = 3,
                                          .hidden_size = 4,
                                          .num_layers = 3,
                                          .bidirectional = true,
                                          .dropout = 0.3},
                                         {2, 0, 1, 3});
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

/// Around the 16 columns that a panel has.
void TestRecurrent::agreesWithDifferencesInAnyWidth_data()
{
    QTest::addColumn<bool>("lstm");
    QTest::addColumn<int>("input");
    QTest::addColumn<int>("hidden");
    for (const bool lstm : {true, false})
        for (const auto& [input, hidden] : {std::pair(1, 1), {17, 1}, {3, 16}, {16, 17}, {2, 33}})
            QTest::addRow("%s from %d to %d", lstm ? "LSTM" : "GRU", input, hidden) << lstm << input << hidden;
}

void TestRecurrent::agreesWithDifferencesInAnyWidth()
{
    QFETCH(const bool, lstm);
    QFETCH(const int, input);
    QFETCH(const int, hidden);
    const QString problems = differences({.kind = lstm ? Kind::Lstm : Kind::Gru,
                                          .input_size = input,
                                          .hidden_size = hidden,
                                          .bidirectional = hidden < 17},
                                         {3, 0, 1, 2});
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
}

void TestRecurrent::threadsDoNotMatter_data()
{
    everyNetwork();
}

void TestRecurrent::threadsDoNotMatter()
{
    FETCH_NETWORK(33);
    Options dropping = options;
    dropping.dropout = 0.2;
    const Indices offsets = offsetsOf(manyLengths(150));
    const Matrix x = randomMatrix(offsets.back(), 4, 1);
    const auto run = [&](int threads) {
        setThreadCount(threads);
        auto net = scattered(dropping);
        Random random(3);
        RecurrentResult result;
        net.forward(x, offsets, random, result);
        Matrix xGrad;
        net.backward(offsets, randomGradient(result, 2), &xGrad);
        setThreadCount(0);
        std::vector<Matrix> all = {flat(result), xGrad};
        for (const NamedWeight& weight : net.weights())
            all.push_back(*weight.grad);
        return all;
    };
    const auto one = run(1);
    for (const int threads : {2, 5})
        QVERIFY2(run(threads) == one, qPrintable(QString::number(threads) + " threads"));
}

QTEST_APPLESS_MAIN(TestRecurrent)
#include "tst_recurrent.moc"
