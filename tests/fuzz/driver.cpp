// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/target.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What libFuzzer calls with each input. A finding ends the program, which keeps the input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const auto& target : embedscope::fuzz::targets()) {
        const std::string problem = target.run(bytes);
        if (!problem.empty()) {
            std::fprintf(stderr, "%s: %s\n", target.name.c_str(), problem.c_str());
            std::abort();
        }
    }
    return 0;
}
