// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/similarity.h"
#include "tests/core/search/glove_sample.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace embedscope;
using namespace embedscope::test;

class TestSimilarity : public QObject
{
    Q_OBJECT

private slots:
    void readsLayouts_data();
    void readsLayouts();
    void skipsLines_data();
    void skipsLines();
    void refusesFiles_data();
    void refusesFiles();
    void comparesByHand_data();
    void comparesByHand();
    void equalRowsAreTied();
    void rowsThatAreNoDirection_data();
    void rowsThatAreNoDirection();
    void refusesWhatCannotBeCompared();
    void stopsWhenAsked();
    void agreesWithGensim_data();
    void agreesWithGensim();
};

Q_DECLARE_METATYPE(EvaluationOptions)

namespace {

WordPairs parsed(const std::string& text)
{
    return parseWordPairs(text, "pairs.tsv", {}).value();
}

QString described(const WordPairs& list)
{
    QStringList all;
    for (const auto& pair : list.pairs)
        all << QStringLiteral("%1|%2|%3")
                   .arg(QString::fromStdString(std::string(list.words[pair.first])),
                        QString::fromStdString(std::string(list.words[pair.second])))
                   .arg(pair.judgement);
    return all.join(';');
}

EmbeddingTable tableOf(const std::vector<std::string>& tokens, const Matrix& weights)
{
    return EmbeddingTable::create(weights, Vocabulary(tokens)).value();
}

/// Cosines with east: 1, 0.8, 0.6, 0, -1.
EmbeddingTable compass()
{
    return tableOf({"east", "Near", "far", "north", "west"}, Matrix{{2, 0}, {4, 3}, {0.3F, 0.4F}, {0, 7}, {-1, 0}});
}

SimilarityResult evaluated(const EmbeddingTable& table, const std::string& text, const EvaluationOptions& options = {})
{
    Progress progress;
    return evaluateSimilarity(table, parsed(text), options, {}, progress).value();
}

} // namespace

void TestSimilarity::readsLayouts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const QString two = "tiger|cat|7.35;book|paper|-2";
    QTest::newRow("tabs") << QByteArray("tiger\tcat\t7.35\nbook\tpaper\t-2\n") << two;
    QTest::newRow("tabs, other line ends, blanks beside the number")
        << QByteArray("tiger\tcat\t7.35 \r\nbook\tpaper\t -2\r\n") << two;
    QTest::newRow("commas") << QByteArray("tiger,cat,7.35\nbook, paper , -2e0") << two;
    QTest::newRow("blanks") << QByteArray("tiger cat 7.35\nbook   paper\u00A0-2 \n") << two;
    QTest::newRow("tabs and a fourth cell") << QByteArray("tiger\tcat\t7.35\tM\nbook\tpaper\t-2\tm\tx\n") << two;
    QTest::newRow("commas and a fourth cell") << QByteArray("tiger,cat,7.35,\nbook,paper,-2,1\n") << two;
    QTest::newRow("blanks and a fourth cell") << QByteArray("tiger cat 7.35 1\nbook paper -2 1\n") << two;
    QTest::newRow("a line of three cells makes those of four wrong")
        << QByteArray("tiger\tcat\t7.35\nbook\tpaper\t-2\tM\n") << "tiger|cat|7.35";
    QTest::newRow("tabs go before blanks") << QByteArray("a b 1\nhot dog\tsausage\t8\n") << "hot dog|sausage|8";
    QTest::newRow("a blank before a tab belongs to the word") << QByteArray("tiger \tcat\t7\n") << "tiger |cat|7";
}

void TestSimilarity::readsLayouts()
{
    QFETCH(QByteArray, text);
    QTEST(described(parsed(text.toStdString())), "expected");
}

void TestSimilarity::skipsLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Index>("skipped");
    QTest::newRow("a comment") << QByteArray("# x\ty\t1") << Index(0);
    QTest::newRow("blank") << QByteArray(" \t ") << Index(0);
    QTest::newRow("a header") << QByteArray("Word 1\tWord 2\tHuman (mean)") << Index(1);
    QTest::newRow("two cells") << QByteArray("x\ty") << Index(1);
    QTest::newRow("an empty number") << QByteArray("x\ty\t") << Index(1);
    QTest::newRow("two numbers in a cell") << QByteArray("x\ty\t1 2") << Index(1);
    QTest::newRow("a number and a letter") << QByteArray("x\ty\t1a") << Index(1);
    QTest::newRow("a decimal comma") << QByteArray("x\ty\t1,5") << Index(1);
    QTest::newRow("NaN") << QByteArray("x\ty\tnan") << Index(1);
    QTest::newRow("infinity") << QByteArray("x\ty\t-inf") << Index(1);
    QTest::newRow("a number out of range") << QByteArray("x\ty\t1e999") << Index(1);
    QTest::newRow("a long line") << QByteArray("x\t").repeated(100'000) << Index(1);
}

