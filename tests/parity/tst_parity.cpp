// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/compare.h"
#include "tests/parity/kinds.h"

#include <QDir>
#include <QtTest>

#include <limits>
#include <map>

using namespace embedscope;
using namespace embedscope::test;

namespace {

using Runner = TensorMap (*)(const ParityCase&);

const std::map<std::string, Runner> kRunners = {
    {"embedding", runEmbedding},
    {"embedding_bag", runEmbeddingBag},
    {"cross_entropy", runCrossEntropy},
    {"gru", runRecurrent},
    {"lstm", runRecurrent},
    {"optimizer", runOptimizer},
    {"text_classifier", runTextClassifier},
    {"transformer_encoder_layer", runTransformerEncoderLayer},
};

QDir casesFolder()
{
    return qEnvironmentVariable("EMBEDSCOPE_PARITY_DIR", QStringLiteral(EMBEDSCOPE_SOURCE_DIR "/tests/parity/cases"));
}

Tensor vectorOf(std::vector<float> values)
{
    return Tensor::fromVector(values.data(), static_cast<Index>(values.size()));
}

} // namespace

class TestParity : public QObject
{
    Q_OBJECT

private slots:
    void comparisonCanFail_data();
    void comparisonCanFail();
    void agreesWithPyTorch_data();
    void agreesWithPyTorch();
};

void TestParity::comparisonCanFail_data()
{
    QTest::addColumn<TensorMap>("got");
    QTest::addColumn<QString>("problem");
    const float nan = std::numeric_limits<float>::quiet_NaN();
    QTest::newRow("equal") << TensorMap{{"x", vectorOf({1, 200})}} << "";
    QTest::newRow("within the tolerance of a large number") << TensorMap{{"x", vectorOf({1, 201})}} << "";
    QTest::newRow("beyond the tolerance of a small one") << TensorMap{{"x", vectorOf({1.02F, 200})}} << "element 0";
    QTest::newRow("beyond the tolerance of a large one") << TensorMap{{"x", vectorOf({1, 203})}} << "element 1";
    QTest::newRow("NaN") << TensorMap{{"x", vectorOf({1, nan})}} << "element 1";
    QTest::newRow("another shape") << TensorMap{{"x", {{1, 2}, std::vector<float>{1, 200}}}} << "shape";
    QTest::newRow("a number too few") << TensorMap{{"x", vectorOf({1})}} << "shape";
    QTest::newRow("not there") << TensorMap{{"y", vectorOf({1, 200})}} << "not produced";
}

void TestParity::comparisonCanFail()
{
    QFETCH(const TensorMap, got);
    QFETCH(const QString, problem);
    const auto found = QString::fromStdString(differences(got, {{"x", vectorOf({1, 200})}}, 0.01));
    QCOMPARE(found.isEmpty(), problem.isEmpty());
    QVERIFY2(found.contains(problem), qPrintable(found));
}

void TestParity::agreesWithPyTorch_data()
{
    QTest::addColumn<QString>("path");
    const auto files = casesFolder().entryInfoList({QStringLiteral("*.npz")}, QDir::Files, QDir::Name);
    if (files.isEmpty())
        QFAIL(qPrintable("no case in " + casesFolder().absolutePath()));
    for (const QFileInfo& file : files)
        QTest::newRow(qPrintable(file.completeBaseName())) << file.absoluteFilePath();
}

void TestParity::agreesWithPyTorch()
{
    QFETCH(const QString, path);
    try {
        const auto parityCase = ParityCase::read(path.toStdString());
        const auto runner = kRunners.find(parityCase.kind());
        QVERIFY2(runner != kRunners.end(), ("nobody knows the kind " + parityCase.kind()).c_str());
        QVERIFY2(!parityCase.expected().empty(), "the case expects nothing");
        const auto problem = differences(runner->second(parityCase), parityCase.expected(), parityCase.tolerance());
        QVERIFY2(problem.empty(), problem.c_str());
    } catch (const std::exception& error) {
        QFAIL(error.what());
    }
}

QTEST_APPLESS_MAIN(TestParity)
#include "tst_parity.moc"
