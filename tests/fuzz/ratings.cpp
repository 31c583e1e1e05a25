// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/ratings.h"

#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

#include <cmath>

namespace embedscope::fuzz {

static const AddTarget kAdded("ratings", [](std::string_view bytes) {
    static const MemoryFile file;
    file.write(bytes);
    const std::filesystem::path paths[] = {file.path()};
    Progress progress;
    const auto read = readRatings(paths, {}, progress);
    if (!read)
        return problemOf(read.error());
    for (const Rating& rating : read->ratings)
        if (rating.user < 0 || rating.user >= read->users.size() || rating.item < 0 ||
            rating.item >= read->items.size() || !std::isfinite(rating.value))
            return std::string("a rating of nobody, of nothing or without a value");
    return std::string();
});

} // namespace embedscope::fuzz
