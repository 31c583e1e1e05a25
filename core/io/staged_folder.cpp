// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/staged_folder.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace embedscope {

namespace fs = std::filesystem;

namespace {

constexpr int kNameAttempts = 1000;

/// On the same file system, and hidden.
fs::path temporaryName(const fs::path& folder)
{
    static std::atomic<unsigned> counter{0};
    const std::string name = ".embedscope-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".run";
    return folder.parent_path() / name;
}

/// A symbolic link stays, and the folder that it points to is replaced; no slash at the end.
fs::path resolved(const fs::path& folder)
{
    std::error_code error;
    const fs::path full = fs::weakly_canonical(folder, error);
    const fs::path path = error || full.empty() ? fs::absolute(folder, error) : full;
    return path.has_filename() ? path : path.parent_path();
}

/// A rename is on the disk once its folder is.
void syncFolder(const fs::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

tl::unexpected<Error> unwritable(const fs::path& folder, const std::string& reason)
{
    return fail(ErrorCode::FileUnwritable, {folder.string(), reason});
}

} // namespace

StagedFolder::StagedFolder(fs::path folder, fs::path place)
    : m_folder(std::move(folder))
    , m_place(std::move(place))
{
}

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : m_folder(std::move(other.m_folder))
    , m_place(std::exchange(other.m_place, {}))
{
}

StagedFolder::~StagedFolder()
{
    std::error_code ignored;
    if (!m_place.empty())
        fs::remove_all(m_place, ignored);
}

Result<StagedFolder> StagedFolder::create(const fs::path& folder)
{
    const fs::path target = resolved(folder);
    std::error_code error;
    if (fs::exists(target, error) && !fs::is_directory(target, error))
        return unwritable(folder, "a file has this name");
    fs::create_directories(target, error);
    if (error)
        return unwritable(folder, error.message());
    for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
        const fs::path beside = temporaryName(target);
        // Where nothing may be made beside it, such as on the root of a drive, it is made inside.
        for (const fs::path& place : {beside, target / beside.filename()})
            if (fs::create_directory(place, target, error))
                return StagedFolder(target, place);
        if (error)
            break;
    }
    return unwritable(folder, error.message());
}

Error StagedFolder::named(Error error) const
{
    for (std::string& arg : error.args)
        if (arg.starts_with(m_place.string()))
            arg.replace(0, m_place.string().size(), m_folder.string());
    return error;
}

Result<void> StagedFolder::commit(const std::vector<std::string>& names)
{
    syncFolder(m_place);
    const bool beside = m_place.parent_path() == m_folder.parent_path();
    if (!beside || !keepOthers() || !swap())
        return moveOneByOne(names);
    moveFolders();
    syncFolder(m_folder.parent_path());
    return {};
}

/// A second name, so that they are there before and after the swap. Links to elsewhere are left to moveFolders().
bool StagedFolder::keepOthers() const
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(m_folder, error)) {
        const fs::path other = m_place / entry.path().filename();
        if (!fs::is_regular_file(entry.symlink_status(error)) || fs::exists(other, error))
            continue;
        fs::create_hard_link(entry.path(), other, error);
        if (error)
            return false;
    }
    return !error;
}

bool StagedFolder::swap() const
{
    return ::renameat2(AT_FDCWD, m_place.c_str(), AT_FDCWD, m_folder.c_str(), RENAME_EXCHANGE) == 0;
}

/// What was in the old folder and has only one name, such as folders.
void StagedFolder::moveFolders() const
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(m_place, error)) {
        const fs::path target = m_folder / entry.path().filename();
        if (!fs::exists(fs::symlink_status(target, error)))
            fs::rename(entry.path(), target, error);
    }
}

Result<void> StagedFolder::moveOneByOne(const std::vector<std::string>& names) const
{
    std::error_code error;
    fs::remove(m_folder / names.back(), error);
    for (const std::string& name : names) {
        fs::rename(m_place / name, m_folder / name, error);
        if (error)
            return unwritable(m_folder / name, error.message());
    }
    syncFolder(m_folder);
    return {};
}

} // namespace embedscope
