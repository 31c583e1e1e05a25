// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/io/atomic_file.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Writes a zip archive of stored (not compressed) entries, always with the zip64 fields, as numpy does: one way for
/// small and huge entries alike. The same entries give the same bytes; no clock is read.
class EMBEDSCOPE_EXPORT ZipWriter
{
public:
    explicit ZipWriter(AtomicFile& file)
        : m_file(file)
    {
    }

    /// One entry whose content is `head` followed by `body`.
    Result<void> add(const std::string& name, std::string_view head, std::string_view body);
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

    AtomicFile& m_file;
    std::vector<Entry> m_entries;
};

} // namespace embedscope
