// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace embedscope {

/// One immutable value that one thread publishes and another picks up when it suits it.
/// A mutex around a shared_ptr rather than std::atomic<std::shared_ptr>, which ThreadSanitizer reports on g++ 12.
template <class T>
class Published
{
public:
    void publish(T value)
    {
        auto next = std::make_shared<const T>(std::move(value));
        const std::scoped_lock lock(m_mutex);
        m_value = std::move(next);
        m_generation.fetch_add(1, std::memory_order_release);
    }

    /// Grows with each publish. Read it before value(): the other way round a publish in between is lost until the
    /// next.
    [[nodiscard]] std::uint64_t generation() const { return m_generation.load(std::memory_order_acquire); }

    /// The newest value, or null where nothing was published yet.
    [[nodiscard]] std::shared_ptr<const T> value() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_value;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value;
    std::atomic<std::uint64_t> m_generation{0};
};

} // namespace embedscope
