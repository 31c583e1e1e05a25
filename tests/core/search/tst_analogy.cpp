// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/search/analogy.h"
#include "tests/core/search/glove_sample.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <thread>

using namespace embedscope;
using namespace embedscope::test;

class TestAnalogy : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void readsSections();
    void skipsLines_data();
    void skipsLines();
    void questionsWithoutHeaderAreNamedByTheFile();
    void refusesFiles_data();
    void refusesFiles();
    void answersByHand_data();
    void answersByHand();
    void lengthsDoNotMatter_data();
    void lengthsDoNotMatter();
    void spellingsOfTheInputsAreNoAnswer();
    void fiveSpellingsOfTheInputsAreTheAnswer();
    void rowsWithoutDirectionAreNoAnswer();
    void repeatedTokensTakeNoPart();
    void equalScoresGoByRow();
    void agreesWithTheDefinition_data();
    void agreesWithTheDefinition();
    void threadsDoNotMatter();
    void refusesOptions();
    void stopsWhenAsked();
    void agreesWithGensim_data();
    void agreesWithGensim();
};

Q_DECLARE_METATYPE(EvaluationOptions)

namespace {

using Scores = QList<std::tuple<QString, Index, Index>>;

AnalogyQuestions parsed(const std::string& text)
{
    return parseAnalogies(text, "lists/family.txt", {}).value();
}

EmbeddingTable tableOf(const std::vector<std::string>& tokens, const Matrix& weights)
{
    return EmbeddingTable::create(weights, Vocabulary(tokens)).value();
}

AnalogyResult evaluated(const EmbeddingTable& table, const std::string& text, const EvaluationOptions& options = {})
{
    Progress progress;
    return evaluateAnalogies(table, parsed(text), options, {}, progress).value();
}

/// "correct/total" of all sections.
QString totals(const AnalogyResult& result)
{
    return QStringLiteral("%1/%2").arg(result.total.correct).arg(result.total.total);
}

Scores scoresOf(const AnalogyResult& result)
{
    Scores scores;
    for (const auto& section : result.sections)
        scores.push_back({QString::fromStdString(section.name), section.correct, section.total});
    scores.push_back({QString::fromStdString(result.total.name), result.total.correct, result.total.total});
    return scores;
}

/// woman - man + king is queen, the same with prince and princess; apple points elsewhere.
EmbeddingTable royals()
{
    return tableOf({"man", "woman", "king", "queen", "prince", "princess", "apple"}, Matrix{{1, 0, 0, 0.1F},
                                                                                            {0, 1, 0, 0.1F},
                                                                                            {1, 0, 1, 0},
                                                                                            {0, 1, 1, 0},
                                                                                            {1, 0, 0.5F, 0.5F},
                                                                                            {0, 1, 0.5F, 0.5F},
                                                                                            {-1, -1, -1, -1}});
}

Matrix randomMatrix(Index rows, Index dim, std::uint64_t seed)
{
    Random random(seed);
    return Matrix::NullaryExpr(rows, dim, [&random] { return static_cast<float>(random.normal()); });
}

std::string token(Index number)
{
    return QStringLiteral("w%1").arg(number).toStdString();
}

std::vector<std::string> numberedTokens(Index rows)
{
    std::vector<std::string> tokens;
    for (Index i = 0; i < rows; ++i)
        tokens.push_back(token(i));
    return tokens;
}

/// The definition, one row after the other in float64: the answer to b - a + c.
Index answerByDefinition(const Matrix& weights, Index a, Index b, Index c)
{
    const auto unit = [&weights](Index row) -> Eigen::RowVectorXd {
        return weights.row(row).cast<double>() / weights.row(row).cast<double>().norm();
    };
    const Eigen::RowVectorXd query = unit(b) - unit(a) + unit(c);
    Index best = -1;
    double bestScore = -1e9;
    for (Index row = 0; row < weights.rows(); ++row) {
        const double score = unit(row).dot(query);
        if (row != a && row != b && row != c && score > bestScore) {
            best = row;
            bestScore = score;
        }
    }
    return best;
}

} // namespace

