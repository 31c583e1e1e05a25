// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/train/word_vectors.h"

#include <QtTest>

#include <limits>

using namespace embedscope;

class TestWordVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void sameOnAnyNumberOfThreads();
    void neighboursAreOfTheSameTopic_data();
    void neighboursAreOfTheSameTopic();
    void smallestText();
    void learningRateFallsLinearly();
    void badOptions_data();
    void badOptions();
    void everyOptionHasItsText();
    void divergenceIsSaid();
    void canBeCancelled();
};

namespace {

constexpr std::int32_t kTopics = 4;
constexpr std::int32_t kWordsOfATopic = 10;

/// Sentences of 12 words, all of one topic: word i is of topic i % kTopics.
WordCorpus topicalText(int sentences)
{
    WordCorpus corpus;
    corpus.counts.assign(std::size_t{kTopics * kWordsOfATopic}, 0);
    for (std::int32_t i = 0; i < kTopics * kWordsOfATopic; ++i)
        corpus.vocabulary.add(std::to_string(i));
    Random random(1);
    for (std::int32_t i = 0; i < sentences; ++i) {
        for (int k = 0; k < 12; ++k) {
            corpus.words.push_back(i % kTopics + kTopics * static_cast<std::int32_t>(random.below(kWordsOfATopic)));
            ++corpus.counts[static_cast<std::size_t>(corpus.words.back())];
        }
        corpus.sentenceEnds.push_back(corpus.words.size());
    }
    return corpus;
}

Result<EmbeddingTable> train(const WordCorpus& corpus, const WordVectorOptions& options)
{
    Progress progress;
    auto table = trainWordVectors(corpus, options, {}, progress);
    if (table && progress.fraction() != 1)
        qWarning("progress ends at %f", progress.fraction());
    return table;
}

WordVectorOptions smallOptions()
{
    WordVectorOptions options;
    options.dim = 20;
    options.sample = 0;
    return options;
}

} // namespace

void TestWordVectors::sameOnAnyNumberOfThreads()
{
    // Enough words that batches have several stretches.
    WordCorpus corpus;
    Random random(2);
    corpus.counts.assign(3000, 0);
    for (int i = 0; i < 3000; ++i)
        corpus.vocabulary.add(std::to_string(i));
    for (int i = 0; i < 40000; ++i) {
        corpus.words.push_back(static_cast<std::int32_t>(random.below(1 + random.below(3000))));
        ++corpus.counts[static_cast<std::size_t>(corpus.words.back())];
        if (i % 17 == 16)
            corpus.sentenceEnds.push_back(corpus.words.size());
    }
    corpus.sentenceEnds.push_back(corpus.words.size());
    WordVectorOptions options = smallOptions();
    options.epochs = 2;
    options.sample = 1e-3;
    std::vector<Matrix> results;
    for (const int threads : {1, 2, 5}) {
        setThreadCount(threads);
        results.push_back(train(corpus, options)->weights());
    }
    QVERIFY(results[0] == results[1]);
    QVERIFY(results[0] == results[2]);
    options.seed = 1;
    QVERIFY(train(corpus, options)->weights() != results[0]);
}

void TestWordVectors::neighboursAreOfTheSameTopic_data()
{
    QTest::addColumn<bool>("hogwild");
    QTest::addColumn<int>("negative");
    QTest::newRow("in batches") << false << 5;
    QTest::newRow("in batches, many drawn words") << false << 13;
    QTest::newRow("one after the other") << true << 5;
}

void TestWordVectors::neighboursAreOfTheSameTopic()
{
    QFETCH(const bool, hogwild);
    QFETCH(const int, negative);
    setThreadCount(1); // two threads of Hogwild are a race by intent, which ThreadSanitizer would report
    WordVectorOptions options = smallOptions();
    options.hogwild = hogwild;
    options.negative = negative;
    const auto table = train(topicalText(2000), options);
    QVERIFY(table.has_value());
    const Matrix unit = table->weights().rowwise().normalized();
    Matrix cosine = unit * unit.transpose();
    cosine.diagonal().setConstant(-2);
    for (Index row = 0; row < cosine.rows(); ++row)
        for (int k = 0; k < kWordsOfATopic - 1; ++k) {
            Index nearest = 0;
            cosine.row(row).maxCoeff(&nearest);
            QCOMPARE(nearest % kTopics, row % kTopics);
            cosine(row, nearest) = -2;
        }
}

