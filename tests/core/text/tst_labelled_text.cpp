// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_files.h"

#include <QtTest>

using namespace embedscope;

class LabelledTextTest : public QObject
{
    Q_OBJECT

private slots:
    void readsByContent_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("sentences");
        const QByteArray two("neg|bad film\npos|good film\n");
        const QByteArray numbers("0|bad film\n1|good film\n");

        QTest::newRow("label, tab, text") << QByteArray("neg\tbad film\npos\tgood film\n") << QByteArray("tsv") << two;
        QTest::newRow("text, tab, label") << QByteArray("bad film\tneg\ngood film\tpos\n") << QByteArray("tsv") << two;
        QTest::newRow("no final line end") << QByteArray("bad film\t0\ngood film\t1") << QByteArray("tsv") << numbers;
        QTest::newRow("Windows line ends")
            << QByteArray("bad film\t0\r\ngood film\t1\r\n") << QByteArray("tsv") << numbers;
        QTest::newRow("a byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                         "0\tbad film\n1\tgood film\n")
                                           << QByteArray("tsv") << numbers;
        QTest::newRow("a header in any order and case")
            << QByteArray("ID\tSentence\tLabel\n7\tbad film\t0\n8\tgood film\t1\n") << QByteArray("tsv") << numbers;
        QTest::newRow("a header of a single known name")
            << QByteArray("name\tverdict\ttext\n") + QByteArray("ann\t0\tbad film\nbob\t1\tgood film\n").repeated(4)
            << QByteArray("tsv") << numbers.repeated(4);
        QTest::newRow("a header of unknown names")
            << QByteArray("v9\tw9\n") + QByteArray("0\tbad film\n1\tgood film\n").repeated(4) << QByteArray("tsv")
            << numbers.repeated(4);
        QTest::newRow("quotes in a tab file are text")
            << QByteArray("0\t\"bad film\n1\tgood \"film\"\n") << QByteArray("tsv")
            << QByteArray("0|\"bad film\n1|good \"film\"\n");
        QTest::newRow("a tab in the text") << QByteArray("0\tbad\tfilm\n1\tgood film\n0\tbad film\n1\tgood film\n")
                                           << QByteArray("tsv") << QByteArray("0|bad\tfilm\n1|good film\n") + numbers;
        QTest::newRow("a tab in the text before the label")
            << QByteArray("bad\tfilm\t0\ngood film\t1\nbad film\t0\ngood film\t1\n") << QByteArray("tsv")
            << QByteArray("0|bad\tfilm\n1|good film\n") + numbers;
        QTest::newRow("an identifier and a constant column beside")
            << QByteArray("a1\ttrain\t0\tbad film\na2\ttrain\t1\tgood film\n").repeated(1) +
                   "a3\ttrain\t0\tdull film\na4\ttrain\t1\tfine film\n"
            << QByteArray("tsv") << numbers + "0|dull film\n1|fine film\n";
        QTest::newRow("commas, quotes and a header")
            << QByteArray("text,label\n\"bad, \"\"very\"\" bad\",0\ngood film,1\n") << QByteArray("csv")
            << QByteArray("0|bad, \"very\" bad\n1|good film\n");
        QTest::newRow("a line break inside quotes") << QByteArray("label,text\r\n0,\"bad\nfilm\"\r\n1,good film\r\n")
                                                    << QByteArray("csv") << QByteArray("0|bad\nfilm\n1|good film\n");
        QTest::newRow("commas without a header") << QByteArray("\"0\",\"bad, film\"\n\"1\",\"good film\"\n")
                                                 << QByteArray("csv") << QByteArray("0|bad, film\n1|good film\n");
        QTest::newRow("unquoted commas in the last column")
            << QByteArray("label,text\n0,bad, very bad\n1,good film\n") << QByteArray("csv")
            << QByteArray("0|bad, very bad\n1|good film\n");
        QTest::newRow("semicolons") << QByteArray("label;text\n0;bad, film\n1;good film\n") << QByteArray("csv")
                                    << QByteArray("0|bad, film\n1|good film\n");
        QTest::newRow("JSON lines")
            << QByteArray("{\"text\": \"bad film\", \"label\": 0}\n{\"label\": 1, \"text\": \"good \\u0066ilm\"}\n")
            << QByteArray("jsonl") << numbers;
        QTest::newRow("JSON lines with other names")
            << QByteArray("{\"id\": 1, \"sentence\": \"bad film\", \"gold_label\": \"neg\"}\n"
                          "{\"id\": 2, \"sentence\": \"good film\", \"gold_label\": \"pos\"}\n")
            << QByteArray("jsonl") << two;
        QTest::newRow("JSON tokens and label lists")
            << QByteArray("{\"text\": [\"bad\", \"film\"], \"label\": [\"neg\", \"x\"]}\n"
                          "{\"text\": [\"good\", \"film\"], \"label\": [\"pos\"]}\n")
            << QByteArray("jsonl") << two;
        QTest::newRow("fastText") << QByteArray("__label__neg bad film\n__label__pos good film\n")
                                  << QByteArray("fasttext") << two;
        QTest::newRow("several fastText labels: the first wins")
            << QByteArray("__label__neg __label__x bad film\n__label__pos\tgood film __label__y\n")
            << QByteArray("fasttext") << two;
        QTest::newRow("a number, a blank, the text")
            << QByteArray("0 bad film\n1 good film\n") << QByteArray("label-first") << numbers;
        QTest::newRow("TREC")
            << QByteArray("DESC:manner How did it go ?\nENTY:cremat What films ?\nDESC:manner How ?\n")
            << QByteArray("label-first")
            << QByteArray("DESC:manner|How did it go ?\nENTY:cremat|What films ?\nDESC:manner|How ?\n");
        QTest::newRow("words as labels, with commas in the text")
            << QByteArray("neg bad , dull\npos good , fine\n").repeated(2) << QByteArray("label-first")
            << QByteArray("neg|bad , dull\npos|good , fine\n").repeated(2);
        QTest::newRow("empty lines between")
            << QByteArray("\n0\tbad film\n \n\n1\tgood film\n\n") << QByteArray("tsv") << numbers;
    }
    void readsByContent()
    {
        QFETCH(QByteArray, content);
        const TextFile file(content);
        const auto data = file.read();
        QVERIFY2(data, data ? "" : describe(data.error()).c_str());
        QTEST(QByteArray::fromStdString(std::string(textFormatName(data->report.format))), "format");
        QTEST(printed(*data), "sentences");
    }

