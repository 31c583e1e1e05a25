// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/table_files.h"

using namespace embedscope;

class TestWord2VecBinary : public QObject
{
    Q_OBJECT

private slots:
    void readsBothKindsOfRows_data();
    void readsBothKindsOfRows();
    void keepsBytesThatLookLikeSeparators();
    void readsMoreRowsThanAnnounced();
    void refuses_data();
    void refuses();
    void readsTheFirstRowsOnly();
    void stopsWhenAsked();
};

namespace {

using Args = std::vector<std::string>;

std::string row(const std::string& token, std::initializer_list<float> values)
{
    return token + " " + floatBytes(values);
}

} // namespace

void TestWord2VecBinary::readsBothKindsOfRows_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a newline behind each row, as word2vec.c writes it") << "newlines.bin";
    QTest::newRow("none, as gensim writes it") << "no_newlines.bin";
}

void TestWord2VecBinary::readsBothKindsOfRows()
{
    QFETCH(QString, name);
    const auto loaded = read(sampleFolder() / name.toStdString());
    QVERIFY(loaded);
    QVERIFY(loaded->report.format == Format::Word2VecBinary);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|new_york|\xC3\xA9t\xC3\xA9"));
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{0.5F, -1.25F, 3.0F}, {0.0F, 0.001F, -7.0F}, {2.0F, 4.0F, 8.0F}}));
    QVERIFY(loaded->report.warnings.empty());
    QCOMPARE(loaded->report.dtype, "float32");
}

void TestWord2VecBinary::keepsBytesThatLookLikeSeparators()
{
    // 0x0A0A0A0A and 0x20202020 as float32: newlines and blanks within the values, and at their ends.
    const float newlines = std::bit_cast<float>(0x0A0A0A0AU);
    const float blanks = std::bit_cast<float>(0x20202020U);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", "3 2\n" + row("a", {blanks, newlines}) + "\n" +
                                                   row("\xE3\x83", {newlines, blanks}) + row("c", {1, 0})));
    QVERIFY(loaded);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|\xE3\x83|c"));
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{blanks, newlines}, {newlines, blanks}, {1.0F, 0.0F}}));
    QCOMPARE(warningArgs(loaded->report, WarningCode::InvalidUtf8), (Args{"1", "row 1"}));
}

void TestWord2VecBinary::readsMoreRowsThanAnnounced()
{
    const TableFolder folder;
    const auto loaded = read(folder.write("x", "1 2\n" + row("a", {1, 2}) + "\n" + row("b", {3, 4}) + "\n"));
    QVERIFY(loaded);
    QCOMPARE(loaded->table.rows(), Index{2});
    QCOMPARE(warningArgs(loaded->report, WarningCode::MoreRows), Args{"1"});
}

void TestWord2VecBinary::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("third");
    const auto add = [](const char* name, const std::string& bytes, ErrorCode code, const char* second,
                        const char* third) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << code << second << third;
    };
    const std::string two = row("a", {1, 2}) + row("b", {3, 4});
    const auto truncated = ErrorCode::FileTruncated;
    add("a row is missing", "3 2\n" + two, truncated, "2", "3");
    add("a million million rows are announced", "1000000000000 2\n" + two, truncated, "2", "1000000000000");
    add("a row is cut", "2 2\n" + two.substr(0, two.size() - 1), truncated, "1", "2");
    add("the first row is cut", "2 2\n" + two.substr(0, 5), truncated, "0", "2");
    add("a dimension larger than the file", "2 4000000000\n" + two, truncated, "0", "2");
    add("a dimension whose bytes overflow", "2 4611686018427387904\n" + two, truncated, "0", "2");
    add("both largest", "9223372036854775807 9223372036854775807\n" + two, truncated, "0", "9223372036854775807");
    add("a dimension too small", "2 1\n" + two, ErrorCode::FileDamaged, "byte 10",
        "no token stands where row 1 should begin");
    add("bytes behind the last row", "2 2\n" + two + std::string("\n\1\2\3"), ErrorCode::FileDamaged, "byte 25",
        "what follows the announced rows is no row");
    add("no rows", std::string("0 2\n\0\0", 6), ErrorCode::FileEmpty, "", "");
}

void TestWord2VecBinary::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorCode, code);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", bytes.toStdString()));
    QVERIFY(!loaded);
    const Error& error = loaded.error();
    QVERIFY2(error.code == code, describe(error).c_str());
    QTEST(QString::fromStdString(error.args.size() > 1 ? error.args[1] : ""), "second");
    QTEST(QString::fromStdString(error.args.size() > 2 ? error.args[2] : ""), "third");
}

void TestWord2VecBinary::readsTheFirstRowsOnly()
{
    const auto loaded = read(sampleFolder() / "newlines.bin", 2);
    QVERIFY(loaded);
    QCOMPARE(loaded->table.rows(), Index{2});
    QCOMPARE(warningArgs(loaded->report, WarningCode::Limited), (Args{"2", "3"}));
    QVERIFY(read(sampleFolder() / "newlines.bin", 3)->report.warnings.empty());
    // A header that announces fewer rows than there are does not set the limit aside.
    const TableFolder folder;
    const auto path = folder.write("x", "1 2\n" + row("a", {1, 2}) + row("b", {3, 4}) + row("c", {5, 6}));
    const auto lying = read(path, 2);
    QVERIFY(lying);
    QCOMPARE(lying->table.rows(), Index{2});
    QCOMPARE(warningArgs(lying->report, WarningCode::Limited), (Args{"2", "more"}));
    QCOMPARE(read(path, 3)->table.rows(), Index{3});
    QCOMPARE(warningArgs(read(path, 3)->report, WarningCode::MoreRows), Args{"1"});
}

void TestWord2VecBinary::stopsWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const auto loaded = readTable(sampleFolder() / "newlines.bin", {}, source.get_token(), progress);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestWord2VecBinary)
#include "tst_word2vec_binary.moc"
