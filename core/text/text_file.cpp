// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/text_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>

namespace embedscope {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20U; // read in well under 5 ms
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct FileCloser
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

std::string reasonOf(int number)
{
    return std::generic_category().message(number);
}

Result<FileHandle> openFile(const std::filesystem::path& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return fail(ErrorCode::FileUnreadable, {path.string(), reasonOf(EISDIR)});
    FileHandle file(std::fopen(path.c_str(), "rbe"));
    if (file)
        return file;
    if (errno == ENOENT)
        return fail(ErrorCode::FileNotFound, {path.string()});
    return fail(ErrorCode::FileUnreadable, {path.string(), reasonOf(errno)});
}

Result<std::string> readAll(std::FILE* file, const std::filesystem::path& path, std::stop_token stop,
                            Progress& progress)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    std::string content;
    if (!error) {
        content.reserve(size + kBlock);
        progress.start(static_cast<std::int64_t>(2 * size));
    }
    while (!stop.stop_requested()) {
        const std::size_t old = content.size();
        content.resize(old + kBlock);
        const std::size_t got = std::fread(content.data() + old, 1, kBlock, file);
        content.resize(old + got);
        progress.add(static_cast<std::int64_t>(got));
        if (got == kBlock)
            continue;
        if (std::ferror(file) != 0)
            return fail(ErrorCode::FileUnreadable, {path.string(), reasonOf(errno)});
        return content;
    }
    return fail(ErrorCode::Cancelled);
}

} // namespace

Result<std::string> readTextFile(const std::filesystem::path& path, std::stop_token stop, Progress& progress)
{
    auto file = openFile(path);
    if (!file)
        return fail(file.error());
    auto content = readAll(file->get(), path, stop, progress);
    if (!content)
        return content;
    if (content->empty())
        return fail(ErrorCode::FileEmpty, {path.string()});
    if (const std::size_t zero = content->find('\0'); zero != std::string::npos) {
        const auto line = 1 + std::count(content->begin(), content->begin() + static_cast<std::ptrdiff_t>(zero), '\n');
        return fail(ErrorCode::FileNotText, {path.string(), "line " + std::to_string(line)});
    }
    if (content->starts_with(kByteOrderMark))
        content->erase(0, kByteOrderMark.size());
    return content;
}

} // namespace embedscope