void TestSimilarity::skipsLines()
{
    QFETCH(QByteArray, line);
    QFETCH(Index, skipped);
    const auto list = parsed(("a\tb\t1\n" + line + "\nc\td\t2").toStdString());
    QCOMPARE(described(list), "a|b|1;c|d|2");
    QCOMPARE(list.skippedLines, skipped);
    QCOMPARE(list.firstSkippedLine, skipped * 2);
}

void TestSimilarity::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    const auto none = QStringLiteral("pairs.tsv: A list of word pairs without a pair cannot be used (no line has two "
                                     "words and a number). Write a pair as: tiger, a tab, cat, a tab, 7.35.");
    QTest::newRow("empty") << QByteArray() << none;
    QTest::newRow("comments") << QByteArray("# a b 1\n#\n") << none;
    QTest::newRow("a list of analogies") << QByteArray(": family\nboy girl brother sister\n") << none;
    QTest::newRow("not UTF-8") << QByteArray("a\tb\t1\nc\t\xC3\t2\n")
                               << "pairs.tsv, line 2: is not UTF-8 text. Convert the file to UTF-8.";
}

void TestSimilarity::refusesFiles()
{
    QFETCH(QByteArray, text);
    const auto list = parseWordPairs(text.toStdString(), "pairs.tsv", {});
    QVERIFY(!list);
    QTEST(QString::fromStdString(describe(list.error())), "sentence");
}

void TestSimilarity::comparesByHand_data()
{
    QTest::addColumn<QByteArray>("pairs");
    QTest::addColumn<EvaluationOptions>("options");
    QTest::addColumn<double>("pearson");
    QTest::addColumn<double>("spearman");
    QTest::addColumn<Index>("unknown");
    const EvaluationOptions spelled{.case_insensitive = false};
    const EvaluationOptions dummy{.dummy4unknown = true};
    const EvaluationOptions four{.restrict_vocab = 4};
    // Cosines 0.8, 0.6 and -1: deviations (2, 1.4, -3.4)/3 * 1, of the judgements (1, 0, -1).
    const double line = 5.4 / std::sqrt(2 * (4 + 1.96 + 11.56));
    QTest::newRow("as people say") << QByteArray("east near 3\neast far 2\neast west 1") << EvaluationOptions{} << line
                                   << 1.0 << Index(0);
    QTest::newRow("capitals fold") << QByteArray("EAST near 3\nEast FAR 2\neast west 1") << EvaluationOptions{} << line
                                   << 1.0 << Index(0);
    QTest::newRow("capitals as they are")
        << QByteArray("east near 9\neast Near 3\neast far 2\neast west 1") << spelled << line << 1.0 << Index(1);
    QTest::newRow("the opposite") << QByteArray("east near 1\neast far 2") << EvaluationOptions{} << -1.0 << -1.0
                                  << Index(0);
    QTest::newRow("an unknown word is left out")
        << QByteArray("east near 3\nmoon far 7\neast far 2\neast moon 7\neast west 1") << EvaluationOptions{} << line
        << 1.0 << Index(2);
    // moon counts as 0, between 0.6 and -1: (0.8, 0.6, 0, -1) less 0.1 by (1.5, 0.5, -0.5, -1.5).
    QTest::newRow("or counts as unlike") << QByteArray("east near 4\neast far 3\neast moon 2\neast west 1") << dummy
                                         << 3.0 / std::sqrt(5 * 1.96) << 1.0 << Index(1);
    QTest::newRow("rows behind the limit are unknown")
        << QByteArray("east near 1\neast far 2\neast west 7") << four << -1.0 << -1.0 << Index(1);
}

void TestSimilarity::comparesByHand()
{
    QFETCH(QByteArray, pairs);
    QFETCH(EvaluationOptions, options);
    QFETCH(double, pearson);
    QFETCH(double, spearman);
    const auto result = evaluated(compass(), pairs.toStdString(), options);
    QVERIFY2(std::abs(result.pearson - pearson) < 1e-7, qPrintable(QString::number(result.pearson, 'g', 12)));
    QVERIFY2(std::abs(result.spearman - spearman) < 1e-12, qPrintable(QString::number(result.spearman, 'g', 12)));
    QTEST(result.unknown, "unknown");
}

void TestSimilarity::equalRowsAreTied()
{
    // A word with itself has the cosine 1 to the last bit, whatever its vector: all three judgements rank equally.
    const auto table =
        tableOf({"a", "b", "c", "d"}, Matrix{{0.1F, 0.7F, 0.3F}, {3, 1e-9F, 7}, {9e20F, 1, 2e19F}, {1, 0, 0}});
    QVERIFY(std::isnan(evaluated(table, "a a 1\nb b 2\nc c 3").spearman));
    const auto result = evaluated(table, "a a 1\nb b 2\nc c 3\na d 0");
    QVERIFY(std::abs(result.spearman - 3 / std::sqrt(15.0)) < 1e-12); // ranks (3, 3, 3, 1) by (2, 3, 4, 1)
}

void TestSimilarity::rowsThatAreNoDirection_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<bool>("defined");
    QTest::newRow("zero is unlike all") << 0.0F << true;
    QTest::newRow("NaN is nothing to compare") << std::numeric_limits<float>::quiet_NaN() << false;
    QTest::newRow("nor is infinity") << std::numeric_limits<float>::infinity() << false;
}

