// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <set>
#include <thread>
#include <vector>

using namespace embedscope;

class TestParallel : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void countsChunks_data();
    void countsChunks();
    void visitsEachItemOnce_data();
    void visitsEachItemOnce();
    void cutsTheSameForAnyThreads();
    void sumsTheSameForAnyThreads();
    void nestedLoopsFinish();
    void waitingThreadsTakeNoOuterChunk();
    void loopsOfSeveralThreadsFinish();
    void oneThreadStaysOnTheCaller();
    void usesMoreThreadsWhereAllowed();
    void threadCountFollowsTheSetting();
};

void TestParallel::countsChunks_data()
{
    QTest::addColumn<Index>("count");
    QTest::addColumn<Index>("grain");
    QTest::addColumn<Index>("chunks");
    QTest::newRow("nothing is no chunk") << Index{0} << Index{4} << Index{0};
    QTest::newRow("less than nothing is no chunk") << Index{-3} << Index{4} << Index{0};
    QTest::newRow("a part of a grain is one chunk") << Index{1} << Index{4} << Index{1};
    QTest::newRow("a whole grain is one chunk") << Index{4} << Index{4} << Index{1};
    QTest::newRow("one more begins another") << Index{5} << Index{4} << Index{2};
    QTest::newRow("grain one is a chunk an item") << Index{7} << Index{1} << Index{7};
}

void TestParallel::countsChunks()
{
    QFETCH(Index, count);
    QFETCH(Index, grain);
    QFETCH(Index, chunks);
    QCOMPARE(chunkCount(count, grain), chunks);
}

void TestParallel::visitsEachItemOnce_data()
{
    QTest::addColumn<int>("threads");
    QTest::addColumn<Index>("count");
    QTest::addColumn<Index>("grain");
    for (const int threads : {1, 2, 5})
        for (const Index count : {0, 1, 999, 10'000})
            for (const Index grain : {1, 7, 100'000})
                QTest::addRow("%d threads, %td items in pieces of %td", threads, count, grain)
                    << threads << count << grain;
}

void TestParallel::visitsEachItemOnce()
{
    QFETCH(int, threads);
    QFETCH(Index, count);
    QFETCH(Index, grain);
    setThreadCount(threads);
    std::vector<std::atomic<int>> visits(static_cast<std::size_t>(count));
    parallelFor(count, grain, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i)
            ++visits[static_cast<std::size_t>(i)];
    });
    for (const auto& visit : visits)
        QCOMPARE(visit.load(), 1);
}

void TestParallel::cutsTheSameForAnyThreads()
{
    for (const int threads : {1, 2, 5}) {
        setThreadCount(threads);
        std::vector<std::pair<Index, Index>> pieces(4);
        parallelChunks(10, 3, [&](Index chunk, Index begin, Index end) {
            pieces.at(static_cast<std::size_t>(chunk)) = {begin, end};
        });
        QCOMPARE(pieces, (std::vector<std::pair<Index, Index>>{{0, 3}, {3, 6}, {6, 9}, {9, 10}}));
    }
}

void TestParallel::sumsTheSameForAnyThreads()
{
    // Added in another order, these numbers give other bits.
    std::vector<float> sums;
    for (const int threads : {1, 2, 5}) {
        setThreadCount(threads);
        std::vector<float> parts(static_cast<std::size_t>(chunkCount(100'000, 1000)));
        parallelChunks(100'000, 1000, [&](Index chunk, Index begin, Index end) {
            for (Index i = begin; i < end; ++i)
                parts[static_cast<std::size_t>(chunk)] += 1.0F / static_cast<float>(i + 1);
        });
        sums.push_back(std::accumulate(parts.begin(), parts.end(), 0.0F));
    }
    QVERIFY(sums[0] > 12 && sums[0] < 13);
    QCOMPARE(std::set<float>(sums.begin(), sums.end()).size(), std::size_t{1});
}

void TestParallel::nestedLoopsFinish()
{
    setThreadCount(4);
    std::atomic<int> visits{0};
    parallelFor(20, 1, [&](Index, Index) {
        parallelFor(20, 1, [&](Index, Index) { parallelFor(5, 2, [&](Index, Index) { ++visits; }); });
    });
    QCOMPARE(visits.load(), 20 * 20 * 3);
}

void TestParallel::waitingThreadsTakeNoOuterChunk()
{
    // A thread that waits for its inner loop must not begin another outer chunk: it may hold a lock that one wants.
    if (std::thread::hardware_concurrency() < 3)
        QSKIP("needs three cores: two threads never come into this situation");
    setThreadCount(4);
    static thread_local bool t_inside = false;
    std::atomic<int> interrupted{0};
    std::atomic<int> visits{0};
    parallelFor(200, 1, [&](Index, Index) {
        interrupted += t_inside ? 1 : 0;
        t_inside = true;
        parallelFor(4, 1, [&](Index, Index) {
            std::this_thread::sleep_for(std::chrono::microseconds(100));
            ++visits;
        });
        t_inside = false;
    });
    QCOMPARE(interrupted.load(), 0);
    QCOMPARE(visits.load(), 200 * 4);
}

void TestParallel::loopsOfSeveralThreadsFinish()
{
    setThreadCount(4);
    std::atomic<int> visits{0};
    const auto work = [&] { parallelFor(500, 1, [&](Index, Index) { ++visits; }); };
    {
        const std::jthread first(work);
        const std::jthread second(work);
        work();
    }
    QCOMPARE(visits.load(), 3 * 500);
}

void TestParallel::oneThreadStaysOnTheCaller()
{
    setThreadCount(1);
    const auto caller = std::this_thread::get_id();
    std::vector<Index> order;
    bool elsewhere = false;
    parallelChunks(100, 3, [&](Index chunk, Index, Index) {
        elsewhere = elsewhere || std::this_thread::get_id() != caller;
        order.push_back(chunk);
    });
    QVERIFY(!elsewhere);
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QCOMPARE(order.size(), std::size_t{34});
}

void TestParallel::usesMoreThreadsWhereAllowed()
{
    if (std::thread::hardware_concurrency() < 2)
        QSKIP("needs two cores");
    setThreadCount(2);
    // Each of two chunks waits for the other to begin, so that they must run at once.
    std::atomic<int> begun{0};
    std::atomic<int> together{0};
    parallelFor(2, 1, [&](Index, Index) {
        ++begun;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (begun < 2 && std::chrono::steady_clock::now() < end)
            std::this_thread::yield();
        together += begun == 2 ? 1 : 0;
    });
    QCOMPARE(together.load(), 2);
}

void TestParallel::threadCountFollowsTheSetting()
{
    setThreadCount(3);
    QCOMPARE(threadCount(), 3);
    setThreadCount(0);
    QCOMPARE(threadCount(), std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
}

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
