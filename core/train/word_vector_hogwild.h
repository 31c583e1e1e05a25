// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/train/word_vector_kernel.h"
#include "core/train/word_vector_sampling.h"

namespace embedscope {

/// One step after the other, each seeing all before it, as in word2vec.c.
///
/// Several threads may do this on the same tables (Hogwild, Niu et al. 2011): a step that another thread overwrites is
/// lost, which a text of many words forgives. For the language that is a data race. It is harmless in practice: the
/// numbers are aligned 4-byte floats, which no machine that this is built for tears; they are only loaded, multiplied,
/// added and stored, never a basis of a branch or an address; and the compiler cannot assume anything of the tables
/// between two calls of the kernel, which it does not see into. Atomic floats would be without doubt, and four times
/// slower, as no compiler makes vector code of them.
EMBEDSCOPE_EXPORT void trainPairs(const WordPairs& pairs, float alpha, SkipGramTables& tables);

} // namespace embedscope