    void optionsChooseTheColumns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<QByteArray>("sentences");
        QTest::newRow("by name") << QByteArray("title") << QByteArray("stars") << QByteArray("5|fine\n1|poor\n");
        QTest::newRow("by number") << QByteArray("3") << QByteArray("2") << QByteArray("a|good film\nb|bad film\n");
        QTest::newRow("one of them") << QByteArray("title") << QByteArray() << QByteArray("5|fine\n1|poor\n");
    }
    void optionsChooseTheColumns()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, label);
        LabelledTextOptions options;
        if (!text.isNull())
            options.text_column = text.toStdString();
        if (!label.isNull())
            options.label_column = label.toStdString();
        const auto data = TextFile("title,user,text,stars\nfine,a,good film,5\npoor,b,bad film,1\n").read(options);
        QVERIFY2(data, data ? "" : describe(data.error()).c_str());
        QTEST(printed(*data), "sentences");
        QVERIFY(data->report.header);
    }

    void aSetFormatIsKept()
    {
        const auto data = TextFile("x bad\tfilm\ny good\tfilm\n")
                              .read({.format = TextFormat::LabelFirst, .text_column = {}, .label_column = {}});
        QVERIFY(data);
        QCOMPARE(printed(*data), QByteArray("x|bad\tfilm\ny|good\tfilm\n"));
    }

    void theReportCountsWhatWasFound()
    {
        const auto data = TextFile("label\ttext\n0\tbad film\n\n1\t\n\tnobody knows\n1\tcaf\xE9 ol\xE9\n").read();
        QVERIFY2(data, data ? "" : describe(data.error()).c_str());
        QCOMPARE(printed(*data), QByteArray("0|bad film\n1|\n1|caf\xEF\xBF\xBD ol\xEF\xBF\xBD\n"));
        QCOMPARE(data->report.header, true);
        QCOMPARE(data->report.textColumn, std::string("text"));
        QCOMPARE(data->report.labelColumn, std::string("label"));
        QCOMPARE(data->report.lines, 6);
        QCOMPARE(data->report.emptyLines, 1);
        QCOMPARE(data->report.emptySentences, 1);
        QCOMPARE(data->report.unlabelled, 1);
        QCOMPARE(data->report.invalidUtf8, 1);
    }

    void linesInsideQuotesCount()
    {
        const auto data = TextFile("label,text\n0,\"bad\n\nfilm\"\n1,good\n").read();
        QVERIFY(data);
        QCOMPARE(data->report.lines, 5);
        QCOMPARE(data->report.emptyLines, 0);
    }

    void classesAreSorted_data()
    {
        QTest::addColumn<QByteArray>("labels");
        QTest::addColumn<QByteArray>("classes");
        QTest::newRow("numbers by value") << QByteArray("10 9 -1 2.5") << QByteArray("-1 2.5 9 10");
        QTest::newRow("names by bytes") << QByteArray("b a C 10 9") << QByteArray("10 9 C a b");
        QTest::newRow("a name among numbers makes names of all") << QByteArray("10 9 nan") << QByteArray("10 9 nan");
    }
    void classesAreSorted()
    {
        QFETCH(QByteArray, labels);
        QFETCH(QByteArray, classes);
        QByteArray content("label\ttext\n");
        for (const QByteArray& label : labels.split(' '))
            content += label + "\tsome words of " + label + "\n";
        const auto data = TextFile(content).read();
        QVERIFY2(data, data ? "" : describe(data.error()).c_str());
        QByteArrayList found;
        for (const std::string& name : data->classes)
            found.append(QByteArray::fromStdString(name));
        QCOMPARE(found.join(' '), classes);
        for (std::size_t i = 0; i < data->texts.size(); ++i)
            QVERIFY(data->texts[i].ends_with("of " + data->classes[static_cast<std::size_t>(data->labels[i])]));
    }

    void testDataTakesTheClassesOfTheTrainingData()
    {
        const TextFile file("b\tone two\nc\tthree four\n");
        auto renumbered = withClasses(*file.read(), {"a", "b", "c"}, file.path());
        QVERIFY(renumbered);
        QCOMPARE(renumbered->labels, (std::vector<std::int32_t>{1, 2}));
        QCOMPARE(renumbered->classes.size(), 3U);
    }

    void formatNamesReadBack()
    {
        for (const char* name : {"tsv", "csv", "jsonl", "fasttext", "label-first"})
            QCOMPARE(std::string(textFormatName(*textFormatFromName(name))), std::string(name));
        QVERIFY(!textFormatFromName("xls"));
    }
};

QTEST_APPLESS_MAIN(LabelledTextTest)
#include "tst_labelled_text.moc"
