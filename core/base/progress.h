// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>

namespace embedscope {

/// How far a long computation has come. The worker writes, anyone polls; nobody waits.
class Progress
{
public:
    /// Starts a phase of `total` units (bytes, rows, steps); 0 means unknown.
    void start(std::int64_t total)
    {
        m_done.store(0, std::memory_order_relaxed);
        m_total.store(total, std::memory_order_relaxed);
    }
    void set(std::int64_t done) { m_done.store(done, std::memory_order_relaxed); }
    void add(std::int64_t units) { m_done.fetch_add(units, std::memory_order_relaxed); }

    [[nodiscard]] std::int64_t done() const { return m_done.load(std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t total() const { return m_total.load(std::memory_order_relaxed); }

    /// Between 0 and 1, or -1 where the total is unknown.
    [[nodiscard]] double fraction() const
    {
        const auto all = total();
        return all > 0 ? static_cast<double>(done()) / static_cast<double>(all) : -1.0;
    }

private:
    std::atomic<std::int64_t> m_done{0};
    std::atomic<std::int64_t> m_total{0};
};

} // namespace embedscope
