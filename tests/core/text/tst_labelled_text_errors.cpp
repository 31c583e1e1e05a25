// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_files.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace embedscope;

class LabelledTextErrorsTest : public QObject
{
    Q_OBJECT

private slots:
    void refusesWithAReason_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("says"); // part of the sentence
        const QByteArray tsv("0\tbad film\n1\tgood film\n");
        QByteArray novel;
        for (int i = 0; i < 200; ++i)
            novel += "Word" + QByteArray::number(i) + " began a line of prose , as novel " + QByteArray::number(i) +
                     " does\n";

        QTest::newRow("an empty file") << QByteArray("") << ErrorCode::FileEmpty << QByteArray("is empty");
        QTest::newRow("a file of blank lines")
            << QByteArray("\n \n\n") << ErrorCode::NoSentences << QByteArray("no labelled sentence");
        QTest::newRow("a header alone") << QByteArray("label\ttext\n") << ErrorCode::NoSentences
                                        << QByteArray("no labelled sentence");
        QTest::newRow("a novel") << novel << ErrorCode::NoLabels
                                 << QByteArray("write the label and a tab before each sentence");
        QTest::newRow("one JSON list") << QByteArray(
                                              "[{\"text\": \"a b\", \"label\": 1},\n{\"text\": \"c d\", \"label\": 0}]")
                                       << ErrorCode::NoLabels << QByteArray("one object a line");
        QTest::newRow("ratings") << QByteArray("1\t10\t4\n2\t11\t5\n").repeated(20) << ErrorCode::NoLabels
                                 << QByteArray("no column beside the labels holds sentences");
        QTest::newRow("two columns of prose") << QByteArray(novel).replace(" of ", "\t") << ErrorCode::NoLabels
                                              << QByteArray("200 different values in 200 lines");
        QTest::newRow("a single class") << QByteArray("0\tbad film\n0\tdull film\n") << ErrorCode::TooFewClasses
                                        << QByteArray("\"0\"");
        QTest::newRow("no label on any line") << QByteArray("label\ttext\n\tbad film\n\tgood film\n")
                                              << ErrorCode::NoLabels << QByteArray("every one of its lines");
        QTest::newRow("a line without a tab")
            << tsv.repeated(20) + "good film\n"
            << ErrorCode::FileDamaged << QByteArray("line 41: has no label or no text: 1 column where 2");
        QTest::newRow("the first of two damaged lines") << tsv.repeated(2000) + "film\n" + tsv.repeated(2000) + "film\n"
                                                        << ErrorCode::FileDamaged << QByteArray("line 4001:");
        QTest::newRow("an open quote") << QByteArray("label,text\n0,fine\n1,\"never closed\n0,x\n")
                                       << ErrorCode::FileDamaged << QByteArray("line 3: a quoted field begins here");
        QTest::newRow("half a JSON object")
            << QByteArray("{\"text\": \"a\", \"label\": 1}\n").repeated(9) + "{\"text\": \"a\", \"la}\n"
            << ErrorCode::FileDamaged << QByteArray("line 10: is not one whole JSON object");
        QTest::newRow("JSON without its text") << QByteArray("{\"text\": \"a b\", \"label\": 1}\n{\"label\": 0}\n")
                                               << ErrorCode::FileDamaged << QByteArray("line 2: has no \"text\"");
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                              "0\0\t\0a\0\n\0",
                                              10)
                                << ErrorCode::FileNotText << QByteArray("Convert the file to UTF-8");
        QTest::newRow("a binary file names the line of its zero byte")
            << QByteArray("a\nb\n\0c", 6) << ErrorCode::FileNotText << QByteArray("line 3");
        QTest::newRow("a line of 20 MB") << "0\t" + QByteArray(20 << 20, 'x') + "\n1\tgood\n"
                                         << ErrorCode::FileDamaged << QByteArray("line 1: is longer than 16 MB");
    }
    void dataToTestOnMayHaveOneClass()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("one.tsv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("0\tbad film\n0\tdull film\n");
        file.close();
        Progress progress;
        const auto got = readLabelledText(file.fileName().toStdString(), {.one_class_is_enough = true}, {}, progress);
        QVERIFY(got.has_value());
        QCOMPARE(got->classes.size(), std::size_t(1));
    }

    void refusesWithAReason()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, says);
        const TextFile file(content);
        const auto data = file.read();
        QVERIFY(!data);
        const QByteArray text = QByteArray::fromStdString(describe(data.error()));
        QTEST(data.error().code, "code");
        QVERIFY2(text.contains(says), text.constData());
        QVERIFY2(text.contains(file.path().c_str()), text.constData());
    }

    void refusesOptions_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("a column that is not there: the ones that are stand in the message")
            << QByteArray("body") << QByteArray() << ErrorCode::ValueRefused
            << QByteArray("1 (\"label\"), 2 (\"text\")");
        QTest::newRow("a number beyond the last column")
            << QByteArray("3") << QByteArray() << ErrorCode::ValueRefused << QByteArray("\"3\"");
        QTest::newRow("column 0") << QByteArray() << QByteArray("0") << ErrorCode::ValueRefused
                                  << QByteArray("The label column");
        QTest::newRow("one column for both") << QByteArray("text") << QByteArray("2") << ErrorCode::OptionsConflict
                                             << QByteArray("two different columns");
    }
    void refusesOptions()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, label);
        QFETCH(QByteArray, says);
        LabelledTextOptions options;
        if (!text.isNull())
            options.text_column = text.toStdString();
        if (!label.isNull())
            options.label_column = label.toStdString();
        const auto data = TextFile("label\ttext\n0\tbad film\n1\tgood film\n").read(options);
        QVERIFY(!data);
        QTEST(data.error().code, "code");
        const QByteArray message = QByteArray::fromStdString(describe(data.error()));
        QVERIFY2(message.contains(says), message.constData());
    }

    void columnsAndAFormatWithoutThemConflict()
    {
        const auto data = TextFile("0 bad\n1 good\n")
                              .read({.format = TextFormat::LabelFirst, .text_column = "2", .label_column = {}});
        QVERIFY(!data);
        QCOMPARE(data.error().code, ErrorCode::OptionsConflict);
    }

    void aMissingFileAndAFolderAreTold()
    {
        QTemporaryDir folder;
        Progress progress;
        const auto missing = readLabelledText(folder.filePath(QStringLiteral("none")).toStdString(), {}, {}, progress);
        QCOMPARE(missing.error().code, ErrorCode::FileNotFound);
        const auto isFolder = readLabelledText(folder.path().toStdString(), {}, {}, progress);
        QCOMPARE(isFolder.error().code, ErrorCode::FileUnreadable);
    }

    void aClassThatTheTrainingDataLacksIsNamed()
    {
        const TextFile file("b\tone two\nz\tthree four\n");
        const auto data = withClasses(*file.read(), {"a", "b"}, file.path());
        QVERIFY(!data);
        QCOMPARE(data.error().code, ErrorCode::NoLabels);
        const QByteArray message = QByteArray::fromStdString(describe(data.error()));
        QVERIFY2(message.contains("\"z\"") && message.contains("\"a\", \"b\""), message.constData());
    }

    void aStopIsObeyed()
    {
        const TextFile file("0\tbad film\n1\tgood film\n");
        std::stop_source source;
        source.request_stop();
        Progress progress;
        const auto data = readLabelledText(file.path(), {}, source.get_token(), progress);
        QVERIFY(!data);
        QCOMPARE(data.error().code, ErrorCode::Cancelled);
    }

    void progressEndsAtOne()
    {
        const TextFile file(QByteArray("0\tbad film\n1\tgood film\n").repeated(5000));
        Progress progress;
        QVERIFY(readLabelledText(file.path(), {}, {}, progress));
        QCOMPARE(progress.fraction(), 1.0);
    }
};

QTEST_APPLESS_MAIN(LabelledTextErrorsTest)
#include "tst_labelled_text_errors.moc"
