// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/mapped_file.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace embedscope {

namespace {

tl::unexpected<Error> openFailure(const std::filesystem::path& path, int reason)
{
    if (reason == ENOENT || reason == ENOTDIR)
        return fail(ErrorCode::FileNotFound, {path.string()});
    return fail(ErrorCode::FileUnreadable, {path.string(), std::strerror(reason)});
}

/// The size of an opened regular file that holds something.
Result<std::size_t> usableSize(int descriptor, const std::filesystem::path& path)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return openFailure(path, errno);
    if (S_ISDIR(status.st_mode))
        return fail(ErrorCode::FileUnreadable, {path.string(), "it is a folder"});
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::FileUnreadable, {path.string(), "it is not a regular file"});
    if (status.st_size == 0)
        return fail(ErrorCode::FileEmpty, {path.string()});
    return static_cast<std::size_t>(status.st_size);
}

} // namespace

MappedFile::MappedFile(const char* data, std::size_t size)
    : m_data(data)
    , m_size(size)
{
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

MappedFile::~MappedFile()
{
    if (m_data != nullptr)
        ::munmap(const_cast<char*>(m_data), m_size);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path)
{
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return openFailure(path, errno);
    const Result<std::size_t> size = usableSize(descriptor, path);
    void* data = MAP_FAILED;
    int reason = 0;
    if (size) {
        data = ::mmap(nullptr, *size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        reason = errno;
    }
    ::close(descriptor);
    if (!size)
        return fail(size.error());
    if (data == MAP_FAILED)
        return openFailure(path, reason);
    ::madvise(data, *size, MADV_SEQUENTIAL);
    return MappedFile(static_cast<const char*>(data), *size);
}

void MappedFile::expectAnyOrder() const
{
    ::madvise(const_cast<char*>(m_data), m_size, MADV_NORMAL);
}

void MappedFile::release(std::string_view part) const
{
    static const auto pageSize = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto offset = static_cast<std::size_t>(part.data() - m_data);
    const std::size_t begin = (offset + pageSize - 1) / pageSize * pageSize;
    const std::size_t end = (offset + part.size()) / pageSize * pageSize;
    if (begin < end)
        ::madvise(const_cast<char*>(m_data) + begin, end - begin, MADV_DONTNEED);
}

} // namespace embedscope
