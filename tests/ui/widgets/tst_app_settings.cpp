// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/recent_files.h"
#include "ui/settings/app_settings.h"

#include <QDir>
#include <QFile>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace embedscope;

class TestAppSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("settings.ini"));
    }

    void testModeLeavesThePersonsFileAlone()
    {
        const QString inTests = AppSettings::defaultFile();
        QStandardPaths::setTestModeEnabled(false);
        const QString real = AppSettings::defaultFile();
        QStandardPaths::setTestModeEnabled(true);
        QVERIFY(inTests != real);
        QVERIFY(real.endsWith(QStringLiteral("/embedscope/embedscope.ini")));
    }

    void freshSettingsAreUnset()
    {
        const AppSettings settings(m_file);
        QCOMPARE(settings.schemaVersion(), 1);
        QVERIFY(settings.theme() == ThemeChoice::System);
        QVERIFY(settings.arrangement() == Arrangement::Explore);
        QVERIFY(settings.language().isEmpty());
        QVERIFY(settings.geometry().isEmpty());
        QVERIFY(settings.recentFiles().isEmpty());
    }

    void valuesSurviveTheProgram()
    {
        const QVector<RecentFile> files{{QStringLiteral("/a, b/ü.txt"), QDateTime({2024, 2, 29}, {12, 30})},
                                        {QStringLiteral("/c.npy"), QDateTime({2024, 1, 1}, {0, 0})}};
        {
            AppSettings settings(m_file);
            settings.setTheme(ThemeChoice::Dark);
            settings.setArrangement(Arrangement::Train);
            settings.setLanguage(QStringLiteral("de"));
            settings.setGeometry(QByteArray("\0\1geometry", 10));
            settings.setRecentFiles(files);
            settings.setRecentCommands({QStringLiteral("map.fit")});
            settings.setLastFolder(FolderUse::Export, m_folder->filePath(QStringLiteral("x.npy")));
        }
        const AppSettings settings(m_file);
        QVERIFY(settings.theme() == ThemeChoice::Dark);
        QVERIFY(settings.arrangement() == Arrangement::Train);
        QCOMPARE(settings.language(), QStringLiteral("de"));
        QCOMPARE(settings.geometry(), QByteArray("\0\1geometry", 10));
        QCOMPARE(settings.recentFiles(), files);
        QCOMPARE(settings.recentCommands(), QStringList{QStringLiteral("map.fit")});
        QCOMPARE(settings.lastFolder(FolderUse::Export), m_folder->path());
        QVERIFY(settings.lastFolder(FolderUse::OpenText) != m_folder->path());
    }

    void aShorterListLeavesNothingOfTheLongerOne()
    {
        AppSettings settings(m_file);
        settings.setRecentFiles({{QStringLiteral("/a"), {}}, {QStringLiteral("/b"), {}}});
        settings.setRecentFiles({{QStringLiteral("/c"), {}}});
        settings.sync();
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("/c"));
        QVERIFY(!text.contains("/b"));
    }

    void listIsReadBackBeforeTheFileIsWritten()
    {
        AppSettings settings(m_file);
        settings.setRecentFiles({{QStringLiteral("/a"), {}}});
        QCOMPARE(settings.recentFiles().size(), 1);
    }

    void windowStateBelongsToItsArrangementAndVersion()
    {
        AppSettings settings(m_file);
        settings.setWindowState(Arrangement::Explore, 1, "explore");
        settings.setWindowState(Arrangement::Train, 1, "train");
        QCOMPARE(settings.windowState(Arrangement::Explore, 1), QByteArray("explore"));
        QCOMPARE(settings.windowState(Arrangement::Train, 1), QByteArray("train"));
        QVERIFY(settings.windowState(Arrangement::Train, 2).isEmpty());
        settings.setWindowState(Arrangement::Train, 2, "new");
        QVERIFY(settings.windowState(Arrangement::Explore, 2).isEmpty());
        settings.forgetWindowStates();
        QVERIFY(settings.windowState(Arrangement::Train, 2).isEmpty());
    }

    void aDamagedFileCountsAsUnset()
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[interface]\ntheme=purple\n[recent]\nfiles\\size=99999\nfiles\\1\\path=\n[window]\nstateVersion="
                   "x\n\xff\xfe=\x01");
        file.close();
        const AppSettings settings(m_file);
        QVERIFY(settings.theme() == ThemeChoice::System);
        QVERIFY(settings.recentFiles().isEmpty());
        QVERIFY(settings.windowState(Arrangement::Explore, 1).isEmpty());
    }

    void aFileOfALaterProgramKeepsItsVersion()
    {
        {
            QSettings later(m_file, QSettings::IniFormat);
            later.setValue(QStringLiteral("schemaVersion"), 7);
        }
        const AppSettings settings(m_file);
        QCOMPARE(settings.schemaVersion(), 7);
    }

    void recentFilesAreTenNewestFirst()
    {
        AppSettings settings(m_file);
        RecentFiles recent(settings);
        QSignalSpy changed(&recent, &RecentFiles::changed);
        for (int i = 0; i < 12; ++i)
            recent.add(QStringLiteral("/data/%1.txt").arg(i));
        QCOMPARE(recent.files().size(), 10);
        QCOMPARE(recent.files().first().path, QStringLiteral("/data/11.txt"));
        recent.add(QStringLiteral("/data/../data/5.txt"));
        QCOMPARE(recent.files().size(), 10);
        QCOMPARE(recent.files().first().path, QStringLiteral("/data/5.txt"));
        QCOMPARE(changed.size(), 13);
        recent.remove(QStringLiteral("/data/5.txt"));
        QCOMPARE(RecentFiles(settings).files().size(), 9);
        recent.clear();
        QVERIFY(RecentFiles(settings).files().isEmpty());
    }

    void menuGreysMissingFilesAndOpensOthers()
    {
        AppSettings settings(m_file);
        RecentFiles recent(settings);
        QMenu menu;
        recent.fillMenu(&menu);
        QVERIFY(!menu.isEnabled());
        const QString there = m_folder->filePath(QStringLiteral("a&b.txt"));
        QVERIFY(QFile(there).open(QIODevice::WriteOnly));
        recent.add(there);
        recent.add(QStringLiteral("/nowhere/gone.txt"));
        QVERIFY(menu.isEnabled());
        Q_EMIT menu.aboutToShow();
        const auto entries = menu.actions();
        QCOMPARE(entries.size(), 4);
        QVERIFY(!entries[0]->isEnabled());
        QVERIFY(entries[1]->text().endsWith(QStringLiteral("a&&b.txt")));
        QSignalSpy opened(&recent, &RecentFiles::openRequested);
        entries[1]->trigger();
        QCOMPARE(opened.first().first().toString(), there);
        entries[3]->trigger();
        QVERIFY(recent.files().isEmpty());
    }

    void agesAreTold_data()
    {
        QTest::addColumn<QDateTime>("opened");
        QTest::addColumn<QString>("says");
        const QDateTime now({2024, 3, 1}, {0, 10});
        QTest::addRow("the day before, some minutes ago") << now.addSecs(-1200) << QStringLiteral("yesterday");
        QTest::addRow("29 February counts") << now.addDays(-2) << QStringLiteral("2 days ago");
        QTest::addRow("unknown") << QDateTime() << QString();
        QTest::addRow("a clock set back") << now.addDays(3) << QString();
    }

    void agesAreTold()
    {
        QFETCH(QDateTime, opened);
        QFETCH(QString, says);
        QCOMPARE(RecentFiles::age(opened, QDateTime({2024, 3, 1}, {0, 10})), says);
    }

    void todayHasItsTime()
    {
        const QDateTime now({2024, 3, 1}, {18, 0});
        QVERIFY(RecentFiles::age(now.addSecs(-3600), now).contains(QStringLiteral("today")));
        QVERIFY(!RecentFiles::age(now.addDays(-100), now).contains(QStringLiteral("ago")));
    }

    void homeFolderIsShort()
    {
        QCOMPARE(RecentFiles::shortPath(QDir::homePath() + QStringLiteral("/x/y.txt")), QStringLiteral("~/x/y.txt"));
        QCOMPARE(RecentFiles::shortPath(QStringLiteral("/x/y.txt")), QStringLiteral("/x/y.txt"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_MAIN(TestAppSettings)
#include "tst_app_settings.moc"
