// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/text/tokenizer.h"

#include <QtTest>

using namespace embedscope;

namespace {

QByteArray joined(const std::vector<std::string>& tokens)
{
    QByteArrayList list;
    for (const std::string& token : tokens)
        list.append(QByteArray::fromStdString(token));
    return list.join(' ');
}

} // namespace

class TokenizerTest : public QObject
{
    Q_OBJECT

private slots:
    void splits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("tokens"); // parted by blanks

        QTest::newRow("nothing gives no tokens") << QByteArray("") << QByteArray("");
        QTest::newRow("blanks give no tokens") << QByteArray(" \t\r\n ") << QByteArray("");
        QTest::newRow("a full stop parts from its word") << QByteArray("The end.") << QByteArray("the end .");
        QTest::newRow("quotes and brackets part") << QByteArray("(\"so\" 'it')") << QByteArray("( \" so \" ' it ' )");
        QTest::newRow("a number keeps its point and commas")
            << QByteArray("3.14, 1,000.50") << QByteArray("3.14 , 1,000.50");
        QTest::newRow("a final point leaves the number") << QByteArray("In 1984.") << QByteArray("in 1984 .");
        QTest::newRow("times, fractions and scores stay") << QByteArray("10:30 1/2 6-3") << QByteArray("10:30 1/2 6-3");
        QTest::newRow("a slash between words parts them") << QByteArray("comedy/drama") << QByteArray("comedy / drama");
        QTest::newRow("acronyms keep their periods") << QByteArray("U.S. e.g. p.m.") << QByteArray("u.s. e.g. p.m.");
        QTest::newRow("an acronym may begin a compound") << QByteArray("the U.S.-led") << QByteArray("the u.s.-led");
        QTest::newRow("titles keep their period") << QByteArray("Mr. and Mrs. Bean") << QByteArray("mr. and mrs. bean");
        QTest::newRow("an initial keeps its period") << QByteArray("J. Smith") << QByteArray("j. smith");
        QTest::newRow("the pronoun I does not") << QByteArray("So do I.") << QByteArray("so do i .");
        QTest::newRow("an abbreviation gives way to an ellipsis") << QByteArray("etc...") << QByteArray("etc ...");
        QTest::newRow("hyphens inside stay")
            << QByteArray("well-known re-imagining") << QByteArray("well-known re-imagining");
        QTest::newRow("hyphens outside part") << QByteArray("-word word-") << QByteArray("- word word -");
        QTest::newRow("a double hyphen parts words") << QByteArray("this--that") << QByteArray("this -- that");
        QTest::newRow("dots in a row are one token") << QByteArray("crazy.. and ...") << QByteArray("crazy .. and ...");
        QTest::newRow("other signs stand alone") << QByteArray("what?!!") << QByteArray("what ? ! !");
        QTest::newRow("money and percent part") << QByteArray("$5 50% \xC2\xA3"
                                                              "3")
                                                << QByteArray("$ 5 50 % \xC2\xA3 3");
        QTest::newRow("names keep their apostrophe")
            << QByteArray("O'Brien l'eau aujourd'hui") << QByteArray("o'brien l'eau aujourd'hui");
        QTest::newRow("English contractions part")
            << QByteArray("Don't it's I'd've can't") << QByteArray("do n't it 's i 'd 've ca n't");
        QTest::newRow("a typographic apostrophe is the plain one")
            << QByteArray("don\xE2\x80\x99t O\xE2\x80\x99Neill\xE2\x80\x99s") << QByteArray("do n't o'neill 's");
        QTest::newRow("a plural possessive parts") << QByteArray("dogs' tails") << QByteArray("dogs ' tails");
        QTest::newRow("treebank fields survive")
            << QByteArray("it 's n't `` '' -lrb- -RRB- ' -- 've") << QByteArray("it 's n't `` '' -lrb- -rrb- ' -- 've");
        QTest::newRow("decades and clipped words survive")
            << QByteArray("'70s 'em 'til rock 'n' roll") << QByteArray("'70s 'em 'til rock 'n' roll");
        QTest::newRow("treebank escapes lose their backslash")
            << QByteArray("writer\\/director 1\\/2 \\*") << QByteArray("writer / director 1/2 *");
        QTest::newRow("entities and stand-ins survive")
            << QByteArray("&amp; r&b AT&T <unk> x<y") << QByteArray("&amp; r&b at&t <unk> x < y");
        QTest::newRow("a web address is one token") << QByteArray("(See http://a.org/b,c?d=1.) www.a.co.uk,")
                                                    << QByteArray("( see http://a.org/b,c?d=1 . ) www.a.co.uk ,");
        QTest::newRow("domains and mail addresses stay")
            << QByteArray("coxnews.com me@mail.org.") << QByteArray("coxnews.com me@mail.org .");
        QTest::newRow("a missing blank behind a full stop parts") << QByteArray("end.Next") << QByteArray("end . next");
        QTest::newRow("tags part from their word") << QByteArray("#tag @user") << QByteArray("# tag @ user");
    }
    void splits()
    {
        QFETCH(QByteArray, text);
        QTEST(joined(tokenize(text.toStdString())), "tokens");
    }

    void knowsScripts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tokens");

        QTest::newRow("no-break and other Unicode spaces part")
            << QStringLiteral("a\u00A0b\u2003c\u3000d\u200Be") << QStringLiteral("a b c d e");
        QTest::newRow("a soft hyphen is left out") << QStringLiteral("co\u00ADoperate") << QStringLiteral("cooperate");
        QTest::newRow("a byte order mark is left out") << QStringLiteral("\uFEFFword") << QStringLiteral("word");
        QTest::newRow("a combining accent stays with its letter")
            << QStringLiteral("cafe\u0301.") << QStringLiteral("cafe\u0301 .");
        QTest::newRow("Latin letters fold") << QStringLiteral("ÄRGER ŁÓDŹ Ÿ ẞ") << QStringLiteral("ärger łódź ÿ ß");
        QTest::newRow("a dotted capital I folds to i") << QStringLiteral("İstanbul") << QStringLiteral("istanbul");
        QTest::newRow("Greek folds") << QStringLiteral("ΆΝΘΡΩΠΟΣ") << QStringLiteral("άνθρωποσ");
        QTest::newRow("Cyrillic folds") << QStringLiteral("ПРИВЕТ, Ёж!") << QStringLiteral("привет , ёж !");
        QTest::newRow("Armenian folds and keeps its signs")
            << QStringLiteral("ԻՆՉՈ\u055EՒ") << QStringLiteral("ինչո\u055Eւ");
        QTest::newRow("Georgian folds") << QStringLiteral("ᲒᲐᲛᲐᲠᲯᲝᲑᲐ") << QStringLiteral("გამარჯობა");
        QTest::newRow("full-width letters fold") << QStringLiteral("Ｈｉ！") << QStringLiteral("ｈｉ ！");
        QTest::newRow("each Chinese character is a token")
            << QStringLiteral("我喜欢𠀀。") << QStringLiteral("我 喜 欢 𠀀 。");
        QTest::newRow("Katakana runs, Hiragana does not")
            << QStringLiteral("これはコーヒー") << QStringLiteral("こ れ は コーヒー");
        QTest::newRow("Korean words are parted by blanks")
            << QStringLiteral("안녕 세계.") << QStringLiteral("안녕 세계 .");
        QTest::newRow("Hindi keeps its vowel signs") << QStringLiteral("हिन्दी में।") << QStringLiteral("हिन्दी में ।");
        QTest::newRow("Arabic keeps its marks") << QStringLiteral("مَرْحَبًا، عالم") << QStringLiteral("مَرْحَبًا ، عالم");
        QTest::newRow("Persian keeps its non-joiner")
            << QStringLiteral("می\u200Cخواهم") << QStringLiteral("می\u200Cخواهم");
        QTest::newRow("Hebrew keeps its gershayim") << QStringLiteral("צה״ל") << QStringLiteral("צה״ל");
        QTest::newRow("Catalan keeps its middle dot") << QStringLiteral("col·legi") << QStringLiteral("col·legi");
        QTest::newRow("emoji part from words") << QStringLiteral("ok🎉🎉!") << QStringLiteral("ok 🎉 🎉 !");
        QTest::newRow("a family is one emoji")
            << QStringLiteral("👩\u200D👩\u200D👧x") << QStringLiteral("👩\u200D👩\u200D👧 x");
        QTest::newRow("a skin tone stays") << QStringLiteral("👍🏽👍") << QStringLiteral("👍🏽 👍");
        QTest::newRow("two letters make a flag") << QStringLiteral("🇫🇷🇩🇪") << QStringLiteral("🇫🇷 🇩🇪");
        QTest::newRow("keycaps part") << QStringLiteral("1\uFE0F\u20E32\uFE0F\u20E3")
                                      << QStringLiteral("1\uFE0F\u20E3 2\uFE0F\u20E3");
        QTest::newRow("a style selector stays") << QStringLiteral("❤\uFE0F.") << QStringLiteral("❤\uFE0F .");
    }
    void knowsScripts()
    {
        QFETCH(QString, text);
        QFETCH(QString, tokens);
        QCOMPARE(QString::fromUtf8(joined(tokenize(text.toStdString()))), tokens);
    }

    void keepsCaseWhenAsked()
    {
        QCOMPARE(joined(tokenize("DON'T Stop ÄÖ", {.lower_case = false})), QByteArray("DO N'T Stop ÄÖ"));
    }

    void illFormedBytesKeepTheirWordTogether()
    {
        QCOMPARE(joined(tokenize("caf\xE9 ok")), QByteArray("caf\xEF\xBF\xBD ok"));
    }

    void tokenizingTokensChangesNothing()
    {
        const std::string text =
            "The U.S.-led team didn't win 3.14% of \"it\"... J. Smith's rock 'n' roll (&amp;) 我们 👍🏽";
        const auto once = tokenize(text);
        QCOMPARE(joined(tokenize(joined(once).toStdString())), joined(once));
    }

    void anyBytesGiveWellFormedTokensWithoutBlanks()
    {
        std::uint32_t state = 1;
        for (int round = 0; round < 2000; ++round) {
            std::string text;
            for (int i = 0; i < 60; ++i) {
                state = state * 1664525U + 1013904223U;
                constexpr std::string_view kSigns = "'-.&<;\\/@_aNt1 \xE2\x80\x99\xCC\x81";
                const bool sign = (state >> 30U) != 0;
                text += sign ? kSigns[(state >> 16U) % kSigns.size()] : static_cast<char>(state >> 16U);
            }
            for (const std::string& token : tokenize(text)) {
                QVERIFY(!token.empty());
                QVERIFY(!firstInvalidUtf8(token));
                QVERIFY(token.find_first_of(" \n\t") == std::string::npos);
            }
        }
    }

    void aHostileFieldIsCutAndTakesLinearTime_data()
    {
        QTest::addColumn<QByteArray>("piece");
        for (const char* piece : {"a", "a's", "'", "'a", "a.", ".", "-", "a-", "&", "&a", "<a", "1,", "www.",
                                  "\xE6\x88\x91", "\xF0\x9F\x91\xA9\xE2\x80\x8D"})
            QTest::newRow(piece) << QByteArray(piece);
    }
    void aHostileFieldIsCutAndTakesLinearTime()
    {
        QFETCH(QByteArray, piece);
        const std::string text = piece.repeated(400000).toStdString();
        QElapsedTimer timer;
        timer.start();
        for (const std::string& token : tokenize(text))
            QVERIFY(token.size() <= 4 * 65536);
        QVERIFY2(timer.elapsed() < 10000, "more than linear time");
    }
};

QTEST_APPLESS_MAIN(TokenizerTest)
#include "tst_tokenizer.moc"
