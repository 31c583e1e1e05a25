// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "tests/core/io/report_text.h"
#include "tests/core/io/table_files.h"

using namespace embedscope;

/// One odd text file a row (tests/data/formats/odd_*): the whole load report, every token and every value, or the whole
/// error.
class TestOddText : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void everyFileStandsHere();
};

void TestOddText::reads_data()
{
    QTest::addColumn<QByteArray>("report");
    QTest::addColumn<QByteArray>("tokens");
    QTest::addColumn<QByteArray>("values");
    const auto row = [](const char* file, const char* report, const char* tokens, const char* values) {
        QTest::newRow(file) << QByteArray(report) << QByteArray(tokens) << QByteArray(values);
    };
    const char* three = "0.5 1 -2 0.25 2 -4 0.125 3 -6";
    row("odd_nbsp_token.txt", "glove 3 x 3 text", "the|\xC2\xA0|new\xC2\xA0york", three);
    row("odd_nel_token.txt", "glove 4 x 3 text", "the|\xC2\x85|end\xC2\x85line|\xE2\x80\xA8",
        "0.5 1 -2 0.25 2 -4 0.125 3 -6 4 5 6");
    row("odd_blanks_in_tokens.txt", "glove 4 x 3 text; TokensWithBlanks(2, line 2)", "the|. . .|at name@domain.com|end",
        "0.5 1 -2 0.25 2 -4 0.125 3 -6 4 5 6");
    row("odd_crlf.vec", "word2vec 3 x 3 text", "the|of|end", three);
    row("odd_byte_order_mark.txt", "glove 3 x 3 text", "the|of|\xEF\xBB\xBF", three);
    row("odd_no_final_newline.txt", "glove 2 x 3 text", "the|of", "0.5 1 -2 0.25 2 -4");
    row("odd_header_too_many_rows.vec", "word2vec 3 x 3 text; FewerRows(3, 5)", "the|of|end", three);
    row("odd_header_too_few_rows.vec", "word2vec 3 x 3 text; MoreRows(2)", "the|of|end", three);
    row("odd_first_token_a_number.txt", "glove 3 x 3 text", "2003|1|end", three);
    row("odd_first_tokens_look_like_a_header.txt", "glove 4 x 1 text", "5|2|end|4", "1 0.25 0.125 5");
    row("odd_one_dimension.txt", "glove 3 x 1 text", "the|of|end", "0.5 0.25 -0.125");
    row("odd_one_dimension.vec", "word2vec 3 x 1 text", "the|of|end", "0.5 0.25 -0.125");
    row("odd_latin1_token.txt", "glove 3 x 3 text, not UTF-8 2; InvalidUtf8(2, line 2)",
        "the|caf\xE9|\xFC"
        "ber",
        three);
    row("odd_cut_utf8_token.txt", "glove 3 x 3 text, not UTF-8 1; InvalidUtf8(1, line 2)",
        "the|\xE3\x83\x91\xE3\x83|end", three);
    row("odd_duplicates.txt", "glove 6 x 3 text, duplicates 3; DuplicateTokens(3, the, line 3)",
        "the|of|the|of|the|The", "0.5 1 -2 0.25 2 -4 0.125 3 -6 4 5 6 7 8 9 1 1 1");
    row("odd_empty_lines.txt", "glove 2 x 3 text; EmptyLines(5, line 1)", "the|of", "0.5 1 -2 0.25 2 -4");
    row("odd_trailing_blanks.vec", "fasttext-vec 2 x 3 text", "the|of", "0.5 1 -2 0.25 2 -4");
    row("odd_tab_in_token.txt", "glove 3 x 3 text", "the|to\tbe|end", three);
    row("odd_nan_and_zero_rows.txt", "glove 4 x 3 text, NaN 2, zero 2; NanRows(2, line 2); ZeroRows(2, line 1)",
        "the|of|end|zero", "0 0 -0 nan 2 -4 0.125 -inf -6 0 0 0");
}

void TestOddText::reads()
{
    QFETCH(QByteArray, report);
    QFETCH(QByteArray, tokens);
    QFETCH(QByteArray, values);
    const auto path = sampleFolder() / QTest::currentDataTag();
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(textOf(loaded->report), report);
    QCOMPARE(loaded->report.bytes, std::filesystem::file_size(path));
    QCOMPARE(joined(tokensOf(loaded->table)), tokens);
    const auto& weights = loaded->table.weights();
    QByteArray found;
    for (Index i = 0; i < weights.size(); ++i)
        found += QByteArray::fromStdString(formatNumber(weights.data()[i])) + ' ';
    QCOMPARE(found.trimmed(), values);
}

void TestOddText::refuses_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("odd_header_wrong_dim.vec")
        << QByteArray(", line 1: it announces 4 values a row, but the rows hold 3. Mend the file or fetch it again.");
    QTest::newRow("odd_bad_line.txt") << QByteArray(
        ", line 2: it holds 2 values, where the other rows hold 3. Mend the file or fetch it again.");
}

void TestOddText::refuses()
{
    QFETCH(QByteArray, error);
    const auto path = sampleFolder() / QTest::currentDataTag();
    const auto loaded = read(path);
    QVERIFY(!loaded);
    QCOMPARE(QByteArray::fromStdString(describe(loaded.error())), QByteArray::fromStdString(path.string()) + error);
}

void TestOddText::everyFileStandsHere()
{
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(sampleFolder()))
        files += entry.path().filename().string().starts_with("odd_") ? 1 : 0;
    QCOMPARE(files, 19 + 2);
}

QTEST_APPLESS_MAIN(TestOddText)
#include "tst_odd_text.moc"
