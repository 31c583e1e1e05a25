// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Marks what the core library offers to others; everything else stays hidden, so that the variants of the library
// built for newer machines cannot mix their inline code with the program's.
#if defined(EMBEDSCOPE_CORE_BUILD)
#define EMBEDSCOPE_EXPORT __attribute__((visibility("default")))
#else
#define EMBEDSCOPE_EXPORT
#endif
