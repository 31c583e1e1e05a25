// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/token_files.h"

#include <cmath>
#include <ctime>

using namespace embedscope;

namespace {
using Args = std::vector<std::string>;
} // namespace

/// Vocabulary files of every kind, beside a matrix and chosen by hand.
class TestTokenList : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void hostileJson_data();
    void hostileJson();
    void readsTokenizerJson();
    void tokenizerOfPieces();
    void idsWithGaps();
    void padsOnlyTheSmallerPart();
    void searchOrder();
    void folderLists();
    void chosenListReplaces();
    void firstRowsOnly();
    void refusesListsThatDoNotComeBack();
    void writesWhatItReads();
    void isFast();
    void realFiles();
};

void TestTokenList::reads_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("tokens");
    QTest::addColumn<QByteArray>("columns");
    const auto row = [](const char* what, const std::string& list, const char* tokens, const char* columns = "") {
        QTest::newRow(what) << QByteArray::fromStdString(list) << QByteArray(tokens) << QByteArray(columns);
    };
    row("lines", "a\nb c\n", "a|b c");
    row("carriage returns, and a mark at the very start",
        "\xEF\xBB\xBF"
        "a\r\nb\r\n",
        "a|b");
    row("a mark elsewhere belongs to the token",
        "a\n\xEF\xBB\xBF"
        "b\n",
        "a|\xEF\xBB\xBF"
        "b");
    row("blanks stay", " a \n\xC2\xA0\n", " a |\xC2\xA0");
    row("a blank and nothing", " \n\n", " |");
    row("a blank line too many at the end", "a\nb\n\n", "a|b");
    row("case and marks stay", "Caf\xC3\xA9\nCAFE\xCC\x81\n", "Caf\xC3\xA9|CAFE\xCC\x81");
    row("names that mean something elsewhere", "constructor\n__proto__\n", "constructor|__proto__");
    row("digits", "007\n7\n", "007|7");
    row("like a list of JSON, but not one", "[PAD]\n[UNK]\n", "[PAD]|[UNK]");
    row("brackets", "[\n{\n", "[|{");
    row("not UTF-8", "\xE3\x83\n\xFF\n", "\xE3\x83|\xFF");
    row("a line separator of Unicode",
        "a\xC2\x85\xE2\x80\xA8"
        "b\nc\n",
        "a\xC2\x85\xE2\x80\xA8"
        "b|c");
    row("ids", "b\t1\na\t0\n", "a|b");
    row("ids in front", "1\tb\n0\ta\n", "a|b");
    row("ids from one", "a\t1\nb\t2\n", "a|b");
    row("counts behind a tab", "a\t17\nb\t3\n", "a|b", "count= 17 3;");
    row("counts behind a blank", "a 17\nb 3\n", "a|b", "count= 17 3;");
    row("counts of numbers", "2001 17\n007 3\n", "2001|007", "count= 17 3;");
    row("names that end in numbers", "item 1\nitem 2\n", "item 1|item 2");
    row("a dump of fastText", "2\nthe 17 word\n__label__x 3 label\n", "the|__label__x",
        "type: word label;count= 17 3;");
    row("pieces and their scores", "<unk>\t0\n\xE2\x96\x81the\t-3.25\n", "<unk>|\xE2\x96\x81the", "score= 0 -3.25;");
    row("a JSON list", R"( [ "a", "b\u00e9\n" ] )", "a|b\xC3\xA9\n");
    row("a JSON object", R"({"b": 1, "a": 0})", "a|b");
    row("a JSON object of odd names", R"({"constructor": 1, "model": 0})", "model|constructor");
    row("an empty name", R"({"": 1, " ": 0})", " |");
    row("the later of two equal names has its own row", R"({"a": 0, "a": 1})", "a|a");
}

