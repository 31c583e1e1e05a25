// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_sampling.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace embedscope;

class TestWordVectorSampling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepProbabilitiesAreThoseOfWord2vec();
    void thinningFollowsThem();
    void thinnedSentencesKeepTheirBounds();
    void negativeSharesAreThoseOfWord2vec();
    void rowSamplerFollowsItsShares_data();
    void rowSamplerFollowsItsShares();
    void windowsAreUniform();
    void pairsStayInTheirSentence();
    void negativesFollowTheirShares();
};

namespace {

ThinnedText sentencesOf(const std::vector<std::vector<std::int32_t>>& sentences)
{
    ThinnedText text;
    for (const auto& sentence : sentences) {
        const auto begin = static_cast<std::int32_t>(text.words.size());
        text.words.insert(text.words.end(), sentence.begin(), sentence.end());
        text.begins.resize(text.words.size(), begin);
        text.ends.resize(text.words.size(), static_cast<std::int32_t>(text.words.size()));
    }
    return text;
}

RowSampler uniformRows(std::size_t rows)
{
    return RowSampler(std::vector<double>(rows, 1.0 / static_cast<double>(rows)));
}

} // namespace

void TestWordVectorSampling::keepProbabilitiesAreThoseOfWord2vec()
{
    // word2vec.c: ran = (sqrt(cn / (sample * train_words)) + 1) * (sample * train_words) / cn
    const std::vector<std::int64_t> counts{9000, 900, 99, 1};
    const auto keep = keepProbabilities(counts, 1e-2);
    QVERIFY(std::abs(keep[0] - (std::sqrt(9000.0 / 100) + 1) * 100 / 9000) < 1e-12);
    QVERIFY(std::abs(keep[1] - (3 + 1) * 100.0 / 900) < 1e-12);
    QCOMPARE(keep[2], 1.0);
    QCOMPARE(keep[3], 1.0);
    QCOMPARE(keepProbabilities(counts, 0), std::vector<double>(4, 1.0));
}

void TestWordVectorSampling::thinningFollowsThem()
{
    WordCorpus corpus;
    for (int i = 0; i < 100000; ++i)
        corpus.words.push_back(i % 2);
    corpus.sentenceEnds = {corpus.words.size()};
    Random random(1);
    const ThinnedText text = thin(corpus, 0, 1, std::vector<double>{1.0, 0.2}, random);
    const auto ones = std::accumulate(text.words.begin(), text.words.end(), 0);
    QCOMPARE(text.size() - ones, Index(50000));
    QVERIFY(std::abs(ones - 10000) < 4 * 90); // four standard deviations
}

void TestWordVectorSampling::thinnedSentencesKeepTheirBounds()
{
    WordCorpus corpus;
    corpus.words = {0, 1, 1, 0, 0, 1, 0};
    corpus.sentenceEnds = {2, 5, 7};
    Random random(1);
    const ThinnedText text = thin(corpus, 1, 3, std::vector<double>{1.0, 0.0}, random);
    QCOMPARE(text.words, (std::vector<std::int32_t>{0, 0, 0}));
    QCOMPARE(text.begins, (std::vector<std::int32_t>{0, 0, 2}));
    QCOMPARE(text.ends, (std::vector<std::int32_t>{2, 2, 3}));
}

void TestWordVectorSampling::negativeSharesAreThoseOfWord2vec()
{
    const auto shares = negativeShares(std::vector<std::int64_t>{81, 16, 1});
    const double total = 27 + 8 + 1;
    QVERIFY(std::abs(shares[0] - 27 / total) < 1e-12);
    QVERIFY(std::abs(shares[1] - 8 / total) < 1e-12);
    QVERIFY(std::abs(shares[2] - 1 / total) < 1e-12);
}

void TestWordVectorSampling::rowSamplerFollowsItsShares_data()
{
    QTest::addColumn<QList<double>>("shares");
    QTest::newRow("one row") << QList<double>{1.0};
    QTest::newRow("equal shares") << QList<double>{0.25, 0.25, 0.25, 0.25};
    QTest::newRow("some are 0") << QList<double>{0.0, 0.7, 0.0, 0.3};
    QTest::newRow("falling") << QList<double>{0.61, 0.2, 0.1, 0.05, 0.03, 0.01};
}

