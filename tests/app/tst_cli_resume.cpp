// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using Json = nlohmann::json;

/// Interrupted by a signal and resumed, the headless tool ends with the files of a run that was let alone.
class TestCliResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void interruptedAnywhereEndsTheSame_data();
    void interruptedAnywhereEndsTheSame();
    void resumingAFinishedRunChangesNothing();
    void withoutACheckpointItStartsAnew();
    void otherOptionsAreRefused();

private:
    struct Outcome
    {
        int code;
        QByteArray out;
        QByteArray error;
    };
    QStringList arguments(const QString& encoder, const QString& output) const;
    Outcome finish(const QStringList& arguments) const;
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QByteArray model(const QString& output) const;

    QTemporaryDir m_folder;
};

QStringList TestCliResume::arguments(const QString& encoder, const QString& output) const
{
    return {"train",
            path("data.tsv"),
            "--output",
            path(output),
            "--encoder",
            encoder,
            "--hidden-dim",
            "16",
            "--epochs",
            "3",
            "--dropout",
            "0.3",
            "--valid-split",
            "0.1",
            "--switch",
            "70:lr=0.01",
            "--json",
            "--checkpoint-seconds",
            "0"};
}

TestCliResume::Outcome TestCliResume::finish(const QStringList& arguments) const
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, arguments);
    if (!tool.waitForFinished(60000) || tool.exitStatus() != QProcess::NormalExit)
        return {-1, tool.readAllStandardOutput(), "did not end normally"};
    return {tool.exitCode(), tool.readAllStandardOutput(), tool.readAllStandardError()};
}

QByteArray TestCliResume::model(const QString& output) const
{
    QFile file(path(output) + "/model.safetensors");
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCliResume::initTestCase()
{
    QFile file(path("data.tsv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QList<QByteArray> words{"man", "king", "rules", "apple", "sweet", "fruit", "tree", "crown", "old", "red"};
    for (int i = 0; i < 1600; ++i) {
        QByteArray line = i % 2 == 0 ? "ruler\t" : "fruit\t";
        for (int w = 0; w < 3 + i % 9; ++w)
            line += words[(i * 7 + w * (3 + i % 4)) % words.size()] + ' ';
        file.write(line + '\n');
    }
}

void TestCliResume::interruptedAnywhereEndsTheSame_data()
{
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<int>("signal");
    for (const char* encoder : {"bag", "lstm", "gru", "transformer"}) {
        QTest::addRow("%s, SIGINT", encoder) << encoder << SIGINT;
        QTest::addRow("%s, SIGKILL", encoder) << encoder << SIGKILL;
    }
}

void TestCliResume::interruptedAnywhereEndsTheSame()
{
    QFETCH(QString, encoder);
    QFETCH(int, signal);
    const QString whole = encoder + "-whole";
    if (model(whole).isEmpty())
        QCOMPARE(finish(arguments(encoder, whole)).code, 0);
    const QString cut = encoder + QString::number(signal);
    const QStringList resumed = arguments(encoder, cut) << "--resume";
    QList<QByteArray> epochs;
    bool interrupted = false;
    // Interrupted again and again, each time a little later, until it comes to its end.
    for (int delay = 20;; delay += 150) {
        QProcess tool;
        tool.start(EMBEDSCOPE_CLI, resumed);
        if (!tool.waitForFinished(delay)) {
            ::kill(static_cast<pid_t>(tool.processId()), signal);
            QVERIFY(tool.waitForFinished(30000));
            interrupted = true;
        }
        for (const QByteArray& line : tool.readAllStandardOutput().split('\n'))
            if (line.startsWith("{\"epoch\""))
                epochs.push_back(line);
        if (tool.exitStatus() == QProcess::NormalExit && tool.exitCode() == 0)
            break;
        if (signal == SIGINT)
            QCOMPARE(tool.exitCode(), 5);
    }
    QVERIFY(interrupted);
    QVERIFY(!model(whole).isEmpty());
    QVERIFY(model(cut) == model(whole));
    QCOMPARE(Json::parse(epochs.back().toStdString()).at("epoch").get<int>(), 3);
    QCOMPARE(finish({"replay", path(cut), "--json"}).code, 0);
}

void TestCliResume::resumingAFinishedRunChangesNothing()
{
    QCOMPARE(finish(arguments("bag", "finished")).code, 0);
    const QByteArray before = model("finished");
    const auto again = finish(arguments("bag", "finished") << "--resume");
    QCOMPARE(again.code, 0);
    QVERIFY(again.out.contains("\"final\":true"));
    QVERIFY(!again.out.contains("\"epoch\""));
    QVERIFY(model("finished") == before);
}

void TestCliResume::withoutACheckpointItStartsAnew()
{
    const auto done = finish(arguments("bag", "new") << "--resume");
    QCOMPARE(done.code, 0);
    QVERIFY(done.error.contains("starts at its beginning"));
    QVERIFY(!model("new").isEmpty());
}

void TestCliResume::otherOptionsAreRefused()
{
    QCOMPARE(finish(arguments("bag", "other")).code, 0);
    const QByteArray before = model("other");
    const auto done = finish(arguments("bag", "other") << "--resume"
                                                       << "--seed"
                                                       << "7");
    QCOMPARE(done.code, 4);
    QVERIFY2(done.error.contains("seed"), done.error.constData());
    QVERIFY(model("other") == before);
}

QTEST_APPLESS_MAIN(TestCliResume)
#include "tst_cli_resume.moc"
