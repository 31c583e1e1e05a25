// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/zip_writer.h"

#include <concepts>
#include <limits>
#include <zlib.h>

namespace embedscope {

namespace {

// Field values of PKWARE's APPNOTE 6.3.
constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryHeader = 0x02014b50;
constexpr std::uint32_t kZip64End = 0x06064b50;
constexpr std::uint32_t kZip64Locator = 0x07064b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::uint16_t kVersion = 45; // zip64
constexpr std::uint16_t kUtf8Names = 1U << 11U;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kMidnight = 0;
constexpr std::uint16_t kFirstOf1980 = (1U << 5U) | 1U;
constexpr std::uint16_t kZip64Extra = 1;
constexpr auto kSeeZip64 = std::numeric_limits<std::uint32_t>::max();
constexpr auto kSeeZip64Short = std::numeric_limits<std::uint16_t>::max();

template <std::unsigned_integral T>
void put(std::string& out, T value)
{
    const std::uint64_t wide = value;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out += static_cast<char>(static_cast<unsigned char>(wide >> (8 * i) & 0xFFU));
}

/// What local and directory header share, up to the length of the name.
void putCommon(std::string& out, std::uint32_t checksum, std::size_t nameLength)
{
    put(out, kVersion);
    put(out, kUtf8Names);
    put(out, kStored);
    put(out, kMidnight);
    put(out, kFirstOf1980);
    put(out, checksum);
    put(out, kSeeZip64);
    put(out, kSeeZip64);
    put(out, static_cast<std::uint16_t>(nameLength));
}

std::string localHeader(const std::string& name, std::uint64_t size, std::uint32_t checksum)
{
    std::string out;
    put(out, kLocalHeader);
    putCommon(out, checksum, name.size());
    put(out, std::uint16_t{20});
    out += name;
    put(out, kZip64Extra);
    put(out, std::uint16_t{16});
    put(out, size);
    put(out, size);
    return out;
}

// About a millisecond of work each.
constexpr std::size_t kSliceBytes = std::size_t{1} << 20U;

/// Hands all bytes on in slices, and looks at `stop` before each.
template <class Take>
Result<void> inSlices(const std::vector<std::string_view>& pieces, const std::stop_token& stop, Take take)
{
    for (std::string_view piece : pieces) {
        while (!piece.empty()) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled);
            const std::string_view slice = piece.substr(0, kSliceBytes);
            if (auto taken = take(slice); !taken)
                return taken;
            piece.remove_prefix(slice.size());
        }
    }
    return {};
}

Result<std::uint32_t> checksumOf(const std::vector<std::string_view>& pieces, const std::stop_token& stop)
{
    uLong sum = ::crc32_z(0, nullptr, 0);
    const auto added = inSlices(pieces, stop, [&sum](std::string_view slice) -> Result<void> {
        sum = ::crc32_z(sum, reinterpret_cast<const Bytef*>(slice.data()), slice.size());
        return {};
    });
    if (!added)
        return fail(added.error());
    return static_cast<std::uint32_t>(sum);
}

} // namespace

Result<void> ZipWriter::add(const std::string& name, std::string_view head, std::string_view body)
{
    Progress unwatched;
    return add(name, {head, body}, {}, unwatched);
}

Result<void> ZipWriter::add(const std::string& name, const std::vector<std::string_view>& pieces,
                            const std::stop_token& stop, Progress& progress)
{
    const auto checksum = checksumOf(pieces, stop);
    if (!checksum)
        return fail(checksum.error());
    std::uint64_t size = 0;
    for (const std::string_view piece : pieces)
        size += piece.size();
    const Entry entry{name, size, m_file.written(), *checksum};
    m_entries.push_back(entry);
    if (auto written = m_file.write(localHeader(name, entry.size, entry.checksum)); !written)
        return written;
    return inSlices(pieces, stop, [this, &progress](std::string_view slice) {
        progress.add(static_cast<std::int64_t>(slice.size()));
        return m_file.write(slice);
    });
}

std::string ZipWriter::directory() const
{
    std::string out;
    for (const Entry& entry : m_entries) {
        put(out, kDirectoryHeader);
        put(out, kVersion);
        putCommon(out, entry.checksum, entry.name.size());
        put(out, std::uint16_t{28}); // length of the extra field
        put(out, std::uint16_t{0});  // length of the comment
        put(out, std::uint16_t{0});  // disk
        put(out, std::uint16_t{0});  // internal attributes
        put(out, std::uint32_t{0});  // external attributes
        put(out, kSeeZip64);
        out += entry.name;
        put(out, kZip64Extra);
        put(out, std::uint16_t{24});
        put(out, entry.size);
        put(out, entry.size);
        put(out, entry.offset);
    }
    return out;
}

Result<void> ZipWriter::finish()
{
    const std::uint64_t begin = m_file.written();
    std::string out = directory();
    const std::uint64_t size = out.size();
    const std::uint64_t count = m_entries.size();
    put(out, kZip64End);
    put(out, std::uint64_t{44}); // bytes that follow
    put(out, kVersion);
    put(out, kVersion);
    put(out, std::uint32_t{0}); // disk
    put(out, std::uint32_t{0}); // disk of the directory
    put(out, count);
    put(out, count);
    put(out, size);
    put(out, begin);
    put(out, kZip64Locator);
    put(out, std::uint32_t{0}); // disk
    put(out, begin + size);
    put(out, std::uint32_t{1}); // disks
    put(out, kEnd);
    put(out, std::uint16_t{0}); // disk
    put(out, std::uint16_t{0}); // disk of the directory
    put(out, kSeeZip64Short);
    put(out, kSeeZip64Short);
    put(out, kSeeZip64);
    put(out, kSeeZip64);
    put(out, std::uint16_t{0}); // length of the comment
    return m_file.write(out);
}

} // namespace embedscope