void TestTokenList::reads()
{
    QFETCH(QByteArray, list);
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(2));
    const auto file = folder.write("x.vocab", list.toStdString());
    for (const auto& loaded : {read(table), readWith(table, file)}) {
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
        QTEST(joined(tokensOf(loaded->table)), "tokens");
        QTEST(columnText(loaded->table), "columns");
        QCOMPARE(loaded->report.tokensFrom, file.string());
        QVERIFY(!warningArgs(loaded->report, WarningCode::TokensMissing));
    }
}

void TestTokenList::refuses_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<int>("rows");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("found"); // the last argument
    const auto row = [](const char* what, const std::string& list, int rows, ErrorCode code, const char* found) {
        QTest::newRow(what) << QByteArray::fromStdString(list) << rows << code << QByteArray(found);
    };
    const ErrorCode shape = ErrorCode::ShapeMismatch;
    const ErrorCode damaged = ErrorCode::FileDamaged;
    row("too few", "a\n", 2, shape, "1");
    row("too many", "a\nb\nc\n", 2, shape, "3");
    row("a header", "word\na\nb\n", 2, shape, R"(3 (the first line, "word", looks like a header))");
    row("a blank line", "a\n\nb\n", 2, shape, "3 (line 2 is blank)");
    row("a doubled line", "a\nb\nb\n", 2, shape, "3 (line 3 is the same as the line before it)");
    row("a quoted line break", "a\n\"b\nc\"\n", 2, shape,
        "3 (line 2 begins with a quotation mark that it does not close)");
    row("ids jump", "a\t0\nb\t1\nc\t3\nd\t4\n", 5, shape, "4 (the ids jump from 1 to 3 at line 3)");
    row("ids end early", "a\t0\nb\t1\nc\t2\n", 5, shape, "3 (the ids go from 0 to 2)");
    row("an id twice", "a\t0\nb\t1\nc\t2\nd\t2\n", 4, damaged, "the id 2 stands in line 3 already");
    row("an id beyond the rows", "a\t0\nb\t1\nc\t2\nd\t9\n", 4, damaged,
        "the id 9 is beyond the 4 rows (the ids jump from 2 to 9 at line 4)");
    row("fields missing", "a\t1\nb\t5\nc\n", 3, damaged, "it has 1 field, the first line has 2");
    row("a blank line in a table", "a\t1\n\nb\t5\n", 2, damaged, "it is blank, and lines of a table follow");
    row("a list of JSON too short", R"(["a"])", 2, shape, "1");
    row("a list of JSON too long", R"(["a","b","c"])", 2, shape, "3");
    row("an id of JSON beyond the rows", R"({"a":0,"b":1,"c":812})", 3, shape, R"(the id 812 of "c")");
    row("a vocabulary of another table", R"({"a":0,"b":1})", 5, shape, "2");
    row("a vocabulary of a much smaller one", R"({"a":0})", 812, shape, "a file of 7 bytes");
    row("an empty file", "", 2, shape, "0");
}

void TestTokenList::refuses()
{
    QFETCH(QByteArray, list);
    QFETCH(int, rows);
    QFETCH(ErrorCode, code);
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(rows));
    const auto file = folder.write("x.vocab", list.toStdString());
    for (const auto& loaded : {read(table), readWith(table, file)}) {
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().code == code, describe(loaded.error()).c_str());
        QCOMPARE(loaded.error().args.front(), file.string());
        QTEST(QByteArray::fromStdString(loaded.error().args.back()), "found");
    }
}

