// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/latest_job.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace embedscope;
using namespace std::chrono_literals;

namespace {

/// Returns `value` after a while, or at once when asked to stop.
auto slowly(int value, int ms = 20)
{
    return [value, ms](std::stop_token stop, Progress&) -> Result<int> {
        for (int i = 0; i < ms && !stop.stop_requested(); ++i)
            QThread::msleep(1);
        return value;
    };
}

} // namespace

class TestLatestJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twentyStartsDeliverTheLastOne()
    {
        JobRunner runner;
        LatestJob latest(&runner);
        std::vector<int> delivered;
        for (int i = 1; i <= 20; ++i)
            latest.start({}, slowly(i), [&](Result<int> value) { delivered.push_back(*value); });
        QTRY_VERIFY(!latest.isBusy() && runner.isIdle());
        QCOMPARE(delivered, std::vector<int>{20});
    }

    void twentyStartsOverTimeDeliverTheLastOne()
    {
        JobRunner runner;
        LatestJob latest(&runner);
        std::vector<int> delivered;
        for (int i = 1; i <= 20; ++i) {
            latest.start({}, slowly(i, 1000), [&](Result<int> value) { delivered.push_back(*value); });
            QTest::qWait(3);
        }
        latest.start({}, slowly(21, 1), [&](Result<int> value) { delivered.push_back(*value); });
        QTRY_VERIFY(!latest.isBusy() && runner.isIdle());
        QCOMPARE(delivered, std::vector<int>{21});
    }

    void neverMoreThanOneRuns()
    {
        JobRunner runner;
        LatestJob latest(&runner);
        std::atomic<int> running = 0;
        std::atomic<int> most = 0;
        bool done = false;
        for (int i = 0; i < 10; ++i) {
            latest.start(
                {},
                [&](std::stop_token, Progress&) -> Result<int> { // deaf to stop
                    most = std::max(most.load(), ++running);
                    QThread::msleep(10);
                    --running;
                    return 1;
                },
                [&](Result<int>) { done = true; });
            QTest::qWait(2);
        }
        QTRY_VERIFY(done);
        QCOMPARE(most.load(), 1);
    }

    void aDelayWaitsForAPause()
    {
        JobRunner runner;
        LatestJob latest(&runner);
        QSignalSpy started(&runner, &JobRunner::jobStarted);
        std::vector<int> delivered;
        for (int i = 1; i <= 5; ++i) {
            latest.start(
                {}, slowly(i, 0), [&](Result<int> value) { delivered.push_back(*value); }, 400ms);
            QVERIFY(latest.isBusy());
            QTest::qWait(5);
        }
        QCOMPARE(started.count(), 0);
        QTRY_COMPARE(delivered, std::vector<int>{5});
        QCOMPARE(started.count(), 1);
    }

    void aRequestWithoutDelayOvertakesOneThatWaits()
    {
        JobRunner runner;
        LatestJob latest(&runner);
        std::vector<int> delivered;
        const auto done = [&](Result<int> value) { delivered.push_back(*value); };
        latest.start({}, slowly(1, 0), done, 10s);
        latest.start({}, slowly(2, 0), done);
        QTRY_COMPARE(delivered, std::vector<int>{2});
        QVERIFY(!latest.isBusy());
    }

    void cancelDropsWhatRunsAndWhatWaits()
    {
        JobRunner runner;
        LatestJob latest(&runner);
        int delivered = 0;
        latest.start({}, slowly(1), [&](Result<int>) { ++delivered; });
        latest.start({}, slowly(2), [&](Result<int>) { ++delivered; });
        latest.cancel();
        QVERIFY(!latest.isBusy());
        QTRY_VERIFY(runner.isIdle());
        QTest::qWait(20);
        QCOMPARE(delivered, 0);
    }

    void itsDeathDropsTheResult()
    {
        JobRunner runner;
        int delivered = 0;
        {
            LatestJob latest(&runner);
            latest.start({}, slowly(1), [&](Result<int>) { ++delivered; });
        }
        QTRY_VERIFY(runner.isIdle());
        QCOMPARE(delivered, 0);
    }

    void aReceiverMayAskAgain()
    {
        JobRunner runner;
        LatestJob latest(&runner);
        std::vector<int> delivered;
        latest.start({}, slowly(1, 0), [&](Result<int> first) {
            delivered.push_back(*first);
            latest.start({}, slowly(2, 0), [&](Result<int> second) { delivered.push_back(*second); });
        });
        QTRY_COMPARE(delivered, (std::vector<int>{1, 2}));
    }

    void itOutlivesItsRunner()
    {
        auto runner = std::make_unique<JobRunner>();
        LatestJob latest(runner.get());
        int delivered = 0;
        latest.start({}, slowly(1, 1000), [&](Result<int>) { ++delivered; });
        runner.reset();
        latest.start({}, slowly(2), [&](Result<int>) { ++delivered; });
        QTest::qWait(20);
        QCOMPARE(delivered, 0);
    }
};

QTEST_MAIN(TestLatestJob)
#include "tst_latest_job.moc"
