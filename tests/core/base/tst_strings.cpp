// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/strings.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <bit>
#include <clocale>
#include <cmath>
#include <limits>

using namespace embedscope;

class TestStrings : public QObject
{
    Q_OBJECT

private slots:
    void findsInvalidUtf8_data();
    void findsInvalidUtf8();
    void everyCodePointRoundTrips();
    void noCodePointIsReplaced_data();
    void noCodePointIsReplaced();
    void agreesWithQtOnRandomBytes();
    void parsesNumbers_data();
    void parsesNumbers();
    void refusesNumbers_data();
    void refusesNumbers();
    void parsesIntegers_data();
    void parsesIntegers();
    void formatsShortest_data();
    void formatsShortest();
    void floatsReadBackAsTheSame();
    void localeDoesNotMatter();
};

namespace {

const QByteArray kReplacement = "\xEF\xBF\xBD";

QByteArray replacements(int count)
{
    return kReplacement.repeated(count);
}

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray bytesOf(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

void TestStrings::findsInvalidUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("firstInvalid");
    QTest::addColumn<QByteArray>("repaired");
    const auto good = [](const char* name, const QByteArray& bytes) { QTest::newRow(name) << bytes << -1 << bytes; };
    const auto bad = [](const char* name, const QByteArray& bytes, int at, const QByteArray& repaired) {
        QTest::newRow(name) << bytes << at << repaired;
    };
    good("nothing is well formed", "");
    good("ascii", "king");
    good("a NUL byte is a character", QByteArray("a\0b", 3));
    good("two bytes, the first", "\xC2\x80");
    good("two bytes, the last", "\xDF\xBF");
    good("three bytes, the first", "\xE0\xA0\x80");
    good("three bytes, before the surrogates", "\xED\x9F\xBF");
    good("three bytes, after the surrogates", "\xEE\x80\x80");
    good("three bytes, the last", "\xEF\xBF\xBF");
    good("four bytes, the first", "\xF0\x90\x80\x80");
    good("four bytes, the last", "\xF4\x8F\xBF\xBF");
    good("a mark of byte order", "\xEF\xBB\xBF");
    bad("a lone continuation", "a\x80z", 1, "a" + kReplacement + "z");
    bad("a slash in two bytes", "\xC0\xAF", 0, replacements(2));
    bad("the last overlong of two bytes", "\xC1\xBF", 0, replacements(2));
    bad("an overlong of three bytes", "\xE0\x9F\xBF", 0, replacements(3));
    bad("an overlong of four bytes", "\xF0\x8F\xBF\xBF", 0, replacements(4));
    bad("the first surrogate", "\xED\xA0\x80", 0, replacements(3));
    bad("the last surrogate", "\xED\xBF\xBF", 0, replacements(3));
    bad("a pair of surrogates", "\xED\xA0\x81\xED\xB0\x80", 0, replacements(6));
    bad("above the last code point", "\xF4\x90\x80\x80", 0, replacements(4));
    bad("a lead that never was", "\xF8\x88\x80\x80\x80", 0, replacements(5));
    bad("the byte FF", "ab\xFF", 2, "ab" + kReplacement);
    bad("two bytes cut at the end", "ab\xC3", 2, "ab" + kReplacement);
    bad("three bytes cut at the end", "\xE2\x82", 0, replacements(2));
    bad("four bytes cut at the end", "\xF0\x9F\x98", 0, replacements(3));
    bad("a sequence cut by a letter", "\xE2\x82z", 0, replacements(2) + "z");
    bad("a sequence cut by a good one", "\xE2\xC3\xA9", 0, kReplacement + "\xC3\xA9");
    bad("Latin-1 text", "caf\xE9 noir", 3, "caf" + kReplacement + " noir");
}

void TestStrings::findsInvalidUtf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, firstInvalid);
    QFETCH(QByteArray, repaired);
    const auto found = firstInvalidUtf8(view(bytes));
    QCOMPARE(found ? static_cast<int>(*found) : -1, firstInvalid);
    QCOMPARE(bytesOf(toValidUtf8(view(bytes))), repaired);
    QVERIFY(!firstInvalidUtf8(view(repaired)));
}

void TestStrings::everyCodePointRoundTrips()
{
    for (char32_t code = 0; code <= 0x10FFFF; ++code) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        std::string bytes;
        appendUtf8(bytes, code);
        std::size_t position = 0;
        const char32_t back = nextCodePoint(bytes, position);
        if (back != code || position != bytes.size() || firstInvalidUtf8(bytes))
            QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(code), 0, 16)));
    }
}

void TestStrings::noCodePointIsReplaced_data()
{
    QTest::addColumn<uint>("code");
    QTest::newRow("the first surrogate") << 0xD800U;
    QTest::newRow("the last surrogate") << 0xDFFFU;
    QTest::newRow("one above the last code point") << 0x110000U;
    QTest::newRow("the largest number") << 0xFFFFFFFFU;
}

void TestStrings::noCodePointIsReplaced()
{
    QFETCH(uint, code);
    std::string bytes = "a";
    appendUtf8(bytes, static_cast<char32_t>(code));
    QCOMPARE(bytesOf(bytes), QByteArray("a" + kReplacement));
}

void TestStrings::agreesWithQtOnRandomBytes()
{
    // Bytes that are likely to meet, so that long sequences come up.
    constexpr std::array<unsigned char, 12> kBytes{0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                                   0xBF, 0xC3, 0xE0, 0xED, 0xF0, 0xF4};
    Random random(1);
    int wellFormed = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string bytes(1 + random.below(5), '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(kBytes[random.below(kBytes.size())]);
        const bool valid = QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8();
        QCOMPARE(!firstInvalidUtf8(bytes).has_value(), valid);
        wellFormed += valid ? 1 : 0;
    }
    QVERIFY(wellFormed > 1000);
}

