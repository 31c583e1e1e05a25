// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace embedscope {

/// Walks over little-endian numbers. Where the bytes end it gives zeros, and failed() from then on.
class ByteCursor
{
public:
    explicit ByteCursor(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    /// An integer of any width.
    template <class T>
    T take()
    {
        using Bits = std::make_unsigned_t<T>;
        Bits bits = 0;
        const std::string_view raw = takeBytes(sizeof(T));
        for (std::size_t i = 0; i < raw.size(); ++i)
            bits = static_cast<Bits>(bits | static_cast<Bits>(Bits{static_cast<unsigned char>(raw[i])} << (8U * i)));
        return static_cast<T>(bits);
    }
    double takeDouble() { return std::bit_cast<double>(take<std::uint64_t>()); }

    /// The next `count` bytes, or none where there are fewer.
    std::string_view takeBytes(std::uint64_t count)
    {
        if (m_failed || count > left()) {
            m_failed = true;
            return {};
        }
        const std::string_view taken = m_bytes.substr(m_position, static_cast<std::size_t>(count));
        m_position += taken.size();
        return taken;
    }

    /// The bytes up to the next `end`, which is passed over; none where it does not follow.
    std::string_view takeUntil(char end)
    {
        const std::size_t found = m_failed ? std::string_view::npos : m_bytes.find(end, m_position);
        if (found == std::string_view::npos) {
            m_failed = true;
            return {};
        }
        const std::string_view taken = m_bytes.substr(m_position, found - m_position);
        m_position = found + 1;
        return taken;
    }

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] std::uint64_t left() const { return m_bytes.size() - m_position; }

private:
    std::string_view m_bytes;
    std::size_t m_position = 0;
    bool m_failed = false;
};

} // namespace embedscope
