// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>

namespace embedscope {

/// Lines of `user item rating` look like vectors of two dimensions, or like labelled text. They are taken for ratings
/// where users and items both occur again and again and the ratings have few values. Large files are not looked at.
[[nodiscard]] bool looksLikeRatings(const std::filesystem::path& path, const std::stop_token& stop);

} // namespace embedscope
