// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/neighbors.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace embedscope;

class TestFormula : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void longestTokenFirst();
    void composesUnknownTokens_data();
    void composesUnknownTokens();
    void refusesWhatCannotBeComposed();
    void hostileTextsEndSoon_data();
    void hostileTextsEndSoon();
    void meansUnitVectorsForCosine();
    void sumsRawVectorsElse_data();
    void sumsRawVectorsElse();
    void repeatedTokensCountTwice();
    void refusesVectorsWithoutAMeaning_data();
    void refusesVectorsWithoutAMeaning();
};

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Vocabulary words()
{
    return Vocabulary({"king", "man",         "woman", "re", "re-elected", "elected",  "2",          "1,000",
                       "-5",   "5",           "c++",   "-",  "--",         "new york", "say \"hi\"", "back\\slash",
                       "\"",   "caf\xC3\xA9", "-lrb-", "",   "a - b",      "+",        " x "});
}

/// +king -man, so that a row of the table fits on a line.
QString shown(const std::vector<FormulaTerm>& terms)
{
    QStringList out;
    for (const auto& term : terms)
        out << (term.sign == 1 ? u'+' : term.sign == -1 ? u'-' : u'?') + QString::fromStdString(term.token);
    return out.join(u'|');
}

} // namespace

void TestFormula::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("terms");
    const auto row = [](const char* name, const char* text, const char* terms) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(terms);
    };
    row("one token", "king", "+king");
    row("the usual formula", "king - man + woman", "+king|-man|+woman");
    row("blanks around", " \t king  -\n man ", "+king|-man");
    row("no blanks at all", "king-man+woman", "+king|-man|+woman");
    row("blanks on one side", "king -man+ woman", "+king|-man|+woman");
    row("a typographic minus", "king \xE2\x88\x92 man", "+king|-man");
    row("a typographic minus without blanks", "king\xE2\x88\x92man", "+king|-man");
    row("a leading minus", "-man + king", "-man|+king");
    row("a leading minus with a blank", "- man + king", "-man|+king");
    row("a leading plus", "+king", "+king");
    row("a typographic leading minus", "\xE2\x88\x92man", "-man");
    row("a token twice", "king + king", "+king|+king");
    row("a hyphen inside a token", "re-elected", "+re-elected");
    row("a hyphen inside a token of a formula", "king - re-elected + man", "+king|-re-elected|+man");
    row("a hyphen inside a token without blanks", "re-elected-man", "+re-elected|-man");
    row("a number", "2 + 1,000", "+2|+1,000");
    row("a negative number that is a token", "-5 + king", "+-5|+king");
    row("a number behind a minus", "king -5", "+king|-5");
    row("a negative number behind an operator", "king - -5", "+king|--5");
    row("a sign before a number that is no negative token", "-2 + 5", "-2|+5");
    row("signs at the end of a token", "c++ - king", "+c++|-king");
    row("signs at the end of a token without blanks", "c++-king", "+c++|-king");
    row("a token that begins and ends with a sign", "king + -lrb-", "+king|+-lrb-");
    row("a token of two signs", "king - --", "+king|---");
    row("a whole text that is a token made of a sign", "-", "+-");
    row("a whole text that is a token with an operator", "a - b", "+a - b");
    row("a whole text that is a token with blanks", "new york", "+new york");
    row("a whole text that is a token with blanks around", " x ", "+ x ");
    row("a whole text that is a quote", "\"", "+\"");
    row("quotes around a blank", "\"new york\" - king", "+new york|-king");
    row("quotes without blanks around", "king-\"new york\"+man", "+king|-new york|+man");
    row("quotes around a sign", "king - \"-\"", "+king|--");
    row("a leading sign before quotes", "-\"new york\" + king", "-new york|+king");
    row("quotes around a plain token", "\"king\"", "+king");
    row("escaped quotes", "\"say \\\"hi\\\"\" + king", "+say \"hi\"|+king");
    row("an escaped quote alone", "king + \"\\\"\"", "+king|+\"");
    row("an escaped backslash", "\"back\\\\slash\"", "+back\\slash");
    row("a backslash before a letter is itself", "\"back\\slash\"", "+back\\slash");
    row("a backslash outside quotes is itself", "king - back\\slash", "+king|-back\\slash");
    row("an empty token in quotes", "king + \"\"", "+king|+");
    row("letters beyond ASCII", "caf\xC3\xA9-king", "+caf\xC3\xA9|-king");
}

void TestFormula::reads()
{
    QFETCH(QString, text);
    QFETCH(QString, terms);
    const auto parsed = parseFormula(text.toStdString(), words());
    QVERIFY2(parsed, parsed ? "" : describe(parsed.error()).c_str());
    QCOMPARE(shown(*parsed), terms);
}