void TestTokenList::hostileJson_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("about");
    const auto row = [](const char* what, const std::string& list, const char* about) {
        QTest::newRow(what) << QByteArray::fromStdString(list) << QByteArray(about);
    };
    row("deep", R"({"a":)" + std::string(1000000, '['), "nested more than 64 levels deep");
    row("deep in a list", R"(["a",)" + std::string(1000000, '['), "item 1 of the list is a list");
    row("a huge id", R"({"a":18446744073709551615,"b":0})", "the id 18446744073709551615 of \"a\"");
    row("a larger one", R"({"a":99999999999999999999999999,"b":0})", "the value of \"a\" is no id");
    row("a negative id", R"({"a":-1,"b":0})", "the value of \"a\" is no id");
    row("a fraction", R"({"a":1.0,"b":0})", "the value of \"a\" is no id");
    row("cut off", R"({"a":0,"b")", "no JSON at character");
    row("cut off in a list", R"(["a","b)", "no JSON at character");
    row("not UTF-8", "[\"a\",\"\xFF\"]", "no JSON at character");
    row("half a surrogate", R"(["a","\ud800"])", "no JSON at character");
    row("numbers in a list", R"(["a",1])", "item 1 of the list is a number");
    row("another file of a model", R"({"architectures":["Bert"],"vocab_size":30522})",
        "the value of \"architectures\" is no id");
    row("a text for an id", R"({"model":{"vocab":{"a":"0"}}})", "the id of \"a\" is a text");
    row("an object in the vocabulary", R"({"model":{"vocab":{"a":{}}}})", "the id of \"a\" is an object");
    row("a model without a vocabulary", R"({"version":"1.0","model":{"type":"BPE"}})",
        "the value of \"version\" is no id");
}

void TestTokenList::hostileJson()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, about);
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(2));
    const auto file = folder.write("x.vocab.json", list.toStdString());
    const auto loaded = read(table);
    QVERIFY(!loaded);
    const std::string sentence = describe(loaded.error());
    QVERIFY2(sentence.find(file.string()) != std::string::npos, sentence.c_str());
    QVERIFY2(sentence.find(about.toStdString()) != std::string::npos, sentence.c_str());
}

void TestTokenList::readsTokenizerJson()
{
    const TableFolder folder;
    const auto table = folder.write("x.safetensors.npy", npyOfRows(4));
    const auto file = folder.write("tokenizer.json", R"({
        "version": "1.0", "truncation": null, "padding": {"pad_id": 0, "pad_token": "[PAD]"},
        "added_tokens": [{"id": 3, "content": "<mask>", "special": true}, {"id": 0, "content": "[PAD]"}],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "Lowercase"}]},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[PAD]": 0, "the": 2, "[UNK]": 1},
                  "merges": ["t h", ["th", "e"]]}})");
    const auto loaded = read(table);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("[PAD]|[UNK]|the|<mask>"));
    QCOMPARE(loaded->report.warnings.size(), std::size_t{0});
    QCOMPARE(loaded->report.tokensFrom, file.string());
}

void TestTokenList::tokenizerOfPieces()
{
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(3));
    folder.write("x.tokenizer.json", R"({"added_tokens": [{"id": 1, "content": "<s>", "special": true}],
        "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["</s>", -1.5], ["\u2581the", -3]]}})");
    const auto loaded = read(table);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    // What is added lies over the model, as a tokenizer answers; the report tells of it.
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("<unk>|<s>|\xE2\x96\x81the"));
    QCOMPARE(columnText(loaded->table), QByteArray("score= 0 -1.5 -3;"));
    QCOMPARE(warningArgs(loaded->report, WarningCode::IdsRepeated), (Args{"1", "1"}));
}

void TestTokenList::idsWithGaps()
{
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(5));
    folder.write("x.vocab.json", R"({"a": 0, "b": 2, "c": 2, "d": 3})");
    const auto loaded = read(table);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|<row 1>|b|d|<row 4>"));
    QCOMPARE(warningArgs(loaded->report, WarningCode::RowsUnnamed), (Args{"2", "1"}));
    QCOMPARE(warningArgs(loaded->report, WarningCode::IdsRepeated), (Args{"1", "2"}));
}

void TestTokenList::padsOnlyTheSmallerPart()
{
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(4));
    folder.write("x.vocab.json", R"({"a": 0, "b": 1})");
    QVERIFY(read(table)); // half of the rows are named
    folder.write("x.vocab.json", R"({"a": 0})");
    QVERIFY(!read(table));
}

