// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/session_file.h"

#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

namespace embedscope::fuzz {

/// A session, and its summary alone: what the whole can be read of, the summary can.
static const AddTarget kAdded("session", [](std::string_view bytes) {
    static const MemoryFile file;
    file.write(bytes);
    Progress progress;
    const auto whole = readSession(file.path(), {}, progress);
    if (auto problem = whole ? std::string() : problemOf(whole.error()); !problem.empty())
        return problem;
    const auto summary = readSessionSummary(file.path());
    if (auto problem = summary ? std::string() : problemOf(summary.error()); !problem.empty())
        return problem;
    const bool differs = whole && (!summary || summary->sections != whole->sections);
    return std::string(differs ? "the summary differs from the whole" : "");
});

} // namespace embedscope::fuzz
