// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace embedscope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = std::size_t{1} << 20U;
constexpr int kNameAttempts = 1000;
// Linux writes at most about 2 GiB in one call.
constexpr std::size_t kLargestWrite = std::size_t{1} << 30U;

tl::unexpected<Error> writeFailure(const fs::path& path, int reason)
{
    // A quota and the largest allowed file size are other ways of being out of space.
    if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
        return fail(ErrorCode::DiskFull, {path.string()});
    return fail(ErrorCode::FileUnwritable, {path.string(), std::strerror(reason)});
}

/// A symbolic link stays, and the file that it points to is replaced.
fs::path resolved(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_symlink(path, error))
        return path;
    const fs::path target = fs::weakly_canonical(path, error);
    return error ? path : target;
}

/// Nothing but a regular file may be replaced: a rename over a device or a pipe would destroy it.
Result<void> checkReplaceable(const fs::path& path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status))
        return fail(ErrorCode::FileUnwritable, {path.string(), "it is a folder"});
    if (fs::exists(status) && !fs::is_regular_file(status))
        return fail(ErrorCode::FileUnwritable, {path.string(), "it is not a regular file"});
    return {};
}

fs::path folderOf(const fs::path& path)
{
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Its length does not depend on the name of the file, which may be as long as a name can be.
fs::path temporaryName(const fs::path& path)
{
    static std::atomic<unsigned> counter{0};
    return folderOf(path) / (".embedscope-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".tmp");
}

int createExclusively(const fs::path& temporary)
{
    return ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

/// The new file may be read and written by whom the old one was; best effort, since the owner may differ.
void takePermissions(int descriptor, const fs::path& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0)
        static_cast<void>(::fchmod(descriptor, status.st_mode & 0777U));
}

/// 0 or the reason of the system.
int writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), std::min(bytes.size(), kLargestWrite));
        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

/// Makes the rename itself durable. Some file systems cannot sync a folder; the file is whole there all the same.
void syncFolder(const fs::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

AtomicFile::AtomicFile(fs::path path, fs::path temporary, int descriptor)
    : m_path(std::move(path))
    , m_temporary(std::move(temporary))
    , m_descriptor(descriptor)
{
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_temporary(std::move(other.m_temporary))
    , m_buffer(std::move(other.m_buffer))
    , m_written(other.m_written)
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

AtomicFile::~AtomicFile()
{
    discard();
}

void AtomicFile::discard()
{
    if (m_descriptor < 0)
        return;
    ::close(std::exchange(m_descriptor, -1));
    ::unlink(m_temporary.c_str());
}

Result<AtomicFile> AtomicFile::create(const fs::path& path)
{
    const fs::path target = resolved(path);
    if (const auto replaceable = checkReplaceable(target); !replaceable)
        return fail(replaceable.error());
    for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
        const fs::path temporary = temporaryName(target);
        const int descriptor = createExclusively(temporary);
        if (descriptor >= 0) {
            takePermissions(descriptor, target);
            return AtomicFile(target, temporary, descriptor);
        }
        if (errno != EEXIST)
            break;
    }
    return writeFailure(path, errno);
}

Result<void> AtomicFile::put(std::string_view bytes)
{
    if (m_descriptor < 0)
        return fail(ErrorCode::FileUnwritable, {m_path.string(), "an earlier write failed"});
    const int reason = writeAll(m_descriptor, bytes);
    return reason == 0 ? Result<void>() : giveUp(reason);
}

Result<void> AtomicFile::flush()
{
    const auto result = put(m_buffer);
    m_buffer.clear();
    return result;
}

Result<void> AtomicFile::write(std::string_view bytes)
{
    m_written += bytes.size();
    if (m_buffer.size() + bytes.size() < kBufferBytes) {
        m_buffer.append(bytes);
        return {};
    }
    if (const auto flushed = flush(); !flushed)
        return flushed;
    if (bytes.size() >= kBufferBytes)
        return put(bytes);
    m_buffer.append(bytes);
    return {};
}

Result<void> AtomicFile::giveUp(int reason)
{
    // What was written is of no use, and the space may be needed at once.
    discard();
    return writeFailure(m_path, reason);
}

Result<void> AtomicFile::sync()
{
    if (const auto flushed = flush(); !flushed)
        return flushed;
    return ::fsync(m_descriptor) == 0 ? Result<void>() : giveUp(errno);
}

Result<void> AtomicFile::commit()
{
    if (const auto synced = sync(); !synced)
        return synced;
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return giveUp(errno);
    ::close(std::exchange(m_descriptor, -1));
    syncFolder(folderOf(m_path));
    return {};
}

} // namespace embedscope