void TestTokenList::searchOrder()
{
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(1));
    const char* const names[] = {"labels.tsv", "x.metadata.tsv", "x.vocab.json", "x.tokenizer.json",
                                 "x.vocab",    "x.tokens.txt",   "x.vocab.txt"};
    for (const std::string name : names) {
        folder.write(name, name.ends_with(".json") ? R"({")" + name + R"(": 0})" : name + "\n");
        if (name == "x.tokenizer.json")
            folder.write(name, R"({"model": {"vocab": {"x.tokenizer.json": 0}}})");
        QCOMPARE(joined(tokensOf(read(table)->table)), QByteArray::fromStdString(name));
    }
}

void TestTokenList::folderLists()
{
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(2));
    const auto other = folder.write("vocab.txt", "a\nb\nc\n");
    // It may belong to another matrix in the folder, so that it must not keep this one from opening.
    auto loaded = read(table);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("0|1"));
    QCOMPARE(warningArgs(loaded->report, WarningCode::TokensUnfit), Args{other.string()});
    folder.write("words.tsv", "a\nb\n");
    QCOMPARE(joined(tokensOf(read(table)->table)), QByteArray("a|b"));
    folder.write("metadata.tsv", "word\tcount\na\t5\nb\t3\n");
    loaded = read(table);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|b"));
    QCOMPARE(columnText(loaded->table), QByteArray("count= 5 3;"));
    folder.write("labels.tsv", "x\ny\n");
    loaded = read(table);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("0|1"));
    QCOMPARE(warningArgs(loaded->report, WarningCode::TokensAmbiguous), Args{"words.tsv, metadata.tsv, labels.tsv"});
    QCOMPARE(joined(tokensOf(readWith(table, folder.path("labels.tsv"))->table)), QByteArray("x|y"));
}

void TestTokenList::chosenListReplaces()
{
    const TableFolder folder;
    const auto table = folder.write("x.txt", "the 1 2\nthe 3 4\n");
    const auto list = folder.write("names.txt", "a\nb\n");
    const auto loaded = readWith(table, list);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|b"));
    // What was found in the names of before no longer holds.
    QCOMPARE(loaded->report.duplicates, Index{0});
    QVERIFY(!warningArgs(loaded->report, WarningCode::DuplicateTokens));
    const auto missing = readWith(table, folder.path("none.txt"));
    QVERIFY(!missing && missing.error().code == ErrorCode::FileNotFound);
    const auto packed = readWith(table, folder.write("names.gz", "\x1f\x8b\x08"));
    QVERIFY(!packed && packed.error().code == ErrorCode::FormatRefused);
    // A list beside the matrix that does not fit is not looked at.
    const auto matrix = folder.write("y.npy", npyOfRows(2));
    folder.write("y.vocab", "a\n");
    QCOMPARE(joined(tokensOf(readWith(matrix, list)->table)), QByteArray("a|b"));
}

void TestTokenList::firstRowsOnly()
{
    const TableFolder folder;
    const auto matrix = folder.write("x.npy", npyOfRows(3));
    const auto text = folder.write("y.txt", "the 1 2\nof 3 4\nand 5 6\n");
    for (const auto& list :
         {folder.write("a.txt", "a\nb\nc\n"), folder.write("b.json", R"(["a","b","c"])"),
          folder.write("c.json", R"({"c":2,"b":1,"a":0})"), folder.write("d.tsv", "c\t2\na\t0\nb\t1\n"),
          folder.write("e.tsv", "word\tcount\na\t3\nb\t2\nc\t1\n")})
        for (const auto& table : {matrix, text}) {
            const auto loaded = readWith(table, list, 2);
            QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
            QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|b"));
        }
    folder.write("x.vocab", "a\t3\nb\t7\nc\t1\n");
    const auto beside = read(matrix, 2);
    QCOMPARE(joined(tokensOf(beside->table)), QByteArray("a|b"));
    QCOMPARE(columnText(beside->table), QByteArray("count= 3 7;"));
}