void TestWordVectors::smallestText()
{
    // One word has no neighbours and nothing to be told apart from: it keeps the vector it began with.
    WordCorpus corpus;
    corpus.vocabulary.add("a");
    corpus.counts = {1};
    corpus.words = {0};
    corpus.sentenceEnds = {1};
    const auto table = train(corpus, smallOptions());
    QVERIFY(table.has_value());
    QCOMPARE(table->rows(), Index(1));
    QCOMPARE(table->dim(), Index(20));
    QVERIFY(table->weights().cwiseAbs().maxCoeff() <= 0.025F);
    corpus.counts = {2};
    corpus.words = {0, 0};
    corpus.sentenceEnds = {2};
    QVERIFY(train(corpus, smallOptions()).has_value());
}

void TestWordVectors::learningRateFallsLinearly()
{
    const WordVectorOptions options;
    QCOMPARE(learningRate(options, 0, 999), 0.025F);
    QCOMPARE(learningRate(options, 500, 999), 0.0125F);
    QCOMPARE(learningRate(options, 999, 999), 0.000025F);
    QCOMPARE(learningRate(options, 1'000'000, 1'000'000), 0.0000025F); // not below min_alpha
}

void TestWordVectors::badOptions_data()
{
    QTest::addColumn<WordVectorOptions>("options");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char* name, const char* title, auto change) {
        WordVectorOptions options;
        change(options);
        QTest::newRow(title) << options << QByteArray(name);
    };
    row("dim", "no dimensions", [](auto& o) { o.dim = 0; });
    row("window", "no window", [](auto& o) { o.window = 0; });
    row("negative", "nothing to tell apart", [](auto& o) { o.negative = 0; });
    row("min_count", "min_count 0", [](auto& o) { o.min_count = 0; });
    row("epochs", "no epoch", [](auto& o) { o.epochs = 0; });
    row("sample", "a negative share", [](auto& o) { o.sample = -0.1; });
    row("sample", "no number", [](auto& o) { o.sample = std::numeric_limits<double>::quiet_NaN(); });
    row("alpha", "no learning rate", [](auto& o) { o.alpha = 0; });
    row("min_alpha", "above alpha", [](auto& o) { o.min_alpha = 0.1; });
}

void TestWordVectors::badOptions()
{
    QFETCH(const WordVectorOptions, options);
    const auto table = train(topicalText(4), options);
    QVERIFY(!table.has_value());
    QCOMPARE(table.error().code, ErrorCode::ValueRefused);
    QTEST(QByteArray::fromStdString(table.error().args[0]), "name");
}

void TestWordVectors::everyOptionHasItsText()
{
    for (const char* name : {"dim", "window", "negative", "min_count", "epochs", "sample", "alpha", "min_alpha", "seed",
                             "hogwild", "split"}) {
        QCOMPARE(QByteArray(wordVectorParameter(name).name), QByteArray(name));
        QVERIFY(QByteArray(wordVectorParameter(name).help).startsWith(name) || QByteArray("split") == name);
    }
    QCOMPARE(wordVectorParameters().size(), std::size_t(11));
}

void TestWordVectors::divergenceIsSaid()
{
    WordVectorOptions options = smallOptions();
    options.alpha = 10;
    options.min_alpha = 10;
    options.epochs = 50;
    const auto table = train(topicalText(400), options);
    QVERIFY(!table.has_value());
    QCOMPARE(table.error().code, ErrorCode::TrainingDiverged);
}

void TestWordVectors::canBeCancelled()
{
    for (const bool hogwild : {false, true}) {
        std::stop_source stop;
        stop.request_stop();
        WordVectorOptions options = smallOptions();
        options.hogwild = hogwild;
        options.epochs = 1'000'000;
        Progress progress;
        const auto table = trainWordVectors(topicalText(100), options, stop.get_token(), progress);
        QVERIFY(!table.has_value());
        QCOMPARE(table.error().code, ErrorCode::Cancelled);
    }
}

QTEST_APPLESS_MAIN(TestWordVectors)
#include "tst_word_vectors.moc"