void TestAnalogy::readsSections()
{
    const auto list = parsed(": family : close\r\nman woman king queen\r\n\n\tman\twoman  prince\u00A0princess \n"
                             ":  \nking queen man woman\n: none\n");
    QCOMPARE(list.sections.size(), std::size_t(3));
    QCOMPARE(list.sections[0].name, std::string("family : close"));
    QCOMPARE(list.sections[0].questions.size(), std::size_t(2));
    QCOMPARE(list.sections[1].name, std::string());
    QCOMPARE(list.sections[2].name, std::string("none"));
    QVERIFY(list.sections[2].questions.empty());
    QCOMPARE(list.size(), Index(3));
    QCOMPARE(list.skippedLines, Index(0));
    QCOMPARE(list.firstSkippedLine, Index(0));
    const auto& question = list.sections[0].questions[1];
    QCOMPARE(list.words[question.a], std::string_view("man"));
    QCOMPARE(list.words[question.b], std::string_view("woman"));
    QCOMPARE(list.words[question.c], std::string_view("prince"));
    QCOMPARE(list.words[question.expected], std::string_view("princess"));
    QCOMPARE(list.words.size(), Index(6));
}

void TestAnalogy::skipsLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Index>("skipped");
    QTest::newRow("three words") << QByteArray("a b c") << Index(1);
    QTest::newRow("five words") << QByteArray("a b c d e") << Index(1);
    QTest::newRow("a header without a blank") << QByteArray(":header") << Index(1);
    QTest::newRow("a header with a blank before it") << QByteArray(" : header") << Index(1);
    QTest::newRow("blank") << QByteArray(" \t \u3000") << Index(0);
    QTest::newRow("a long line") << QByteArray("x ").repeated(100'000) << Index(1);
}

void TestAnalogy::skipsLines()
{
    QFETCH(QByteArray, line);
    QFETCH(Index, skipped);
    const auto list = parsed((": s\na b c d\n" + line + "\ne f g h").toStdString());
    QCOMPARE(list.size(), Index(2));
    QCOMPARE(list.sections.size(), std::size_t(1));
    QCOMPARE(list.skippedLines, skipped);
    QCOMPARE(list.firstSkippedLine, skipped * 3);
}

void TestAnalogy::questionsWithoutHeaderAreNamedByTheFile()
{
    const auto list = parsed("\na b c d\n: more\ne f g h\n");
    QCOMPARE(list.sections.size(), std::size_t(2));
    QCOMPARE(list.sections[0].name, std::string("family"));
    QCOMPARE(list.sections[1].name, std::string("more"));
}

void TestAnalogy::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    const auto none = QStringLiteral("lists/family.txt: A list of analogies without a question cannot be used (no line "
                                     "has four words). Write a question as: Athens Greece Oslo Norway.");
    QTest::newRow("empty") << QByteArray() << none;
    QTest::newRow("only headers") << QByteArray(": a\n: b\n") << none;
    QTest::newRow("a file of vectors") << QByteArray("the 0.1 0.2\nof 0.3 0.4\n") << none;
    QTest::newRow("not UTF-8") << QByteArray(": a\na b c d\na b c \xFF\n")
                               << "lists/family.txt, line 3: is not UTF-8 text. Convert the file to UTF-8.";
}

void TestAnalogy::refusesFiles()
{
    QFETCH(QByteArray, text);
    const auto list = parseAnalogies(text.toStdString(), "lists/family.txt", {});
    QVERIFY(!list);
    QTEST(QString::fromStdString(describe(list.error())), "sentence");
}

