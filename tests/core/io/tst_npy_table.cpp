// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/table_files.h"

#include <limits>

using namespace embedscope;

class TestNpyTable : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatNumpyWrites_data();
    void readsWhatNumpyWrites();
    void readsLargeArraysInFortranOrder();
    void readsHeadersOfAnyOrder_data();
    void readsHeadersOfAnyOrder();
    void refuses_data();
    void refuses();
    void readsTheTokenList_data();
    void readsTheTokenList();
    void numbersRowsWithoutAList();
    void holdsTheListAgainstTheRows();
    void readsTheFirstRowsOnly();
    void writesAListBesideTheTable();
};

namespace {

using Args = std::vector<std::string>;

const Matrix kWeights{{0.5F, -1.25F, 3.0F}, {0.0F, 0.001F, -7.0F}, {2.0F, 4.0F, 8.0F}};

/// A .npy of version 1.0.
std::string npy(const std::string& header, const std::string& data)
{
    std::string text = header + "\n";
    return std::string("\x93NUMPY\x01\0", 8) + static_cast<char>(text.size()) + '\0' + text + data;
}

std::string twoByTwo(const std::string& header)
{
    return npy(header, floatBytes({1, 2, 3, 4}));
}

} // namespace

void TestNpyTable::readsWhatNumpyWrites_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("dtype");
    QTest::newRow("float32") << "plain.npy"
                             << "float32";
    QTest::newRow("float64 in Fortran order") << "fortran_f8.npy"
                                              << "float64";
    QTest::newRow("big-endian float16") << "big_endian_f2.npy"
                                        << "float16";
    QTest::newRow("version 2, header of Python 2") << "version2.npy"
                                                   << "float32";
    QTest::newRow("big-endian int16") << "integers_i2.npy"
                                      << "int16";
}

void TestNpyTable::readsWhatNumpyWrites()
{
    QFETCH(QString, name);
    const auto loaded = read(sampleFolder() / name.toStdString());
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Npy);
    QTEST(QString::fromStdString(loaded->report.dtype), "dtype");
    Matrix expected = kWeights;
    if (name == "integers_i2.npy")
        expected = Matrix{{1.0F, -2.0F}, {300.0F, -32768.0F}};
    if (name == "big_endian_f2.npy")
        expected(1, 1) = 0.001000404357910156F; // the nearest float16
    QVERIFY(sameBits(loaded->table.weights(), expected));
}

void TestNpyTable::readsLargeArraysInFortranOrder()
{
    // More than one piece of work: 300,000 x 3 values, column after column.
    constexpr Index kRows = 300'000;
    std::string data;
    for (int column = 0; column < 3; ++column)
        for (Index row = 0; row < kRows; ++row)
            data += floatBytes({static_cast<float>(3 * row + column)});
    const TableFolder folder;
    const auto path =
        folder.write("x.npy", npy("{'descr': '<f4', 'fortran_order': True, 'shape': (300000, 3), }", data));
    const auto loaded = read(path);
    QVERIFY(loaded);
    for (Index i = 0; i < loaded->table.weights().size(); ++i)
        QCOMPARE(loaded->table.weights().data()[i], static_cast<float>(i));
}

void TestNpyTable::readsHeadersOfAnyOrder_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("as numpy sorts it") << QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }");
    QTest::newRow("another order") << QByteArray("{'shape': (2, 2), 'descr': '<f4', 'fortran_order': False}");
    QTest::newRow("double quotes, no blanks")
        << QByteArray("{\"shape\":(2,2),\"descr\":\"<f4\",\"fortran_order\":False}");
    QTest::newRow("integers of Python 2") << QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 2L)}");
    QTest::newRow("native order") << QByteArray("{'descr': '=f4', 'fortran_order': False, 'shape': (2, 2,)}");
    QTest::newRow("room to grow") << QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }         ");
}

