// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/format.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace embedscope;
using Json = nlohmann::json;

/// train-words from outside.
class TestCliWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesEveryFormat_data();
    void writesEveryFormat();
    void sameOnAnyNumberOfThreads();
    void oneSentenceAnError_data();
    void oneSentenceAnError();
    void interruptedLeavesNothing();

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QString error;
    };
    [[nodiscard]] Outcome run(const QStringList& arguments) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] QByteArray content(const QString& name) const;
    void write(const QString& name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliWords::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("text.txt", QByteArray("the King rules the land\nthe apple falls from the tree\n").repeated(500));
    write("blank.txt", "\n  \n");
    write("empty.txt", "");
}

void TestCliWords::write(const QString& name, const QByteArray& content) const
{
    QFile file(path(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
}

QByteArray TestCliWords::content(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

TestCliWords::Outcome TestCliWords::run(const QStringList& arguments) const
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, QStringList{"train-words"} + arguments);
    if (!tool.waitForFinished(60000) || tool.exitStatus() != QProcess::NormalExit)
        return {};
    return {tool.exitCode(), tool.readAllStandardOutput(), QString::fromUtf8(tool.readAllStandardError())};
}

void TestCliWords::writesEveryFormat_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"out.txt", "out.vec", "out.bin", "out.npy", "out.safetensors"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestCliWords::writesEveryFormat()
{
    QFETCH(const QString, name);
    const Outcome got = run({path("text.txt"), "--output", path(name), "--dim", "12", "--epochs", "2", "--json"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const Json line = Json::parse(got.out.toStdString());
    QCOMPARE(line["words"].get<int>(), 8);
    QCOMPARE(line["tokens"].get<int>(), 5500);
    QVERIFY(line["tokens_per_second"].get<double>() > 0);
    QVERIFY(line["seconds"].get<double>() > 0);
    QCOMPARE(line.size(), std::size_t(4));
    Progress progress;
    const auto table = readTable(path(name).toStdString(), {}, {}, progress);
    QVERIFY(table.has_value());
    QCOMPARE(table->table.dim(), Index(12));
    QCOMPARE(table->table.vocabulary()[0], std::string_view("the"));
    QVERIFY(table->table.vocabulary().contains("King"));
}

void TestCliWords::sameOnAnyNumberOfThreads()
{
    for (const char* threads : {"1", "3"})
        QCOMPARE(run({path("text.txt"), "--output", path(QStringLiteral("out%1.bin").arg(threads)), "--dim", "10",
                      "--threads", threads})
                     .code,
                 0);
    QVERIFY(!content("out1.bin").isEmpty());
    QCOMPARE(content("out1.bin"), content("out3.bin"));
    QCOMPARE(run({path("text.txt"), "--output", path("seed.bin"), "--dim", "10", "--seed", "1"}).code, 0);
    QVERIFY(content("seed.bin") != content("out1.bin"));
}

void TestCliWords::oneSentenceAnError_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("names");
    const auto row = [](const char* title, const QStringList& arguments, int code, const char* names) {
        QTest::newRow(title) << arguments << code << QString::fromLatin1(names);
    };
    row("no such text", {"none.txt", "--output", "out.vec"}, 3, "none.txt");
    row("empty text", {"empty.txt", "--output", "out.vec"}, 3, "empty.txt");
    row("text of blanks", {"blank.txt", "--output", "out.vec"}, 3, "blank.txt");
    row("no word is frequent enough", {"text.txt", "--output", "out.vec", "--min-count", "5000"}, 4, "min_count");
    row("unknown ending", {"text.txt", "--output", "out.xyz"}, 4, "out.xyz");
    row("no such folder", {"text.txt", "--output", "none/out.vec"}, 3, "none/out.vec");
    row("a folder instead of a text", {".", "--output", "out.vec"}, 3, "folder");
    row("no dimensions", {"text.txt", "--output", "out.vec", "--dim", "0"}, 4, "dim");
}

void TestCliWords::oneSentenceAnError()
{
    QFETCH(QStringList, arguments);
    QFETCH(const QString, names);
    arguments[0] = path(arguments[0]);
    arguments[2] = path(arguments[2]);
    const Outcome got = run(arguments);
    QTEST(got.code, "code");
    QVERIFY2(got.error.contains(names), qPrintable(got.error));
    QCOMPARE(got.error.count('\n'), 1);
    QVERIFY(got.out.isEmpty());
    QVERIFY(!QFile::exists(arguments[2]));
}

void TestCliWords::interruptedLeavesNothing()
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI,
               {"train-words", path("text.txt"), "--output", path("out.vec"), "--epochs", "1000000", "--json"});
    QVERIFY(tool.waitForStarted());
    QTest::qWait(300);
    ::kill(static_cast<pid_t>(tool.processId()), SIGINT);
    QVERIFY(tool.waitForFinished(5000));
    QCOMPARE(tool.exitCode(), 5);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 3);
}

QTEST_GUILESS_MAIN(TestCliWords)
#include "tst_cli_words.moc"