void TestAnalogy::answersByHand_data()
{
    QTest::addColumn<QByteArray>("questions");
    QTest::addColumn<EvaluationOptions>("options");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<Index>("unknown");
    const auto row = [](const char* name, const char* questions, const EvaluationOptions& options, const char* expected,
                        Index unknown) {
        QTest::newRow(name) << QByteArray(questions) << options << QString::fromLatin1(expected) << unknown;
    };
    const EvaluationOptions spelled{.case_insensitive = false};
    const EvaluationOptions dummy{.dummy4unknown = true};
    row("right", "man woman king queen", {}, "1/1", 0);
    row("the other way round", "woman man queen king", {}, "1/1", 0);
    row("wrong", "man woman king apple", {}, "0/1", 0);
    row("an input is never the answer", "man woman king woman", {}, "0/1", 0);
    row("a, b and c may be the same", "man man man king", {}, "0/1", 0);
    row("where b is a the nearest to c is the answer", "man man king prince", {}, "1/1", 0);
    row("capitals fold", "MAN Woman kING QUEEN", {}, "1/1", 0);
    row("capitals as they are", "MAN woman king queen\nman woman king queen", spelled, "1/1", 1);
    row("unknown words are left out", "man woman king empress\nman woman king queen", {}, "1/1", 1);
    row("unknown words may count as wrong", "man woman king empress\nman woman king queen", dummy, "1/2", 1);
    row("nothing known", "a b c d", {}, "0/0", 1);
    row("rows behind the limit are unknown", "man woman king queen", {.restrict_vocab = 3}, "0/0", 1);
    row("rows behind the limit are no answer", "man woman prince queen", {.restrict_vocab = 5}, "1/1", 0);
    row("the same where they may be", "man woman prince queen", {.restrict_vocab = 6}, "0/1", 0);
}

void TestAnalogy::answersByHand()
{
    QFETCH(QByteArray, questions);
    QFETCH(EvaluationOptions, options);
    QFETCH(Index, unknown);
    const auto result = evaluated(royals(), questions.toStdString(), options);
    QTEST(totals(result), "expected");
    QCOMPARE(result.unknown, unknown);
    QCOMPARE(result.total.name, std::string("Total accuracy"));
    const double total = static_cast<double>(std::max<Index>(1, result.total.total));
    QCOMPARE(result.total.accuracy(), static_cast<double>(result.total.correct) / total);
}

void TestAnalogy::lengthsDoNotMatter_data()
{
    QTest::addColumn<float>("scale");
    for (const float scale : {1e-42F, 1e-30F, 1e-3F, 1e30F, 1e38F})
        QTest::addRow("times %g", static_cast<double>(scale)) << scale;
}

void TestAnalogy::lengthsDoNotMatter()
{
    QFETCH(float, scale);
    Matrix weights = royals().weights();
    for (const Index row : {0, 3, 5})
        weights.row(row) *= scale;
    std::vector<std::string> tokens{"man", "woman", "king", "queen", "prince", "princess", "apple"};
    QCOMPARE(totals(evaluated(tableOf(tokens, weights), "man woman king queen\nwoman man princess prince")), "2/2");
}

void TestAnalogy::spellingsOfTheInputsAreNoAnswer()
{
    // King lies nearest to the query: the answer where spellings count, passed over where they do not.
    const auto table = tableOf({"man", "woman", "king", "King", "queen"},
                               Matrix{{1, 0, 0}, {0, 1, 0}, {1, 0, 1}, {0, 1, 0.7F}, {0.5F, 1, 1}});
    QCOMPARE(totals(evaluated(table, "man woman king queen")), "1/1");
    QCOMPARE(totals(evaluated(table, "man woman king King", {.case_insensitive = false})), "1/1");
    // Of two spellings the first has the vector that counts: "King" asks for the row of "king".
    QCOMPARE(totals(evaluated(table, "man woman King queen")), "1/1");
    QCOMPARE(totals(evaluated(table, "man woman king KING")), "0/1");
}

void TestAnalogy::fiveSpellingsOfTheInputsAreTheAnswer()
{
    // gensim 4.2 looks at five rows, and where all of them spell an input the last one stays the answer.
    std::vector<std::string> tokens{"man", "woman", "king", "KIng", "KiNg", "KinG", "kING", "King", "queen"};
    Matrix weights(9, 3);
    weights.topRows(3) << 1, 0, 0, 0, 1, 0, 1, 0, 1;
    for (Index row = 3; row < 8; ++row)
        weights.row(row) = RowVector{{0, 1, 0.7F + 0.01F * static_cast<float>(row)}};
    weights.row(8) = RowVector{{0.5F, 1, 1}};
    QCOMPARE(totals(evaluated(tableOf(tokens, weights), "man woman king queen\nman woman king King")), "1/2");
    tokens[7] = "Kind";
    QCOMPARE(totals(evaluated(tableOf(tokens, weights), "man woman king kind\nman woman king king")), "1/2");
}

