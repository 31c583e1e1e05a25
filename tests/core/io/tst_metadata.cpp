// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/token_files.h"

#include "core/io/metadata.h"

#include <cmath>
#include <utility>

using namespace embedscope;

using Match = AttachReport::Match;

/// Files of several columns, read with a table and attached to an open one.
class TestMetadata : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void takesTheNamedColumn();
    void matchesByOrder();
    void matchesByToken();
    void keepsNames();
    void takesThePlaceOfAColumn();
    void isCancelled();
    void ranges();
    void joinsFormatsWithTokens();
    void projectorFiles();
};

namespace {

Result<AttachedTable> attach(const EmbeddingTable& table, const std::filesystem::path& file, std::stop_token stop = {})
{
    Progress progress;
    return attachMetadata(table, file, std::move(stop), progress);
}

EmbeddingTable tableOf(const std::vector<std::string>& tokens)
{
    return makeTable(Matrix::Ones(static_cast<Index>(tokens.size()), 2), tokens);
}

} // namespace

void TestMetadata::reads_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tokens");
    QTest::addColumn<QByteArray>("columns");
    const auto row = [](const char* what, const char* name, const std::string& text, const char* tokens,
                        const char* columns) {
        QTest::newRow(what) << name << QByteArray::fromStdString(text) << QByteArray(tokens) << QByteArray(columns);
    };
    row("a header by the count of lines", "m.tsv", "a\tb\nx\ty\nz\ty\n", "x|z", "b: y y;");
    row("a header of numbers by the count of lines", "m.tsv", "0\t1\nx\t5\nz\t6\n", "x|z", "1= 5 6;");
    row("names and years", "m.tsv", "word\t2019\t2020\nx\t5\t6\nz\t6\t7\n", "x|z", "2019= 5 6;2020= 6 7;");
    row("no header", "m.tsv", "x\t5\tn\nz\t6.5\tn\n", "x|z", "column 3: n n;column 2= 5 6.5;");
    row("carriage returns and a byte-order mark", "m.tsv", "\xEF\xBB\xBFword\tcount\r\nx\t5\r\nz\t6\r\n", "x|z",
        "count= 5 6;");
    row("blank lines at the end", "m.tsv", "word\tcount\nx\t5\nz\t6\n\n\n", "x|z", "count= 5 6;");
    row("empty cells", "m.tsv", "word\tcount\tclass\nx\t\tn\nz\t6\t\n", "x|z", "class: n -;count= nan 6;");
    row("NaN among numbers", "m.tsv", "word\tcount\nx\tNaN\nz\t6\n", "x|z", "count= nan 6;");
    row("nothing but empty cells is no column", "m.tsv", "word\tcount\tb\nx\t\t1\nz\t\t2\n", "x|z", "b= 1 2;");
    row("codes with leading zeros are no numbers", "m.tsv", "word\tcode\nx\t007\nz\t012\n", "x|z", "code: 007 012;");
    row("integers that no double holds are no numbers", "m.tsv", "word\tkey\nx\t9007199254740993\nz\t1\n", "x|z",
        "key: 9007199254740993 1;");
    row("inf and hex are no numbers", "m.tsv", "word\ta\tb\nx\tinf\t0x10\nz\t1\t2\n", "x|z", "a: inf 1;b: 0x10 2;");
    row("numbers of every kind", "m.tsv", "word\ta\nx\t-1.5e-3\nz\t0.25\n", "x|z", "a= -0.0015 0.25;");
    row("cells are not trimmed", "m.tsv", "word\ta\n x \t 1\nz\t2\n", " x |z", "a:  1 2;");
    row("quotes of TSV are text", "m.tsv", "word\ta\n\"\t1\n\"z\"\t2\n", "\"|\"z\"", "a= 1 2;");
    row("commas", "m.csv", "word,a\nx,1\nz,2\n", "x|z", "a= 1 2;");
    row("commas found by their header", "m.txt", "Word,a\nx,1\nz,2\n", "x|z", "a= 1 2;");
    row("quoted commas, marks and breaks", "m.csv", "word,a\n\"x,\"\"y\"\"\n\",1\r\nz,2\r\n", "x,\"y\"\n|z", "a= 1 2;");
    row("a comma at the end", "m.csv", "word,a,b\nx,1,\nz,2,", "x|z", "a= 1 2;");
    row("rows in the order of their ids", "m.tsv", "id\tword\ta\n1\tz\t6\n0\tx\t5\n", "x|z", "a= 5 6;");
    row("the index of a data frame", "m.csv", ",word,a\n0,x,5\n1,z,6\n", "x|z", "a= 5 6;");
    row("numbers of another register", "m.tsv", "id\tword\n812\tx\n7\tz\n", "x|z", "id= 812 7;");
    row("numbers alone name nothing", "m.tsv", "a\tb\n1.5\t2\n3\t4\n", "0|1", "a= 1.5 3;b= 2 4;");
    row("the text that differs most", "m.tsv", "a\tb\nn\tx\nn\tz\n", "x|z", "a: n n;");
    row("a column called constructor", "m.tsv", "word\tconstructor\nx\ttoString\nz\t\n", "x|z",
        "constructor: toString -;");
}

