// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/text/data_set.h"

#include <QtTest>

using namespace embedscope;

namespace {

using Rows = std::vector<std::int64_t>;

LabelledText sentences(std::vector<std::string> texts, std::vector<std::int32_t> labels)
{
    LabelledText data;
    data.texts = std::move(texts);
    data.labels = std::move(labels);
    data.classes = {"0", "1"};
    return data;
}

std::vector<std::string> words(const Vocabulary& vocabulary)
{
    std::vector<std::string> out;
    for (Index row = 0; row < vocabulary.size(); ++row)
        out.emplace_back(vocabulary[row]);
    return out;
}

/// 20,000 sentences of a few hundred words, so that several chunks share them.
LabelledText manySentences()
{
    LabelledText data;
    data.classes = {"0", "1"};
    std::uint32_t state = 7;
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (int k = 0; k < 8; ++k) {
            state = state * 1664525U + 1013904223U;
            text += 'w' + std::to_string((state >> 16U) % 700U * ((state >> 28U) % 3U)) + ' ';
        }
        data.texts.push_back(std::move(text));
        data.labels.push_back(i % 2);
    }
    return data;
}

} // namespace

class DataSetTest : public QObject
{
    Q_OBJECT

private slots:
    void dataWordsComeByFallingCountTiesByFirstAppearance()
    {
        const auto found = vocabularyFromData(sentences({"b a", "c a", "d b c a"}, {0, 1, 0}), {});
        QCOMPARE(words(found.vocabulary), (std::vector<std::string>{"<pad>", "<unk>", "a", "b", "c", "d"}));
        QCOMPARE(found.paddingRow, 0);
        QCOMPARE(found.unknownRow, 1);
        QCOMPARE(found.vectorRows, 0);
        QCOMPARE(found.tokens, 8);
        QCOMPARE(found.coveredTokens, 8);
        QCOMPARE(found.words, 4);
        QCOMPARE(found.coverage(), 1.0);
    }

    void rareWordsAreUnknown()
    {
        const auto found = vocabularyFromData(sentences({"b a", "c a", "d b c a"}, {0, 1, 0}), {}, 2);
        QCOMPARE(words(found.vocabulary), (std::vector<std::string>{"<pad>", "<unk>", "a", "b", "c"}));
        QCOMPARE(found.coveredTokens, 7);
        QCOMPARE(found.words, 4);
        QCOMPARE(found.coveredWords, 3);
        QCOMPARE(found.coverage(), 7.0 / 8.0);
    }

    void spelledOutSpecialTokensAreNoWords()
    {
        const auto data = sentences({"<pad> a <unk>"}, {0});
        const auto found = vocabularyFromData(data, {});
        QCOMPARE(words(found.vocabulary), (std::vector<std::string>{"<pad>", "<unk>", "a"}));
        QCOMPARE(found.coveredTokens, 1);
        const DataSet set = encode(data, {}, found.vocabulary, found.unknownRow);
        QCOMPARE(set.tokens, (Rows{1, 2, 1}));
        QCOMPARE(set.unknownTokens, 2);
    }

    void noDataGivesTheSpecialRowsAlone()
    {
        const auto found = vocabularyFromData({}, {});
        QCOMPARE(found.vocabulary.size(), 2);
        QCOMPARE(found.coverage(), 0.0);
        QCOMPARE(encode({}, {}, found.vocabulary, 1).offsets, Rows{0});
    }

    void vectorRowsStayWhereTheyAre()
    {
        const Vocabulary vectors({"the", "film", "the", "good"});
        const auto found = vocabularyFromVectors(sentences({"The good movie", "the film"}, {1, 0}), {}, vectors);
        QCOMPARE(words(found.vocabulary), (std::vector<std::string>{"the", "film", "the", "good", "<unk>", "<pad>"}));
        QCOMPARE(found.vectorRows, 4);
        QCOMPARE(found.unknownRow, 4);
        QCOMPARE(found.paddingRow, 5);
        QCOMPARE(found.tokens, 5);
        QCOMPARE(found.coveredTokens, 4);
        QCOMPARE(found.words, 4);
        QCOMPARE(found.coveredWords, 3);
    }

