// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace embedscope::fuzz {

/// One reader that is thrown any bytes. It says what is wrong with the answer; empty where all is well. A crash, a hang
/// or too much memory is for the program around it to see.
struct Target
{
    using Run = std::string (*)(std::string_view bytes);

    std::string name;
    Run run;
};

/// All that are linked into this program: one in a fuzzer, all of them in tst_findings.
inline std::vector<Target>& targets()
{
    static std::vector<Target> all;
    return all;
}

/// Where a target stands in a source, this makes it one of targets().
struct AddTarget
{
    AddTarget(const char* name, Target::Run run) { targets().push_back({name, run}); }
};

} // namespace embedscope::fuzz