void TestStrings::parsesNumbers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("an integer") << QByteArray("42") << 42.0;
    QTest::newRow("a minus") << QByteArray("-0.418") << -0.418;
    QTest::newRow("a plus") << QByteArray("+1.5") << 1.5;
    QTest::newRow("no digit before the point") << QByteArray(".5") << 0.5;
    QTest::newRow("no digit behind the point") << QByteArray("5.") << 5.0;
    QTest::newRow("an exponent") << QByteArray("1.5e-3") << 0.0015;
    QTest::newRow("a capital exponent with a plus") << QByteArray("2E+2") << 200.0;
    QTest::newRow("the largest") << QByteArray("1.7976931348623157e308") << std::numeric_limits<double>::max();
    QTest::newRow("the smallest") << QByteArray("5e-324") << std::numeric_limits<double>::denorm_min();
    QTest::newRow("half way between two numbers goes to the even one")
        << QByteArray("9007199254740993") << 9007199254740992.0;
    QTest::newRow("infinity") << QByteArray("-inf") << -std::numeric_limits<double>::infinity();
    QTest::newRow("not a number") << QByteArray("NaN") << std::numeric_limits<double>::quiet_NaN();
}

void TestStrings::parsesNumbers()
{
    QFETCH(QByteArray, text);
    QFETCH(double, value);
    const auto parsed = parseNumber(view(text));
    QVERIFY(parsed);
    QVERIFY(*parsed == value || (std::isnan(*parsed) && std::isnan(value)));
}

void TestStrings::refusesNumbers_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "+", "-", ".", "e5", "1e", "1,5", "1.5x", " 1", "1 ", "++1", "+-1", "-+1", "--1",
                             "0x10", "1e400", "-1e400", "1e-400", "one"})
        QTest::addRow("\"%s\" is no number", text) << QByteArray(text);
    QTest::newRow("a NUL behind a number") << QByteArray("1\0", 2);
}

void TestStrings::refusesNumbers()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseNumber(view(text)));
}

void TestStrings::parsesIntegers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<qlonglong>("value");
    QTest::newRow("the largest") << QByteArray("9223372036854775807") << true << std::numeric_limits<qlonglong>::max();
    QTest::newRow("the smallest") << QByteArray("-9223372036854775808") << true
                                  << std::numeric_limits<qlonglong>::min();
    QTest::newRow("a plus") << QByteArray("+7") << true << 7LL;
    QTest::newRow("leading zeros") << QByteArray("007") << true << 7LL;
    for (const char* text : {"", "9223372036854775808", "1.0", "1e3", "+-7", "0x7", "7 ", "seven"})
        QTest::addRow("\"%s\" is no integer", text) << QByteArray(text) << false << 0LL;
}

void TestStrings::parsesIntegers()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, accepted);
    QFETCH(qlonglong, value);
    const auto parsed = parseInteger(view(text));
    QCOMPARE(parsed.has_value(), accepted);
    QCOMPARE(qlonglong{parsed.value_or(0)}, value);
}

void TestStrings::formatsShortest_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a tenth") << 0.1F << QByteArray("0.1");
    QTest::newRow("a third") << 1.0F / 3 << QByteArray("0.33333334");
    QTest::newRow("zero") << 0.0F << QByteArray("0");
    QTest::newRow("minus zero keeps its sign") << -0.0F << QByteArray("-0");
    QTest::newRow("a large one") << 3.4028235e38F << QByteArray("3.4028235e+38");
    QTest::newRow("the smallest") << std::numeric_limits<float>::denorm_min() << QByteArray("1e-45");
    QTest::newRow("infinity") << -std::numeric_limits<float>::infinity() << QByteArray("-inf");
    QTest::newRow("not a number") << std::numeric_limits<float>::quiet_NaN() << QByteArray("nan");
}

void TestStrings::formatsShortest()
{
    QFETCH(float, value);
    QFETCH(QByteArray, text);
    QCOMPARE(bytesOf(formatNumber(value)), text);
}

void TestStrings::floatsReadBackAsTheSame()
{
    Random random(3);
    for (int i = 0; i < 200'000; ++i) {
        const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random.next()));
        if (std::isnan(value))
            continue;
        const std::string text = formatNumber(value);
        QVERIFY(text.size() <= 15); // as -1.17549435e-38
        QCOMPARE(std::bit_cast<std::uint32_t>(static_cast<float>(*parseNumber(text))),
                 std::bit_cast<std::uint32_t>(value));
        const auto wide = std::bit_cast<double>(random.next());
        if (std::isfinite(wide))
            QCOMPARE(std::bit_cast<quint64>(*parseNumber(formatNumber(wide))), std::bit_cast<quint64>(wide));
    }
}

void TestStrings::localeDoesNotMatter()
{
    const char* german = std::setlocale(LC_ALL, "de_DE.UTF-8");
    if (german == nullptr)
        QSKIP("the locale de_DE.UTF-8 is not installed");
    const auto parsed = parseNumber("1.5");
    const auto text = formatNumber(1.5F);
    std::setlocale(LC_ALL, "C");
    QCOMPARE(*parsed, 1.5);
    QCOMPARE(bytesOf(text), QByteArray("1.5"));
}

QTEST_APPLESS_MAIN(TestStrings)
#include "tst_strings.moc"
