// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/linked_file.h"

#include <algorithm>
#include <vector>

namespace embedscope {

namespace fs = std::filesystem;

namespace {

fs::path plainPath(const fs::path& path)
{
    std::error_code error;
    return fs::absolute(path, error).lexically_normal();
}

/// Where to look, in turn; each place once.
std::vector<fs::path> candidates(const LinkedFile& link, const fs::path& from)
{
    const fs::path folder = plainPath(from).parent_path();
    std::vector<fs::path> places;
    const auto consider = [&places](const fs::path& place) {
        if (std::find(places.begin(), places.end(), place) == places.end())
            places.push_back(place);
    };
    if (!link.relative.empty())
        consider((folder / link.relative).lexically_normal());
    consider(link.stamp.path);
    consider(folder / fs::path(link.stamp.path).filename());
    return places;
}

} // namespace

Result<LinkedFile> linkTo(const fs::path& file, const fs::path& from, const std::stop_token& stop)
{
    auto stamp = stampOf(file, stop);
    if (!stamp)
        return fail(stamp.error());
    const std::string relative = fs::path(stamp->path).lexically_relative(plainPath(from).parent_path()).string();
    return LinkedFile{std::move(*stamp), relative, {}};
}

Result<fs::path> locate(const LinkedFile& link, const fs::path& from, const std::stop_token& stop)
{
    fs::path other;
    for (const fs::path& place : candidates(link, from)) {
        std::error_code error;
        if (!fs::is_regular_file(place, error))
            continue;
        if (fs::file_size(place, error) == link.stamp.bytes && !error) {
            const auto stamp = stampOf(place, stop);
            if (!stamp)
                return fail(stamp.error());
            if (stamp->bytes == link.stamp.bytes && stamp->crc32 == link.stamp.crc32)
                return place;
        }
        if (other.empty())
            other = place;
    }
    if (other.empty())
        return fail(ErrorCode::LinkMissing, {from.string(), link.stamp.path});
    return fail(ErrorCode::LinkChanged, {from.string(), other.string()});
}

} // namespace embedscope
