// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/data_set.h"

#include <QFile>
#include <QtTest>

using namespace embedscope;

namespace {

/// Path of a file of the test data, empty where it is not there.
QByteArray dataPath(const QByteArray& name)
{
    const QByteArray folder = qgetenv("EMBEDSCOPE_DATA");
    const QByteArray path = folder + '/' + name;
    return !folder.isEmpty() && QFile::exists(QString::fromUtf8(path)) ? path : QByteArray();
}

/// The first field of each line.
Vocabulary gloveTokens(const QByteArray& path)
{
    QFile file(QString::fromUtf8(path));
    Vocabulary vocabulary;
    if (file.open(QIODevice::ReadOnly))
        while (!file.atEnd()) {
            const QByteArray line = file.readLine();
            vocabulary.add(std::string_view(line.constData(), static_cast<std::size_t>(line.indexOf(' '))));
        }
    return vocabulary;
}

/// Share of the blank-separated lower-case fields that the vocabulary has.
double fieldCoverage(const LabelledText& data, const Vocabulary& vocabulary)
{
    qint64 fields = 0;
    qint64 covered = 0;
    for (const std::string& text : data.texts)
        for (const QByteArray& field : QByteArray::fromStdString(text).toLower().simplified().split(' ')) {
            ++fields;
            covered += vocabulary.contains(std::string_view(field.constData(), static_cast<std::size_t>(field.size())))
                           ? 1
                           : 0;
        }
    return static_cast<double>(covered) / static_cast<double>(fields);
}

constexpr const char* kGlove = "glove6b_50d_9163/glove.6B.50d.txt";

} // namespace

#define REQUIRE_DATA(variable, name)                                                                                   \
    const QByteArray variable = dataPath(name);                                                                        \
    if (variable.isEmpty())                                                                                            \
    QSKIP(("EMBEDSCOPE_DATA has no " + QByteArray(name)).constData())

class RealSentencesTest : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<int>("sentences");
        QTest::addColumn<int>("classes");
        QTest::addColumn<QByteArray>("first"); // class and begin of the text
        QTest::newRow("SST-2 train") << QByteArray("sst2/train.tsv") << QByteArray("tsv") << 6920 << 2
                                     << QByteArray("1|a stirring , funny");
        QTest::newRow("SST-2 dev") << QByteArray("sst2/dev.tsv") << QByteArray("tsv") << 872 << 2
                                   << QByteArray("0|one long string of");
        QTest::newRow("SST-2 test") << QByteArray("sst2/test.tsv") << QByteArray("tsv") << 1821 << 2
                                    << QByteArray("0|no movement , no yuks");
        QTest::newRow("SST-5 train") << QByteArray("sst5/stsa.fine.train") << QByteArray("label-first") << 8544 << 5
                                     << QByteArray("4|a stirring , funny");
        QTest::newRow("SST-5 dev") << QByteArray("sst5/stsa.fine.dev") << QByteArray("label-first") << 1101 << 5
                                   << QByteArray("2|in his first stab");
        QTest::newRow("SST-5 test") << QByteArray("sst5/stsa.fine.test") << QByteArray("label-first") << 2210 << 5
                                    << QByteArray("1|no movement , no yuks");
        QTest::newRow("SMS spam") << QByteArray("sms_spam/sms.tsv") << QByteArray("tsv") << 5574 << 2
                                  << QByteArray("ham|Go until jurong");
    }
    void reads()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, first);
        REQUIRE_DATA(path, file);
        Progress progress;
        const auto data = readLabelledText(path.toStdString(), {}, {}, progress);
        QVERIFY2(data, data ? "" : describe(data.error()).c_str());
        QTEST(QByteArray::fromStdString(std::string(textFormatName(data->report.format))), "format");
        QTEST(static_cast<int>(data->texts.size()), "sentences");
        QTEST(static_cast<int>(data->classes.size()), "classes");
        const std::string& name = data->classes[static_cast<std::size_t>(data->labels.front())];
        const QByteArray begin = QByteArray::fromStdString(name + '|' + data->texts.front());
        QVERIFY2(begin.startsWith(first), begin.constData());
    }

    void refusesWhatHasNoLabels_data()
    {
        QTest::addColumn<QByteArray>("file");
        for (const char* name :
             {"mr/rt-polarity.pos", "subj/subj.objective", "filmtrust/ratings_0.txt", "analogy/questions-words.txt",
              "optdigits/optdigits.tra", "wordsim/EN-WS-353-ALL.txt", kGlove})
            QTest::newRow(name) << QByteArray(name);
    }
    void refusesWhatHasNoLabels()
    {
        QFETCH(QByteArray, file);
        REQUIRE_DATA(path, file);
        Progress progress;
        const auto data = readLabelledText(path.toStdString(), {}, {}, progress);
        QVERIFY(!data);
        QCOMPARE(data.error().code, ErrorCode::NoLabels);
    }

    void coversNoLessThanBlankSeparatedFields_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<double>("atLeast");
        QTest::newRow("SST-2 train") << QByteArray("sst2/train.tsv") << 0.8403;
        QTest::newRow("SST-5 train") << QByteArray("sst5/stsa.fine.train") << 0.8407;
        QTest::newRow("SMS spam, which nobody tokenized before") << QByteArray("sms_spam/sms.tsv") << 0.83;
    }
    void coversNoLessThanBlankSeparatedFields()
    {
        QFETCH(QByteArray, file);
        QFETCH(double, atLeast);
        REQUIRE_DATA(path, file);
        REQUIRE_DATA(glove, kGlove);
        Progress progress;
        const auto data = readLabelledText(path.toStdString(), {}, {}, progress);
        QVERIFY(data);
        const Vocabulary vectors = gloveTokens(glove);
        const auto found = vocabularyFromVectors(*data, {}, vectors);
        qInfo("coverage %.4f, of blank-separated fields %.4f", found.coverage(), fieldCoverage(*data, vectors));
        QVERIFY(found.coverage() >= fieldCoverage(*data, vectors));
        QVERIFY(found.coverage() >= atLeast);
    }

    void tokensOfGloveStayWhole()
    {
        REQUIRE_DATA(glove, kGlove);
        const Vocabulary vectors = gloveTokens(glove);
        QByteArrayList changed;
        for (Index row = 0; row < vectors.size(); ++row)
            if (const auto tokens = tokenize(vectors[row]); tokens.size() != 1 || tokens.front() != vectors[row])
                changed.append(QByteArray::fromStdString(std::string(vectors[row])));
        // The first and last read better with a plain apostrophe; the others are words that end a sentence more often.
        QCOMPARE(changed.join(' '), QByteArray("\xE2\x80\x99s no. i. va. ,000 and/or ga. n\xE2\x80\x99t"));
    }
};

QTEST_APPLESS_MAIN(RealSentencesTest)
#include "tst_real_sentences.moc"
