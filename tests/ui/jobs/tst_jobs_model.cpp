// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_status_widget.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/latest_job.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace embedscope;

namespace {

/// Reports `percent` until it is asked to stop.
auto reporting(std::atomic<int>& percent)
{
    return [&percent](std::stop_token stop, Progress& progress) -> Result<int> {
        while (!stop.stop_requested()) {
            progress.start(percent < 0 ? 0 : 100);
            progress.set(percent);
            QThread::msleep(1);
        }
        return fail(ErrorCode::Cancelled);
    };
}

void ignore(const Result<int>& /*result*/) {}

} // namespace

class TestJobsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShortJobNeverShows()
    {
        JobRunner runner;
        JobsModel model(&runner);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        for (int i = 0; i < 10; ++i) {
            runner.start(
                this, {}, [](std::stop_token, Progress&) -> Result<int> { return 1; }, ignore);
            QTRY_VERIFY(runner.isIdle());
        }
        QCOMPARE(inserted.count(), 0);
    }

    void aLongJobShowsItsProgressUntilItEnds()
    {
        std::atomic<int> percent = 10;
        JobRunner runner;
        JobsModel model(&runner);
        const QAbstractItemModelTester tester(&model);
        runner.start(this, QStringLiteral("Opening"), reporting(percent), ignore);
        QCOMPARE(model.rowCount(), 0);
        QTRY_COMPARE(model.rowCount(), 1);
        const QModelIndex row = model.index(0);
        QCOMPARE(row.data().toString(), QStringLiteral("Opening"));
        QTRY_COMPARE(row.data(JobsModel::FractionRole).toDouble(), 0.1);
        percent = 60;
        QTRY_COMPARE(row.data(JobsModel::FractionRole).toDouble(), 0.6);
        model.cancel(row.data(JobsModel::IdRole).toULongLong());
        QTRY_COMPARE(model.rowCount(), 0);
        QVERIFY(runner.isIdle());
    }

    void jobsThatComeQuicklyDoNotHideALongOne()
    {
        std::atomic<int> percent = 10;
        JobRunner runner;
        JobsModel model(&runner);
        runner.start(this, QStringLiteral("Opening"), reporting(percent), ignore);
        for (int i = 0; i < 100 && model.rowCount() == 0; ++i) {
            runner.start(
                this, {}, [](std::stop_token, Progress&) -> Result<int> { return 1; }, ignore);
            QTest::qWait(5);
        }
        QCOMPARE(model.rowCount(), 1);
    }

    void theWidgetShowsTheNewestJobAndCancelsIt()
    {
        std::atomic<int> percent = 50;
        std::atomic<int> unknown = -1;
        JobRunner runner;
        JobsModel model(&runner);
        QWidget window;
        JobStatusWidget widget(&model, &window);
        window.show();
        const auto* const bar = widget.findChild<QProgressBar*>();
        QVERIFY(!widget.isVisible());

        runner.start(this, QStringLiteral("First"), reporting(percent), ignore);
        QTRY_VERIFY(widget.isVisible());
        QCOMPARE(shownTexts(widget), QStringList{QStringLiteral("First")});
        QTRY_COMPARE(bar->value(), bar->maximum() / 2);

        runner.start(this, QStringLiteral("Second"), reporting(unknown), ignore);
        QTRY_COMPARE(shownTexts(widget), (QStringList{QStringLiteral("Second"), QStringLiteral("+1 more")}));
        QCOMPARE(bar->maximum(), 0);

        widget.findChild<QPushButton*>()->click();
        QTRY_COMPARE(shownTexts(widget), QStringList{QStringLiteral("First")});
        QVERIFY(bar->maximum() > 0);
        widget.findChild<QPushButton*>()->click();
        QTRY_VERIFY(!widget.isVisible());
    }

    void whatSomebodyWaitsForIsShownBeforeTheBackground()
    {
        std::atomic<int> percent = 50;
        JobRunner runner;
        JobsModel model(&runner);
        QWidget window;
        JobStatusWidget widget(&model, &window);
        window.show();
        runner.start(this, QStringLiteral("Map"), reporting(percent), ignore);
        LatestJob judging(&runner);
        judging.setBackground(true);
        judging.start(QStringLiteral("Judging"), reporting(percent), ignore);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(shownTexts(widget), (QStringList{QStringLiteral("Map"), QStringLiteral("+1 more")}));
        widget.findChild<QPushButton*>()->click();
        QTRY_COMPARE(shownTexts(widget), QStringList{QStringLiteral("Judging")});
        widget.findChild<QPushButton*>()->click();
        QTRY_VERIFY(!widget.isVisible());
    }

private:
    static QStringList shownTexts(const QWidget& widget)
    {
        QStringList texts;
        for (const auto* const label : widget.findChildren<QLabel*>())
            if (label->isVisible())
                texts.push_back(label->text());
        return texts;
    }
};

QTEST_MAIN(TestJobsModel)
#include "tst_jobs_model.moc"
