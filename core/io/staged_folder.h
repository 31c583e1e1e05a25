// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace embedscope {

/// Several files that belong together and change together: written into a folder beside the one they are meant for,
/// which then takes its place in one step. Whoever dies before leaves the old files, all of them, and a hidden folder.
/// Files in the old folder that have none of the new names stay. Destroyed without commit(), it leaves nothing behind.
///
/// A file system that cannot swap two folders (FAT, some network drives) gets the files one by one; then a death in
/// between leaves old and new ones mixed, but not the file that says that all is there.
class StagedFolder
{
public:
    /// FileUnwritable where the folder cannot be made or a file has its name.
    static Result<StagedFolder> create(const std::filesystem::path& folder);
    StagedFolder(StagedFolder&& other) noexcept;
    StagedFolder& operator=(StagedFolder&&) = delete;
    ~StagedFolder();

    /// Where the files are to be written.
    [[nodiscard]] const std::filesystem::path& place() const { return m_place; }
    /// The same error with the folder's name in place of place().
    [[nodiscard]] Error named(Error error) const;
    /// `names`: the files that were written, the one last that says that all is there.
    Result<void> commit(const std::vector<std::string>& names);

private:
    StagedFolder(std::filesystem::path folder, std::filesystem::path place);
    bool keepOthers() const;
    bool swap() const;
    void moveFolders() const;
    Result<void> moveOneByOne(const std::vector<std::string>& names) const;

    std::filesystem::path m_folder;
    std::filesystem::path m_place; // empty once moved from
};

} // namespace embedscope
