// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/upper_case.h"

#include <QtTest>

using namespace embedscope;

class TestUpperCase : public QObject
{
    Q_OBJECT

private slots:
    void upperCase_data();
    void upperCase();
    void bytesThatAreNoTextStay();
};

void TestUpperCase::upperCase_data()
{
    // Python 3.11, str.upper().
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("upper");
    const auto row = [](const char* name, const char* text, const char* upper) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(upper);
    };
    row("nothing", "", "");
    row("ascii", "az AZ 09 @[`{", "AZ AZ 09 @[`{");
    row("letters with accents", "éàÿñ", "ÉÀŸÑ");
    row("neighbours of latin letters that have no case", "÷×ª", "÷×ª");
    row("greek, both sigmas", "σς", "ΣΣ");
    row("cyrillic", "жёя", "ЖЁЯ");
    row("an alphabet that alternates", "āăą ĀĂĄ", "ĀĂĄ ĀĂĄ");
    row("sharp s becomes two letters", "straße", "STRASSE");
    row("a ligature becomes three", "ﬃ", "FFI");
    row("a letter with two marks becomes three code points", "\u0390", "\u0399\u0308\u0301");
    row("letters of three cases", "ǆǅǄ", "ǄǄǄ");
    row("dotless and dotted i", "ıiİ", "IIİ");
    row("micro sign", "µ", "Μ");
    row("beyond the first plane", "𐐨", "𐐀");
    row("scripts without case", "東京 שלום", "東京 שלום");
    row("replacement character", "a\uFFFDb", "A\uFFFDB");
}

void TestUpperCase::upperCase()
{
    QFETCH(QString, text);
    const auto upper = toUpperCase(text.toStdString());
    QTEST(QString::fromStdString(upper), "upper");
    QCOMPARE(toUpperCase(upper), upper);
}

void TestUpperCase::bytesThatAreNoTextStay()
{
    QCOMPARE(toUpperCase("a\xFF\xC3z\xE2\x82"), std::string("A\xFF\xC3Z\xE2\x82"));
    QCOMPARE(toUpperCase(std::string_view("a\0b", 3)), std::string("A\0B", 3));
}

QTEST_APPLESS_MAIN(TestUpperCase)
#include "tst_upper_case.moc"