void TestNpyTable::readsHeadersOfAnyOrder()
{
    QFETCH(QByteArray, header);
    const TableFolder folder;
    const auto loaded = read(folder.write("x.npy", twoByTwo(header.toStdString())));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{1.0F, 2.0F}, {3.0F, 4.0F}}));
}

void TestNpyTable::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("about"); // within the sentence
    const auto add = [](const char* name, const std::string& bytes, ErrorCode code, const char* about) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << code << QByteArray(about);
    };
    const auto header = [](const char* descr, const char* shape) {
        return twoByTwo(std::string("{'descr': ") + descr + ", 'fortran_order': False, 'shape': " + shape + "}");
    };
    const auto refused = ErrorCode::FormatRefused;
    const auto damaged = ErrorCode::FileDamaged;
    const auto truncated = ErrorCode::FileTruncated;
    add("Python objects", readBytes(sampleFolder() / "objects.npy"), refused,
        "an array of Python objects (dtype object)");
    add("text", header("'<U4'", "(1, 1)"), refused, "an array of dtype <U4");
    add("complex numbers", header("'<c8'", "(1, 2)"), refused, "an array of dtype <c8");
    add("records", header("[('a', '<f4')]", "(2, 2)"), refused, "an array of records");
    add("one dimension", header("'<f4'", "(4,)"), refused, "an array of shape (4,)");
    add("three dimensions", header("'<f4'", "(1, 2, 2)"), refused, "an array of shape (1, 2, 2)");
    add("a scalar", npy("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", floatBytes({1})), refused,
        "an array of shape ()");
    add("no columns", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 0)}", ""), ErrorCode::FileEmpty,
        "empty");
    add("a row too few", header("'<f4'", "(3, 2)"), truncated, "ends after 2 of the 3 rows");
    add("10^18 rows", header("'<f4'", "(1000000000000000000, 2)"), truncated,
        "ends after 2 of the 1000000000000000000");
    add("a product that overflows", header("'<f8'", "(4611686018427387904, 4)"), truncated, "ends after 0 of");
    add("a number that overflows", header("'<f4'", "(99999999999999999999, 1)"), damaged, "not a dictionary");
    add("a negative number", header("'<f4'", "(-2, -2)"), damaged, "not a dictionary");
    add("bytes behind the array", header("'<f4'", "(1, 2)"), damaged, "8 bytes follow the array of shape (1, 2)");
    add("no shape", twoByTwo("{'descr': '<f4', 'fortran_order': False}"), damaged, "not a dictionary");
    add("shape twice", twoByTwo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), 'shape': (2, 2)}"), damaged,
        "not a dictionary");
    add("another key", twoByTwo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), 'x': 1}"), damaged,
        "not a dictionary");
    add("code for a value", twoByTwo("{'descr': '<f4', 'fortran_order': exit(), 'shape': (2, 2)}"), damaged,
        "not a dictionary");
    add("a number for a tuple", header("'<f4'", "(4)"), damaged, "not a dictionary");
    add("version 9", std::string("\x93NUMPY\x09\0\x01\0{}", 12), damaged, "its version is 9");
    add("a header of 4 GB", std::string("\x93NUMPY\x02\0\xff\xff\xff\xff{}", 14), damaged,
        "it claims a length of 4294967295");
    add("nothing but the magic", "\x93NUMPY", damaged, "it is cut off");
}

void TestNpyTable::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorCode, code);
    QFETCH(QByteArray, about);
    const TableFolder folder;
    const auto loaded = read(folder.write("x.npy", bytes.toStdString()));
    QVERIFY(!loaded);
    const std::string sentence = describe(loaded.error());
    QVERIFY2(loaded.error().code == code, sentence.c_str());
    QVERIFY2(sentence.find(about.toStdString()) != std::string::npos, sentence.c_str());
}

