// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "tests/core/io/table_files.h"

#include <cmath>
#include <limits>

using namespace embedscope;

class TestCsvTable : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void keepsOtherColumns();
    void leavesTextOfManyKindsOut();
    void says_data();
    void says();
    void refuses_data();
    void refuses();
    void isNoVectors_data();
    void isNoVectors();
    void isLeftToOtherFormats();
    void obeysOptions();
    void refusesOptionsThatDoNotFit();
    void takesTokensFromAListBeside();
    void readsTheFirstRowsOnly();
    void readsQuotedLinesInChunks();
    void reportsTheFirstBadLineOfManyChunks();
    void roundTrips();
    void roundTripsColumns();
    void isCancelled();
    void readsRealFiles_data();
    void readsRealFiles();
    void leavesRealTextAlone_data();
    void leavesRealTextAlone();
};

namespace {

using Args = std::vector<std::string>;

Result<LoadedTable> readWith(const std::filesystem::path& path, const ReadOptions& options)
{
    Progress progress;
    return readTable(path, options, {}, progress);
}

QByteArray valuesOf(const EmbeddingTable& table)
{
    QByteArray out;
    const auto& weights = table.weights();
    for (Index row = 0; row < table.rows(); ++row) {
        out += row == 0 ? "" : ";";
        for (Index i = 0; i < table.dim(); ++i)
            out += (i == 0 ? "" : " ") + QByteArray::number(double(weights(row, i)));
    }
    return out;
}

} // namespace

void TestCsvTable::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tokens");
    QTest::addColumn<QByteArray>("values");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& tokens, const char* values) {
        QTest::newRow(name) << text << tokens << QByteArray(values);
    };
    row("a header", "word,d0,d1\na,0.5,1\nb,2,3\n", "a|b", "0.5 1;2 3");
    row("no header", "a,0.5,1\nb,2,3\n", "a|b", "0.5 1;2 3");
    row("no final newline", "a,0.5,1\nb,2,3", "a|b", "0.5 1;2 3");
    row("carriage returns and a byte-order mark",
        "\xEF\xBB\xBF"
        "word,d0,d1\r\na,0.5,1\r\nb,2,3\r\n",
        "a|b", "0.5 1;2 3");
    row("tabs", "a\t0.5\t1\nb\t2\t3\n", "a|b", "0.5 1;2 3");
    row("semicolons", "a;0.5;1\nb;2;3\n", "a|b", "0.5 1;2 3");
    row("decimal commas", "wort;d0;d1\na;0,5;1\nb;2;-3,25e1\n", "a|b", "0.5 1;2 -32.5");
    row("no decimal commas where there are points", "a;0.5;1.5;x,1\nb;2;3;y\n", "a|b", "0.5 1.5;2 3");
    row("blanks around numbers", "a, 0.5, 1\nb, 2 ,3\n", "a|b", "0.5 1;2 3");
    row("everything quoted", "\"word\",\"d0\",\"d1\"\n\"a\",\"0.5\",\"1\"\n\"b\",\"2\",\"3\"\n", "a|b", "0.5 1;2 3");
    row("quoted commas, quotes and line breaks", "w,d0,d1\n\"a,b\",0.5,1\n\"say \"\"hi\"\"\",2,3\n\"c\nd\",4,5\n",
        "a,b|say \"hi\"|c\nd", "0.5 1;2 3;4 5");
    row("a quoted quote and a quoted blank", "w,d0,d1\n\"\"\"\",0.5,1\n\" \",2,3\n\"\",4,5\n", "\"| |",
        "0.5 1;2 3;4 5");
    row("a quote as a token between tabs", "\"\t0.5\t1\nb\t2\t3\n", "\"|b", "0.5 1;2 3");
    row("a first token that is a number", "1984,0.5,1\nb,2,3\nc,4,5\n", "1984|b|c", "0.5 1;2 3;4 5");
    row("a number below a token's name", "word,d0,d1\n7,0.5,1\n8,2,3\n", "7|8", "0.5 1;2 3");
    row("tokens behind the vector", "0.5,1,a\n2,3,b\n", "a|b", "0.5 1;2 3");
    row("no tokens", "0.5,1\n2,3\n", "0|1", "0.5 1;2 3");
    row("a delimiter at the end", "a,0.5,1,\nb,2,3,\n", "a|b", "0.5 1;2 3");
    row("a delimiter at the end of rows only", "w,x,y\na,0.5,1,\nb,2,3,\n", "a|b", "0.5 1;2 3");
    row("empty lines", "a,0.5,1\n\nb,2,3\n\n", "a|b", "0.5 1;2 3");
    row("a header of pandas", ",0,1,2\na,0.5,1,7\nb,2,3,8\n", "a|b", "0.5 1 7;2 3 8");
    row("a header of pandas without an index", "0,1,2\n0.5,1,7\n2,3,8\n", "0|1", "0.5 1 7;2 3 8");
    row("row names of R", "\"V1\",\"V2\"\n\"a\",0.5,1\n\"b\",2,3\n", "a|b", "0.5 1;2 3");
    row("row numbers of R", "\"\",\"c1\",\"c2\"\n\"1\",0.5,1\n\"2\",2,3\n", "1|2", "0.5 1;2 3");
    row("columns of other names", "id,x,y,label\n7,0.5,1,0\n8,2,3,1\n", "7|8", "0.5 1;2 3");
    row("numbered names before others", "age,v1,v2,v3,name\n30,0.5,1,2,a\n31,2,3,4,b\n", "a|b", "0.5 1 2;2 3 4");
    row("one dimension that is called so", "token,d0\na,0.5\nb,2\n", "a|b", "0.5;2");
    row("one row", "w,x,y\na,0.5,1.5\n", "a", "0.5 1.5");
    row("NaN and infinity", "a,nan,1.5\nb,-inf,3\n", "a|b", "nan 1.5;-inf 3");
    row("tokens that are not UTF-8", "a\xff,0.5,1\nb,2,3\n", "a\xff|b", "0.5 1;2 3");
}

