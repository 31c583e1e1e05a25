// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace embedscope {

/// The bytes of a whole regular file, mapped read-only; unmapped on destruction.
class MappedFile
{
public:
    /// FileNotFound, FileUnreadable (also for folders, pipes and devices, which have no end) or FileEmpty.
    static Result<MappedFile> open(const std::filesystem::path& path);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile();

    [[nodiscard]] std::string_view bytes() const { return {m_data, m_size}; }

    /// Says that `part` of bytes() is not needed for now, so that the file does not count as memory of the program.
    /// It stays valid: touching it again reads it again.
    void release(std::string_view part) const;

    /// Says that the file will be read in any order and again, not from its begin to its end.
    void expectAnyOrder() const;

private:
    MappedFile(const char* data, std::size_t size);

    const char* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace embedscope
