// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/ratings_guess.h"

#include "core/text/ratings.h"

#include <array>
#include <set>
#include <system_error>

namespace embedscope {

namespace {

constexpr std::uintmax_t kLargestFile = 64ULL << 20;
constexpr std::size_t kMostValues = 101; // 0 to 100

bool hasFewValues(const RatingSet& set)
{
    std::set<float> values;
    for (const Rating& rating : set.ratings)
        if (values.insert(rating.value).second && values.size() > kMostValues)
            return false;
    return true;
}

} // namespace

bool looksLikeRatings(const std::filesystem::path& path, const std::stop_token& stop)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error || size > kLargestFile)
        return false;
    Progress unwatched;
    const auto set = readRatings(std::array{path}, stop, unwatched);
    return set && set->hasValues && std::ssize(set->ratings) > set->users.size() &&
           std::ssize(set->ratings) > set->items.size() && hasFewValues(*set);
}

} // namespace embedscope
