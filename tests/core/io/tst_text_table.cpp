// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "tests/core/io/table_files.h"

#include <limits>

using namespace embedscope;

/// The report of the text readers, and files of more than one chunk (1 MiB).
class TestTextTable : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void reportsWhatItFinds();
    void saysNothingOfACleanFile();
    void comparesRowsWithTheHeader_data();
    void comparesRowsWithTheHeader();
    void readsTheFirstRowsOnly_data();
    void readsTheFirstRowsOnly();
    void refusesALimitBelowOne();
    void readsManyChunks();
    void readsALineThatBeginsWithAChunk();
    void namesLinesInLaterChunks();
    void reportsTheFirstOfManyBadLines();
    void readsALineLongerThanAChunk();
    void refusesShortRowsBeforeAllocating();
    void stopsWhenAsked();
};

namespace {

constexpr Index kManyRows = 200'000;

/// About 4 MB: row i holds i and -i/4.
std::string manyRows()
{
    std::string text;
    for (Index i = 0; i < kManyRows; ++i)
        text += std::string("token") + std::to_string(i) + " " + std::to_string(i) + " " +
                std::to_string(-0.25 * double(i)) + "\n";
    return text;
}

using Args = std::vector<std::string>;

} // namespace

void TestTextTable::reportsWhatItFinds()
{
    const auto loaded = read(sampleFolder() / "tricky.glove.txt");
    QVERIFY(loaded);
    const LoadReport& report = loaded->report;
    QCOMPARE(report.rows, Index{7});
    QCOMPARE(report.dim, Index{3});
    QCOMPARE(report.bytes, std::uintmax_t{89});
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|. . .|\xC2\xA0|\xC2\x85|\xE3\x81|2003|the"));
    QCOMPARE(report.duplicates, Index{1});
    QCOMPARE(report.invalidUtf8, Index{1});
    QCOMPARE(report.nanRows, Index{2});
    QCOMPARE(report.zeroRows, Index{1});
    QCOMPARE(warningArgs(report, WarningCode::DuplicateTokens), (Args{"1", "the", "line 8"}));
    QCOMPARE(warningArgs(report, WarningCode::InvalidUtf8), (Args{"1", "line 6"}));
    QCOMPARE(warningArgs(report, WarningCode::NanRows), (Args{"2", "line 2"}));
    QCOMPARE(warningArgs(report, WarningCode::ZeroRows), (Args{"1", "line 6"}));
    QCOMPARE(warningArgs(report, WarningCode::TokensWithBlanks), (Args{"1", "line 2"}));
    QCOMPARE(warningArgs(report, WarningCode::EmptyLines), (Args{"1", "line 5"}));
    QCOMPARE(report.warnings.size(), std::size_t{6});
    QCOMPARE(describe(report.warnings.front()), std::string("Empty lines that were skipped: 1, first line 5."));
    QVERIFY(report.seconds > 0);
}

void TestTextTable::saysNothingOfACleanFile()
{
    const auto loaded = read(sampleFolder() / "small.vec");
    QVERIFY(loaded);
    QVERIFY(loaded->report.warnings.empty());
    QVERIFY(loaded->report.format == Format::FastTextVec); // its lines end in blanks
}

void TestTextTable::comparesRowsWithTheHeader_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("fewer");
    QTest::addColumn<bool>("more");
    QTest::newRow("as announced") << QByteArray("2 2\n") << false << false;
    QTest::newRow("fewer than announced") << QByteArray("1000000000000 2\n") << true << false;
    QTest::newRow("more than announced") << QByteArray("1 2\n") << false << true;
    QTest::newRow("none announced") << QByteArray("0 2\n") << false << true;
    QTest::newRow("no header") << QByteArray() << false << false;
}

void TestTextTable::comparesRowsWithTheHeader()
{
    QFETCH(QByteArray, header);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", header.toStdString() + "a 1 2\nb 3 4\n"));
    QVERIFY(loaded);
    QCOMPARE(loaded->table.rows(), Index{2});
    QTEST(warningArgs(loaded->report, WarningCode::FewerRows).has_value(), "fewer");
    QTEST(warningArgs(loaded->report, WarningCode::MoreRows).has_value(), "more");
}

void TestTextTable::readsTheFirstRowsOnly_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QByteArray>("all"); // empty: no warning
    QTest::newRow("two of three, no header") << QByteArray() << 2 << 2 << QByteArray("more");
    QTest::newRow("two of three, below a header") << QByteArray("3 2\n") << 2 << 2 << QByteArray("3");
    QTest::newRow("one") << QByteArray() << 1 << 1 << QByteArray("more");
    QTest::newRow("exactly all") << QByteArray() << 3 << 3 << QByteArray();
    QTest::newRow("more than all") << QByteArray("3 2\n") << 99 << 3 << QByteArray();
}

