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
};

void TestCommandLine::answersWithoutADisplay_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("help") << QStringList{"--help"} << 0 << "--tour";
    QTest::newRow("version") << QStringList{"--version"} << 0 << "embedscope ";
    QTest::newRow("an unknown option") << QStringList{"--nonsense"} << 2 << "nonsense";
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

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
