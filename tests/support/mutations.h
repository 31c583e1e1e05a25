// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace embedscope {

class MemoryFile;

/// How a file was damaged and what is demanded of its readers.
struct MutationRules
{
    int cuts = 200;       // at random bytes
    int flips = 200;      // of random bits, one a round
    int seconds = 2;      // of processor time a round
    std::size_t heap = 0; // bytes a round, beyond what the program holds anyway
    std::uint64_t seed = 1;
};

struct MutationOutcome
{
    std::string problem;  // what broke a rule and how the file was damaged then; empty where all is well
    std::size_t peak = 0; // bytes of heap, of the worst round
};

/// Damages a file in memory again and again and has it read each time, all in a process of its own: a crash or a hang
/// is an outcome like others. `read` says what is wrong, or nothing.
MutationOutcome tryMutations(std::string_view bytes, const MutationRules& rules,
                             const std::function<std::string(const MemoryFile&)>& read);

} // namespace embedscope