void TestWordVectorSampling::rowSamplerFollowsItsShares()
{
    QFETCH(const QList<double>, shares);
    const RowSampler sampler(std::vector<double>(shares.begin(), shares.end()));
    // Evenly spread bits instead of random ones: no luck involved.
    constexpr std::uint32_t kDraws = 1U << 20U;
    std::vector<double> found(static_cast<std::size_t>(shares.size()), 0.0);
    for (std::uint32_t i = 0; i < kDraws; ++i)
        found.at(static_cast<std::size_t>(sampler.row(i << 12U))) += 1.0 / kDraws;
    for (std::size_t i = 0; i < found.size(); ++i)
        QVERIFY2(std::abs(found[i] - shares[static_cast<qsizetype>(i)]) < 2e-5, qPrintable(QString::number(found[i])));
}

void TestWordVectorSampling::windowsAreUniform()
{
    const ThinnedText text = sentencesOf({std::vector<std::int32_t>(40011, 0)});
    WordVectorOptions options;
    options.window = 4;
    Random random(3);
    WordPairs pairs;
    drawPairs(text, 5, 40005, options, uniformRows(9), random, pairs);
    std::array<int, 5> reaches{};
    for (const auto& centre : pairs.centres) {
        QCOMPARE(centre.end - centre.position - 1, centre.position - centre.begin);
        ++reaches.at(static_cast<std::size_t>(centre.position - centre.begin));
    }
    QCOMPARE(reaches[0], 0);
    for (std::size_t reach = 1; reach <= 4; ++reach)
        QVERIFY(std::abs(reaches.at(reach) - 10000) < 4 * 87);
}

void TestWordVectorSampling::pairsStayInTheirSentence()
{
    const ThinnedText text = sentencesOf({{7, 8}, {1, 2, 3}, {9}});
    WordVectorOptions options;
    options.window = 1;
    options.negative = 2;
    Random random(3);
    WordPairs pairs;
    drawPairs(text, 2, 6, options, uniformRows(10), random, pairs);
    QCOMPARE(pairs.words, (std::vector<std::int32_t>{1, 2, 3, 9}));
    QCOMPARE(pairs.centres.size(), std::size_t(4));
    QCOMPARE(pairs.centres[0].pairs(), 1);
    QCOMPARE(pairs.centres[1].pairs(), 2);
    QCOMPARE(pairs.centres[2].pairs(), 1);
    QCOMPARE(pairs.centres[3].pairs(), 0); // alone in its sentence
    std::vector<std::int32_t> firsts;
    for (std::size_t i = 0; i < pairs.targets.size(); i += 3)
        firsts.push_back(pairs.targets[i]);
    QCOMPARE(firsts, (std::vector<std::int32_t>{1, 2, 2, 3}));
}

void TestWordVectorSampling::negativesFollowTheirShares()
{
    const ThinnedText text = sentencesOf({std::vector<std::int32_t>(20000, 1)});
    WordVectorOptions options;
    options.window = 1;
    options.negative = 3;
    Random random(3);
    WordPairs pairs;
    drawPairs(text, 0, 20000, options, RowSampler(std::vector<double>{0.5, 0.2, 0.3}), random, pairs);
    std::array<double, 3> drawn{};
    for (std::size_t i = 0; i < pairs.targets.size(); ++i)
        if (i % 4 != 0)
            // The centre itself is skipped, not drawn again.
            drawn.at(static_cast<std::size_t>(pairs.targets[i] == kSkippedTarget ? 1 : pairs.targets[i])) += 1;
    const double total = 3 * 39998;
    QVERIFY(std::none_of(pairs.targets.begin() + 1, pairs.targets.begin() + 4, [](auto row) { return row == 1; }));
    QVERIFY(std::abs(drawn[0] / total - 0.5) < 0.006);
    QVERIFY(std::abs(drawn[1] / total - 0.2) < 0.006);
    QVERIFY(std::abs(drawn[2] / total - 0.3) < 0.006);
}

QTEST_APPLESS_MAIN(TestWordVectorSampling)
#include "tst_word_vector_sampling.moc"
