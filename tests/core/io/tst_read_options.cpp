// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "tests/core/io/table_files.h"

using namespace embedscope;

/// What a person can change about how a file is read.
class TestReadOptions : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void takesTheFirstLineForWhatIsSaid();
    void takesTheDimensionThatIsSaid();
    void refusesADimensionThatNoRowHas();
    void leavesDamagedLinesOut();
    void leavesLinesOutInEveryChunk();
    void keepsWhatIsLeftOfABinaryFile();
    void refusesWhereNoLineIsARow();
    void decodesTokens();
    void keepsBytesThatAreNotOfTheEncoding();
    void refusesAnUnknownEncoding();
    void readsAsTheFormatThatIsSaid();
};

namespace {

Result<LoadedTable> readWith(const std::filesystem::path& path, const ReadOptions& options)
{
    Progress progress;
    return readTable(path, options, {}, progress);
}

using Args = std::vector<std::string>;

} // namespace

void TestReadOptions::takesTheFirstLineForWhatIsSaid()
{
    const TableFolder folder;
    const auto path = folder.write("x.txt", "2 1\n3 1\n4 1\n"); // by content: a header and two rows
    QCOMPARE(joined(tokensOf(read(path)->table)), QByteArray("3|4"));
    const auto without = readWith(path, {.header = false});
    QVERIFY2(without, without ? "" : describe(without.error()).c_str());
    QCOMPARE(joined(tokensOf(without->table)), QByteArray("2|3|4"));
    // A first line that is no header by itself, and the line number in a finding counts it.
    const auto titled = readWith(folder.write("y.txt", "word x y\na 1 2\nb 3 4\na 5 6\n"), {.header = true});
    QVERIFY2(titled, titled ? "" : describe(titled.error()).c_str());
    QCOMPARE(joined(tokensOf(titled->table)), QByteArray("a|b|a"));
    QCOMPARE(*warningArgs(titled->report, WarningCode::DuplicateTokens), (Args{"1", "a", "line 4"}));
}

void TestReadOptions::takesTheDimensionThatIsSaid()
{
    const TableFolder folder;
    const auto path = folder.write("x.txt", "route 66 1 2\nroute 67 3 4\n"); // the tokens end in numbers
    QCOMPARE(read(path)->table.dim(), 3);
    const auto two = readWith(path, {.dim = 2});
    QVERIFY2(two, two ? "" : describe(two.error()).c_str());
    QCOMPARE(joined(tokensOf(two->table)), QByteArray("route 66|route 67"));
    QVERIFY(sameBits(two->table.weights(), Matrix{{1.0F, 2.0F}, {3.0F, 4.0F}}));
}

void TestReadOptions::refusesADimensionThatNoRowHas()
{
    const TableFolder folder;
    const auto path = folder.write("x.txt", "a 1 2\nb 3 4\n");
    const auto five = readWith(path, {.dim = 5});
    QVERIFY(!five);
    QVERIFY(five.error().code == ErrorCode::FileDamaged);
    const auto huge = readWith(path, {.dim = Index{1} << 60});
    QVERIFY(!huge);
    QVERIFY(huge.error().code == ErrorCode::FileDamaged);
    const auto none = readWith(path, {.dim = 0});
    QVERIFY(!none);
    QVERIFY(none.error().code == ErrorCode::ValueRefused);
}

void TestReadOptions::leavesDamagedLinesOut()
{
    const TableFolder folder;
    const auto path = folder.write("x.txt", "a 1 2\nb 3\nc x 4\nd 5 6\n\na 7 8\n");
    QVERIFY(!read(path));
    const auto loaded = readWith(path, {.skip_damaged = true});
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|d|a"));
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{1.0F, 2.0F}, {5.0F, 6.0F}, {7.0F, 8.0F}}));
    QCOMPARE(loaded->report.skippedLines, 2);
    QCOMPARE(*warningArgs(loaded->report, WarningCode::SkippedLines),
             (Args{"2", "line 2", "it holds 1 values, where the other rows hold 2"}));
    QCOMPARE(*warningArgs(loaded->report, WarningCode::DuplicateTokens), (Args{"1", "a", "line 6"}));
}

