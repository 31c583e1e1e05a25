// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"
#include "core/io/mapped_file.h"
#include "core/io/npy.h"
#include "core/io/tensor_file.h"
#include "core/io/zip_reader.h"
#include "core/io/zip_writer.h"

#include <utility>

namespace embedscope {

namespace {

constexpr std::string_view kEnding = ".npy";

Result<void> readEntries(const ZipReader& zip, const std::string& place, TensorFile& file)
{
    for (std::size_t i = 0; i < zip.entries().size(); ++i) {
        std::string name = zip.entries()[i].name;
        if (!name.ends_with(kEnding))
            continue;
        const std::string entryPlace = place + ": " + name;
        const auto content = zip.read(i);
        if (!content)
            return fail(content.error());
        auto tensor = readNpyTensor(*content, entryPlace);
        if (!tensor)
            return fail(tensor.error());
        name.resize(name.size() - kEnding.size());
        if (!file.tensors.emplace(std::move(name), std::move(*tensor)).second)
            return fail(ErrorCode::FileDamaged, {entryPlace, "the zip directory", "two arrays have the same name"});
    }
    if (!zip.entries().empty() && file.tensors.empty())
        return fail(ErrorCode::FormatUnknown, {place, "a zip archive without .npy entries"});
    return {};
}

} // namespace

Result<TensorFile> readNpz(const std::filesystem::path& path)
{
    const auto mapped = MappedFile::open(path);
    if (!mapped)
        return fail(mapped.error());
    const auto zip = ZipReader::open(mapped->bytes(), path.string());
    if (!zip)
        return fail(zip.error());
    TensorFile file;
    if (const auto read = readEntries(*zip, path.string(), file); !read)
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
