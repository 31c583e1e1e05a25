// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace embedscope {

/// Asks the system to hold this memory in pages of 2 MB, now where it can: rows of a large table lie anywhere, and with
/// pages of 4 KB nearly each look-up waits for the address of its page as well. No more than a wish; a small block is
/// left alone.
void preferLargePages(void* memory, std::size_t bytes);

} // namespace embedscope