    void specialRowsOfTheVectorsAreUsed()
    {
        const auto found = vocabularyFromVectors(sentences({"a"}, {0}), {}, Vocabulary({"<pad>", "a", "<unk>"}));
        QCOMPARE(found.vocabulary.size(), 3);
        QCOMPARE(found.paddingRow, 0);
        QCOMPARE(found.unknownRow, 2);
    }

    void encodesSentences()
    {
        const Vocabulary vocabulary({"<pad>", "<unk>", "a", "b"});
        const DataSet set = encode(sentences({"a b x", "", "B!"}, {0, 1, 1}), {}, vocabulary, 1);
        QCOMPARE(set.tokens, (Rows{2, 3, 1, 3, 1}));
        QCOMPARE(set.offsets, (Rows{0, 3, 3, 5}));
        QCOMPARE(set.labels, (std::vector<std::int32_t>{0, 1, 1}));
        QCOMPARE(set.unknownTokens, 2);
        QCOMPARE(set.emptySentences, 1);
        QCOMPARE(set.size(), 3);
        QCOMPARE(set.sentence(1).size(), 0U);
        QCOMPARE(set.sentence(2).front(), 3);
    }

    void longSentencesAreCutAtTheirEnd()
    {
        const Vocabulary vocabulary({"<pad>", "<unk>", "a", "b"});
        const DataSet set = encode(sentences({"a b x", "a"}, {0, 1}), {}, vocabulary, 1, 2);
        QCOMPARE(set.tokens, (Rows{2, 3, 2}));
        QCOMPARE(set.unknownTokens, 0);
    }

    void caseIsKeptWhenAsked()
    {
        const Vocabulary vocabulary({"<unk>", "Us", "us"});
        QCOMPARE(encode(sentences({"Us us"}, {0}), {.lower_case = false}, vocabulary, 0).tokens, (Rows{1, 2}));
    }

    void resultsDoNotDependOnTheThreadCount()
    {
        const LabelledText data = manySentences();
        setThreadCount(1);
        const auto one = vocabularyFromData(data, {});
        const DataSet alone = encode(data, {}, one.vocabulary, one.unknownRow);
        setThreadCount(4);
        const auto four = vocabularyFromData(data, {});
        const DataSet together = encode(data, {}, four.vocabulary, four.unknownRow);
        setThreadCount(0);
        QVERIFY(one.vocabulary == four.vocabulary);
        QCOMPARE(alone.tokens, together.tokens);
        QCOMPARE(alone.offsets, together.offsets);
        QCOMPARE(alone.tokens.size(), 160000U);
    }

    void theDominantClassIsRelativeToTheSizeOfTheClass()
    {
        // Class 0 has six tokens, class 1 two. Row 2: 2/6 < 1/2. Row 3: 3/6 > 0. Row 4: 1/6 < 1/2. Row 5 never occurs.
        DataSet set;
        set.tokens = {2, 2, 3, 3, 3, 4, 2, 4};
        set.offsets = {0, 4, 6, 8};
        set.labels = {0, 0, 1};
        QCOMPARE(dominantClass(set, 6, 2), (std::vector<std::int32_t>{-1, -1, 1, 0, 1, -1}));
    }

    void tiesGoToTheLowerClass()
    {
        // Row 0: 1/2 in class 0 and 2/4 in class 1.
        DataSet set;
        set.tokens = {0, 1, 0, 0, 2, 2};
        set.offsets = {0, 2, 6};
        set.labels = {0, 1};
        QCOMPARE(dominantClass(set, 3, 2), (std::vector<std::int32_t>{0, 0, 1}));
    }
};

QTEST_APPLESS_MAIN(DataSetTest)
#include "tst_data_set.moc"
