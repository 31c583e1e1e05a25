// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace embedscope {

/// A file that appears under its name only when it is whole: written to a temporary beside it, fsynced, renamed.
/// Destroyed without commit(), it leaves nothing behind.
class EMBEDSCOPE_EXPORT AtomicFile
{
public:
    /// FileUnwritable where the folder is missing or does not allow it.
    static Result<AtomicFile> create(const std::filesystem::path& path);
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    ~AtomicFile();

    /// FileUnwritable or DiskFull. Buffered: small writes are cheap.
    Result<void> write(std::string_view bytes);
    /// Brings all that was written onto the disk, so that commit() cannot fail for want of space any more.
    Result<void> sync();
    /// Once a write or commit failed, nothing more can be written and the temporary is gone.
    Result<void> commit();
    [[nodiscard]] std::uintmax_t written() const { return m_written; }

private:
    AtomicFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor);
    Result<void> flush();
    Result<void> put(std::string_view bytes);
    Result<void> giveUp(int reason);
    void discard();

    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    std::string m_buffer;
    std::uintmax_t m_written = 0;
    int m_descriptor = -1;
};

} // namespace embedscope