void TestTokenList::refusesListsThatDoNotComeBack()
{
    const TableFolder folder;
    const auto writable = [&folder](const std::vector<std::string>& tokens) {
        const auto table = makeTable(Matrix::Ones(static_cast<Index>(tokens.size()), 1), tokens);
        return write(table, folder.path("x.npy"), Format::Npy).has_value();
    };
    QVERIFY(writable({"a 1", "b 2"}));
    QVERIFY(writable({"", ""}));
    QVERIFY(writable({"[", "{"}));
    QVERIFY(!writable({"a\nb"}));
    QVERIFY(!writable({"a\r"}));
    QVERIFY(!writable({"a\t1", "b\t2"}));
    QVERIFY(!writable({"\xEF\xBB\xBF"
                       "a"}));
    QVERIFY(!writable({R"(["a"])"}));
}

void TestTokenList::writesWhatItReads()
{
    const TableFolder folder;
    const std::vector<std::string> tokens{"word,count", "a,1", " ", "\"x", "item 1", "\t", "", "\xFF"};
    const auto table = makeTable(Matrix::Ones(8, 2), tokens);
    QVERIFY(write(table, folder.path("x.npy"), Format::Npy));
    QCOMPARE(joined(tokensOf(read(folder.path("x.npy"))->table)), joined(tokens));
}

void TestTokenList::isFast()
{
    std::string list;
    std::string json = "{";
    for (int i = 0; i < 400000; ++i) {
        list += "token" + std::to_string(i) + "\t" + std::to_string(1000000 - i) + "\n";
        json += (i == 0 ? "\"token" : ",\"token") + std::to_string(i) + "\":" + std::to_string(i);
    }
    const TableFolder folder;
    const auto table = folder.write("x.npy", npyOfRows(400000));
    folder.write("x.vocab", list);
    const auto read400k = [&table](const std::filesystem::path& file) {
        const std::clock_t start = std::clock(); // of this process: other work on the machine does not count
        const auto loaded = readWith(table, file);
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        qInfo("%s: %.0f ms of processor time", file.filename().c_str(), 1000 * seconds);
        return loaded && loaded->table.vocabulary()[399999] == "token399999" && seconds < 2;
    };
    QVERIFY(read400k(folder.path("x.vocab")));
    QVERIFY(read400k(folder.write("y.json", json + "}")));
}

void TestTokenList::realFiles()
{
    const auto bert = dataFile("vocab_bert/bert_base_uncased_vocab.txt");
    const auto static2 = dataFile("model2vec/test-model-float32.safetensors");
    const auto cut = dataFile("gensim_w2v/w2v_keyedvectors_load_test.vocab");
    NEEDS_DATA(bert, "vocab_bert");
    NEEDS_DATA(static2, "model2vec");
    NEEDS_DATA(cut, "gensim_w2v");
    const TableFolder folder;
    auto loaded = readWith(folder.write("x.npy", npyOfRows(30522)), bert);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    const Vocabulary& words = loaded->table.vocabulary();
    QCOMPARE(words[0], std::string_view("[PAD]"));
    QCOMPARE(words[1996], std::string_view("the"));
    QCOMPARE(words.find("language"), std::optional<Index>(2653)); // all of it counted by Python
    QCOMPARE(words.duplicates(), Index{0});
    loaded = read(static2);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->table.rows(), Index{29528});
    QCOMPARE(loaded->table.vocabulary()[5], std::string_view("!"));
    QCOMPARE(loaded->table.vocabulary()[20000], std::string_view("academies")); // by Python's json
    QVERIFY(loaded->report.tokensFrom.ends_with("test-model-float32.tokenizer.json"));
    loaded = readWith(folder.write("y.npy", npyOfRows(2)), cut);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(columnText(loaded->table), QByteArray("count= 123 789;"));
    QCOMPARE(loaded->report.invalidUtf8, Index{2});
}

QTEST_APPLESS_MAIN(TestTokenList)
#include "tst_token_list.moc"
