// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/table_files.h"

using namespace embedscope;

/// One trap of real text files a row: what is read, or what is refused where.
class TestTextRules : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void readsNumbers_data();
    void readsNumbers();
};

void TestTextRules::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("dim");
    QTest::addColumn<QByteArray>("tokens");
    QTest::addColumn<double>("last"); // value of the last row
    const auto row = [](const char* name, const QByteArray& text, const char* format, int dim, const char* tokens,
                        double last) { QTest::newRow(name) << text << format << dim << QByteArray(tokens) << last; };

    row("GloVe has no header", "a 1 2\nb 3 4\n", "glove", 2, "a|b", 4);
    row("word2vec has a header", "2 2\na 1 2\nb 3 4\n", "word2vec", 2, "a|b", 4);
    row("the last line needs no newline", "a 1 2\nb 3 4", "glove", 2, "a|b", 4);
    row("word2vec.c ends its lines in a blank", "2 2\na 1.000000 2.000000 \nb 3.000000 4.000000 \n", "word2vec", 2,
        "a|b", 4);
    row("and so does fastText", "2 2\na 1 2 \nb 3 4 \n", "fasttext-vec", 2, "a|b", 4);
    row("a carriage return ends no token", "2 2\r\na 1 2\r\nb 3 4\r\n", "word2vec", 2, "a|b", 4);
    row("a byte-order mark is dropped from the first line", "\xEF\xBB\xBFx 1 2\nb 3 4\n", "glove", 2, "x|b", 4);
    row("and from a header",
        "\xEF\xBB\xBF"
        "2 2\nx 1 2\nb 3 4\n",
        "word2vec", 2, "x|b", 4);
    row("but is a token further down", "x 1 2\n\xEF\xBB\xBF 3 4\n", "glove", 2, "x|\xEF\xBB\xBF", 4);
    row("tokens of glove.840B contain blanks", "a 1 2\n. . . 3 4\nat name@domain.com 5 6\n", "glove", 2,
        "a|. . .|at name@domain.com", 6);
    row("a token may be a blank", "a 1 2\n  3 4\n", "glove", 2, "a| ", 4);
    row("a token may be empty", "a 1 2\n 3 4\n", "glove", 2, "a|", 4);
    row("a no-break space separates nothing", "a 1 2\n\xC2\xA0 3 4\n", "glove", 2, "a|\xC2\xA0", 4);
    row("U+0085 ends no line", "a 1 2\n\xC2\x85 3 4\n", "glove", 2, "a|\xC2\x85", 4);
    row("nor does U+2028",
        "a 1 2\nb\xE2\x80\xA8"
        "c 3 4\n",
        "glove", 2,
        "a|b\xE2\x80\xA8"
        "c",
        4);
    row("nor a form feed or a vertical tab",
        "a 1 2\nb\x0C\x0B"
        "c 3 4\n",
        "glove", 2,
        "a|b\x0C\x0B"
        "c",
        4);
    row("a carriage return within a line stays", "a 1 2\nb\rc 3 4\n", "glove", 2, "a|b\rc", 4);
    row("bytes that are not UTF-8 are kept", "a 1 2\n\xE3\x83 3 4\n", "glove", 2, "a|\xE3\x83", 4);
    row("a tab belongs to a token", "a 1 2\nb\tc 3 4\n", "glove", 2, "a|b\tc", 4);
    row("a token may be a number", "1 1 2\n2003 3 4\n", "glove", 2, "1|2003", 4);
    row("a token may be called nan", "nan 1 2\ninf 3 4\n", "glove", 2, "nan|inf", 4);
    row("most tokens may contain blanks", "new york 1 2\nsan marino 3 4\nrome 5 6\n", "glove", 2,
        "new york|san marino|rome", 6);
    row("a phrase may end in a number", "a 1 2\nroute 66 3 4\nb 5 6\n", "glove", 2, "a|route 66|b", 6);
    row("one value a row", "a 1\nb 2\n", "glove", 1, "a|b", 2);
    row("one value a row, first token a number", "7 1\n8 2\n9 3\n", "glove", 1, "7|8|9", 3);
    row("one value a row below a header that counts right", "2 1\na 1\nb 2\n", "word2vec", 1, "a|b", 2);
    row("first token and only row a number", "5 0.5\n", "glove", 1, "5", 0.5);
    row("a header may count fewer rows", "1 2\na 1 2\nb 3 4\n", "word2vec", 2, "a|b", 4);
    row("a header may count more rows", "2519370 2\na 1 2\nb 3 4\n", "word2vec", 2, "a|b", 4);
    row("the first row below a header may hold blanks", "2 2\nnew york 1 2\nb 3 4\n", "word2vec", 2, "new york|b", 4);
    row("empty lines are skipped", "a 1 2\n\n   \nb 3 4\n\n", "glove", 2, "a|b", 4);
    row("a NUL is a byte like others", QByteArray("a 1 2\n\0 3 4\n", 12), "glove", 2, "a|", 4);
}

void TestTextRules::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, tokens);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text.toStdString()));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QTEST(QString::fromStdString(std::string(formatName(loaded->report.format))), "format");
    QTEST(int(loaded->table.dim()), "dim");
    // A NUL would end the expected text.
    QCOMPARE(joined(tokensOf(loaded->table)).replace('\0', ""), tokens);
    QTEST(double(loaded->table.weights().bottomRightCorner(1, 1).value()), "last");
    QCOMPARE(loaded->report.dtype, "text");
}

