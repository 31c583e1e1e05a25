// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

namespace embedscope::fuzz {

/// What a person can ask of a reader, another thing for each size of the file.
static const AddTarget kAdded("options", [](std::string_view bytes) {
    static const MemoryFile file;
    file.write(bytes);
    Progress progress;
    return problemOf(readTable(file.path(), optionsFor(bytes.size()), {}, progress), bytes.size());
});

} // namespace embedscope::fuzz