void TestCsvTable::reads()
{
    QFETCH(QByteArray, text);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text.toStdString()));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Csv);
    QTEST(joined(tokensOf(loaded->table)), "tokens");
    QTEST(valuesOf(loaded->table), "values");
}

void TestCsvTable::keepsOtherColumns()
{
    const TableFolder folder;
    const auto loaded = read(folder.write("x", "word,kind,count,d0,d1\n"
                                               "a,noun,7,1,2\n"
                                               "b,\"verb, maybe\",,3,4\n"
                                               "c,,1e3,5,6\n"
                                               "d,noun,0.5,7,8\n"));
    QVERIFY(loaded);
    QCOMPARE(loaded->table.columns().size(), std::size_t{1});
    const CategoryColumn& kind = loaded->table.columns().front();
    QCOMPARE(kind.name, std::string("kind"));
    QCOMPARE(kind.categories, (Args{"noun", "verb, maybe"}));
    QCOMPARE(kind.values, (std::vector<std::int32_t>{0, 1, -1, 0}));
    QCOMPARE(loaded->table.numberColumns().size(), std::size_t{1});
    const NumberColumn& count = loaded->table.numberColumns().front();
    QCOMPARE(count.name, std::string("count"));
    QCOMPARE(count.values[0], 7.0);
    QVERIFY(std::isnan(count.values[1]));
    QCOMPARE(count.values[2], 1000.0);
    QCOMPARE(count.values[3], 0.5);
}

