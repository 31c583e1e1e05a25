// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/large_pages.h"

#include <cstdint>

#ifdef __linux__
#include <linux/mman.h> // MADV_COLLAPSE, which glibc does not name yet
#include <sys/mman.h>
#endif

namespace embedscope {

namespace {

/// Below this the processor knows the addresses of all pages anyway.
constexpr std::size_t kWorthIt = std::size_t{32} << 20U;

} // namespace

void preferLargePages(void* memory, std::size_t bytes)
{
#ifdef __linux__
    constexpr std::uintptr_t kPage = std::uintptr_t{2} << 20U;
    if (bytes < kWorthIt)
        return;
    const auto address = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t begin = (address + kPage - 1) / kPage * kPage;
    const std::uintptr_t end = (address + bytes) / kPage * kPage;
    if (begin >= end)
        return;
    auto* const start = reinterpret_cast<void*>(begin); // NOLINT(performance-no-int-to-ptr): rounded to a page
    if (::madvise(start, end - begin, MADV_HUGEPAGE) == 0)
        ::madvise(start, end - begin, MADV_COLLAPSE); // of Linux 6.1; an older one refuses
#else
    (void)memory;
    (void)bytes;
#endif
}

} // namespace embedscope