void TestFormula::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wrong"); // the unknown token, or "character: what is wrong"
    const auto row = [](const char* name, const char* text, const char* wrong) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(wrong);
    };
    row("nothing", "", "1: it is empty");
    row("only blanks", " \t", "3: it is empty");
    row("a sign at the end", "king -", "7: a token is missing after the sign");
    row("a sign at the end of a piece", "king-", "6: a token is missing after the sign");
    row("two signs", "king - + man", "8: two signs follow each other");
    row("two leading signs", "+-man", "2: two signs follow each other");
    row("two tokens", "king man", "6: a + or - is missing here");
    row("two tokens behind letters beyond ASCII", "caf\xC3\xA9 king", "6: a + or - is missing here");
    row("a token right behind quotes", "\"king\"man", "7: a + or - is missing here");
    row("quotes right behind a token", "king \"man\"", "6: a + or - is missing here");
    row("an open quote", "king - \"man", "8: the quote is never closed");
    row("an escape at the end of an open quote", "\"man\\", "1: the quote is never closed");
    row("an escaped closing quote", "\"man\\\"", "1: the quote is never closed");
    row("an unknown token", "kign", "kign");
    row("an unknown token with a hyphen is named whole", "co-operate - king", "co-operate");
    row("an unknown token behind an operator", "king - mna + woman", "mna");
    row("an unknown token behind a known one", "king-mna", "mna");
    row("an unknown token behind a leading sign", "-mna", "mna");
    row("an unknown token in quotes", "\"new  york\"", "new  york");
    row("empty quotes where two stand together", "king + \"\"\"\"", "10: a + or - is missing here");
    row("upper case is another token", "King - man", "King");
    row("a number that is no token", "king + 3", "3");
}

void TestFormula::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, wrong);
    const auto parsed = parseFormula(text.toStdString(), words());
    QVERIFY(!parsed);
    const auto& [code, args] = parsed.error();
    if (code == ErrorCode::UnknownToken) {
        QCOMPARE(QString::fromStdString(args.at(0)), wrong);
        return;
    }
    QVERIFY(code == ErrorCode::FormulaInvalid);
    QCOMPARE(QString::fromStdString(args.at(0)), text);
    QCOMPARE(QString::fromStdString(args.at(1) + ": " + args.at(2)), wrong);
}

void TestFormula::longestTokenFirst()
{
    const Vocabulary vocabulary({"a", "a-b", "a-b-c", "b", "c", "d"});
    QCOMPARE(shown(parseFormula("a-b-c-d", vocabulary).value()), QStringLiteral("+a-b-c|-d"));
    QCOMPARE(shown(parseFormula("a-b-d", vocabulary).value()), QStringLiteral("+a-b|-d"));
    QCOMPARE(shown(parseFormula("a-d", vocabulary).value()), QStringLiteral("+a|-d"));
}

namespace {

/// Knows everything but what begins with x: the number of bytes, and 1.
class Lengths : public UnknownTokens
{
public:
    [[nodiscard]] bool canCompose(std::string_view token) const override { return !token.starts_with('x'); }
    [[nodiscard]] std::optional<RowVector> vectorOf(std::string_view token) const override
    {
        return canCompose(token) ? std::optional(RowVector{{static_cast<float>(token.size()), 1}}) : std::nullopt;
    }
};

EmbeddingTable composingTable()
{
    auto table = EmbeddingTable::create(Matrix{{100, 0}, {200, 0}}, Vocabulary({"king", "man"})).value();
    table.setUnknownTokens(std::make_shared<Lengths>());
    return table;
}

} // namespace

void TestFormula::composesUnknownTokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("composed");
    QTest::addColumn<float>("sum");
    QTest::newRow("alone") << "queen"
                           << "queen" << 5.0F;
    QTest::newRow("with known ones") << "king - queen + man"
                                     << "queen" << 295.0F;
    QTest::newRow("behind a leading sign") << "-queen + king"
                                           << "queen" << 95.0F;
    QTest::newRow("in quotes") << "\"new york\" + king"
                               << "new york" << 108.0F;
    QTest::newRow("a hyphen belongs to it") << "king-like"
                                            << "king-like" << 9.0F;
    QTest::newRow("known ones are split as ever") << "king-man"
                                                  << "" << -100.0F;
    QTest::newRow("two") << "queen + woman"
                         << "queen|woman" << 10.0F;
}

void TestFormula::composesUnknownTokens()
{
    QFETCH(QString, text);
    QFETCH(float, sum);
    const auto query = evaluateFormula(text.toStdString(), composingTable(), Metric::Dot);
    QVERIFY2(query, query ? "" : describe(query.error()).c_str());
    QString composed;
    for (const std::string& token : query->composed)
        composed += (composed.isEmpty() ? QString() : QStringLiteral("|")) + QString::fromStdString(token);
    QTEST(composed, "composed");
    QCOMPARE(query->vector(0), sum);
}

