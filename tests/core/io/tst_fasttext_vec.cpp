// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/table_files.h"

using namespace embedscope;

/// fastText's text beside word2vec's, which has the same layout.
class TestFastTextVec : public QObject
{
    Q_OBJECT

private slots:
    void tellsItFromWord2Vec_data();
    void tellsItFromWord2Vec();
    void writesWhatReadsBack();
    void refusesTokensWithBlanks();
    void leavesTheEndingToWord2Vec();
};

void TestFastTextVec::tellsItFromWord2Vec_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("format");
    const auto row = [](const char* name, const char* text, Format format) {
        QTest::newRow(name) << QByteArray(text) << int(format);
    };
    row("fastText", "2 2\nthe -0.11189 0.12135 \nof 1.2e-05 3 \n", Format::FastTextVec);
    row("fastText, lines ended by CR LF", "2 2\r\nthe -0.11189 0.12135 \r\nof 1.2e-05 3 \r\n", Format::FastTextVec);
    row("fastText, one value with six decimals", "2 2\nthe 0.012345 0.12135 \nof 0.1 3 \n", Format::FastTextVec);
    row("five digits, but no blanks: GloVe with a header has them too",
        "2 2\nthe -0.023167 -0.042483\nof 0.14866 0.1\n", Format::Word2VecText);
    row("word2vec.c", "2 2\nthe 0.123456 -0.000321\nof 12.000000 0.100000\n", Format::Word2VecText);
    row("word2vec.c with its blanks", "2 2\nthe 0.123456 -0.000321 \nof 12.000000 0.100000 \n", Format::Word2VecText);
    row("gensim", "2 2\nthe 0.017208636 0.06230719\nof 1.1132815e-05 0.5\n", Format::Word2VecText);
    row("gensim, few digits", "2 2\nthe 0.6 0.5\nof 0.1 0.25\n", Format::Word2VecText);
    row("one row with a blank", "2 2\nthe 0.6 0.5 \nof 0.1 0.25\n", Format::Word2VecText);
    row("GloVe", "the -0.11189 0.12135 \nof 1.2e-05 3 \n", Format::Glove);
}

void TestFastTextVec::tellsItFromWord2Vec()
{
    QFETCH(QByteArray, text);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", text.toStdString()));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QTEST(int(loaded->report.format), "format");
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|of"));
}

void TestFastTextVec::writesWhatReadsBack()
{
    const float third = 1.0F / 3;
    const Matrix weights{{third, -0.0F, 1e-30F}, {3.4028235e38F, 16777217.0F, 0.1F}};
    const TableFolder folder;
    const auto path = folder.path("x");
    QVERIFY(write(makeTable(weights, {"the", "\xC3\xA9t\xC3\xA9"}), path, Format::FastTextVec));
    QCOMPARE(readBytes(path), "2 3\nthe 0.33333334 -0 1e-30 \n\xC3\xA9t\xC3\xA9 3.4028235e+38 16777216 0.1 \n");
    const auto loaded = read(path);
    QVERIFY(loaded);
    QVERIFY(loaded->report.format == Format::FastTextVec);
    QVERIFY(loaded->report.warnings.empty());
    QVERIFY(sameBits(loaded->table.weights(), weights));
}

void TestFastTextVec::refusesTokensWithBlanks()
{
    const TableFolder folder;
    const auto table = makeTable(Matrix{{1, 2}}, {"new york"});
    const auto written = write(table, folder.path("x"), Format::FastTextVec);
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::FormatRefused);
    QVERIFY(folder.names().empty());
}

void TestFastTextVec::leavesTheEndingToWord2Vec()
{
    QVERIFY(formatFromName("fasttext-vec") == Format::FastTextVec);
    QVERIFY(formatFromEnding("x.vec") == Format::Word2VecText);
    QVERIFY(canWrite(Format::FastTextVec));
    QVERIFY(!canWrite(Format::FastTextBin));
    QVERIFY(!canWrite(Format::Finalfusion));
}

QTEST_APPLESS_MAIN(TestFastTextVec)
#include "tst_fasttext_vec.moc"
