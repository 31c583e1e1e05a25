// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/train/word_vector_corpus.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace embedscope;

class TestWordVectorCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void frequentWordsComeFirst();
    void rareWordsAreLeftOut();
    void whatPartsWords_data();
    void whatPartsWords();
    void longLinesAreCut();
    void piecesJoin();
    void badTexts_data();
    void badTexts();
    void canBeCancelled();

private:
    [[nodiscard]] std::filesystem::path write(const QByteArray& text) const;
    [[nodiscard]] Result<WordCorpus> read(const QByteArray& text, std::int64_t min_count = 1,
                                          WordSplit split = WordSplit::Blanks) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

/// Words with blanks between, sentences with bars.
QByteArray printed(const WordCorpus& corpus)
{
    QByteArray out;
    std::size_t begin = 0;
    for (const std::size_t end : corpus.sentenceEnds) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::string word(corpus.vocabulary[corpus.words[i]]);
            out += (i == begin ? "" : " ") + QByteArray::fromStdString(word);
        }
        out += '|';
        begin = end;
    }
    return out;
}

} // namespace

void TestWordVectorCorpus::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::filesystem::path TestWordVectorCorpus::write(const QByteArray& text) const
{
    const QString name = m_folder->filePath(QStringLiteral("text.txt"));
    QFile file(name);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return name.toStdString();
}

Result<WordCorpus> TestWordVectorCorpus::read(const QByteArray& text, std::int64_t min_count, WordSplit split) const
{
    Progress progress;
    return readWordCorpus(write(text), min_count, split, {}, progress);
}

void TestWordVectorCorpus::frequentWordsComeFirst()
{
    const auto corpus = read("b a c\na c\nd a\n");
    QVERIFY(corpus.has_value());
    QCOMPARE(corpus->counts, (std::vector<std::int64_t>{3, 2, 1, 1}));
    // b and d are equally rare: the one that comes first in the text.
    QVERIFY(corpus->vocabulary == Vocabulary({"a", "c", "b", "d"}));
    QCOMPARE(corpus->words, (std::vector<std::int32_t>{2, 0, 1, 0, 1, 3, 0}));
    QCOMPARE(corpus->sentenceEnds, (std::vector<std::size_t>{3, 5, 7}));
    QCOMPARE(corpus->tokens, std::int64_t(7));
}

void TestWordVectorCorpus::rareWordsAreLeftOut()
{
    const auto corpus = read("a x b\ny\nb a z a\n", 2);
    QVERIFY(corpus.has_value());
    QCOMPARE(printed(*corpus), QByteArray("a b|b a a|")); // neighbours close up, and no sentence is empty
    QCOMPARE(corpus->tokens, std::int64_t(8));
}

void TestWordVectorCorpus::whatPartsWords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("words");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("case and signs stay") << QByteArray("Don't stop, it's A.I.\n") << false
                                         << QByteArray("Don't stop, it's A.I.|");
    QTest::newRow("tabs, returns and many blanks")
        << QByteArray("\ta  b\r\n \r\nc\vd\fe") << false << QByteArray("a b|c d e|");
    QTest::newRow("no line end at the end") << QByteArray("a b\nc") << false << QByteArray("a b|c|");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFäh na\n") << false << QByteArray("äh na|");
    QTest::newRow("no-break space does not part")
        << QByteArray("a\xC2\xA0z b\n") << false << QByteArray("a\xC2\xA0z b|");
    QTest::newRow("the tokenizer of the program")
        << QByteArray("Don't STOP.\nÄh!\n") << true << QByteArray("do n't stop .|äh !|");
}

void TestWordVectorCorpus::whatPartsWords()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, words);
    const auto corpus = read(text, 1, words ? WordSplit::Words : WordSplit::Blanks);
    QVERIFY(corpus.has_value());
    QTEST(printed(*corpus), "expected");
}

void TestWordVectorCorpus::longLinesAreCut()
{
    const auto corpus = read(QByteArray("a b ").repeated(1250));
    QVERIFY(corpus.has_value());
    QCOMPARE(corpus->sentenceEnds, (std::vector<std::size_t>{1000, 2000, 2500}));
    QCOMPARE(read(QByteArray("a b ").repeated(500) + '\n')->sentenceEnds, (std::vector<std::size_t>{1000}));
}

void TestWordVectorCorpus::piecesJoin()
{
    // A megabyte is read in several pieces, on several threads.
    QByteArray text;
    QByteArrayList expected;
    for (int i = 0; i < 20000; ++i) {
        const QByteArray line = "word" + QByteArray::number(i % 997) + " is_followed_by_a_rather_long_word" +
                                QByteArray::number(i % 7) + " x";
        text += line + '\n';
        expected << line;
    }
    for (const int threads : {1, 3}) {
        setThreadCount(threads);
        const auto corpus = read(text);
        QVERIFY(corpus.has_value());
        QVERIFY(printed(*corpus) == expected.join('|') + '|');
        QCOMPARE(corpus->vocabulary[0], std::string_view("x"));
        QCOMPARE(corpus->counts[0], std::int64_t(20000));
    }
    setThreadCount(0);
}

void TestWordVectorCorpus::badTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("nothing") << QByteArray() << int(ErrorCode::FileEmpty);
    QTest::newRow("only blanks") << QByteArray(" \n\t\n") << int(ErrorCode::FormatRefused);
    QTest::newRow("no word is frequent enough") << QByteArray("a b c a\n") << int(ErrorCode::ValueRefused);
    QTest::newRow("UTF-16") << QByteArray("a\0 \0a\0", 6) << int(ErrorCode::FileNotText);
}

void TestWordVectorCorpus::badTexts()
{
    QFETCH(const QByteArray, text);
    const auto corpus = read(text, 3);
    QVERIFY(!corpus.has_value());
    QTEST(int(corpus.error().code), "code");
    const QString sentence = QString::fromStdString(describe(corpus.error()));
    QVERIFY2(sentence.contains(QStringLiteral("text.txt")) && !sentence.contains('\n'), qPrintable(sentence));
}

void TestWordVectorCorpus::canBeCancelled()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const auto corpus = readWordCorpus(write("a b"), 1, WordSplit::Blanks, stop.get_token(), progress);
    QVERIFY(!corpus.has_value());
    QCOMPARE(corpus.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestWordVectorCorpus)
#include "tst_word_vector_corpus.moc"
