// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/zip_reader.h"

#include <algorithm>
#include <limits>
#include <zip.h>

namespace embedscope {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18U;
// A table of zeros packs 1,000 : 1; vectors of real words 1.1 : 1 as float32 and up to 5 : 1 as text.
constexpr std::uint64_t kAlwaysFine = std::uint64_t{256} << 20U;
constexpr std::uint64_t kLargestRatio = 100;

struct ZipFileClose
{
    void operator()(zip_file_t* file) const { ::zip_fclose(file); }
};
using ZipFile = std::unique_ptr<zip_file_t, ZipFileClose>;

tl::unexpected<Error> damagedEntry(const std::string& place, const char* reason)
{
    return fail(ErrorCode::FileDamaged, {place, "the zip entry", reason});
}

tl::unexpected<Error> damagedDirectory(const std::string& place, const std::string& reason)
{
    return fail(ErrorCode::FileDamaged, {place, "the zip directory", reason});
}

Result<ZipFile> openEntry(zip_t* archive, std::size_t index, const std::string& place)
{
    ZipFile file(::zip_fopen_index(archive, index, 0));
    if (!file)
        return damagedEntry(place, ::zip_strerror(archive));
    return file;
}

/// Reads up to `size` bytes; fewer at the end of the entry.
Result<std::size_t> readSome(zip_file_t* file, char* out, std::size_t size, const std::string& place)
{
    const zip_int64_t got = ::zip_fread(file, out, size);
    if (got < 0)
        return damagedEntry(place, ::zip_file_strerror(file));
    return static_cast<std::size_t>(got);
}

} // namespace

void ZipReader::Discard::operator()(zip* archive) const
{
    ::zip_discard(archive);
}

bool startsAsZip(std::string_view bytes)
{
    using namespace std::string_view_literals;
    return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv);
}

bool mayUnpackTo(std::uint64_t unpacked, std::uint64_t packed)
{
    return unpacked <= kAlwaysFine || unpacked / kLargestRatio <= packed;
}

Result<ZipReader> ZipReader::open(std::string_view bytes, const std::string& place)
{
    zip_error_t error;
    ::zip_error_init(&error);
    zip_source_t* source = ::zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source == nullptr ? nullptr : ::zip_open_from_source(source, ZIP_RDONLY, &error);
    const std::string reason = ::zip_error_strerror(&error);
    ::zip_error_fini(&error);
    if (archive == nullptr) {
        if (source != nullptr)
            ::zip_source_free(source);
        if (!bytes.starts_with("PK"))
            return fail(ErrorCode::FormatUnknown, {place, "no zip archive"});
        return fail(ErrorCode::FileDamaged, {place, "the zip archive", reason});
    }
    ZipReader reader;
    reader.m_place = place;
    reader.m_archive.reset(archive);
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
    const auto count = static_cast<zip_uint64_t>(std::max<zip_int64_t>(0, ::zip_get_num_entries(archive, 0)));
    for (zip_uint64_t i = 0; i < count; ++i) {
        zip_stat_t status;
        ::zip_stat_init(&status);
        // Entries that share their bytes could blow a small file up without limit.
        if (::zip_stat_index(archive, i, 0, &status) != 0 || status.comp_size > bytes.size() - packed ||
            status.size > std::numeric_limits<std::uint64_t>::max() - unpacked)
            return damagedDirectory(place, "its entries do not fit into the file");
        packed += status.comp_size;
        unpacked += status.size;
        const char* name = ::zip_get_name(archive, i, ZIP_FL_ENC_GUESS);
        reader.m_entries.push_back({name == nullptr ? "" : name, status.size, status.comp_size});
    }
    if (!mayUnpackTo(unpacked, bytes.size()))
        return fail(ErrorCode::FormatRefused,
                    {place, "a zip archive", "it would unpack to " + std::to_string(unpacked >> 20U) + " MB",
                     "Unpack it first if you trust it, then open the file inside."});
    return reader;
}

std::optional<std::size_t> ZipReader::find(std::string_view name) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [name](const ZipEntry& entry) { return entry.name == name; });
    return found == m_entries.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - m_entries.begin()));
}

Result<std::string> ZipReader::read(std::size_t entry, const std::stop_token& stop, Progress* progress) const
{
    const std::string place = m_place + ": " + m_entries[entry].name;
    const auto file = openEntry(m_archive.get(), entry, place);
    if (!file)
        return fail(file.error());
    if (progress != nullptr)
        progress->start(static_cast<std::int64_t>(m_entries[entry].size));
    std::string content;
    for (;;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const std::size_t size = content.size();
        content.resize(size + kPieceBytes);
        const auto got = readSome(file->get(), content.data() + size, kPieceBytes, place);
        if (!got)
            return fail(got.error());
        content.resize(size + *got);
        if (progress != nullptr)
            progress->add(static_cast<std::int64_t>(*got));
        if (*got == 0)
            return content;
        if (content.size() > m_entries[entry].size)
            return damagedEntry(place, "it is longer than the directory says");
    }
}

Result<std::string> ZipReader::readStart(std::size_t entry, std::size_t limit) const
{
    const std::string place = m_place + ": " + m_entries[entry].name;
    const auto file = openEntry(m_archive.get(), entry, place);
    if (!file)
        return fail(file.error());
    std::string content(std::min<std::uint64_t>(limit, m_entries[entry].size), '\0');
    std::size_t done = 0;
    while (done < content.size()) {
        const auto got = readSome(file->get(), content.data() + done, content.size() - done, place);
        if (!got)
            return fail(got.error());
        if (*got == 0)
            break;
        done += *got;
    }
    content.resize(done);
    return content;
}

Result<void> ZipReader::readInto(std::size_t entry, char* out, std::size_t size, const std::stop_token& stop) const
{
    const std::string place = m_place + ": " + m_entries[entry].name;
    if (m_entries[entry].size != size)
        return damagedEntry(place, "it has another length than its description says");
    const auto file = openEntry(m_archive.get(), entry, place);
    if (!file)
        return fail(file.error());
    for (std::size_t done = 0; done < size;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const auto got = readSome(file->get(), out + done, std::min(kPieceBytes, size - done), place);
        if (!got)
            return fail(got.error());
        if (*got == 0)
            return damagedEntry(place, "it is cut off");
        done += *got;
    }
    // The checksum is compared where the end is reached.
    char beyond = 0;
    const auto got = readSome(file->get(), &beyond, 1, place);
    if (!got)
        return fail(got.error());
    return *got == 0 ? Result<void>() : damagedEntry(place, "it is longer than the directory says");
}

Result<void> ZipReader::readPieces(std::size_t entry, const std::function<bool(std::string_view piece)>& take,
                                   const std::stop_token& stop) const
{
    const std::string place = m_place + ": " + m_entries[entry].name;
    const auto file = openEntry(m_archive.get(), entry, place);
    if (!file)
        return fail(file.error());
    std::string piece(kPieceBytes, '\0');
    std::uint64_t done = 0;
    for (std::size_t filled = kPieceBytes; filled == kPieceBytes; done += filled) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        std::size_t last = 1;
        for (filled = 0; filled < kPieceBytes && last > 0; filled += last) {
            const auto got = readSome(file->get(), piece.data() + filled, kPieceBytes - filled, place);
            if (!got)
                return fail(got.error());
            last = *got;
        }
        if (done + filled > m_entries[entry].size)
            return damagedEntry(place, "it is longer than the directory says");
        if (!take(std::string_view(piece).substr(0, filled)))
            return {};
    }
    return done == m_entries[entry].size ? Result<void>() : damagedEntry(place, "it is cut off");
}

} // namespace embedscope
