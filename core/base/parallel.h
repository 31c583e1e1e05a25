// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <algorithm>
#include <memory>
#include <type_traits>

namespace embedscope {

/// How many threads parallel loops may use, process-wide; 0 means one for each core. Results never depend on it.
EMBEDSCOPE_EXPORT void setThreadCount(int threads);
EMBEDSCOPE_EXPORT int threadCount();

namespace detail {
/// Calls body(context, chunk) once for each chunk in [0, chunks), on as many threads as allowed; returns when all are
/// done.
EMBEDSCOPE_EXPORT void runChunks(Index chunks, void (*body)(void*, Index), void* context);
} // namespace detail

/// Number of chunks that [0, count) is cut into: it depends on the work, never on the number of threads.
inline Index chunkCount(Index count, Index grain)
{
    return count <= 0 ? 0 : (count + grain - 1) / grain;
}

/// Calls body(chunk, begin, end) for consecutive pieces of `grain` items of [0, count). The only way to more threads
/// inside a computation. Give each chunk its own partial sum and add them in chunk order: then results do not depend on
/// threads.
template <class Body>
void parallelChunks(Index count, Index grain, Body&& body)
{
    struct Context
    {
        Index count, grain;
        std::remove_reference_t<Body>* body;
    } context{count, grain, std::addressof(body)};
    detail::runChunks(
        chunkCount(count, grain),
        [](void* erased, Index chunk) {
            auto& c = *static_cast<Context*>(erased);
            const Index begin = chunk * c.grain;
            (*c.body)(chunk, begin, std::min(begin + c.grain, c.count));
        },
        &context);
}

/// Calls body(begin, end) for the same pieces, where no partial sums are needed.
template <class Body>
void parallelFor(Index count, Index grain, Body&& body)
{
    parallelChunks(count, grain, [&body](Index, Index begin, Index end) { body(begin, end); });
}

} // namespace embedscope
