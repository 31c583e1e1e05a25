// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/text_classifier.h"

#include "core/base/parallel.h"
#include "core/nn/cross_entropy.h"
#include "tests/core/train/small_data.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace embedscope;

class TestTextClassifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logitsByHand();
    void predictionEqualsForward_data();
    void predictionEqualsForward();
    void predictionChangesNothing();
    void gradientsAgreeWithDifferences();
    void anEmptySentenceHasTheZeroState();
    void aTokenOutsideTheTableIsRefused();
    void cancelledPredictionSaysSo();
};

namespace {

TextClassifier classifier(const EmbeddingOptions& wanted = {}, BagMode mode = BagMode::Mean)
{
    Random random(1);
    EmbeddingOptions options = wanted;
    options.num_embeddings = 31;
    options.embedding_dim = 8;
    return *TextClassifier::create(*Embedding::create(options, testing::smallTable()), mode, 3, random);
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
    Matrix weight(2, 2);
    weight << 1, 0, 0, 10;
    Matrix bias(1, 2);
    bias << 0.5F, -1;
    auto model =
        TextClassifier::create(*Embedding::create({.num_embeddings = 3, .embedding_dim = 2, .padding_idx = 0}, table),
                               BagMode::Mean, weight, bias);
    QVERIFY(model.has_value());
    Matrix logits;
    // The mean of rows 1 and 2; the padding row does not count.
    QVERIFY(model->forward({{1, 0, 2}, {0}, {0}}, logits).has_value());
    QCOMPARE(logits(0, 0), 2.5F);
    QCOMPARE(logits(0, 1), 39.0F);
}

void TestTextClassifier::predictionEqualsForward_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("limited");
    for (const auto& [name, mode] : {std::pair("mean", BagMode::Mean), {"sum", BagMode::Sum}, {"max", BagMode::Max}}) {
        QTest::addRow("%s", name) << static_cast<int>(mode) << false;
        QTest::addRow("%s with max_norm", name) << static_cast<int>(mode) << true;
    }
}

void TestTextClassifier::predictionEqualsForward()
{
    QFETCH(int, mode);
    QFETCH(bool, limited);
    EmbeddingOptions options{.padding_idx = 5};
    if (limited)
        options.max_norm = 1.5;
    auto model = classifier(options, static_cast<BagMode>(mode));
    const auto data = testing::smallData();
    const auto predicted = model.predict(*data, {});
    QVERIFY(predicted.has_value());
    Matrix logits;
    QVERIFY(model.forward(wholeBatch(*data), logits).has_value());
    QVERIFY((*predicted - logits).cwiseAbs().maxCoeff() < 1e-5F);
}

void TestTextClassifier::predictionChangesNothing()
{
    const auto model = classifier({.max_norm = 0.5});
    const Matrix before = model.embedding().weight();
    QVERIFY(model.predict(*testing::smallData(), {}).has_value());
    QVERIFY(model.embedding().weight() == before);
}

void TestTextClassifier::gradientsAgreeWithDifferences()
{
    auto model = classifier({.padding_idx = 2});
    const Batch batch = wholeBatch(*testing::smallData(6));
    Matrix logits;
    Matrix grad;
    QVERIFY(model.forward(batch, logits).has_value());
    QVERIFY(crossEntropy(logits, batch.labels, {}, grad).has_value());
    model.backward(batch, grad);
    const Matrix dense = toDense(*model.parameters()[0].row_grad, 31, 8);
    const auto lossAt = [&](Index i, float value) {
        float& cell = model.embedding().weight().data()[i];
        const float old = cell;
        cell = value;
        Matrix out;
        Matrix unused;
        (void)model.forward(batch, out);
        const double loss = *crossEntropy(out, batch.labels, {}, unused);
        cell = old;
        return loss;
    };
    constexpr float kStep = 1e-2F;
    for (Index i = 0; i < dense.size(); i += 7) {
        const float at = model.embedding().weight().data()[i];
        const double numeric = (lossAt(i, at + kStep) - lossAt(i, at - kStep)) / (2 * static_cast<double>(kStep));
        QVERIFY2(std::abs(numeric - static_cast<double>(dense.data()[i])) < 2e-3, qPrintable(QString::number(i)));
    }
}

void TestTextClassifier::anEmptySentenceHasTheZeroState()
{
    auto model = classifier();
    Matrix logits;
    QVERIFY(model.forward({{}, {0, 0}, {0, 1}}, logits).has_value());
    QVERIFY(logits.row(0) == model.classifier().bias);
    QVERIFY(logits.row(1) == model.classifier().bias);
    QVERIFY(logits.allFinite());
}

void TestTextClassifier::aTokenOutsideTheTableIsRefused()
{
    auto model = classifier();
    Matrix logits;
    const auto done = model.forward({{1, 31}, {0}, {0}}, logits);
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