void TestReadOptions::leavesLinesOutInEveryChunk()
{
    // About 5 MB, cut into chunks of 1 MB; every thousandth line is damaged.
    std::string text;
    constexpr Index kLines = 200'000;
    for (Index i = 0; i < kLines; ++i) {
        text.append("token").append(std::to_string(i)).append(" ").append(std::to_string(i));
        text.append(i % 1000 == 999 ? " 1.5x\n" : " 1.5\n");
    }
    const TableFolder folder;
    const auto path = folder.write("x.txt", text);
    for (const int threads : {1, 3}) {
        setThreadCount(threads);
        const auto loaded = readWith(path, {.skip_damaged = true});
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
        QCOMPARE(loaded->table.rows(), kLines - kLines / 1000);
        QCOMPARE(loaded->report.skippedLines, kLines / 1000);
        for (Index row = 0; row < loaded->table.rows(); ++row) {
            const Index line = row + row / 999;
            QCOMPARE(loaded->table.weights()(row, 0), static_cast<float>(line));
            QCOMPARE(loaded->table.vocabulary()[row], "token" + std::to_string(line));
        }
    }
}

void TestReadOptions::keepsWhatIsLeftOfABinaryFile()
{
    const TableFolder folder;
    const std::string whole = "3 2\na " + floatBytes({1, 2}) + "b " + floatBytes({3, 4}) + "c " + floatBytes({5, 6});
    const auto path = folder.write("cut.bin", whole.substr(0, whole.size() - 3));
    QVERIFY(read(path).error().code == ErrorCode::FileTruncated);
    const auto loaded = readWith(path, {.skip_damaged = true});
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|b"));
    QCOMPARE(*warningArgs(loaded->report, WarningCode::FewerRows), (Args{"2", "3"}));
    QCOMPARE(*warningArgs(loaded->report, WarningCode::BytesLeft),
             (Args{"byte 24", "what follows the announced rows is no row"}));
}

void TestReadOptions::refusesWhereNoLineIsARow()
{
    const TableFolder folder;
    const auto loaded = readWith(folder.write("x.txt", "a 1 2\nb 3 4\n"), {.dim = 3, .skip_damaged = true});
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::FileDamaged);
}

void TestReadOptions::decodesTokens()
{
    const TableFolder folder;
    const auto path = folder.write("x.txt", "caf\xE9 1 2\nthe 3 4\n");
    QCOMPARE(read(path)->report.invalidUtf8, 1);
    const auto loaded = readWith(path, {.encoding = "ISO-8859-1"});
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("caf\xC3\xA9|the"));
    QCOMPARE(loaded->report.invalidUtf8, 0);
    QVERIFY(!warningArgs(loaded->report, WarningCode::InvalidUtf8));
    // Code page 852, which Czech texts of its time are in.
    const auto czech = readWith(folder.write("y.txt", "\xE7 1 2\nb 3 4\n"), {.encoding = "CP852"});
    QCOMPARE(joined(tokensOf(czech->table)), QByteArray("\xC5\xA1|b")); // s with caron
}

void TestReadOptions::keepsBytesThatAreNotOfTheEncoding()
{
    const TableFolder folder;
    const auto loaded = readWith(folder.write("x.txt", "caf\xE9 1 2\nthe 3 4\n"), {.encoding = "UTF-8"});
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("caf\xE9|the"));
    QCOMPARE(*warningArgs(loaded->report, WarningCode::UndecodableTokens), (Args{"1", "UTF-8"}));
}

void TestReadOptions::refusesAnUnknownEncoding()
{
    const TableFolder folder;
    const auto loaded = readWith(folder.write("x.txt", "a 1 2\nb 3 4\n"), {.encoding = "Klingon"});
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::ValueRefused);
}

void TestReadOptions::readsAsTheFormatThatIsSaid()
{
    const TableFolder folder;
    const auto path = folder.write("x", "2 1\n3 1\n4 1\n");
    QVERIFY(read(path)->report.format == Format::Word2VecText);
    const auto glove = readWith(path, {.format = Format::Glove, .header = false});
    QVERIFY(glove->report.format == Format::Glove);
    const auto npy = readWith(path, {.format = Format::Npy});
    QVERIFY(!npy);
    QVERIFY(npy.error().code == ErrorCode::FileDamaged);
}

QTEST_APPLESS_MAIN(TestReadOptions)
#include "tst_read_options.moc"