void TestCsvTable::leavesTextOfManyKindsOut()
{
    std::string text = "word,gloss,d0,d1\n";
    for (int row = 0; row < 1001; ++row)
        text += "w" + std::to_string(row) + ",meaning " + std::to_string(row) + ",1,2\n";
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text));
    QVERIFY(loaded);
    QVERIFY(loaded->table.columns().empty());
    QCOMPARE(warningArgs(loaded->report, WarningCode::ColumnsLeftOut), (Args{"gloss", "100", "1000"}));
    std::string head = "word,d0,d1";
    std::string row = ",1,2";
    for (int column = 0; column < 120; ++column) {
        head += ",t" + std::to_string(column);
        row += ",x";
    }
    const auto wide = read(folder.write("x", head + "\na" + row + "\nb" + row + "\n"));
    QVERIFY(wide);
    QCOMPARE(wide->table.columns().size(), std::size_t{100});
    const auto args = warningArgs(wide->report, WarningCode::ColumnsLeftOut);
    QVERIFY(args && args->front().starts_with("t100, t101, ") && args->front().ends_with("t111, ..."));
}

void TestCsvTable::says_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("taken"); // the arguments, or empty for silence
    const auto row = [](const char* name, const char* text, const char* taken) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(taken);
    };
    row("nothing where a header says it all", "word,d0,d1\na,1,2\nb,3,4\n", "");
    row("no header", "a,0.5,1\nb,2,3\n", "\"column 1\"|\"column 2\", \"column 3\"|-");
    row("no tokens", "0.5,1\n2,3\n", "-|\"column 1\", \"column 2\"|-");
    row("many", "w,a,b,c,d,class\nx,0.5,1,1,1,0\ny,2,3,3,3,1\n", "\"w\"|\"a\" ... \"d\" (4)|\"class\"");
}

void TestCsvTable::says()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, taken);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text.toStdString()));
    QVERIFY(loaded);
    const auto args = warningArgs(loaded->report, WarningCode::ColumnsTaken);
    QCOMPARE(args ? joined(*args) : QByteArray(), taken);
}

void TestCsvTable::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QByteArray& text, const char* place, const char* reason) {
        QTest::newRow(name) << text << place << reason;
    };
    const QByteArray head = "w,d0,d1\na,1,2\nb,3,4\n";
    row("a cell too few", head + "c,5\n", "line 4", "it holds 2 cells, where the other rows hold 3");
    row("a cell too many", head + "c,5,6,7\nd,1,2\n", "line 4", "it holds 4 cells, where the other rows hold 3");
    row("a row of another kind", head + "\nc\n", "line 5", "it holds 1 cells, where the other rows hold 3");
    row("the first row", "a,1\nb,3.5,4\nc,5,6\n", "line 1", "it holds 2 cells, where the other rows hold 3");
    row("lines within quotes are counted", "w,d0,d1\n\"a\n\n\",1,2\nb,3,4\nc,5\n", "line 6",
        "it holds 2 cells, where the other rows hold 3");
    QByteArray many = "w,d0,d1\n";
    for (int i = 0; i < 100; ++i)
        many += "w" + QByteArray::number(i) + ",1,2\n";
    row("no number", many + "c,5,six\n", "line 102", "cell 3, \"six\", is not a number");
    row("an empty cell", many + "c,5,\n", "line 102", "cell 3, \"\", is not a number");
    row("half a number", many + "c,5,6x\n", "line 102", "cell 3, \"6x\", is not a number");
    row("two signs", many + "c,5,+-6\n", "line 102", "cell 3, \"+-6\", is not a number");
    row("a quote that never ends", many + "\"c,5,6\nd,7,8\n", "line 102",
        "it holds 5 cells, where the other rows hold 3");
}

void TestCsvTable::refuses()
{
    QFETCH(QByteArray, text);
    const TableFolder folder;
    const auto path = folder.write("x", text.toStdString());
    const auto loaded = read(path);
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == ErrorCode::FileDamaged, describe(loaded.error()).c_str());
    QCOMPARE(loaded.error().args[0], path.string());
    QTEST(QString::fromStdString(loaded.error().args[1]), "place");
    QTEST(QString::fromStdString(loaded.error().args[2]), "reason");
}