void TestTextRules::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* text, ErrorCode code, const char* place, const char* reason) {
        QTest::newRow(name) << QByteArray(text) << code << place << reason;
    };
    const auto damaged = ErrorCode::FileDamaged;
    row("a value is missing", "a 1 2\nb 3\nc 5 6\n", damaged, "line 2",
        "it holds 1 values, where the other rows hold 2");
    row("a line is only a token", "a 1 2\nb 3 4\nc\n", damaged, "line 3",
        "it holds 0 values, where the other rows hold 2");
    row("a value is a word", "a 1 2\nb 3 4\nc 5 six\n", damaged, "line 3", "value 2 of 2, \"six\", is not a number");
    row("a first value is a word", "a 1 2\nb 3 4\nc d 5x 6\n", damaged, "line 3",
        "value 1 of 2, \"5x\", is not a number");
    row("two blanks between values", "a 1 2\nb 3 4\nc 5  6\n", damaged, "line 3",
        "value 1 of 2, \"\", is not a number");
    row("a comma for a point", "a 1 2\nb 3 4\nc 5 6,5\n", damaged, "line 3", "value 2 of 2, \"6,5\", is not a number");
    row("two signs", "a 1 2\nb 3 4\nc 5 +-6\n", damaged, "line 3", "value 2 of 2, \"+-6\", is not a number");
    row("an exponent of two signs", "a 1 2\nb 3 4\nc 5 1e+-6\n", damaged, "line 3",
        "value 2 of 2, \"1e+-6\", is not a number");
    row("hexadecimal", "a 1 2\nb 3 4\nc 5 0x1\n", damaged, "line 3", "value 2 of 2, \"0x1\", is not a number");
    row("the line is counted from the header", "3 2\na 1 2\nb 3\n", damaged, "line 3",
        "it holds 1 values, where the other rows hold 2");
    row("and with empty lines", "3 2\n\na 1 2\n\nb 3\n", damaged, "line 5",
        "it holds 1 values, where the other rows hold 2");
    row("a header that announces too few values", "2 2\na 1 2 3\nb 4 5 6\n", damaged, "line 1",
        "it announces 2 values a row, but the rows hold 3");
    row("a header that announces too many values", "2 5\na 1 2 3\nb 4 5 6\n", damaged, "line 1",
        "it announces 5 values a row, but the rows hold 3");
    row("a header alone", "400000 50\n", ErrorCode::FileTruncated, "0", "400000");
    row("a header of nothing", "0 50\n", ErrorCode::FileEmpty, "", "");
    row("prose", "It was a dark night.\nThe rain fell.\n", ErrorCode::FormatUnknown, "ordinary text", "");
    row("prose below two numbers", "3 4\nIt was a dark night.\nThe rain fell.\n", ErrorCode::FormatUnknown,
        "ordinary text", "");
    row("blank lines", "\n  \n\r\n", ErrorCode::FormatUnknown, "blank lines", "");
    row("tabs", "a\t1\t2\nb\t3\t4\n", ErrorCode::FormatUnknown, "tab-separated text", "");
    row("commas", "a,1,2,3\nb,4,5,6\n", ErrorCode::FormatUnknown, "comma-separated text", "");
}

void TestTextRules::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    QFETCH(QString, place);
    QFETCH(QString, reason);
    const TableFolder folder;
    const auto path = folder.write("x", text.toStdString());
    const auto loaded = read(path);
    QVERIFY(!loaded);
    const Error& error = loaded.error();
    QVERIFY2(error.code == code, describe(error).c_str());
    QCOMPARE(error.args[0], path.string());
    QCOMPARE(QString::fromStdString(error.args.size() > 1 ? error.args[1] : ""), place);
    QCOMPARE(QString::fromStdString(error.args.size() > 2 ? error.args[2] : ""), reason);
}

void TestTextRules::readsNumbers_data()
{
    QTest::addColumn<quint32>("bits");
    const auto row = [](const char* number, quint32 bits) { QTest::newRow(number) << bits; };
    row("0.418", 0x3ed60419);
    row("-1.5", 0xbfc00000);
    row("+1.5", 0x3fc00000);
    row("1", 0x3f800000);
    row(".5", 0x3f000000);
    row("5.", 0x40a00000);
    row("-0", 0x80000000);
    row("1e-3", 0x3a83126f);
    row("1E+3", 0x447a0000);
    row("0.0007694142576316829", 0x3a49b284); // of gensim; bits by numpy.float32
    row("-8.269973595356034e-05", 0xb8ad6f15);
    row("16777217", 0x4b800000); // half-way: to even, which is below
    row("16777219", 0x4b800002); // half-way: to even, which is above
    row("16777217.0000000000000001", 0x4b800001);
    row("1.00000005960464477539", 0x3f800000);     // a little below half-way
    row("1.000000059604644775390625", 0x3f800000); // half-way
    row("1.0000000596046447753906250001", 0x3f800001);
    row("8.000001430511474", 0x41000001); // its float64 is half-way, itself is below
    row("3.4028234663852886e38", 0x7f7fffff);
    row("1e39", 0x7f800000);
    row("-1e999", 0xff800000);
    row("1.17549435e-38", 0x00800000);
    row("1e-45", 0x00000001);
    row("1e-50", 0x00000000);
    row("1e-999", 0x00000000);
    row("123456789012345678901234567890", 0x6fc77488);
    row("inf", 0x7f800000);
    row("-Infinity", 0xff800000);
}

void TestTextRules::readsNumbers()
{
    const TableFolder folder;
    const auto loaded = read(folder.write("x", "a " + std::string(QTest::currentDataTag()) + "\n"));
    QVERIFY(loaded);
    QTEST(quint32(std::bit_cast<std::uint32_t>(loaded->table.weights()(0, 0))), "bits");
}

QTEST_APPLESS_MAIN(TestTextRules)
#include "tst_text_rules.moc"
