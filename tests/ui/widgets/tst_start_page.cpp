// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgets/widget_checks.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/recent_row.h"
#include "ui/widgets/start_page.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUrl>

using namespace embedscope;

namespace {

const QVector<RecentEntry> kEntries{
    {QStringLiteral("/home/ann/glove.txt"), QStringLiteral("~/glove.txt"), QStringLiteral("yesterday"), true},
    {QStringLiteral("/media/gone.npy"), QStringLiteral("/media/gone.npy"), QStringLiteral("3 days ago"), false},
};

std::unique_ptr<QMimeData> mimeOf(const QList<QUrl>& urls)
{
    auto data = std::make_unique<QMimeData>();
    data->setUrls(urls);
    return data;
}

} // namespace

class TestStartPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void threeButtonsBegin()
    {
        StartPage page;
        QSignalSpy vectors(&page, &StartPage::openVectorsRequested);
        QSignalSpy text(&page, &StartPage::openTextRequested);
        QSignalSpy sample(&page, &StartPage::openSampleRequested);
        const auto buttons = page.findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 3);
        for (QPushButton* button : buttons)
            button->click();
        QCOMPARE(vectors.size(), 1);
        QCOMPARE(text.size(), 1);
        QCOMPARE(sample.size(), 1);
    }

    void recentFilesOpenByKeyboardAndMissingOnesDoNot()
    {
        StartPage page;
        page.setRecent(kEntries);
        QSignalSpy opened(&page, &StartPage::openRecentRequested);
        const auto rows = page.findChildren<RecentRow*>();
        QCOMPARE(rows.size(), 2);
        QVERIFY(showActive(page));
        rows[0]->setFocus();
        QTest::keyClick(rows[0], Qt::Key_Space);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toString(), QStringLiteral("/home/ann/glove.txt"));
        QVERIFY(!rows[1]->isEnabled());
        QTest::mouseClick(rows[1], Qt::LeftButton);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(rows[1]->accessibleName(), QStringLiteral("/media/gone.npy, missing"));
    }

    void clearIsOfferedOnlyWithFiles()
    {
        StartPage page;
        QSignalSpy cleared(&page, &StartPage::clearRecentRequested);
        page.resize(800, 700);
        page.show();
        auto* clear = page.findChild<QToolButton*>();
        QVERIFY(!clear->isVisible());
        page.setRecent(kEntries);
        QTRY_VERIFY(clear->isVisible());
        clear->click();
        QCOMPARE(cleared.size(), 1);
        page.setRecent({});
        QVERIFY(!clear->isVisible());
        QTRY_COMPARE(page.findChildren<RecentRow*>().size(), 0);
    }

    void fitsANarrowWindow()
    {
        StartPage page;
        page.setRecent(kEntries);
        page.resize(320, 400);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QCOMPARE(page.width(), 320);
        QCOMPARE(namelessWidgets(page), QStringList());
    }

    void filesDraggedOverTheWindowAreTakenAndOthersAreNot()
    {
        QWidget window;
        window.resize(400, 300);
        DropOverlay overlay(&window);
        QSignalSpy dropped(&overlay, &DropOverlay::filesDropped);
        window.show();

        const auto web = mimeOf({QUrl(QStringLiteral("https://example.org/x.txt"))});
        QDragEnterEvent refused(QPoint(9, 9), Qt::CopyAction, web.get(), Qt::LeftButton, Qt::NoModifier);
        refused.ignore();
        QCoreApplication::sendEvent(&window, &refused);
        QVERIFY(!refused.isAccepted());
        QVERIFY(!overlay.isVisible());

        const auto file = mimeOf({QUrl::fromLocalFile(QStringLiteral("/tmp/a b.txt"))});
        QDragEnterEvent entered(QPoint(9, 9), Qt::CopyAction, file.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &entered);
        QVERIFY(entered.isAccepted());
        QVERIFY(overlay.isVisible());
        QCOMPARE(overlay.geometry(), window.rect());

        QDragLeaveEvent left;
        QCoreApplication::sendEvent(&window, &left);
        QVERIFY(!overlay.isVisible());

        QDropEvent drop(QPointF(9, 9), Qt::CopyAction, file.get(), Qt::LeftButton, Qt::NoModifier);
        QVERIFY(overlay.eventFilter(&window, &drop)); // QApplication delivers drops of a real drag only
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped.first().first().toStringList(), QStringList{QStringLiteral("/tmp/a b.txt")});
    }
};

QTEST_MAIN(TestStartPage)
#include "tst_start_page.moc"