void TestCsvTable::isNoVectors_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("words with counts", "the\t10\nof\t7\n");
    row("words with ids and counts", "the\t0\t10\nof\t1\t7\n");
    row("ratings", "1,10,3\n1,11,4\n2,10,2\n");
    row("ratings with halves", "1,10,3.5\n1,11,4\n2,10,2.5\n");
    row("ratings with a header", "userId,movieId,rating,timestamp\n1,10,3.5,100\n2,11,4,101\n");
    row("ratings with times", "1\t10\t3.5\t100\n1\t11\t4.5\t101\n2\t10\t1\t102\n");
    row("ratings of names", "ann,10,3.5\nann,11,4\nbob,10,2.5\n");
    row("labelled text", "0,it is good\n1,it is bad\n");
    row("labelled text with a header", "text,toxic,rude,threat\nso good,0,1,0.5\nso bad,1,0,0.25\n");
    row("word pairs", "old,new,1.58\nbig,large,9.55\n");
    row("prose with commas", "one, two, three.\nfour, five, six.\n");
    row("lines of all lengths", "1.5,2\n1.5,2,3\n1.5,2,3,4\n1.5\n");
    row("decimal commas alone", "0,5\n1,5\n");
}

void TestCsvTable::isNoVectors()
{
    QFETCH(QByteArray, text);
    const TableFolder folder;
    const auto loaded = read(folder.write("x.csv", text.toStdString()));
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == ErrorCode::FormatUnknown, describe(loaded.error()).c_str());
}

void TestCsvTable::isLeftToOtherFormats()
{
    const TableFolder folder;
    const auto glove = read(folder.write("x.csv", ", 0.5 1\n; 2 3\n\t 4 5\n"));
    QVERIFY(glove);
    QVERIFY(glove->report.format == Format::Glove);
    const auto word2vec = read(folder.write("x.csv", "2 2\na,b 1 2\nc,d 3 4\n"));
    QVERIFY(word2vec);
    QVERIFY(word2vec->report.format == Format::Word2VecText);
}

void TestCsvTable::obeysOptions()
{
    const TableFolder folder;
    const auto path = folder.write("x", "1,2,3\n4,5,6\n7,8,9\n");
    QVERIFY(!read(path));
    const auto forced = readWith(path, {.format = Format::Csv});
    QVERIFY(forced);
    QCOMPARE(valuesOf(forced->table), QByteArray("1 2 3;4 5 6;7 8 9"));
    const auto withHeader = readWith(path, {.format = Format::Csv, .header = true});
    QVERIFY(withHeader);
    QCOMPARE(valuesOf(withHeader->table), QByteArray("4 5 6;7 8 9"));
    const auto narrow = readWith(path, {.format = Format::Csv, .dim = 2});
    QVERIFY(narrow);
    QCOMPARE(valuesOf(narrow->table), QByteArray("1 2;4 5;7 8"));
    QCOMPARE(narrow->table.numberColumns().front().values, (std::vector<double>{3, 6, 9}));
}

void TestCsvTable::refusesOptionsThatDoNotFit()
{
    const TableFolder folder;
    const auto path = folder.write("x", "a,1.5,2\nb,3,4\n");
    QVERIFY(readWith(path, {.dim = 3}).error().code == ErrorCode::ShapeMismatch);
    const auto words = folder.write("words", "a,b\nc,d\n");
    QVERIFY(readWith(words, {.format = Format::Csv}).error().code == ErrorCode::FormatRefused);
}

void TestCsvTable::takesTokensFromAListBeside()
{
    const TableFolder folder;
    folder.write("x.vocab.txt", "a\nb\nc\n");
    const auto path = folder.write("x.tsv", "0.5\t1\n2\t3\n4\t5\n");
    QCOMPARE(joined(tokensOf(read(path)->table)), QByteArray("a|b|c"));
    // The list is that of the whole file.
    QCOMPARE(joined(tokensOf(read(path, 2)->table)), QByteArray("a|b"));
    folder.write("x.vocab.txt", "a\nb\n");
    QVERIFY(read(path).error().code == ErrorCode::ShapeMismatch);
}

void TestCsvTable::readsTheFirstRowsOnly()
{
    const TableFolder folder;
    const auto loaded = read(folder.write("x", "w,d0,d1\n\"a\n\",1,2\nb,3,4\nc,5\n"), 2);
    QVERIFY(loaded);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a\n|b"));
    QCOMPARE(warningArgs(loaded->report, WarningCode::Limited), (Args{"2", "more"}));
}

