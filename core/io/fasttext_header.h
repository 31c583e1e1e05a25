// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/byte_cursor.h"

namespace embedscope {

/// What a fastText model (.bin, .ftz) says in front of its words, as far as its vectors depend on it.
struct FastTextHeader
{
    /// 12 or 11; 0 for the oldest layout, which has no magic number and no version.
    std::int32_t version = 0;
    std::int32_t dim = 0;
    bool supervised = false;
    /// Shortest and longest n-gram, in characters; a longest of 0 where words have no parts.
    std::int32_t minn = 0;
    std::int32_t maxn = 0;
    std::int32_t buckets = 0;
    std::int32_t words = 0;
    std::int32_t labels = 0;
    /// n-grams that a pruned model has kept; -1 where it is not pruned.
    std::int64_t keptNgrams = -1;

    [[nodiscard]] bool hasMagic() const { return version != 0; }
    [[nodiscard]] bool usesNgrams() const { return maxn > 0 && buckets > 0 && keptNgrams != 0; }
};

inline constexpr std::int32_t kFastTextMagic = 793712314;

/// Reads the header, and whether all its numbers can be those of a model: the oldest layout is known by nothing else.
/// `cursor` then stands at the first word.
bool takeFastTextHeader(ByteCursor& cursor, FastTextHeader& header);

} // namespace embedscope
