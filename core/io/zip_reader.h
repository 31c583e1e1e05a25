// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace embedscope {

/// One file in an archive, as its directory announces it.
struct ZipEntry
{
    std::string name;
    std::uint64_t size = 0;       // unpacked
    std::uint64_t packedSize = 0; // at most what the archive holds; entries never share bytes
};

/// Reads a zip archive that lies in memory. What the directory claims is not believed: an entry's memory grows with
/// what is there, and a file that would unpack to more than a sane multiple of its size is refused.
class ZipReader
{
public:
    /// FormatUnknown where this is no zip; FileDamaged where its directory does not fit; FormatRefused for a zip bomb.
    /// `bytes` must outlive the reader.
    static Result<ZipReader> open(std::string_view bytes, const std::string& place);

    [[nodiscard]] const std::vector<ZipEntry>& entries() const { return m_entries; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
    /// The content of one entry, checked against its checksum. FileDamaged, Cancelled.
    [[nodiscard]] Result<std::string> read(std::size_t entry, const std::stop_token& stop = {},
                                           Progress* progress = nullptr) const;
    /// The same, the first `limit` bytes only and unchecked.
    [[nodiscard]] Result<std::string> readStart(std::size_t entry, std::size_t limit) const;
    /// The content straight to where it belongs: FileDamaged unless it is exactly `size` bytes.
    [[nodiscard]] Result<void> readInto(std::size_t entry, char* out, std::size_t size,
                                        const std::stop_token& stop = {}) const;
    /// The content in its order, in pieces of 256 KB (the last one may be shorter), until `take` returns false; only
    /// one that is taken to its end is checked against its checksum.
    [[nodiscard]] Result<void> readPieces(std::size_t entry, const std::function<bool(std::string_view piece)>& take,
                                          const std::stop_token& stop = {}) const;

private:
    struct Discard
    {
        void operator()(zip* archive) const;
    };

    std::string m_place;
    std::unique_ptr<zip, Discard> m_archive;
    std::vector<ZipEntry> m_entries;
};

/// Whether this begins as a zip archive does.
bool startsAsZip(std::string_view bytes);

/// Whether a file of this many bytes may unpack to `unpacked` of them: far beyond what text and numbers reach, it is
/// made to fill the memory.
bool mayUnpackTo(std::uint64_t unpacked, std::uint64_t packed);

} // namespace embedscope
