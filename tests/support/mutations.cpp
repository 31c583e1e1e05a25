// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/mutations.h"

#include "core/base/random.h"
#include "tests/support/heap_meter.h"
#include "tests/support/memory_file.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <vector>

namespace embedscope {

namespace {

/// What the child leaves behind, also when it dies.
struct Trace
{
    char damage[64] = {};
    char problem[512] = {};
    std::size_t peak = 0;
};

template <std::size_t Size>
void keep(char (&place)[Size], const std::string& text)
{
    std::memset(place, 0, Size);
    std::memcpy(place, text.data(), std::min(text.size(), Size - 1));
}

/// A signal shall end the child, whatever the test framework has for its own crashes.
void dropSignalHandlers()
{
    for (const int signal : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTERM})
        std::signal(signal, SIG_DFL);
}

/// SIGPROF ends the process when it has computed for so long; waiting for a processor does not count.
void limitTime(int seconds)
{
    itimerval limit = {};
    limit.it_value.tv_sec = seconds;
    ::setitimer(ITIMER_PROF, &limit, nullptr);
}

class Child
{
public:
    Child(const MutationRules& rules, const std::function<std::string(const MemoryFile&)>& read, Trace& trace)
        : m_rules(rules)
        , m_read(read)
        , m_trace(trace)
        , m_random(rules.seed)
    {
    }

    bool run(std::string_view bytes)
    {
        m_file.write(bytes);
        return flipBits(bytes) && cutEverShorter(bytes);
    }

private:
    bool flipBits(std::string_view bytes)
    {
        for (int i = 0; i < m_rules.flips; ++i) {
            const auto at = static_cast<std::size_t>(m_random.below(bytes.size()));
            const auto bit = static_cast<unsigned>(m_random.below(8));
            m_file.put(at, static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit)));
            if (!readOnce("bit " + std::to_string(bit) + " of byte " + std::to_string(at) + " flipped"))
                return false;
            m_file.put(at, bytes[at]);
        }
        return true;
    }

    bool cutEverShorter(std::string_view bytes)
    {
        std::vector<std::size_t> sizes;
        for (int i = 0; i < m_rules.cuts; ++i)
            sizes.push_back(static_cast<std::size_t>(m_random.below(bytes.size())));
        std::sort(sizes.rbegin(), sizes.rend());
        return std::all_of(sizes.begin(), sizes.end(), [this](std::size_t size) {
            m_file.cut(size);
            return readOnce("cut to " + std::to_string(size) + " bytes");
        });
    }

    bool readOnce(const std::string& damage)
    {
        keep(m_trace.damage, damage);
        limitTime(m_rules.seconds);
        HeapMeter::restart();
        const std::size_t before = HeapMeter::live();
        const std::string problem = m_read(m_file);
        const std::size_t taken = HeapMeter::peak() - before;
        limitTime(0);
        m_trace.peak = std::max(m_trace.peak, taken);
        if (!problem.empty())
            keep(m_trace.problem, problem);
        else if (taken > m_rules.heap)
            keep(m_trace.problem, "it took " + std::to_string(taken) + " bytes of heap");
        return m_trace.problem[0] == '\0';
    }

    const MutationRules& m_rules;
    const std::function<std::string(const MemoryFile&)>& m_read;
    Trace& m_trace;
    Random m_random;
    MemoryFile m_file;
};

std::string howItEnded(int status)
{
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGPROF ? "it took too long" : "signal " + std::to_string(WTERMSIG(status));
    return WEXITSTATUS(status) == 0 ? "" : "exit status " + std::to_string(WEXITSTATUS(status));
}

} // namespace

MutationOutcome tryMutations(std::string_view bytes, const MutationRules& rules,
                             const std::function<std::string(const MemoryFile&)>& read)
{
    void* shared = ::mmap(nullptr, sizeof(Trace), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return {"no memory to share with a child", 0};
    auto* trace = new (shared) Trace;
    const pid_t child = ::fork();
    if (child == 0) {
        dropSignalHandlers();
        ::_exit(Child(rules, read, *trace).run(bytes) ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    MutationOutcome outcome{howItEnded(status), trace->peak};
    if (trace->problem[0] != '\0')
        outcome.problem = trace->problem;
    if (!outcome.problem.empty())
        outcome.problem += std::string(" (") + trace->damage + ")";
    ::munmap(shared, sizeof(Trace));
    return outcome;
}

} // namespace embedscope