void TestMetadata::reads()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    const TableFolder folder;
    const auto loaded =
        readWith(folder.write("x.npy", npyOfRows(2)), folder.write(name.toStdString(), text.toStdString()));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QTEST(joined(tokensOf(loaded->table)), "tokens");
    QTEST(columnText(loaded->table), "columns");
}

void TestMetadata::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sentence");
    QTest::addColumn<int>("rows");
    const auto row = [](const char* what, const std::string& text, const char* sentence, int rows = 3) {
        QTest::newRow(what) << QByteArray::fromStdString(text) << QByteArray(sentence) << rows;
    };
    row("a line lost", "word,count\nx,5\n",
        "%1: expected 3 records, one for each row of %2, found 1 (below a header). Choose files that belong together.");
    row("a line of data too many is no header", "x,5\ny,6\nz,7\nu,8\n",
        "%1: expected 3 records, one for each row of %2, found 4. Choose files that belong together.");
    row("a field lost", "word,count\nx,5\ny\nz,7\n",
        "%1, line 3: it has 1 field, the first line has 2. Mend the file or fetch it again.");
    row("a field too many", "word,count\nx,5\ny,6,7\nz,7\n",
        "%1, line 3: it has 3 fields, the first line has 2. Mend the file or fetch it again.");
    row("a blank line", "word,count\nx,5\n\ny,6\nz,7\n",
        "%1, line 3: it is blank, and lines of a table follow. Mend the file or fetch it again.");
    row("a mark that is never closed", "word,count\nx,5\n\"y,6\nz,7\n",
        "%1, line 3: a quotation mark is never closed. Mend the file or fetch it again.");
    row("an id twice", "id,word\n0,\"x\n\"\n1,y\n1,z\n2,a\n3,b\n",
        "%1, record 3: the id 1 stands in record 2 already. Mend the file or fetch it again.", 5);
    row("too many columns", "word" + std::string(1000, ',') + "\n",
        "%1, line 1: it has 1001 fields, more than a table may have. Mend the file or fetch it again.");
}

void TestMetadata::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sentence);
    QFETCH(int, rows);
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(rows));
    const auto file = folder.write("m.csv", text.toStdString());
    const auto loaded = readWith(table, file);
    QVERIFY(!loaded);
    QCOMPARE(QByteArray::fromStdString(describe(loaded.error())),
             QByteArray::fromStdString(substitute(sentence.toStdString(), {file.string(), table.string()})));
}

void TestMetadata::takesTheNamedColumn()
{
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(3));
    const auto file = folder.write("m.tsv", "text\tnote\tLABEL\nlong\tn1\tx\nlonger\tn2\ty\nlongest\tn3\tx\n");
    const auto loaded = readWith(table, file);
    QVERIFY(loaded);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("x|y|x"));
    QCOMPARE(columnText(loaded->table), QByteArray("text: long longer longest;note: n1 n2 n3;"));
    // A few names for many rows are classes as well.
    folder.write("m.tsv", "label\tnumber\nx\t1\nx\t2\nx\t3\n");
    QCOMPARE(columnText(readWith(table, file)->table), QByteArray("label: x x x;number= 1 2 3;"));
    // Where no column is called so, classes are no names.
    folder.write("m.tsv", "class\tnumber\nx\t1\nx\t2\nx\t3\n");
    const auto classes = readWith(table, file);
    QCOMPARE(joined(tokensOf(classes->table)), QByteArray("0|1|2"));
    QCOMPARE(columnText(classes->table), QByteArray("class: x x x;number= 1 2 3;"));
}

