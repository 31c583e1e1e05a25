// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QtTest>

/// The window's program as a stranger starts it, on a machine without a display.
class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersWithoutADisplay_data();
    void answersWithoutADisplay();
    void writesTheSameFigureTwice();
};

void TestCommandLine::answersWithoutADisplay_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("help") << QStringList{"--help"} << 0 << "--tour";
    QTest::newRow("version") << QStringList{"--version"} << 0 << "embedscope ";
    QTest::newRow("an unknown option") << QStringList{"--nonsense"} << 2 << "nonsense";
    QTest::newRow("a figure of no known kind") << QStringList{"--figure", "a.jpg"} << 2 << ".svg";
    QTest::newRow("a size that is none") << QStringList{"--figure", "a.svg", "--size", "wide"} << 2 << "1280x800";
    QTest::newRow("an unknown method") << QStringList{"--figure", "a.svg", "--method", "lda"} << 2 << "umap";
    QTest::newRow("a figure of nothing") << QStringList{"--figure", "a.svg"} << 1 << "no table";
    QTest::newRow("a figure of a missing file") << QStringList{"--figure", "a.svg", "/no/such/file"} << 1 << "file";
    QTest::newRow("a window without a display") << QStringList{} << 2 << "there is no display";
}

void TestCommandLine::answersWithoutADisplay()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(EMBEDSCOPE_PROGRAM, arguments);
    QVERIFY(program.waitForFinished(20000));
    const QString output = program.readAll();
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), code);
    QVERIFY2(output.contains(says), qPrintable(output));
}

void TestCommandLine::writesTheSameFigureTwice()
{
    QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_CONFIG_HOME", folder.path());
    environment.insert("LC_ALL", "C.UTF-8");
    const QStringList words{EMBEDSCOPE_SOURCE_DIR "/tests/data/formats/small.vec"};
    QByteArrayList figures;
    for (const char* name : {"a.svg", "b.svg"}) {
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(EMBEDSCOPE_PROGRAM, QStringList{"--figure", folder.filePath(name), "--size", "500x300"} + words);
        QVERIFY(program.waitForFinished(20000));
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError());
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        figures.append(file.readAll());
    }
    QVERIFY(figures[0].contains("viewBox=\"0 0 500 300\"") && figures[0].contains("<text"));
    QVERIFY(figures[0].contains("<title>small.vec</title>") && figures[0].contains("PCA"));
    QCOMPARE(figures[0], figures[1]);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