/// Chunks are a megabyte, so that some begin within quotes, at quotes and at line breaks between them.
void TestCsvTable::readsQuotedLinesInChunks()
{
    std::string text = "word,d0,d1\n";
    std::vector<std::string> tokens;
    Random random(11);
    for (Index row = 0; text.size() < 5'000'000; ++row) {
        std::string token = std::to_string(row);
        for (auto left = random.below(60); left > 0; --left)
            token += "ab\n\",\r"[random.below(6)];
        std::string quoted;
        for (const char c : token)
            quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += "\"" + quoted + "\"," + std::to_string(row) + ",0.5\n";
        tokens.push_back(std::move(token));
    }
    const TableFolder folder;
    const auto path = folder.write("x", text);
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(tokensOf(loaded->table) == tokens);
    const auto& weights = loaded->table.weights();
    for (Index row = 0; row < loaded->table.rows(); ++row)
        QCOMPARE(weights(row, 0), float(row));
    setThreadCount(1);
    const auto alone = read(path);
    setThreadCount(0);
    QVERIFY(alone && alone->table.vocabulary() == loaded->table.vocabulary());
}

void TestCsvTable::reportsTheFirstBadLineOfManyChunks()
{
    std::string text = "word,d0,d1\n";
    Index line = 1;
    Index bad = 0;
    while (text.size() < 5'000'000) {
        ++line;
        const bool isBad = text.size() > 2'500'000 && line % 1000 == 0;
        bad = isBad && bad == 0 ? line : bad;
        text += isBad ? "x,1,y\n" : "some word,0.25,0.5\n";
    }
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().args[1], "line " + std::to_string(bad));
}

void TestCsvTable::roundTrips()
{
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    const Matrix weights{
        {0.1F, -0.0F, 1e-45F}, {3.4028235e38F, -kInfinity, 16777217.0F}, {0, 1, 2}, {1.0F / 3, 5, 6}, {7, 8, 9}};
    const auto table = makeTable(weights, {"a,b", "say \"hi\"", "c\r\n\td", "", "\xff "});
    const TableFolder folder;
    const auto written = write(table, folder.path("x.csv"), Format::Csv);
    QVERIFY(written);
    QCOMPARE(written->files, std::vector{folder.path("x.csv")});
    const auto again = read(folder.path("x.csv"));
    QVERIFY2(again, again ? "" : describe(again.error()).c_str());
    QVERIFY(sameBits(again->table.weights(), weights));
    QVERIFY(again->table.vocabulary() == table.vocabulary());
    QVERIFY(!warningArgs(again->report, WarningCode::ColumnsTaken));
    const auto narrow = makeTable(weights.leftCols(1), {"0", "1", "2", "3", "4"});
    QVERIFY(write(narrow, folder.path("y.csv"), Format::Csv));
    const auto one = read(folder.path("y.csv"));
    QVERIFY(one);
    QVERIFY(sameBits(one->table.weights(), weights.leftCols(1)));
    QVERIFY(one->table.vocabulary() == narrow.vocabulary());
}

void TestCsvTable::roundTripsColumns()
{
    auto table = makeTable(Matrix{{1, 2}, {3, 4}, {5, 6}}, {"a", "b", "c"});
    table.addColumn(CategoryColumn{"class, mostly", {"x", "y,z"}, {1, -1, 0}});
    table.addColumn(NumberColumn{"seen", {0.1, std::nan(""), 1e300}});
    const TableFolder folder;
    QVERIFY(write(table, folder.path("x.csv"), Format::Csv));
    QCOMPARE(readBytes(folder.path("x.csv")), std::string("token,\"class, mostly\",seen,d0,d1\n"
                                                          "a,\"y,z\",0.1,1,2\nb,,,3,4\nc,x,1e+300,5,6\n"));
    const auto again = read(folder.path("x.csv"));
    QVERIFY(again);
    QCOMPARE(again->table.columns().front().name, std::string("class, mostly"));
    // Categories are numbered in the order in which they appear.
    QCOMPARE(again->table.columns().front().categories, (Args{"y,z", "x"}));
    QCOMPARE(again->table.columns().front().values, (std::vector<std::int32_t>{0, -1, 1}));
    QCOMPARE(again->table.numberColumns().front().values[0], 0.1);
    QVERIFY(std::isnan(again->table.numberColumns().front().values[1]));
    QCOMPARE(again->table.numberColumns().front().values[2], 1e300);
}

