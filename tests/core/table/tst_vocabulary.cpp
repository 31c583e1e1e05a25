// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/vocabulary.h"

#include <QtTest>

#include <string>
#include <vector>

using namespace embedscope;
using namespace std::string_view_literals;

class TestVocabulary : public QObject
{
    Q_OBJECT

private slots:
    void startsEmpty();
    void numbersRowsInOrder();
    void findsTheFirstOfEqualTokens();
    void keepsTokensThatAreHardToKeep_data();
    void keepsTokensThatAreHardToKeep();
    void tellsTokensApartByEveryByte();
    void holdsManyTokens();
    void growsFromAnyReserve_data();
    void growsFromAnyReserve();
    void addsATokenOfItsOwn();
    void comparesRowByRow();
    void copiesAreIndependent();
};

void TestVocabulary::startsEmpty()
{
    const Vocabulary vocabulary;
    QCOMPARE(vocabulary.size(), Index{0});
    QCOMPARE(vocabulary.duplicates(), Index{0});
    QVERIFY(!vocabulary.find("king"));
    QVERIFY(!vocabulary.contains(""));
    QVERIFY(!Vocabulary(std::vector<std::string>{}).contains(""));
}

void TestVocabulary::numbersRowsInOrder()
{
    Vocabulary vocabulary;
    QCOMPARE(vocabulary.add("king"), Index{0});
    QCOMPARE(vocabulary.add("queen"), Index{1});
    QCOMPARE(vocabulary.size(), Index{2});
    QVERIFY(vocabulary[0] == "king");
    QVERIFY(vocabulary[1] == "queen");
    QCOMPARE(vocabulary.find("queen").value(), Index{1});
    QVERIFY(!vocabulary.find("Queen"));
    QVERIFY(!vocabulary.find("quee"));
    QVERIFY(!vocabulary.find("kingqueen"));
}

void TestVocabulary::findsTheFirstOfEqualTokens()
{
    const Vocabulary vocabulary({"a", "b", "a", "c", "b", "a"});
    QCOMPARE(vocabulary.size(), Index{6});
    QCOMPARE(vocabulary.duplicates(), Index{3});
    QCOMPARE(vocabulary.find("a").value(), Index{0});
    QCOMPARE(vocabulary.find("b").value(), Index{1});
    QCOMPARE(vocabulary.find("c").value(), Index{3});
    QVERIFY(vocabulary[5] == "a");
}

void TestVocabulary::keepsTokensThatAreHardToKeep_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("an empty token") << QByteArray("");
    QTest::newRow("a blank") << QByteArray(" ");
    QTest::newRow("a line end") << QByteArray("\r\n");
    QTest::newRow("one NUL") << QByteArray("\0", 1);
    QTest::newRow("a NUL in the middle") << QByteArray("a\0b", 3);
    QTest::newRow("bytes that are no UTF-8") << QByteArray("\xFF\xC3\x80");
    QTest::newRow("letters beyond ASCII") << QByteArray("\xC3\xA9t\xC3\xA9");
    QTest::newRow("a token of a megabyte") << QByteArray(1 << 20, 'x');
}

void TestVocabulary::keepsTokensThatAreHardToKeep()
{
    QFETCH(QByteArray, token);
    const std::string bytes = token.toStdString();
    const Vocabulary vocabulary({"before", bytes, "after", bytes});
    QVERIFY(vocabulary[1] == bytes);
    QVERIFY(vocabulary[2] == "after");
    QCOMPARE(vocabulary.find(bytes).value(), Index{1});
    QCOMPARE(vocabulary.duplicates(), Index{1});
}

void TestVocabulary::tellsTokensApartByEveryByte()
{
    const Vocabulary vocabulary({"a", std::string("a\0"sv), std::string("a\0b"sv), ""});
    QCOMPARE(vocabulary.duplicates(), Index{0});
    QCOMPARE(vocabulary.find("a").value(), Index{0});
    QCOMPARE(vocabulary.find("a\0"sv).value(), Index{1});
    QCOMPARE(vocabulary.find("a\0b"sv).value(), Index{2});
    QCOMPARE(vocabulary.find("").value(), Index{3});
}

void TestVocabulary::holdsManyTokens()
{
    constexpr Index kTokens = 400'000;
    Vocabulary vocabulary;
    for (Index i = 0; i < kTokens; ++i)
        vocabulary.add("token" + std::to_string(i));
    for (Index i = 0; i < 1000; ++i)
        vocabulary.add("token" + std::to_string(i * 7));
    QCOMPARE(vocabulary.size(), kTokens + 1000);
    QCOMPARE(vocabulary.duplicates(), Index{1000});
    for (Index i = 0; i < kTokens; ++i) {
        const std::string token = "token" + std::to_string(i);
        if (vocabulary[i] != token || vocabulary.find(token) != i)
            QFAIL(token.c_str());
    }
    QVERIFY(!vocabulary.find("token400000"));
}

void TestVocabulary::growsFromAnyReserve_data()
{
    QTest::addColumn<Index>("reserved");
    for (const Index reserved : {0, 1, 2, 63, 64, 100, 5000})
        QTest::addRow("room for %td tokens", reserved) << reserved;
}

void TestVocabulary::growsFromAnyReserve()
{
    QFETCH(Index, reserved);
    Vocabulary vocabulary;
    vocabulary.reserve(reserved, 1);
    QVERIFY(!vocabulary.contains("0"));
    for (Index i = 0; i < 200; ++i) {
        QCOMPARE(vocabulary.add(std::to_string(i)), i);
        QCOMPARE(vocabulary.find(std::to_string(i)).value(), i);
        QVERIFY(!vocabulary.contains(std::to_string(i + 1)));
        if (i == 100)
            vocabulary.reserve(reserved, 1); // later calls lose nothing
    }
    for (Index i = 0; i < 200; ++i)
        QCOMPARE(vocabulary.find(std::to_string(i)).value(), i);
}

void TestVocabulary::addsATokenOfItsOwn()
{
    Vocabulary vocabulary({"a-token-long-enough-to-move-the-buffer"});
    for (Index i = 0; i < 100; ++i)
        vocabulary.add(vocabulary[0]); // a view into the buffer that grows
    QCOMPARE(vocabulary.duplicates(), Index{100});
    QVERIFY(vocabulary[100] == "a-token-long-enough-to-move-the-buffer");
}

void TestVocabulary::comparesRowByRow()
{
    QVERIFY(Vocabulary({"ab", "c"}) == Vocabulary({"ab", "c"}));
    QVERIFY(!(Vocabulary({"ab", "c"}) == Vocabulary({"a", "bc"})));
    QVERIFY(!(Vocabulary({"a", "b"}) == Vocabulary({"b", "a"})));
    QVERIFY(!(Vocabulary({"a"}) == Vocabulary({"a", ""})));
}

void TestVocabulary::copiesAreIndependent()
{
    Vocabulary vocabulary({"a"});
    const Vocabulary copy = vocabulary;
    vocabulary.add("b");
    QCOMPARE(copy.size(), Index{1});
    QVERIFY(!copy.contains("b"));
    const Vocabulary moved = std::move(vocabulary);
    QCOMPARE(moved.find("b").value(), Index{1});
}

QTEST_APPLESS_MAIN(TestVocabulary)
#include "tst_vocabulary.moc"