void TestMetadata::matchesByOrder()
{
    const TableFolder folder;
    const auto attached = attach(tableOf({"0", "1", "2"}), folder.write("m.tsv", "word\tcount\na\t3\nb\t\nc\t1\n"));
    QVERIFY2(attached, attached ? "" : describe(attached.error()).c_str());
    QCOMPARE(joined(tokensOf(attached->table)), QByteArray("a|b|c"));
    QCOMPARE(columnText(attached->table), QByteArray("count= 3 nan 1;"));
    const AttachReport& report = attached->report;
    QVERIFY(report.match == Match::Order && report.renamed);
    QCOMPARE(report.rowsMatched, Index{3});
    QCOMPARE(report.rowsWithout, Index{0});
    QCOMPARE(report.columns.size(), std::size_t{1});
    QCOMPARE(report.columns[0].name, std::string("count"));
    QCOMPARE(report.columns[0].values, Index{2});
    QVERIFY(report.columns[0].number);

    const auto other = attach(tableOf({"x", "y"}), folder.write("n.txt", "a\nb\nc\n"));
    QVERIFY(!other);
    QCOMPARE(other.error().args[2], std::string("3"));
}

void TestMetadata::matchesByToken()
{
    const TableFolder folder;
    const auto file = folder.write("m.tsv", "class\tword\tcount\nn\tb\t2\nv\tz\t9\nn\ta\t1\nv\ta\t8\n");
    const EmbeddingTable table = tableOf({"a", "b", "c", "b"});
    const auto attached = attach(table, file);
    QVERIFY2(attached, attached ? "" : describe(attached.error()).c_str());
    QCOMPARE(joined(tokensOf(attached->table)), QByteArray("a|b|c|b"));
    QCOMPARE(columnText(attached->table), QByteArray("class: n n - n;count= 1 2 nan 2;"));
    const AttachReport& report = attached->report;
    QVERIFY(report.match == Match::Token && !report.renamed);
    QCOMPARE(report.rowsMatched, Index{3});
    QCOMPARE(report.rowsWithout, Index{1});
    QCOMPARE(report.recordsUnused, Index{2});
    QVERIFY(sameBits(attached->table.weights(), table.weights()));
}

void TestMetadata::keepsNames()
{
    const TableFolder folder;
    const auto attached = attach(tableOf({"one", "two"}), folder.write("german.txt", "eins\nzwei\n"));
    QVERIFY(attached);
    QCOMPARE(joined(tokensOf(attached->table)), QByteArray("one|two"));
    QCOMPARE(columnText(attached->table), QByteArray("german: eins zwei;"));
    QVERIFY(!attached->report.renamed);
}

void TestMetadata::takesThePlaceOfAColumn()
{
    const TableFolder folder;
    const auto first = attach(tableOf({"a", "b"}), folder.write("m.tsv", "word\tcount\tclass\na\t3\tn\nb\t2\tv\n"));
    QVERIFY(first);
    const auto second = attach(first->table, folder.write("n.tsv", "word\tcount\na\tfew\nb\tmany\n"));
    QVERIFY(second);
    QCOMPARE(columnText(second->table), QByteArray("class: n v;count: few many;"));
    QCOMPARE(columnText(first->table), QByteArray("class: n v;count= 3 2;"));
}

void TestMetadata::isCancelled()
{
    const TableFolder folder;
    std::stop_source stop;
    stop.request_stop();
    for (const char* text : {"word\tcount\na\t3\n", R"({"a": 0})", "a\n"}) {
        const auto attached = attach(tableOf({"a"}), folder.write("m", text), stop.get_token());
        QVERIFY(!attached && attached.error().code == ErrorCode::Cancelled);
    }
}

