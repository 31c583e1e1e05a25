// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/zip_writer.h"

#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
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
constexpr std::uint16_t kZip64Size = 20;        // of that field in a local header, all in all
constexpr std::uint16_t kPaddingExtra = 0x4246; // "FB", with which PyTorch pads its files
constexpr std::size_t kExtraHeader = 4;
constexpr std::size_t kLocalHeaderSize = 30; // without name and extra fields
constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;
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

/// How long a padding field must be so that the content of an entry begins at a multiple of `alignment`.
std::size_t paddingFor(std::uint64_t begin, std::size_t nameLength, std::size_t alignment)
{
    const std::uint64_t content = begin + kLocalHeaderSize + nameLength + kZip64Size;
    const std::size_t missing = (alignment - content % alignment) % alignment;
    // A field has a header of its own.
    return missing == 0 || missing >= kExtraHeader ? missing : missing + (kExtraHeader / alignment + 1) * alignment;
}

std::string localHeader(const std::string& name, std::uint64_t size, std::uint32_t checksum, std::size_t padding)
{
    std::string out;
    put(out, kLocalHeader);
    putCommon(out, checksum, name.size());
    put(out, static_cast<std::uint16_t>(kZip64Size + padding));
    out += name;
    put(out, kZip64Extra);
    put(out, std::uint16_t{16});
    put(out, size);
    put(out, size);
    if (padding > 0) {
        put(out, kPaddingExtra);
        put(out, static_cast<std::uint16_t>(padding - kExtraHeader));
        out.append(padding - kExtraHeader, 'Z');
    }
    return out;
}

/// Of all pieces end to end; nothing where it was stopped.
std::optional<std::uint32_t> checksumOf(const std::vector<std::string_view>& pieces, const std::stop_token& stop)
{
    uLong sum = ::crc32_z(0, nullptr, 0);
    for (std::string_view rest : pieces)
        // An empty text may be a null pointer, which would start the sum anew.
        while (!rest.empty()) {
            if (stop.stop_requested())
                return std::nullopt;
            const std::string_view piece = rest.substr(0, kPieceBytes);
            sum = ::crc32_z(sum, reinterpret_cast<const Bytef*>(piece.data()), piece.size());
            rest.remove_prefix(piece.size());
        }
    return static_cast<std::uint32_t>(sum);
}

} // namespace

Result<void> ZipWriter::add(const std::string& name, const std::vector<std::string_view>& pieces,
                            const ZipEntryOptions& options)
{
    const auto checksum = checksumOf(pieces, options.stop);
    if (!checksum)
        return fail(ErrorCode::Cancelled);
    std::uint64_t size = 0;
    for (const std::string_view piece : pieces)
        size += piece.size();
    const Entry entry{name, size, m_file.written(), *checksum};
    m_entries.push_back(entry);
    const std::size_t padding = paddingFor(entry.offset, name.size(), options.alignment);
    if (const auto written = m_file.write(localHeader(name, entry.size, entry.checksum, padding)); !written)
        return written;
    for (const std::string_view piece : pieces)
        if (const auto written = write(piece, options); !written)
            return written;
    return {};
}

Result<void> ZipWriter::write(std::string_view content, const ZipEntryOptions& options)
{
    while (!content.empty()) {
        if (options.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const std::string_view piece = content.substr(0, kPieceBytes);
        if (const auto written = m_file.write(piece); !written)
            return written;
        if (options.progress != nullptr)
            options.progress->add(static_cast<std::int64_t>(piece.size()));
        content.remove_prefix(piece.size());
    }
    return {};
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