void TestNpyTable::readsTheTokenList_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("tokens");
    const auto row = [](const char* what, const char* name, const char* list, const char* tokens) {
        QTest::newRow(what) << name << QByteArray(list) << QByteArray(tokens);
    };
    row("one token a line", "x.vocab.txt", "a\nb c\n", "a|b c");
    row("no final newline", "x.vocab.txt", "a\nb", "a|b");
    row("carriage returns and a byte-order mark", "x.vocab.txt",
        "\xEF\xBB\xBF"
        "a\r\nb\r\n",
        "a|b");
    row("counts behind a tab", "x.vocab.txt", "a\t17\nb\t3\n", "a|b");
    row("a tab in one token only", "x.vocab.txt", "a\t17\nb\n", "a\t17|b");
    row("an empty token", "x.vocab.txt", "\nb\n", "|b");
    row("another name", "x.tokens.txt", "a\nb\n", "a|b");
    row("a third name", "x.vocab", "a\nb\n", "a|b");
    row("one list in the folder", "vocab.txt", "a\nb\n", "a|b");
    row("not the GloVe file that the table was made of", "x.txt", "a 1 2\nb 3 4\n", "0|1");
}

void TestNpyTable::readsTheTokenList()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, list);
    const TableFolder folder;
    folder.write(name.toStdString(), list.toStdString());
    const auto path = folder.write("x.npy", twoByTwo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"));
    const auto loaded = read(path);
    QVERIFY(loaded);
    QTEST(joined(tokensOf(loaded->table)), "tokens");
}

void TestNpyTable::numbersRowsWithoutAList()
{
    const TableFolder folder; // the samples have lists beside them
    const auto loaded = read(folder.write("fortran_f8.npy", readBytes(sampleFolder() / "fortran_f8.npy")));
    QVERIFY(loaded);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("0|1|2"));
    const auto list = folder.path("fortran_f8.vocab.txt");
    QCOMPARE(warningArgs(loaded->report, WarningCode::TokensMissing), Args{list.string()});
}

void TestNpyTable::holdsTheListAgainstTheRows()
{
    const TableFolder folder;
    const auto list = folder.write("x.vocab.txt", "a\nb\nc\n");
    const auto path = folder.write("x.npy", twoByTwo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"));
    const auto loaded = read(path);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::ShapeMismatch);
    QCOMPARE(loaded.error().args, (Args{list.string(), "2 tokens, one for each row of " + path.string(), "3"}));
    folder.write("x.vocab.txt", "");
    QCOMPARE(read(path).error().args[2], std::string("0"));
}

void TestNpyTable::readsTheFirstRowsOnly()
{
    for (const char* name : {"plain.npy", "fortran_f8.npy"}) {
        const auto loaded = read(sampleFolder() / name, 2);
        QVERIFY(loaded);
        QVERIFY(sameBits(loaded->table.weights(), kWeights.topRows(2)));
        QCOMPARE(warningArgs(loaded->report, WarningCode::Limited), (Args{"2", "3"}));
    }
    QCOMPARE(joined(tokensOf(read(sampleFolder() / "plain.npy", 2)->table)), QByteArray("the|new york"));
}

void TestNpyTable::writesAListBesideTheTable()
{
    const TableFolder folder;
    const auto written =
        write(makeTable(kWeights, {"the", "new york", "\xC3\xA9t\xC3\xA9"}), folder.path("y.npy"), Format::Npy);
    QVERIFY(written);
    QCOMPARE(written->files.size(), std::size_t{2});
    QCOMPARE(written->files[0], folder.path("y.npy"));
    QCOMPARE(written->files[1], folder.path("y.vocab.txt"));
    // Byte for byte what numpy writes.
    QCOMPARE(readBytes(folder.path("y.npy")), readBytes(sampleFolder() / "plain.npy"));
    QCOMPARE(readBytes(folder.path("y.vocab.txt")), readBytes(sampleFolder() / "plain.vocab.txt"));
    QCOMPARE(written->bytes, std::filesystem::file_size(folder.path("y.npy")));
}

QTEST_APPLESS_MAIN(TestNpyTable)
#include "tst_npy_table.moc"