void TestTextTable::readsTheFirstRowsOnly()
{
    QFETCH(QByteArray, header);
    QFETCH(int, limit);
    QFETCH(QByteArray, all);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", header.toStdString() + "a 1 2\n\nb 3 4\nc 5 6\n\n"), limit);
    QVERIFY(loaded);
    QTEST(int(loaded->table.rows()), "rows");
    QCOMPARE(loaded->table.weights()(0, 1), 2.0F);
    const auto args = warningArgs(loaded->report, WarningCode::Limited);
    QCOMPARE(args ? args->at(1) : "", all.toStdString());
    QVERIFY(!warningArgs(loaded->report, WarningCode::FewerRows));
}

void TestTextTable::refusesALimitBelowOne()
{
    const auto loaded = read(sampleFolder() / "small.vec", 0);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::ValueRefused);
}

void TestTextTable::readsManyChunks()
{
    const TableFolder folder;
    const auto path = folder.write("x", manyRows());
    setThreadCount(1);
    const auto alone = read(path);
    setThreadCount(4);
    const auto together = read(path);
    QVERIFY(alone && together);
    QVERIFY(sameBits(alone->table.weights(), together->table.weights()));
    QVERIFY(alone->table.vocabulary() == together->table.vocabulary());
    QCOMPARE(alone->table.rows(), kManyRows);
    for (Index i = 0; i < kManyRows; ++i) {
        QCOMPARE(alone->table.weights()(i, 0), float(i));
        QCOMPARE(alone->table.weights()(i, 1), -0.25F * float(i));
        QCOMPARE(alone->table.vocabulary().find(std::string("token") + std::to_string(i)), i);
    }
}

void TestTextTable::readsALineThatBeginsWithAChunk()
{
    // 16 bytes a line, so that line 65,536 begins at 1 MiB.
    std::string text;
    for (int i = 100'000; i < 170'000; ++i)
        text.append("t").append(std::to_string(i)).append(" 1 2 345\n");
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text));
    QVERIFY(loaded);
    QCOMPARE(loaded->table.rows(), Index{70'000});
    QCOMPARE(loaded->table.vocabulary().find("t165536"), Index{65'536});
}

void TestTextTable::namesLinesInLaterChunks()
{
    const TableFolder folder;
    const auto loaded = read(folder.write("x", std::string("\n") + manyRows() + "\n\ntoken7 0 0\n"));
    QVERIFY(loaded);
    // One empty line before and two behind the 200,000 rows.
    QCOMPARE(warningArgs(loaded->report, WarningCode::DuplicateTokens), (Args{"1", "token7", "line 200004"}));
    QCOMPARE(warningArgs(loaded->report, WarningCode::EmptyLines), (Args{"3", "line 1"}));
}

void TestTextTable::reportsTheFirstOfManyBadLines()
{
    const TableFolder folder;
    std::string text = manyRows();
    for (const Index row : {60'000, 120'000, 199'999}) {
        const std::size_t begin = text.find(std::string("token") + std::to_string(row) + " ");
        text.replace(text.find(' ', begin), 2, " x");
    }
    const auto path = folder.write("x", text);
    for (const int threads : {1, 2, 4}) {
        setThreadCount(threads);
        const auto loaded = read(path);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().args[1], std::string("line 60001"));
    }
}

void TestTextTable::readsALineLongerThanAChunk()
{
    const TableFolder folder;
    const std::string longToken(3'000'000, 'x');
    const auto loaded = read(folder.write("x", "a 1 2\n" + longToken + " 3 4\nb 5 6\n"));
    QVERIFY(loaded);
    QCOMPARE(loaded->table.rows(), Index{3});
    QCOMPARE(loaded->table.vocabulary()[1].size(), longToken.size());
    QCOMPARE(loaded->table.weights()(2, 1), 6.0F);
}

void TestTextTable::refusesShortRowsBeforeAllocating()
{
    // 100 rows of 20,000 values, then a million lines of one letter: as a matrix these would be 80 GB.
    std::string wide = "w";
    for (int i = 0; i < 20'000; ++i)
        wide += " 0";
    wide += "\n";
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += wide;
    for (int i = 0; i < 1'000'000; ++i)
        text += "x\n";
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text));
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::FileDamaged);
    QCOMPARE(loaded.error().args[1], std::string("line 101"));
}

void TestTextTable::stopsWhenAsked()
{
    const TableFolder folder;
    const auto path = folder.write("x", manyRows());
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const auto loaded = readTable(path, {}, source.get_token(), progress);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::Cancelled);
    const auto whole = readTable(path, {}, {}, progress);
    QVERIFY(whole);
    QCOMPARE(progress.done(), progress.total());
    QCOMPARE(progress.total(), std::int64_t(whole->report.bytes));
}

QTEST_APPLESS_MAIN(TestTextTable)
#include "tst_text_table.moc"
