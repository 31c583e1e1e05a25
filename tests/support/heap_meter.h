// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace embedscope {

/// What lies on the heap of this process, taken by whatever library, touched or not. Only in programs that link
/// heap_meter.cpp, which stands in for malloc.
class HeapMeter
{
public:
    /// False under a sanitizer, which has a heap of its own.
    static bool works();
    static std::size_t live();
    /// The most that was live since restart().
    static std::size_t peak();
    static void restart();
};

} // namespace embedscope