void TestAnalogy::rowsWithoutDirectionAreNoAnswer()
{
    constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
    constexpr float kInf = std::numeric_limits<float>::infinity();
    const auto table = tableOf({"zero", "nan", "inf", "man", "woman", "king", "queen"},
                               Matrix{{0, 0}, {1, kNaN}, {kInf, 1}, {1, 0}, {0, 1}, {1, 1}, {-1, -1}});
    QCOMPARE(totals(evaluated(table, "man woman king queen")), "1/1");
    for (const char* question : {"zero woman king queen", "man nan king queen", "man woman inf queen"})
        QCOMPARE(totals(evaluated(table, question)), "0/1");
    QCOMPARE(totals(evaluated(table, "man woman king zero\nman woman king nan")), "0/2");
}

void TestAnalogy::repeatedTokensTakeNoPart()
{
    // The second "king" lies on the query; as a row of its own it would be the answer and fill the limit.
    const auto table = tableOf({"man", "woman", "king", "king", "queen", "late"},
                               Matrix{{1, 0, 0}, {0, 1, 0}, {1, 0, 1}, {0, 1, 0.7F}, {0.5F, 1, 1}, {0, 1, 0.7F}});
    const EvaluationOptions spelled{.restrict_vocab = 4, .case_insensitive = false};
    QCOMPARE(totals(evaluated(table, "man woman king queen", spelled)), "1/1");
    QCOMPARE(totals(evaluated(table, "man woman king late", spelled)), "0/0");
}

void TestAnalogy::equalScoresGoByRow()
{
    auto tokens = numberedTokens(2000);
    const Matrix weights = Matrix::Ones(2000, 4);
    QCOMPARE(totals(evaluated(tableOf(tokens, weights), "w0 w1 w2 w3\nw1700 w1800 w1900 w0\nw0 w1 w2 w4")), "2/3");
}

void TestAnalogy::agreesWithTheDefinition_data()
{
    QTest::addColumn<Index>("rows");
    QTest::addColumn<Index>("dim");
    QTest::addColumn<Index>("questions");
    QTest::newRow("a few rows") << Index(4) << Index(3) << Index(50);
    QTest::newRow("one block of rows") << Index(512) << Index(10) << Index(60);
    QTest::newRow("a block and a row") << Index(513) << Index(10) << Index(60);
    QTest::newRow("several batches of questions") << Index(40) << Index(5) << Index(20'000);
    QTest::newRow("several pieces of words") << Index(1500) << Index(400) << Index(300);
}

void TestAnalogy::agreesWithTheDefinition()
{
    QFETCH(Index, rows);
    QFETCH(Index, dim);
    QFETCH(Index, questions);
    const Matrix weights = randomMatrix(rows, dim, 1);
    Random random(2);
    const auto any = [&] { return static_cast<Index>(random.below(static_cast<std::uint64_t>(rows))); };
    std::string text;
    for (Index i = 0; i < questions; ++i) {
        const Index a = any();
        const Index b = any();
        const Index c = any();
        for (const Index word : {a, b, c, answerByDefinition(weights, a, b, c)})
            text.append(token(word)).append(" ");
        text += '\n';
    }
    QCOMPARE(totals(evaluated(tableOf(numberedTokens(rows), weights), text)), QStringLiteral("%1/%1").arg(questions));
}

void TestAnalogy::threadsDoNotMatter()
{
    const auto table = tableOf(numberedTokens(3000), randomMatrix(3000, 20, 3));
    std::string text;
    for (int i = 0; i < 2000; ++i)
        text += QStringLiteral("w%1 w%2 w%3 w%4\n").arg(i).arg(2999 - i).arg(i / 2).arg(i % 7).toStdString();
    setThreadCount(1);
    const auto one = scoresOf(evaluated(table, text));
    for (const int threads : {2, 5}) {
        setThreadCount(threads);
        QCOMPARE(scoresOf(evaluated(table, text)), one);
    }
}

void TestAnalogy::refusesOptions()
{
    Progress progress;
    for (const Index limit : {0, -1}) {
        const auto result = evaluateAnalogies(royals(), parsed("a b c d"), {.restrict_vocab = limit}, {}, progress);
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::ValueRefused);
    }
}

