// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using Json = nlohmann::json;

/// evaluate from outside.
class TestCliEvaluate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bothLists();
    void oneList();
    void forPeople();
    void options_data();
    void options();
    void undefinedIsNull();
    void saysWhatItSkipped();
    void oneSentenceAnError_data();
    void oneSentenceAnError();
    void sameOnAnyNumberOfThreads();
    void interrupted();

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QString error;
        [[nodiscard]] Json json() const { return Json::parse(out.toStdString()); }
    };
    [[nodiscard]] Outcome run(const QStringList& arguments) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliEvaluate::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("vectors.txt", "man 1 0 0\nwoman 0 1 0\nking 1 0 1\nqueen 0 1 1\napple -1 -1 -1\n");
    write("questions.txt", ": family\nMan Woman King Queen\nman woman king apple\nman woman king pear\n: none\n");
    write("plain.txt", "man woman king queen\n");
    write("pairs.tsv", "# pairs\nMan\tking\t3\nman\twoman\t2\nman\tapple\t1\nman\tpear\t9\n");
    write("blank.txt", "\n \n");
    write("empty.txt", "");
    write("zero.txt", QByteArray("a b c d\n\0", 9));
    write("latin.txt", ": a\n\xE9 b c d\n");
}

void TestCliEvaluate::write(const QString& name, const QByteArray& content) const
{
    QFile file(path(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
}

TestCliEvaluate::Outcome TestCliEvaluate::run(const QStringList& arguments) const
{
    QProcess tool;
    tool.setWorkingDirectory(m_folder->path());
    tool.start(EMBEDSCOPE_CLI, QStringList{"evaluate"} + arguments);
    if (!tool.waitForFinished(60000) || tool.exitStatus() != QProcess::NormalExit)
        return {};
    return {tool.exitCode(), tool.readAllStandardOutput(), QString::fromUtf8(tool.readAllStandardError())};
}

void TestCliEvaluate::bothLists()
{
    const Outcome got = run({"vectors.txt", "--analogies", "questions.txt", "--similarity", "pairs.tsv", "--json"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const Json result = got.json();
    QCOMPARE(result["analogies"]["sections"].dump(), Json::parse(R"([{"name":"family","correct":1,"total":2},
        {"name":"none","correct":0,"total":0},{"name":"Total accuracy","correct":1,"total":2}])")
                                                         .dump());
    QCOMPARE(result["analogies"]["accuracy"].get<double>(), 0.5);
    QCOMPARE(result["analogies"]["covered"].get<double>(), 2.0 / 3);
    QCOMPARE(result["similarity"]["spearman"].get<double>(), 1.0);
    QVERIFY(result["similarity"]["pearson"].get<double>() > 0.9);
    QCOMPARE(result["similarity"]["covered"].get<double>(), 0.75);
    QVERIFY(result["seconds"].get<double>() > 0);
    QVERIFY2(got.error.isEmpty(), qPrintable(got.error));
}

void TestCliEvaluate::oneList()
{
    const Json analogies = run({"vectors.txt", "--analogies", "plain.txt", "--json"}).json();
    QVERIFY(!analogies.contains("similarity"));
    QCOMPARE(analogies["analogies"]["sections"][0]["name"].get<std::string>(), std::string("plain"));
    const Json similarity = run({"vectors.txt", "--similarity", "pairs.tsv", "--json"}).json();
    QVERIFY(!similarity.contains("analogies"));
}

void TestCliEvaluate::forPeople()
{
    const Outcome got = run({"vectors.txt", "--analogies", "questions.txt", "--similarity", "pairs.tsv"});
    QCOMPARE(got.code, 0);
    QVERIFY(QString::fromUtf8(got.out).contains(QRegularExpression("^family +1 of +2 +50.0%\n")));
    QVERIFY(got.out.contains("\naccuracy: 0.5\n"));
    QVERIFY(got.out.contains("\nspearman: 1.0\n"));
}

void TestCliEvaluate::options_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("score"); // of "Man Woman King Queen", "man woman king apple", "... pear"
    QTest::newRow("none") << QStringList{} << "1/2";
    QTest::newRow("folded") << QStringList{"--case-fold"} << "1/2";
    QTest::newRow("as spelled") << QStringList{"--no-case-fold"} << "0/1";
    QTest::newRow("the first four tokens") << QStringList{"--restrict", "4"} << "1/1";
    QTest::newRow("unknown words count") << QStringList{"--dummy4unknown"} << "1/3";
}

void TestCliEvaluate::options()
{
    QFETCH(QStringList, options);
    const Outcome got = run(QStringList{"vectors.txt", "--analogies", "questions.txt", "--json"} + options);
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const Json total = got.json()["analogies"]["sections"].back();
    QTEST(QStringLiteral("%1/%2").arg(total["correct"].get<int>()).arg(total["total"].get<int>()), "score");
}

void TestCliEvaluate::undefinedIsNull()
{
    write("one.tsv", "man\tking\t3\n");
    const Outcome got = run({"vectors.txt", "--similarity", "one.tsv", "--json"});
    QCOMPARE(got.code, 0);
    QVERIFY(got.json()["similarity"]["spearman"].is_null());
    QVERIFY(got.json()["similarity"]["pearson"].is_null());
}

void TestCliEvaluate::saysWhatItSkipped()
{
    write("odd.txt", ": a\nman woman king queen\nman woman king\n:b\n");
    const Outcome got = run({"vectors.txt", "--analogies", "odd.txt", "--json"});
    QCOMPARE(got.code, 0);
    QCOMPARE(got.json()["analogies"]["skipped_lines"].get<int>(), 2);
    QVERIFY2(got.error.contains("odd.txt: 2 lines were skipped, the first is line 3"), qPrintable(got.error));
    QCOMPARE(got.error.count('\n'), 1);
}

void TestCliEvaluate::oneSentenceAnError_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("names");
    const auto row = [](const char* title, const QStringList& arguments, int code, const char* names) {
        QTest::newRow(title) << arguments << code << QString::fromLatin1(names);
    };
    row("nothing to evaluate", {"vectors.txt"}, 2, "--analogies");
    row("nothing to evaluate, and no such file", {"none.txt", "--json"}, 2, "--similarity");
    row("no such table", {"none.txt", "--analogies", "questions.txt"}, 3, "none.txt");
    row("no such questions", {"vectors.txt", "--analogies", "none.txt"}, 3, "none.txt");
    row("no such pairs", {"vectors.txt", "--similarity", "none.tsv"}, 3, "none.tsv");
    row("empty questions", {"vectors.txt", "--analogies", "empty.txt"}, 3, "empty.txt");
    row("blank questions", {"vectors.txt", "--analogies", "blank.txt"}, 3, "no line has four words");
    row("blank pairs", {"vectors.txt", "--similarity", "blank.txt"}, 3, "no line has two words and a number");
    row("questions with a zero byte", {"vectors.txt", "--analogies", "zero.txt"}, 3, "zero.txt, line 2");
    row("questions in Latin-1", {"vectors.txt", "--analogies", "latin.txt"}, 3, "latin.txt, line 2");
    row("a folder", {"vectors.txt", "--analogies", "."}, 3, "directory");
    row("pairs as questions", {"vectors.txt", "--analogies", "pairs.tsv"}, 3, "pairs.tsv");
    row("questions as pairs", {"vectors.txt", "--similarity", "questions.txt"}, 3, "questions.txt");
    row("no known pair", {"vectors.txt", "--similarity", "pairs.tsv", "--restrict", "1"}, 4, "none of its 4 pairs");
}

void TestCliEvaluate::oneSentenceAnError()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, names);
    const Outcome got = run(arguments);
    QTEST(got.code, "code");
    QVERIFY2(got.error.contains(names), qPrintable(got.error));
    QCOMPARE(got.error.count('\n'), 1);
    QVERIFY(got.out.isEmpty());
    QCOMPARE(run({"vectors.txt", "--analogies", "plain.txt", "--restrict", "0"}).code, 2);
}