void TestMetadata::ranges()
{
    const double nan = std::nan("");
    const NumberRange range = rangeOf({"a", {nan, 3, -2, INFINITY, nan, 7}});
    QCOMPARE(range.least, -2.0);
    QCOMPARE(range.most, 7.0);
    QVERIFY(std::isnan(rangeOf({"a", {nan}}).least));
    QCOMPARE(distinctIn({"a", {"x", "y", "z"}, {2, -1, 2, 0}}), Index{2});
}

void TestMetadata::joinsFormatsWithTokens()
{
    const TableFolder folder;
    const auto table = folder.write("x.txt", "the 1 2\nof 3 4\nand 5 6\n");
    // The same words in another order: names must not move.
    auto loaded = readWith(table, folder.write("m.tsv", "word\tcount\nand\t1\nof\t2\nthe\t3\n"));
    QVERIFY(loaded);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|of|and"));
    QCOMPARE(columnText(loaded->table), QByteArray("count= 3 2 1;"));
    QCOMPARE(loaded->report.tokensFrom, std::string());
    QVERIFY(!warningArgs(loaded->report, WarningCode::RowsWithoutData));
    const auto part = folder.write("p.tsv", "word\tcount\nand\t1\nof\t2\nto\t3\nin\t3\n");
    loaded = readWith(table, part);
    QCOMPARE(columnText(loaded->table), QByteArray("count= nan 2 1;"));
    QCOMPARE(warningArgs(loaded->report, WarningCode::RowsWithoutData),
             (std::vector<std::string>{part.string(), "1", "2"}));
    loaded = readWith(table, folder.write("m.tsv", "word\tcount\nthe\t1\nof\t2\nand\t3\n"), 2);
    QVERIFY(loaded);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|of"));
    QCOMPARE(columnText(loaded->table), QByteArray("count= 1 2;"));
}

void TestMetadata::projectorFiles()
{
    const auto words = dataFile("tf_projector/word2vec_10000_200d_labels.tsv");
    const auto iris = dataFile("tf_projector/iris_labels.tsv");
    const auto imdb = dataFile("projector_imdb_16d/words.tsv");
    NEEDS_DATA(words, "tf_projector");
    NEEDS_DATA(iris, "tf_projector");
    NEEDS_DATA(imdb, "projector_imdb_16d");
    const TableFolder folder;
    auto loaded = readWith(folder.write("a.npy", npyOfRows(10000)), words);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->table.vocabulary()[1], std::string_view("the"));
    QCOMPARE(loaded->table.vocabulary()[9999], std::string_view("sanger"));
    QCOMPARE(loaded->table.numberColumns().size(), std::size_t{1});
    QCOMPARE(loaded->table.numberColumns()[0].name, std::string("count"));
    QCOMPARE(loaded->table.numberColumns()[0].values[1], 1061396.0);
    QCOMPARE(rangeOf(loaded->table.numberColumns()[0]).least, 126.0);
    loaded = readWith(folder.write("b.npy", npyOfRows(150)), iris);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->table.numberColumns().size(), std::size_t{4});
    QCOMPARE(loaded->table.numberColumns()[0].name, std::string("sepal-length"));
    QCOMPARE(rangeOf(loaded->table.numberColumns()[2]).most, 6.9);
    QCOMPARE(loaded->table.columns().size(), std::size_t{1});
    QCOMPARE(loaded->table.columns()[0].categories,
             (std::vector<std::string>{"Iris-setosa", "Iris-versicolor", "Iris-virginica"}));
    QCOMPARE(loaded->table.vocabulary()[149], std::string_view("149"));
    loaded = readWith(folder.write("c.npy", npyOfRows(9999)), imdb);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->table.vocabulary()[9998], std::string_view("tent"));
    const auto tooFew = readWith(folder.write("d.npy", npyOfRows(9998)), imdb);
    QVERIFY(!tooFew);
    QCOMPARE(tooFew.error().args[2], std::string("9999"));
}

QTEST_APPLESS_MAIN(TestMetadata)
#include "tst_metadata.moc"
