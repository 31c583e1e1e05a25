// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace embedscope {

/// A file without a folder, whose bytes can be changed thousands of times a second: readers take paths, and no disk is
/// waited for.
class MemoryFile
{
public:
    MemoryFile()
        : m_descriptor(::memfd_create("embedscope", MFD_CLOEXEC))
    {
        check(m_descriptor >= 0);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(m_descriptor); }

    /// From now on these are its bytes, all of them.
    void write(std::string_view bytes) const
    {
        check(::ftruncate(m_descriptor, 0) == 0);
        while (!bytes.empty()) {
            const ssize_t written = ::pwrite(m_descriptor, bytes.data(), bytes.size(), size());
            check(written > 0);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void cut(std::size_t bytes) const { check(::ftruncate(m_descriptor, static_cast<off_t>(bytes)) == 0); }
    void put(std::size_t position, char byte) const
    {
        check(::pwrite(m_descriptor, &byte, 1, static_cast<off_t>(position)) == 1);
    }

    /// Holds for this process, and for those forked from it.
    [[nodiscard]] std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    [[nodiscard]] off_t size() const { return ::lseek(m_descriptor, 0, SEEK_END); }

    static void check(bool fine)
    {
        if (!fine)
            std::abort();
    }

    int m_descriptor;
};

} // namespace embedscope
