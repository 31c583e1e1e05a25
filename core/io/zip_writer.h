// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/io/atomic_file.h"

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// How an entry is written.
struct ZipEntryOptions
{
    std::size_t alignment = 1; // of the content in the file, up to 4,096 bytes
    std::stop_token stop = {};
    Progress* progress = nullptr; // counts up by the bytes written
};

/// Writes a zip archive of stored (not compressed) entries, always with the zip64 fields, as numpy does: one way for
/// small and huge entries alike. The same entries give the same bytes; no clock is read.
class EMBEDSCOPE_EXPORT ZipWriter
{
public:
    explicit ZipWriter(AtomicFile& file)
        : m_file(file)
    {
    }

    /// One entry whose content is `pieces` end to end. Errors of AtomicFile::write(), Cancelled.
    Result<void> add(const std::string& name, const std::vector<std::string_view>& pieces,
                     const ZipEntryOptions& options = {});
    Result<void> add(const std::string& name, std::string_view head, std::string_view body,
                     const ZipEntryOptions& options = {})
    {
        return add(name, std::vector{head, body}, options);
    }
    /// Writes the directory; call it once, at the end.
    Result<void> finish();

private:
    struct Entry
    {
        std::string name;
        std::uint64_t size;
        std::uint64_t offset;
        std::uint32_t checksum;
    };
    [[nodiscard]] std::string directory() const;
    Result<void> write(std::string_view content, const ZipEntryOptions& options);

    AtomicFile& m_file;
    std::vector<Entry> m_entries;
};

} // namespace embedscope
