// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "core/io/format.h"
#include "core/train/run.h"

#include <QDir>
#include <QImage>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace embedscope;

/// The main job from end to end in the real window.
class TestTour : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyStepLeavesItsPicture();
    void exportedFilesHoldTheTrainedTable();
    void theRunCanBeReplayed();

private:
    [[nodiscard]] QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    int m_code = -1;
};

void TestTour::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    Application application(qApp);
    m_code =
        application.run({.tour = m_folder.path(), .language = QStringLiteral("en"), .theme = QStringLiteral("light")});
}

void TestTour::everyStepLeavesItsPicture()
{
    QCOMPARE(m_code, 0);
    const QStringList pictures = QDir(m_folder.path()).entryList({QStringLiteral("*.png")});
    QCOMPARE(pictures.size(), 8);
    for (const QString& name : pictures) {
        const QImage picture(m_folder.filePath(name));
        QVERIFY2(picture.width() > 1000, qPrintable(name));
        QVERIFY2(picture.height() > 600, qPrintable(name));
    }
}

void TestTour::exportedFilesHoldTheTrainedTable()
{
    Progress progress;
    const auto model = readTable(file("model.safetensors").toStdString(), {}, {}, progress);
    QVERIFY2(model.has_value(), model ? "" : describe(model.error()).c_str());
    for (const char* name : {"table.bin", "table.txt", "table.npy"}) {
        const auto table = readTable(file(name).toStdString(), {}, {}, progress);
        QVERIFY2(table.has_value(), table ? name : describe(table.error()).c_str());
        QVERIFY2(table->table.weights() == model->table.weights(), name);
        QVERIFY2(table->table.vocabulary() == model->table.vocabulary(), name);
    }
}

void TestTour::theRunCanBeReplayed()
{
    const auto run = readRun(file("run").toStdString());
    QVERIFY(run.has_value());
    QVERIFY(run->record.switches.size() >= 2);
    Progress progress;
    const auto report = replayRun(file("run").toStdString(), {}, progress);
    QVERIFY2(report.has_value(), report ? "" : describe(report.error()).c_str());
    QVERIFY2(report->identical, report->firstDifference.c_str());
}

QTEST_MAIN(TestTour)
#include "tst_tour.moc"