void TestAnalogy::stopsWhenAsked()
{
    const auto table = tableOf(numberedTokens(60'000), randomMatrix(60'000, 100, 4));
    std::string text;
    for (int i = 0; i < 8000; ++i)
        text += QStringLiteral("w%1 w%2 w%3 w0\n").arg(i).arg(i + 1).arg(i + 2).toStdString();
    const auto questions = parsed(text);
    std::stop_source stop;
    Progress progress;
    std::jthread asker([&] {
        while (progress.done() == 0)
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto result = evaluateAnalogies(table, questions, {}, stop.get_token(), progress);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Cancelled);
    QVERIFY(progress.fraction() < 0.9);
    const auto list = parseAnalogies(text, "x", stop.get_token());
    QVERIFY(!list);
    QVERIFY(list.error().code == ErrorCode::Cancelled);
}

void TestAnalogy::agreesWithGensim_data()
{
    // gensim 4.2, KeyedVectors.evaluate_word_analogies("questions-words.txt", ...): correct and all of each section.
    QTest::addColumn<EvaluationOptions>("options");
    QTest::addColumn<QList<Index>>("expected");
    QTest::newRow("defaults") << EvaluationOptions{}
                              << QList<Index>{306,  380,  484, 617, 21,  86,  82, 508, 151,  182,
                                              67,   380,  6,   42,  302, 506, 74, 156, 261,  506,
                                              1059, 1094, 347, 812, 291, 462, 87, 272, 3538, 6003};
    QTest::newRow("restrict_vocab=3000") << EvaluationOptions{.restrict_vocab = 3000}
                                         << QList<Index>{68,  90,  24,  28,  1,  28,  7,  35, 62,  72,
                                                         5,   30,  0,   2,   51, 110, 19, 30, 56,  132,
                                                         444, 450, 124, 240, 52, 90,  12, 30, 925, 1367};
    QTest::newRow("case_insensitive=False")
        << EvaluationOptions{.case_insensitive = false}
        << QList<Index>{0,   0,  0,   0,   0,   0, 0, 0,   151, 182, 67,  380, 6,   42,   302,
                        506, 74, 156, 261, 506, 0, 0, 347, 812, 291, 462, 87,  272, 1586, 3318};
    QTest::newRow("dummy4unknown=True") << EvaluationOptions{.dummy4unknown = true}
                                        << QList<Index>{306,  506,  484, 4524, 21,  866,  82, 2467, 151,  506,
                                                        67,   992,  6,   812,  302, 1332, 74, 1122, 261,  1056,
                                                        1059, 1599, 347, 1560, 291, 1332, 87, 870,  3538, 19544};
}

void TestAnalogy::agreesWithGensim()
{
    QFETCH(EvaluationOptions, options);
    const auto table = gloveSample();
    QFile file(qEnvironmentVariable("EMBEDSCOPE_DATA") + QStringLiteral("/analogy/questions-words.txt"));
    if (!table || !file.open(QIODevice::ReadOnly))
        QSKIP(qPrintable(QStringLiteral("missing: EMBEDSCOPE_DATA, ") + gloveSamplePath() + ", " + file.fileName()));
    const auto result = evaluated(*table, file.readAll().toStdString(), options);
    QList<Index> scores;
    for (const auto& [name, correct, total] : scoresOf(result))
        scores << correct << total;
    QTEST(scores, "expected");
    QCOMPARE(result.sections[1].name, std::string("capital-world"));
    QCOMPARE(result.questions, Index(19544));
}

QTEST_APPLESS_MAIN(TestAnalogy)
#include "tst_analogy.moc"