void TestCliEvaluate::sameOnAnyNumberOfThreads()
{
    const QStringList call{"vectors.txt", "--analogies", "questions.txt", "--similarity", "pairs.tsv", "--json"};
    const auto of = [&](const char* threads) {
        Json result = run(call + QStringList{"--threads", threads}).json();
        result.erase("seconds");
        return result.dump();
    };
    QCOMPARE(of("1"), of("3"));
}

void TestCliEvaluate::interrupted()
{
    QByteArray vectors;
    QByteArray questions = ": s\n";
    for (int i = 0; i < 20'000; ++i) {
        vectors += "w" + QByteArray::number(i);
        for (int k = 0; k < 50; ++k)
            vectors += ' ' + QByteArray::number((i * (k + 3) * 7919 + k) % 1009 - 500);
        vectors += '\n';
        for (int copy = 0; copy < 10; ++copy)
            questions += QStringLiteral("w%1 w%2 w%3 w0\n").arg(i).arg(19'999 - i).arg((i + copy) / 2).toUtf8();
    }
    write("large.txt", vectors);
    write("many.txt", questions);
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, {"evaluate", path("large.txt"), "--analogies", path("many.txt"), "--json"});
    QVERIFY(tool.waitForStarted());
    QTest::qWait(300);
    ::kill(static_cast<pid_t>(tool.processId()), SIGINT);
    QVERIFY(tool.waitForFinished(5000));
    QCOMPARE(tool.exitCode(), 5);
    QVERIFY(tool.readAllStandardOutput().isEmpty());
}

QTEST_GUILESS_MAIN(TestCliEvaluate)
#include "tst_cli_evaluate.moc"