void TestCsvTable::isCancelled()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const TableFolder folder;
    const auto path = folder.write("x", "a,0.5,1\nb,2,3\n");
    QVERIFY(readTable(path, {}, source.get_token(), progress).error().code == ErrorCode::Cancelled);
    const auto table = makeTable(Matrix{{1, 2}}, {"a"});
    const auto written = writeTable(table, folder.path("y.csv"), Format::Csv, source.get_token(), progress);
    QVERIFY(written.error().code == ErrorCode::Cancelled);
    QCOMPARE(folder.names(), Args{"x"});
}

void TestCsvTable::readsRealFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dim");
    QTest::addColumn<double>("sum");        // of all values, in float64, by numpy over float32
    QTest::addColumn<QByteArray>("tokens"); // the first two
    const auto row = [](const char* file, int rows, int dim, double sum, const char* tokens) {
        QTest::newRow(file) << file << rows << dim << sum << QByteArray(tokens);
    };
    row("csv_vectors_top1000/top_1000_words_vectors.csv", 1000, 25, -2925.8925226696592, "follow|know");
    row("projector_imdb_16d/vectors.tsv", 9999, 16, -526.4043563787066, "");
    row("optdigits/optdigits.tra", 3823, 65, 1221951.0, "0|1");
    row("pendigits/pendigits.csv", 10992, 16, 8918653.0, "1|2");
    row("tf_projector/iris_labels.tsv", 150, 4, 2078.1999964267015, "0|1");
}

void TestCsvTable::readsRealFiles()
{
    QFETCH(QString, file);
    QFETCH(double, sum);
    QFETCH(QByteArray, tokens);
    const auto path = std::filesystem::path(qgetenv("EMBEDSCOPE_DATA").toStdString()) / file.toStdString();
    if (!path.is_absolute() || !std::filesystem::exists(path))
        QSKIP(qPrintable("missing below EMBEDSCOPE_DATA: " + file));
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Csv);
    QTEST(int(loaded->table.rows()), "rows");
    QTEST(int(loaded->table.dim()), "dim");
    QVERIFY(std::abs(loaded->table.weights().cast<double>().sum() - sum) <= 1e-9 * (1 + std::abs(sum)));
    auto first = tokensOf(loaded->table);
    first.resize(2);
    if (!tokens.isEmpty())
        QCOMPARE(joined(first), tokens);
}

void TestCsvTable::leavesRealTextAlone_data()
{
    QTest::addColumn<QString>("folder");
    for (const char* folder : {"sst2", "sst5", "mr", "subj", "sms_spam", "filmtrust", "wordsim", "wordsim_gensim",
                               "analogy", "analogy_glove", "vocab_bert"})
        QTest::newRow(folder) << folder;
}

/// Labelled text, ratings, word pairs, questions and vocabularies.
void TestCsvTable::leavesRealTextAlone()
{
    QFETCH(QString, folder);
    const auto path = std::filesystem::path(qgetenv("EMBEDSCOPE_DATA").toStdString()) / folder.toStdString();
    if (!path.is_absolute() || !std::filesystem::exists(path))
        QSKIP(qPrintable("missing below EMBEDSCOPE_DATA: " + folder));
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        const auto loaded = read(entry.path());
        QVERIFY2(!loaded && loaded.error().code == ErrorCode::FormatUnknown, entry.path().c_str());
    }
}

QTEST_APPLESS_MAIN(TestCsvTable)
#include "tst_csv_table.moc"
