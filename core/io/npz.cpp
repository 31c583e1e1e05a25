// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"
#include "core/io/mapped_file.h"
#include "core/io/npy.h"
#include "core/io/tensor_file.h"
#include "core/io/zip_writer.h"

#include <memory>
#include <zip.h>

namespace embedscope {

namespace {

constexpr std::string_view kEnding = ".npy";
constexpr std::size_t kPieceBytes = std::size_t{1} << 16U;

struct ZipDiscard
{
    void operator()(zip_t* archive) const { ::zip_discard(archive); }
};
using ZipArchive = std::unique_ptr<zip_t, ZipDiscard>;

struct ZipFileClose
{
    void operator()(zip_file_t* file) const { ::zip_fclose(file); }
};
using ZipFile = std::unique_ptr<zip_file_t, ZipFileClose>;

Result<ZipArchive> openArchive(std::string_view bytes, const std::string& place)
{
    zip_error_t error;
    ::zip_error_init(&error);
    zip_source_t* source = ::zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source == nullptr ? nullptr : ::zip_open_from_source(source, ZIP_RDONLY, &error);
    const std::string reason = ::zip_error_strerror(&error);
    ::zip_error_fini(&error);
    if (archive != nullptr)
        return ZipArchive(archive);
    if (source != nullptr)
        ::zip_source_free(source);
    if (!bytes.starts_with("PK"))
        return fail(ErrorCode::FormatUnknown, {place, "no zip archive, which every .npz is"});
    return fail(ErrorCode::FileDamaged, {place, "the zip archive", reason});
}

/// Reads piece by piece, so that memory grows with what is there, not with what the directory claims.
Result<std::string> readEntry(zip_t* archive, zip_uint64_t index, const std::string& place)
{
    const ZipFile file(::zip_fopen_index(archive, index, 0));
    if (!file)
        return fail(ErrorCode::FileDamaged, {place, "the zip entry", ::zip_strerror(archive)});
    std::string content;
    for (;;) {
        const std::size_t size = content.size();
        content.resize(size + kPieceBytes);
        const zip_int64_t got = ::zip_fread(file.get(), content.data() + size, kPieceBytes);
        if (got < 0)
            return fail(ErrorCode::FileDamaged, {place, "the zip entry", ::zip_file_strerror(file.get())});
        content.resize(size + static_cast<std::size_t>(got));
        if (got == 0)
            return content;
    }
}

/// Entries that share their bytes could blow a small file up without limit.
Result<void> checkOverlaps(zip_t* archive, std::size_t fileSize, const std::string& place)
{
    std::uint64_t total = 0;
    const zip_int64_t count = ::zip_get_num_entries(archive, 0);
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t status;
        ::zip_stat_init(&status);
        if (::zip_stat_index(archive, i, 0, &status) != 0 || status.comp_size > fileSize - total)
            return fail(ErrorCode::FileDamaged, {place, "the zip directory", "its entries do not fit into the file"});
        total += status.comp_size;
    }
    return {};
}

Result<void> readEntries(zip_t* archive, const std::string& place, TensorFile& file)
{
    const zip_int64_t count = ::zip_get_num_entries(archive, 0);
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        const char* raw = ::zip_get_name(archive, i, ZIP_FL_ENC_GUESS);
        std::string name = raw == nullptr ? "" : raw;
        if (!name.ends_with(kEnding))
            continue;
        const std::string entryPlace = place + ": " + name;
        const auto content = readEntry(archive, i, entryPlace);
        if (!content)
            return fail(content.error());
        auto tensor = readNpyTensor(*content, entryPlace);
        if (!tensor)
            return fail(tensor.error());
        name.resize(name.size() - kEnding.size());
        if (!file.tensors.emplace(std::move(name), std::move(*tensor)).second)
            return fail(ErrorCode::FileDamaged, {entryPlace, "the zip directory", "two arrays have the same name"});
    }
    if (count > 0 && file.tensors.empty())
        return fail(ErrorCode::FormatUnknown, {place, "a zip archive without .npy entries"});
    return {};
}

} // namespace

Result<TensorFile> readNpz(const std::filesystem::path& path)
{
    const auto mapped = MappedFile::open(path);
    if (!mapped)
        return fail(mapped.error());
    const auto archive = openArchive(mapped->bytes(), path.string());
    if (!archive)
        return fail(archive.error());
    if (const auto fits = checkOverlaps(archive->get(), mapped->bytes().size(), path.string()); !fits)
        return fail(fits.error());
    TensorFile file;
    if (const auto read = readEntries(archive->get(), path.string(), file); !read)
        return fail(read.error());
    return file;
}

Result<void> writeNpz(const TensorFile& file, const std::filesystem::path& path)
{
    const auto views = viewsOf(file.tensors);
    if (!views)
        return fail(views.error());
    auto output = AtomicFile::create(path);
    if (!output)
        return fail(output.error());
    ZipWriter zip(*output);
    for (const TensorView& view : *views)
        if (const auto added = zip.add(view.name + std::string(kEnding), npyHeaderFor(view), view.bytes); !added)
            return added;
    if (const auto finished = zip.finish(); !finished)
        return finished;
    return output->commit();
}

} // namespace embedscope
