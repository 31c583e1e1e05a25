// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/text_classifier.h"

#include "core/base/parallel.h"
#include "core/nn/cross_entropy.h"
#include "tests/core/train/small_data.h"

#include <QtTest>

#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

using namespace embedscope;

class TestTextClassifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logitsByHand();
    void predictionEqualsForward_data();
    void predictionEqualsForward();
    void predictionChangesNothing();
    void gradientsAgreeWithDifferences_data();
    void gradientsAgreeWithDifferences();
    void aFrozenTableHasNoGradient();
    void dropoutActsInTrainingOnly();
    void anEmptySentenceHasTheZeroState();
    void aTokenOutsideTheTableIsRefused();
    void cancelledPredictionSaysSo();
};

namespace {

/// Every encoder, small, under names of test rows.
const std::map<std::string, EncoderOptions> kEncoders = {
    {"mean", {.mode = BagMode::Mean}},
    {"sum", {.mode = BagMode::Sum}},
    {"max", {.mode = BagMode::Max}},
    {"LSTM", {.kind = EncoderKind::Lstm, .hidden_dim = 5}},
    {"GRU", {.kind = EncoderKind::Gru, .hidden_dim = 17}},
    {"two LSTM layers in both directions",
     {.kind = EncoderKind::Lstm, .hidden_dim = 6, .num_layers = 2, .bidirectional = true}},
    {"two GRU layers in both directions",
     {.kind = EncoderKind::Gru, .hidden_dim = 6, .num_layers = 2, .bidirectional = true}},
    {"Transformer", {.kind = EncoderKind::Transformer, .hidden_dim = 12, .num_layers = 2, .gelu = true}},
    {"Transformer with ReLU", {.kind = EncoderKind::Transformer, .hidden_dim = 12}},
    {"Transformer, pre-norm, GELU, sinusoidal",
     {.kind = EncoderKind::Transformer,
      .hidden_dim = 12,
      .positions = PositionKind::Sinusoidal,
      .norm_first = true,
      .gelu = true}},
};

TextClassifier classifier(const EmbeddingOptions& wanted = {}, const EncoderOptions& encoder = {})
{
    Random random(1);
    EmbeddingOptions options = wanted;
    options.num_embeddings = 31;
    options.embedding_dim = 8;
    return *TextClassifier::create(*Embedding::create(options, testing::smallTable()), encoder, 3, random);
}

Batch wholeBatch(const DataSet& data)
{
    std::vector<std::int64_t> rows(static_cast<std::size_t>(data.size()));
    std::iota(rows.begin(), rows.end(), 0);
    return makeBatch(data, rows);
}

} // namespace

void TestTextClassifier::logitsByHand()
{
    Matrix table(3, 2);
    table << 0, 0, 1, 2, 3, 6;
    Random random;
    auto model = TextClassifier::create(
        *Embedding::create({.num_embeddings = 3, .embedding_dim = 2, .padding_idx = 0}, table), {}, 2, random);
    QVERIFY(model.has_value());
    Matrix logits;
    *model->weights()[0].value << 1, 0, 0, 10;
    *model->weights()[1].value << 0.5F, -1;
    // The mean of rows 1 and 2; the padding row does not count.
    QVERIFY(model->forward({{1, 0, 2}, {0, 3}, {0}}, random, logits).has_value());
    QCOMPARE(logits(0, 0), 2.5F);
    QCOMPARE(logits(0, 1), 39.0F);
}

void TestTextClassifier::predictionEqualsForward_data()
{
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<bool>("limited");
    for (const auto& [name, options] : kEncoders) {
        QTest::addRow("%s", name.c_str()) << QString::fromStdString(name) << false;
        QTest::addRow("%s with max_norm", name.c_str()) << QString::fromStdString(name) << true;
    }
}

void TestTextClassifier::predictionEqualsForward()
{
    QFETCH(const QString, encoder);
    QFETCH(bool, limited);
    EmbeddingOptions options{.padding_idx = 5};
    if (limited)
        options.max_norm = 1.5;
    auto model = classifier(options, kEncoders.at(encoder.toStdString()));
    const auto data = testing::smallData();
    const auto predicted = model.predict(*data, {});
    QVERIFY(predicted.has_value());
    Random random;
    Matrix logits;
    QVERIFY(model.forward(wholeBatch(*data), random, logits).has_value());
    QVERIFY((*predicted - logits).cwiseAbs().maxCoeff() < 1e-5F);
}

void TestTextClassifier::predictionChangesNothing()
{
    const auto model = classifier({.max_norm = 0.5});
    const Matrix before = model.embedding().weight();
    QVERIFY(model.predict(*testing::smallData(), {}).has_value());
    QVERIFY(model.embedding().weight() == before);
}

