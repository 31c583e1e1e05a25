// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "tests/core/io/damaged_tables.h"

using namespace embedscope;

/// What tst_mutations does, to every file of the folder that EMBEDSCOPE_DATA names.
class TestMutationsReal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { setThreadCount(0); }
    void files_data();
    void files();
};

void TestMutationsReal::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("EMBEDSCOPE_DATA"))
        QSKIP("EMBEDSCOPE_DATA is not set");
    setThreadCount(1);
}

void TestMutationsReal::files_data()
{
    QTest::addColumn<QString>("path");
    const std::filesystem::path folder = qgetenv("EMBEDSCOPE_DATA").toStdString();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            QTest::newRow(entry.path().lexically_relative(folder).c_str())
                << QString::fromStdString(entry.path().string());
}

void TestMutationsReal::files()
{
    QFETCH(QString, path);
    const auto outcome = mutateTable(path.toStdString());
    QVERIFY2(outcome.problem.empty(), outcome.problem.c_str());
}

QTEST_APPLESS_MAIN(TestMutationsReal)
#include "tst_mutations_real.moc"