void TestSimilarity::rowsThatAreNoDirection()
{
    QFETCH(float, value);
    QFETCH(bool, defined);
    const auto table = tableOf({"a", "b", "c", "odd"}, Matrix{{1, 0}, {1, 1}, {-1, 1}, {value, value}});
    const auto result = evaluated(table, "a b 3\na odd 2\na c 1");
    if (defined)
        QVERIFY(std::abs(result.spearman - 1) < 1e-12 && std::abs(result.pearson - 1) < 1e-12);
    else
        QVERIFY(std::isnan(result.spearman) && std::isnan(result.pearson));
}

void TestSimilarity::refusesWhatCannotBeCompared()
{
    Progress progress;
    const auto none = evaluateSimilarity(compass(), parsed("sun moon 1\neast moon 2"), {}, {}, progress);
    QVERIFY(!none);
    QCOMPARE(describe(none.error()), std::string("The list of word pairs cannot be compared with this table: none of "
                                                 "its 2 pairs has both words among the tokens."));
    const auto limit = evaluateSimilarity(compass(), parsed("east far 1"), {.restrict_vocab = 0}, {}, progress);
    QVERIFY(!limit);
    QVERIFY(limit.error().code == ErrorCode::ValueRefused);
    QVERIFY(std::isnan(evaluated(compass(), "east far 1").pearson));
}

void TestSimilarity::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    const auto result = evaluateSimilarity(compass(), parsed("east far 1"), {}, stop.get_token(), progress);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Cancelled);
    const auto list = parseWordPairs(QByteArray("a b 1\n").repeated(2000).toStdString(), "x", stop.get_token());
    QVERIFY(!list);
    QVERIFY(list.error().code == ErrorCode::Cancelled);
}

void TestSimilarity::agreesWithGensim_data()
{
    // gensim 4.2, KeyedVectors.evaluate_word_pairs.
    QTest::addColumn<QString>("name");
    QTest::addColumn<EvaluationOptions>("options");
    QTest::addColumn<double>("pearson");
    QTest::addColumn<double>("spearman");
    QTest::addColumn<double>("percentUnknown");
    const auto row = [](const char* title, const char* name, const EvaluationOptions& options, double pearson,
                        double spearman, double unknown) {
        QTest::newRow(title) << QString::fromLatin1(name) << options << pearson << spearman << unknown;
    };
    const char* wordsim = "wordsim_gensim/wordsim353.tsv";
    row("WordSim-353", wordsim, {}, 0.5420811347855652, 0.5174961278078543, 26.628895184135974);
    row("its first 3000 tokens", wordsim, {.restrict_vocab = 3000}, 0.633091274403357, 0.6207355456045569,
        58.35694050991501);
    row("its capitals as they are", wordsim, {.case_insensitive = false}, 0.5316429872898577, 0.4979554166527093,
        30.878186968838527);
    row("its unknown words as unlike", wordsim, {.dummy4unknown = true}, 0.2652319419003737, 0.2834412079467382,
        26.628895184135974);
    row("SimLex-999", "wordsim_gensim/simlex999.txt", {}, 0.3127581955356983, 0.27700185120936205, 36.73673673673674);
    row("MTurk-287", "wordsim/EN-MTurk-287.txt", {}, 0.6992299792975131, 0.6751853616862009, 32.752613240418114);
    row("RG-65", "wordsim/EN-RG-65.txt", {}, 0.8073914053929814, 0.8241758241758241, 80.0);
    row("WordSim, relatedness", "wordsim/EN-WS-353-REL.txt", {}, 0.45245516586830264, 0.4238140071795176,
        23.809523809523807);
    row("WordSim, similarity", "wordsim/EN-WS-353-SIM.txt", {}, 0.6560204638257063, 0.6482083232868096,
        30.049261083743843);
}

void TestSimilarity::agreesWithGensim()
{
    QFETCH(QString, name);
    QFETCH(EvaluationOptions, options);
    QFETCH(double, pearson);
    QFETCH(double, spearman);
    QFETCH(double, percentUnknown);
    const auto table = gloveSample();
    QFile file(qEnvironmentVariable("EMBEDSCOPE_DATA") + '/' + name);
    if (!table || !file.open(QIODevice::ReadOnly))
        QSKIP(qPrintable(QStringLiteral("missing: EMBEDSCOPE_DATA, ") + gloveSamplePath() + ", " + file.fileName()));
    const auto result = evaluated(*table, file.readAll().toStdString(), options);
    QVERIFY(std::abs(result.pearson - pearson) < 1e-6);
    QVERIFY(std::abs(result.spearman - spearman) < 1e-6);
    const double unknown = 100.0 * static_cast<double>(result.unknown) / static_cast<double>(result.pairs);
    QVERIFY(std::abs(unknown - percentUnknown) < 1e-9);
}

QTEST_APPLESS_MAIN(TestSimilarity)
#include "tst_similarity.moc"