void TestTextClassifier::gradientsAgreeWithDifferences_data()
{
    QTest::addColumn<QString>("encoder");
    for (const auto& [name, options] : kEncoders)
        // Differences across the kink of ReLU say nothing; parity and the layer's own test cover it.
        if (options.kind != EncoderKind::Transformer || options.gelu)
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestTextClassifier::gradientsAgreeWithDifferences()
{
    QFETCH(const QString, encoder);
    auto model = classifier({.padding_idx = 2}, kEncoders.at(encoder.toStdString()));
    const Batch batch = wholeBatch(*testing::smallData(6));
    Random random;
    Matrix logits;
    Matrix grad;
    QVERIFY(model.forward(batch, random, logits).has_value());
    QVERIFY(crossEntropy(logits, batch.labels, {}, grad).has_value());
    model.backward(batch, grad);
    const auto lossAt = [&](float& cell, float value) {
        const float old = std::exchange(cell, value);
        Matrix out;
        Matrix unused;
        (void)model.forward(batch, random, out);
        const double loss = *crossEntropy(out, batch.labels, {}, unused);
        cell = old;
        return loss;
    };
    constexpr float kStep = 1e-2F;
    const auto compare = [&](const std::string& name, Matrix& value, const Matrix& gradient, Index padding) {
        QCOMPARE(gradient.size(), value.size());
        for (Index i = 0; i < value.size(); i += 3) {
            if (i / value.cols() == padding)
                continue;
            float& cell = value.data()[i];
            const double numeric = (lossAt(cell, cell + kStep) - lossAt(cell, cell - kStep)) / (2.0 * double{kStep});
            const auto ours = static_cast<double>(gradient.data()[i]);
            QVERIFY2(
                std::abs(numeric - ours) < 2e-3,
                qPrintable(QString("%1 %2: %3 %4").arg(QString::fromStdString(name)).arg(i).arg(numeric).arg(ours)));
        }
    };
    const Matrix tableGrad = toDense(model.embeddingGrad(), 31, 8);
    QVERIFY(tableGrad.row(2).isZero(0)); // padding: what it holds counts, but it never learns
    Matrix& table = model.embedding().weight();
    compare("embedding", table, tableGrad, 2);
    for (const NamedWeight& weight : model.weights())
        compare(weight.name, *weight.value, Matrix(*weight.grad), -1);
}

void TestTextClassifier::aFrozenTableHasNoGradient()
{
    for (const auto& [name, options] : kEncoders) {
        auto model = classifier({}, options);
        model.embedding().setFrozen(true);
        const Batch batch = wholeBatch(*testing::smallData(6));
        Random random;
        Matrix logits;
        QVERIFY(model.forward(batch, random, logits).has_value());
        model.backward(batch, Matrix::Ones(6, 3));
        QVERIFY2(model.parameters()[0].row_grad == nullptr, name.c_str());
        QVERIFY2(model.embeddingGrad().empty(), name.c_str());
        QVERIFY2(model.weights().back().grad->allFinite(), name.c_str());
    }
}

void TestTextClassifier::dropoutActsInTrainingOnly()
{
    for (auto [name, options] : kEncoders) {
        options.dropout = 0.5;
        auto model = classifier({}, options);
        const auto data = testing::smallData(6);
        Random random;
        Matrix first;
        Matrix second;
        QVERIFY(model.forward(wholeBatch(*data), random, first).has_value());
        QVERIFY(model.forward(wholeBatch(*data), random, second).has_value());
        QVERIFY2(first != second, name.c_str());
        QVERIFY2(*model.predict(*data, {}) == *model.predict(*data, {}), name.c_str());
    }
}

void TestTextClassifier::anEmptySentenceHasTheZeroState()
{
    for (const auto& [name, options] : kEncoders) {
        auto model = classifier({}, options);
        Random random;
        Matrix logits;
        QVERIFY2(model.forward({{}, {0, 0, 0}, {0, 1}}, random, logits).has_value(), name.c_str());
        QVERIFY2(logits.row(0) == model.classifier().bias, name.c_str());
        QVERIFY2(logits.row(1) == model.classifier().bias, name.c_str());
        model.backward({{}, {0, 0, 0}, {0, 1}}, Matrix::Ones(2, 3));
        for (const NamedWeight& weight : model.weights())
            QVERIFY2(weight.grad->allFinite(), weight.name.c_str());
    }
}

void TestTextClassifier::aTokenOutsideTheTableIsRefused()
{
    auto model = classifier();
    Random random;
    Matrix logits;
    const auto done = model.forward({{1, 31}, {0, 2}, {0}}, random, logits);
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, ErrorCode::IndexOutOfRange);
    DataSet data;
    data.tokens = {31};
    data.offsets = {0, 1};
    data.labels = {0};
    QVERIFY(!model.predict(data, {}).has_value());
}

void TestTextClassifier::cancelledPredictionSaysSo()
{
    std::stop_source source;
    source.request_stop();
    const auto predicted = classifier().predict(*testing::smallData(), source.get_token());
    QVERIFY(!predicted.has_value());
    QCOMPARE(predicted.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestTextClassifier)
#include "tst_text_classifier.moc"
