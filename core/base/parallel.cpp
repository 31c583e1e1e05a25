// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <atomic>
#include <thread>

// Debian's oneTBB is not instrumented, so ThreadSanitizer would report its hand-overs as races: there the same chunks
// run on plain threads.
#if defined(__SANITIZE_THREAD__)
#define EMBEDSCOPE_PLAIN_THREADS 1
#include <vector>
#else
#include <mutex>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace embedscope {

namespace {

int hardwareThreads()
{
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::atomic<int> g_threads{0};

} // namespace

int threadCount()
{
    const int threads = g_threads.load(std::memory_order_relaxed);
    return threads > 0 ? threads : hardwareThreads();
}

#if defined(EMBEDSCOPE_PLAIN_THREADS)

void setThreadCount(int threads)
{
    g_threads.store(threads, std::memory_order_relaxed);
}

void detail::runChunks(Index chunks, void (*body)(void*, Index), void* context)
{
    std::atomic<Index> next{0};
    const auto work = [&] {
        for (Index chunk = next++; chunk < chunks; chunk = next++)
            body(context, chunk);
    };
    std::vector<std::jthread> helpers;
    for (Index i = 1; i < std::min<Index>(chunks, threadCount()); ++i)
        helpers.emplace_back(work);
    work();
}

#else

void setThreadCount(int threads)
{
    static std::mutex mutex;
    static std::unique_ptr<tbb::global_control> control;
    const std::scoped_lock lock(mutex);
    g_threads.store(threads, std::memory_order_relaxed);
    control.reset();
    control = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                    static_cast<std::size_t>(threadCount()));
}

void detail::runChunks(Index chunks, void (*body)(void*, Index), void* context)
{
    if (chunks <= 1 || threadCount() == 1) {
        for (Index chunk = 0; chunk < chunks; ++chunk)
            body(context, chunk);
        return;
    }
    // Isolated: a thread that waits here must not pick up a chunk of an outer loop, which may hold a lock.
    tbb::this_task_arena::isolate([&] {
        tbb::parallel_for(
            tbb::blocked_range<Index>(0, chunks, 1),
            [&](const tbb::blocked_range<Index>& range) {
                for (Index chunk = range.begin(); chunk < range.end(); ++chunk)
                    body(context, chunk);
            },
            tbb::simple_partitioner());
    });
}

#endif

} // namespace embedscope
