// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <new>
#include <stdexcept>

using namespace embedscope;

namespace {

/// Work that ends only when it is asked to.
Result<int> endless(std::stop_token stop, Progress& /*progress*/)
{
    while (!stop.stop_requested())
        QThread::msleep(1);
    return fail(ErrorCode::Cancelled);
}

auto keepError(std::optional<Error>& error)
{
    return [&error](const Result<int>& result) {
        if (!result)
            error = result.error();
    };
}

} // namespace

class TestJobRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workRunsElsewhereAndTheResultComesBack()
    {
        JobRunner runner;
        QThread* worked = nullptr;
        QThread* delivered = nullptr;
        int value = 0;
        const JobHandle job = runner.start(
            this, QStringLiteral("adding"),
            [&worked](std::stop_token, Progress&) -> Result<int> {
                worked = QThread::currentThread();
                return 40 + 2;
            },
            [&](Result<int> result) {
                delivered = QThread::currentThread();
                value = result.value();
            });
        QVERIFY(job.isRunning());
        QTRY_COMPARE(value, 42);
        QVERIFY(!job.isRunning());
        QVERIFY(runner.isIdle());
        QVERIFY(worked != nullptr && worked != thread());
        QCOMPARE(delivered, thread());
    }

    void resultsThatCannotBeCopiedAreMoved()
    {
        JobRunner runner;
        std::unique_ptr<int> value;
        runner.start(
            this, {},
            [](std::stop_token, Progress&) -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); },
            [&](Result<std::unique_ptr<int>> result) { value = std::move(*result); });
        QTRY_VERIFY(value != nullptr);
        QCOMPARE(*value, 7);
    }

    void aJobOfADeadContextDeliversNothingAndIsStopped()
    {
        JobRunner runner;
        auto context = std::make_unique<QObject>();
        bool delivered = false;
        std::atomic<bool> working = false;
        std::atomic<bool> stopped = false;
        QSignalSpy finished(&runner, &JobRunner::jobFinished);
        runner.start(
            context.get(), {},
            [&](std::stop_token stop, Progress& progress) {
                working = true;
                auto result = endless(std::move(stop), progress);
                stopped = true;
                return result;
            },
            [&](Result<int>) { delivered = true; });
        QTRY_VERIFY(working);
        context.reset();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(stopped);
        QVERIFY(!delivered);
    }

    void aContextThatDiesBetweenWorkAndDeliveryHearsNothing()
    {
        JobRunner runner;
        auto context = std::make_unique<QObject>();
        bool delivered = false;
        std::atomic<bool> worked = false;
        QSignalSpy finished(&runner, &JobRunner::jobFinished);
        runner.start(
            context.get(), {},
            [&worked](std::stop_token, Progress&) -> Result<int> {
                worked = true;
                return 1;
            },
            [&](Result<int>) { delivered = true; });
        while (!worked)
            QThread::msleep(1); // no events: the result waits in the queue
        context.reset();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!delivered);
    }

    void destroyingTheRunnerStopsEndlessJobs()
    {
        bool delivered = false;
        JobHandle job;
        QElapsedTimer clock;
        {
            JobRunner runner;
            for (int i = 0; i < 20; ++i) // more than there are threads
                job = runner.start(this, {}, endless, [&](Result<int>) { delivered = true; });
            QTest::qWait(20);
            clock.start();
        }
        QVERIFY(clock.elapsed() < 2000);
        QVERIFY(!job.isRunning());
        QTest::qWait(20);
        QVERIFY(!delivered);
    }

    void aCancelledJobSaysSo()
    {
        JobRunner runner;
        std::optional<Error> error;
        const JobHandle job = runner.start(this, {}, endless, keepError(error));
        job.cancel();
        QTRY_VERIFY(error.has_value());
        QCOMPARE(error->code, ErrorCode::Cancelled);
    }

    void aJobIsCancelledByItsNumber()
    {
        JobRunner runner;
        int first = 0;
        int second = 0;
        const JobHandle kept = runner.start(this, {}, endless, [&](Result<int>) { ++first; });
        const JobHandle dropped = runner.start(this, {}, endless, [&](Result<int>) { ++second; });
        runner.cancel(dropped.id());
        QTRY_COMPARE(second, 1);
        QCOMPARE(first, 0);
        QVERIFY(kept.isRunning());
    }

    void exceptionsBecomeInternalErrors_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("what");
        QTest::newRow("a standard exception keeps its text") << 0 << QStringLiteral("boom");
        QTest::newRow("memory that ran out is named") << 1 << QStringLiteral("out of memory");
        QTest::newRow("anything else is caught too") << 2 << QStringLiteral("an exception of an unknown type");
    }
    void exceptionsBecomeInternalErrors()
    {
        QFETCH(const int, kind);
        JobRunner runner;
        std::optional<Error> error;
        runner.start(
            this, {},
            [kind](std::stop_token, Progress&) -> Result<int> {
                if (kind == 0)
                    throw std::runtime_error("boom");
                if (kind == 1)
                    throw std::bad_alloc();
                throw 17;
            },
            keepError(error));
        QTRY_VERIFY(error.has_value());
        QCOMPARE(error->code, ErrorCode::Internal);
        QTEST(QString::fromStdString(error->args.at(0)), "what");
    }

    void jobsAreListedWithTheirProgress()
    {
        JobRunner runner;
        bool done = false;
        const JobHandle job = runner.start(
            this, QStringLiteral("counting"),
            [](std::stop_token stop, Progress& progress) {
                progress.start(200);
                progress.set(50);
                return endless(std::move(stop), progress);
            },
            [&](Result<int>) { done = true; });
        QTRY_COMPARE(runner.jobs().front().fraction, 0.25);
        QCOMPARE(runner.jobs().size(), std::size_t{1});
        QCOMPARE(runner.jobs().front().title, QStringLiteral("counting"));
        QCOMPARE(runner.jobs().front().id, job.id());
        job.cancel();
        QTRY_VERIFY(done);
        QVERIFY(runner.jobs().empty());
    }

    void aReceiverMayDestroyTheRunner()
    {
        auto runner = std::make_unique<JobRunner>();
        bool done = false;
        runner->start(
            this, {}, [](std::stop_token, Progress&) -> Result<int> { return 1; },
            [&](Result<int>) {
                runner.reset();
                done = true;
            });
        QTRY_VERIFY(done);
    }

    void aLongJobDoesNotHoldUpAShortOne()
    {
        JobRunner runner;
        for (int i = 0; i < 4; ++i)
            runner.start(this, {}, endless, [](Result<int>) {});
        bool done = false;
        runner.start(
            this, {}, [](std::stop_token, Progress&) -> Result<int> { return 1; }, [&](Result<int>) { done = true; });
        QTRY_VERIFY(done);
    }
};

QTEST_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
