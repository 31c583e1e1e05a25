// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/heap_meter.h"

#include <atomic>
#include <cerrno>
#include <malloc.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kWorks = false;
#else
constexpr bool kWorks = true;
#endif

namespace {

std::atomic<std::size_t> g_live{0};
std::atomic<std::size_t> g_peak{0};

[[maybe_unused]] void* taken(void* block)
{
    const std::size_t live = g_live += ::malloc_usable_size(block);
    for (std::size_t peak = g_peak; live > peak;)
        if (g_peak.compare_exchange_weak(peak, live))
            break;
    return block;
}

[[maybe_unused]] void* given(void* block)
{
    g_live -= ::malloc_usable_size(block);
    return block;
}

} // namespace

namespace embedscope {

bool HeapMeter::works()
{
    return kWorks;
}

std::size_t HeapMeter::live()
{
    return g_live;
}

std::size_t HeapMeter::peak()
{
    return g_peak;
}

void HeapMeter::restart()
{
    g_peak = g_live.load();
}

} // namespace embedscope

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// glibc's own, under the names that it keeps for those who stand in for malloc.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

__attribute__((visibility("default"))) void* malloc(std::size_t size)
{
    return taken(__libc_malloc(size));
}

__attribute__((visibility("default"))) void* calloc(std::size_t count, std::size_t size)
{
    return taken(__libc_calloc(count, size));
}

__attribute__((visibility("default"))) void* realloc(void* block, std::size_t size)
{
    const std::size_t before = ::malloc_usable_size(block);
    void* moved = __libc_realloc(block, size);
    if (moved != nullptr || size == 0)
        g_live -= before;
    return taken(moved);
}

__attribute__((visibility("default"))) void* memalign(std::size_t alignment, std::size_t size)
{
    return taken(__libc_memalign(alignment, size));
}

__attribute__((visibility("default"))) void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    return taken(__libc_memalign(alignment, size));
}

__attribute__((visibility("default"))) int posix_memalign(void** out, std::size_t alignment, std::size_t size)
{
    void* block = taken(__libc_memalign(alignment, size));
    if (block == nullptr)
        return ENOMEM;
    *out = block;
    return 0;
}

__attribute__((visibility("default"))) void free(void* block)
{
    __libc_free(given(block));
}
}

#endif