void TestFormula::refusesWhatCannotBeComposed()
{
    const EmbeddingTable table = composingTable();
    for (const char* text : {"xyz", "king - xyz", "\"xyz\""}) {
        const auto query = evaluateFormula(text, table, Metric::Dot);
        QVERIFY(!query);
        QVERIFY(query.error().code == ErrorCode::UnknownToken);
        QCOMPARE(query.error().args.at(0), std::string("xyz"));
    }
    QVERIFY(evaluateFormula("queen - + king", table, Metric::Dot).error().code == ErrorCode::FormulaInvalid);
}

void TestFormula::hostileTextsEndSoon_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("many terms without a blank") << QByteArray("a-");
    QTest::newRow("many signs") << QByteArray("-");
    QTest::newRow("many quotes") << QByteArray("\"");
    QTest::newRow("many backslashes") << QByteArray("\\");
    QTest::newRow("many bytes that are no UTF-8") << QByteArray("\xE2\x88");
    QTest::newRow("many NUL") << QByteArray("\0", 1);
}

void TestFormula::hostileTextsEndSoon()
{
    QFETCH(QByteArray, piece);
    const std::string text = piece.repeated(50'000).toStdString();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!parseFormula(text, Vocabulary({"a", "a-a"})));
    const Lengths lengths;
    static_cast<void>(parseFormula(text, Vocabulary({"a", "a-a"}), &lengths));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void TestFormula::meansUnitVectorsForCosine()
{
    const auto table = EmbeddingTable::create(Matrix{{3, 4}, {0, 2}, {5, 0}}, Vocabulary({"a", "b", "c"})).value();
    const auto query = evaluateFormula("a - b + c", table, Metric::Cosine);
    QVERIFY(query);
    QCOMPARE(query->rows, (std::vector<Index>{0, 1, 2}));
    // ((0.6, 0.8) - (0, 1) + (1, 0)) / 3
    QVERIFY(std::abs(query->vector(0) - 1.6F / 3) < 1e-6F);
    QVERIFY(std::abs(query->vector(1) + 0.2F / 3) < 1e-6F);
}

void TestFormula::sumsRawVectorsElse_data()
{
    QTest::addColumn<int>("metric");
    QTest::newRow("euclidean") << static_cast<int>(Metric::Euclidean);
    QTest::newRow("dot") << static_cast<int>(Metric::Dot);
}

void TestFormula::sumsRawVectorsElse()
{
    QFETCH(int, metric);
    const auto table = EmbeddingTable::create(Matrix{{3, 4}, {0, 2}, {0, 0}}, Vocabulary({"a", "b", "zero"})).value();
    const auto query = evaluateFormula("a - b + zero", table, static_cast<Metric>(metric));
    QVERIFY(query);
    QCOMPARE(query->rows, (std::vector<Index>{0, 1, 2}));
    QCOMPARE(query->vector, (RowVector{{3, 2}}));
}

void TestFormula::repeatedTokensCountTwice()
{
    const auto table = EmbeddingTable::create(Matrix{{3, 4}, {0, 2}, {9, 9}}, Vocabulary({"a", "b", "a"})).value();
    const auto query = evaluateFormula("a + a - b", table, Metric::Dot);
    QCOMPARE(query->vector, (RowVector{{6, 6}})); // the first of two rows with the token a
    QCOMPARE(query->rows, (std::vector<Index>{0, 0, 1}));
}

void TestFormula::refusesVectorsWithoutAMeaning_data()
{
    QTest::addColumn<int>("metric");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("a zero vector has no direction")
        << static_cast<int>(Metric::Cosine) << "good - zero"
        << "\"zero\" cannot be compared by cosine: its vector is zero and has no direction.";
    QTest::newRow("a NaN") << static_cast<int>(Metric::Dot) << "nan"
                           << "\"nan\" cannot be part of a query: its vector holds a NaN or an infinity.";
    QTest::newRow("an infinity") << static_cast<int>(Metric::Cosine) << "inf + good"
                                 << "\"inf\" cannot be part of a query: its vector holds a NaN or an infinity.";
    QTest::newRow("an unknown token")
        << static_cast<int>(Metric::Cosine) << "goood"
        << "\"goood\" is not in the vocabulary. Check the spelling and upper or lower case.";
}

void TestFormula::refusesVectorsWithoutAMeaning()
{
    QFETCH(int, metric);
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    const auto table = EmbeddingTable::create(Matrix{{1, 2}, {0, 0}, {kNaN, 0}, {INFINITY, 0}},
                                              Vocabulary({"good", "zero", "nan", "inf"}))
                           .value();
    const auto query = evaluateFormula(text.toStdString(), table, static_cast<Metric>(metric));
    QVERIFY(!query);
    QCOMPARE(QString::fromStdString(describe(query.error())), sentence);
}

QTEST_APPLESS_MAIN(TestFormula)
#include "tst_formula.moc"
