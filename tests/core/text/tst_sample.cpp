// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/data_set.h"

#include <QtTest>

#include <set>

using namespace embedscope;

namespace {

Result<LabelledText> sample(const char* name)
{
    Progress progress;
    return readLabelledText(std::string(EMBEDSCOPE_SOURCE_DIR "/resources/samples/") + name, {}, {}, progress);
}

} // namespace

class SampleTest : public QObject
{
    Q_OBJECT

private slots:
    void hasFourEqualClasses_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("perClass");
        QTest::newRow("2,000 sentences to train on") << QByteArray("sample.tsv") << 500;
        QTest::newRow("400 sentences to test with") << QByteArray("sample_test.tsv") << 100;
    }
    void hasFourEqualClasses()
    {
        QFETCH(QByteArray, file);
        QFETCH(int, perClass);
        const auto data = sample(file.constData());
        QVERIFY2(data, data ? "" : describe(data.error()).c_str());
        QCOMPARE(data->classes, (std::vector<std::string>{"food", "music", "sport", "weather"}));
        QVERIFY(data->report.header);
        QCOMPARE(data->report.labelColumn, std::string("label"));
        QCOMPARE(data->report.invalidUtf8, 0);
        for (std::int32_t label = 0; label < 4; ++label)
            QCOMPARE(std::ranges::count(data->labels, label), perClass);
    }

    void noSentenceComesTwice()
    {
        std::set<std::string> seen;
        for (const char* file : {"sample.tsv", "sample_test.tsv"}) {
            const auto data = sample(file);
            seen.insert(data->texts.begin(), data->texts.end());
        }
        QCOMPARE(seen.size(), 2400U);
    }

    void hasAFewHundredWordsThatCoverTheTest()
    {
        const auto train = sample("sample.tsv");
        const auto found = vocabularyFromData(*train, {});
        QVERIFY(found.words >= 400 && found.words <= 700);
        const auto test = sample("sample_test.tsv");
        const DataSet set = encode(*test, {}, found.vocabulary, found.unknownRow);
        QVERIFY(static_cast<double>(set.unknownTokens) <= 0.05 * static_cast<double>(set.tokens.size()));
        QCOMPARE(set.emptySentences, 0);
    }

    void wordsBelongToTheirClass_data()
    {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<int>("label");
        QTest::newRow("garlic is food") << QByteArray("garlic") << 0;
        QTest::newRow("violin is music") << QByteArray("violin") << 1;
        QTest::newRow("goalkeeper is sport") << QByteArray("goalkeeper") << 2;
        QTest::newRow("drizzle is weather") << QByteArray("drizzle") << 3;
    }
    void wordsBelongToTheirClass()
    {
        QFETCH(QByteArray, word);
        const auto train = sample("sample.tsv");
        const auto found = vocabularyFromData(*train, {});
        const DataSet set = encode(*train, {}, found.vocabulary, found.unknownRow);
        const auto classes = dominantClass(set, found.vocabulary.size(), 4);
        QTEST(classes[static_cast<std::size_t>(*found.vocabulary.find(word.toStdString()))], "label");
    }
};

QTEST_APPLESS_MAIN(SampleTest)
#include "tst_sample.moc"
