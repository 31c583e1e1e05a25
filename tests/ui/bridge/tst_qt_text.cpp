// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/qt_text.h"

#include <QLocale>
#include <QTest>

#include <cmath>

using namespace embedscope;

class TestQtText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void toQString_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("letters of many scripts stay")
            << QByteArray("na\xC3\xAFve \xE6\xB0\xB4") << QStringLiteral("naïve 水");
        QTest::newRow("an ill-formed byte is shown") << QByteArray("caf\xE9") << QStringLiteral("caf\uFFFD");
        QTest::newRow("a lone byte order mark is a character")
            << QByteArray("\xEF\xBB\xBF") << QStringLiteral("\uFEFF");
        QTest::newRow("a zero byte does not end the text") << QByteArray("a\0b", 3) << QString::fromLatin1("a\0b", 3);
    }
    void toQString()
    {
        QFETCH(const QByteArray, bytes);
        QTEST(embedscope::toQString({bytes.constData(), static_cast<std::size_t>(bytes.size())}), "text");
    }

    void displayToken_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("shown");
        QTest::newRow("a word stays as it is") << QByteArray("king") << QStringLiteral("king");
        QTest::newRow("markup stays as it is") << QByteArray("<unk>") << QStringLiteral("<unk>");
        QTest::newRow("nothing is named") << QByteArray() << QStringLiteral("(empty)");
        QTest::newRow("a lone space is shown") << QByteArray(" ") << QStringLiteral("\u2420");
        QTest::newRow("lone no-break spaces are shown")
            << QByteArray("\xC2\xA0\xC2\xA0") << QStringLiteral("\u237D\u237D");
        QTest::newRow("a lone zero-width space is named") << QByteArray("\xE2\x80\x8B") << QStringLiteral("<U+200B>");
        QTest::newRow("a space between letters stays") << QByteArray("New York") << QStringLiteral("New York");
        QTest::newRow("a tab and a line end are shown") << QByteArray("a\tb\n") << QStringLiteral("a\u2409b\u240A");
        QTest::newRow("a line separator cannot break the line")
            << QByteArray("a\xE2\x80\xA8") << QStringLiteral("a<U+2028>");
        QTest::newRow("an override cannot turn the text around")
            << QByteArray("a\xE2\x80\xAE") << QStringLiteral("a<U+202E>");
        QTest::newRow("a joiner inside an emoji stays")
            << QByteArray("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80") << QStringLiteral("👩\u200D🚀");
    }
    void displayToken()
    {
        QFETCH(const QByteArray, token);
        QTEST(embedscope::displayToken({token.constData(), static_cast<std::size_t>(token.size())}), "shown");
    }

    void aTokenThatWouldFillTheWindowIsCut()
    {
        const QString shown = embedscope::displayToken(std::string(1'000'000, 'x'));
        QCOMPARE(shown, QString(200, QLatin1Char('x')) + QChar(0x2026));
        std::string faces;
        for (int i = 0; i < 300; ++i)
            faces += "\xF0\x9F\x98\x80";
        QVERIFY(!embedscope::displayToken("x" + faces).contains(QChar(0xFFFD)));
        QVERIFY(!embedscope::displayToken("x" + faces).chopped(1).back().isHighSurrogate());
    }

    void argumentsAreNotTakenForPlaces()
    {
        const Error error{ErrorCode::UnknownToken, {"%1 %2 100%"}};
        QCOMPARE(errorText(error),
                 QStringLiteral("\"%1 %2 100%\" is not in the vocabulary. Check the spelling and upper "
                                "or lower case."));
        const Error two{ErrorCode::ShapeMismatch, {"%2", "%3", "five"}};
        QCOMPARE(errorText(two), QStringLiteral("%2: expected %3, found five. Choose files that belong together."));
    }

    void argumentsCannotBreakTheLine()
    {
        const Error error{ErrorCode::UnknownToken, {"a\nb\xFF"}};
        QVERIFY(errorText(error).startsWith(QStringLiteral("\"a\u240Ab\uFFFD\" is not")));
    }

    void warningsAreSentencesToo()
    {
        const QString text = warningText({WarningCode::ZeroRows, {"17", "4"}});
        QVERIFY2(text.contains(QStringLiteral("17")), qPrintable(text));
    }

    void onlyCancelledIsCancelled()
    {
        QVERIFY(isCancelled({ErrorCode::Cancelled, {}}));
        QVERIFY(!isCancelled({ErrorCode::Internal, {}}));
    }

    void tooltipsShowMarkupAsText()
    {
        QCOMPARE(plainToolTip(QStringLiteral("<b>&")), QStringLiteral("<qt>&lt;b&gt;&amp;</qt>"));
    }

    void numberText_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("two places as asked") << 5.374 << QStringLiteral("5.37");
        QTest::newRow("zero is not scientific") << 0.0 << QStringLiteral("0.00");
        QTest::newRow("a small number does not become zero") << 0.00012 << QStringLiteral("0.00012");
        QTest::newRow("a huge number stays short") << 1.5e12 << QStringLiteral("1.5e+12");
        QTest::newRow("not a number") << std::nan("") << QStringLiteral("NaN");
        QTest::newRow("minus infinity") << -HUGE_VAL << QStringLiteral("\u2212\u221E");
    }
    void numberText()
    {
        QFETCH(const double, value);
        QTEST(embedscope::numberText(value, 2), "text");
    }
};

QTEST_MAIN(TestQtText)
#include "tst_qt_text.moc"
