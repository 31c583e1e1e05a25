// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/mapped_file.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// The bytes that a reader works on: a mapped file, or what was unpacked from one.
class Source
{
public:
    /// Errors of MappedFile::open().
    static Result<Source> open(const std::filesystem::path& path);
    /// What was unpacked from `outer`; `step` says how ("gzip", or the name of a file in an archive).
    static Source unpacked(const Source& outer, std::string step, std::string bytes);

    [[nodiscard]] std::string_view bytes() const
    {
        return m_mapped ? m_mapped->bytes() : std::string_view(*m_unpacked);
    }
    /// For errors: the path, and the file inside the archive.
    [[nodiscard]] const std::string& place() const { return m_place; }
    /// What was unpacked, the outermost first; empty for a plain file.
    [[nodiscard]] const std::vector<std::string>& steps() const { return m_steps; }
    /// Size of the file on disk.
    [[nodiscard]] std::size_t fileBytes() const { return m_fileBytes; }
    /// Null where the bytes were unpacked.
    [[nodiscard]] const std::shared_ptr<const MappedFile>& mapped() const { return m_mapped; }
    /// Says that `part` of bytes() is not needed for now, see MappedFile::release().
    void release(std::string_view part) const
    {
        if (m_mapped)
            m_mapped->release(part);
    }

private:
    Source() = default;

    std::string m_place;
    std::vector<std::string> m_steps;
    std::size_t m_fileBytes = 0;
    std::shared_ptr<const MappedFile> m_mapped;
    std::shared_ptr<const std::string> m_unpacked;
};

} // namespace embedscope
